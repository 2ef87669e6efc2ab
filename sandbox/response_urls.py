"""POSTs to a response_url: an interaction answered later."""

import json

from aiohttp import web

from sandbox import posting
from sandbox.channels import Channel
from sandbox.checks import check_message
from sandbox.inputs import with_ids
from sandbox.line.outage import Outage
from sandbox.line.traffic import Traffic
from sandbox.messages import Message
from sandbox.refusals import Json, Refused
from sandbox.triggers import ResponseUrl
from sandbox.workspace import Workspace

#: Refusals of the url; all others are of what is said.
GONE = ("no_service", "expired_url", "used_url")


class ResponseUrls:
    """Answers `POST /response/KEY`."""

    def __init__(self, workspace: Workspace, traffic: Traffic, outage: Outage) -> None:
        self._workspace = workspace
        self._traffic = traffic
        self._outage = outage

    def add_to(self, server: web.Application) -> None:
        """Take the path of later answers."""
        server.router.add_post("/response/{key}", self._handle)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        with self._traffic.asking("response_url") as asked:
            body = _object(await request.text())
            self._traffic.reads(asked, body)
            ended = await self._outage.ended(asked, request)
            if ended is not None:
                return ended
            said, status = self._answer(request.match_info["key"], body)
            error = said.get("error")
            self._traffic.end(asked, ok=said["ok"], response=said, status=status, error=error)
            return web.json_response(said, status=status)

    def _answer(self, key: str, body: Json) -> tuple[Json, int]:
        """Do what the body says; the answer and its status."""
        try:
            respond(self._workspace, self._workspace.triggers.url(key), body)
        except Refused as refused:
            return refused.to_api(), 404 if refused.error in GONE else 400
        return {"ok": True}, 200


def _object(text: str) -> Json:
    """What is said; nothing, which Slack refuses, for what is no JSON object."""
    try:
        body = json.loads(text)
    except json.JSONDecodeError:
        return {}
    return body if isinstance(body, dict) else {}


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
        content = {"text": str(body.get("text") or ""), "blocks": blocks}
        posting.edit(workspace, channel, original, content)
        return original
    return _say(workspace, channel, url, {**body, "blocks": blocks})


def _say(workspace: Workspace, channel: Channel, url: ResponseUrl, body: Json) -> Message:
    public = body.get("response_type") == "in_channel"
    return posting.post(
        workspace,
        channel,
        workspace.app.bot_user,
        str(body.get("text") or ""),
        blocks=body["blocks"],
        thread_ts=body.get("thread_ts"),
        only_for=None if public else url.person,
    )
