"""Where the bytes of files go and come from, over HTTP."""

from http import HTTPStatus

from aiohttp import BodyPartReader, web

from sandbox.files import File
from sandbox.line.outage import Outage
from sandbox.line.traffic import Traffic
from sandbox.workspace import Workspace

#: What a browser may draw itself; all else it saves.
SHOWN = ("image/", "text/plain")


class Uploads:
    """Takes an announced file's bytes at `/upload/{key}`, gives them at `/files/{id}/{name}`."""

    def __init__(self, workspace: Workspace, traffic: Traffic, outage: Outage) -> None:
        self._workspace = workspace
        self._traffic = traffic
        self._outage = outage

    def add_to(self, server: web.Application) -> None:
        """Take the paths of uploads and files."""
        server.router.add_post("/upload/{key}", self._take)
        server.router.add_get("/files/{id}/{name}", self._give)

    async def _take(self, request: web.Request) -> web.StreamResponse:
        """Keep the bytes; Slack answers success with 200, anything else otherwise."""
        with self._traffic.asking("upload") as asked:
            content = await _content(request)
            self._traffic.reads(asked, {"bytes": len(content)})
            ended = await self._outage.ended(asked, request)
            if ended is not None:
                return ended
            status, sentence = self._keep(request.match_info["key"], content)
            done = status == HTTPStatus.OK
            self._traffic.end(asked, ok=done, status=status, note=None if done else sentence)
            return web.Response(status=status, text=sentence)

    def _keep(self, key: str, content: bytes) -> tuple[int, str]:
        file = self._awaited(key)
        if file is None:
            return HTTPStatus.NOT_FOUND, "No file is awaited here."
        if len(content) != file.length:
            return HTTPStatus.BAD_REQUEST, f"{file.length} bytes were announced."
        file.content = content
        return HTTPStatus.OK, f"OK - {len(content)}"

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
