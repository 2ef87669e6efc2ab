"""POSTs to a response_url: an interaction answered later."""

from aiohttp import web

from sandbox import posting
from sandbox.channels import Channel
from sandbox.checks import check_message
from sandbox.inputs import with_ids
from sandbox.messages import Message
from sandbox.refusals import Json, Refused
from sandbox.triggers import ResponseUrl
from sandbox.workspace import Workspace


class ResponseUrls:
    """Answers `POST /response/KEY`."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def handle(self, request: web.Request) -> web.Response:
        """Do what the body says, up to five times per url."""
        url = self._workspace.triggers.urls.get(request.match_info["key"])
        if url is None or url.left == 0:
            error = "used_url" if url else "expired_url"
            return web.json_response({"ok": False, "error": error}, status=404)
        url.left -= 1
        try:
            respond(self._workspace, url, await request.json())
        except Refused as refused:
            return web.json_response(refused.to_api(), status=400)
        return web.json_response({"ok": True})


def respond(workspace: Workspace, url: ResponseUrl, body: Json) -> Message | None:
    """Post, replace or delete as the body says; what an acknowledgement says is done the same."""
    channel = workspace.channels[url.channel]
    original = next((m for m in channel.messages if m.ts == url.message_ts), None)
    if body.get("delete_original") and original:
        posting.delete(workspace, channel, original)
        return None
    check_message(body.get("text"), body.get("blocks"))
    blocks = with_ids(body.get("blocks") or [], "r")
    if body.get("replace_original") and original:
        content = {"text": body.get("text", ""), "blocks": blocks}
        posting.edit(workspace, channel, original, content)
        return original
    return _say(workspace, channel, url, {**body, "blocks": blocks})


def _say(workspace: Workspace, channel: Channel, url: ResponseUrl, body: Json) -> Message:
    public = body.get("response_type") == "in_channel"
    return posting.post(
        workspace,
        channel,
        workspace.app.bot_user,
        body.get("text", ""),
        blocks=body["blocks"],
        only_for=None if public else url.person,
    )
