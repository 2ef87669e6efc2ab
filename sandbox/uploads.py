"""Where the bytes of files go and come from, over HTTP."""

from aiohttp import BodyPartReader, web

from sandbox.files import File
from sandbox.workspace import Workspace

#: What a browser may draw itself; all else it saves.
SHOWN = ("image/", "text/plain")


class Uploads:
    """Takes an announced file's bytes at `/upload/{key}`, gives them at `/files/{id}/{name}`."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def add_to(self, server: web.Application) -> None:
        """Take the paths of uploads and files."""
        server.router.add_post("/upload/{key}", self._take)
        server.router.add_get("/files/{id}/{name}", self._give)

    async def _take(self, request: web.Request) -> web.Response:
        """Keep the bytes; Slack answers success with 200, anything else otherwise."""
        file = self._awaited(request.match_info["key"])
        if file is None:
            return web.Response(status=404, text="No file is awaited here.")
        content = await _content(request)
        if len(content) != file.length:
            return web.Response(status=400, text=f"{file.length} bytes were announced.")
        file.content = content
        return web.Response(text=f"OK - {len(content)}")

    def _awaited(self, key: str) -> File | None:
        waiting = (one for one in self._workspace.files.values() if one.ticket == key)
        return next(waiting, None)

    async def _give(self, request: web.Request) -> web.Response:
        file = self._workspace.files.get(request.match_info["id"])
        if file is None or file.deleted or file.ticket is not None:
            return web.Response(status=404, text="This file is not here.")
        shown = file.mimetype.startswith(SHOWN) and "svg" not in file.mimetype
        headers = {"Content-Disposition": "inline" if shown else "attachment"}
        return web.Response(body=file.content, content_type=file.mimetype, headers=headers)


async def _content(request: web.Request) -> bytes:
    """Read raw bytes, or the first part of a form."""
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    part = await (await request.multipart()).next()
    return bytes(await part.read()) if isinstance(part, BodyPartReader) else b""
