"""The Web API over HTTP: who asks, whether they may, and what answers."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any

from aiohttp import web

from sandbox.faults import Faults
from sandbox.line.outage import Outage
from sandbox.line.socket_mode import hang_up
from sandbox.line.traffic import Exchange, Traffic
from sandbox.methods import METHODS
from sandbox.methods.ask import Ask
from sandbox.refusals import Json, Refused, arguments_refused
from sandbox.scopes import SCOPES
from sandbox.workspace import Workspace

Answered = web.StreamResponse

#: Arguments that form-encoded calls carry as JSON.
JSON_ARGUMENTS = ("blocks", "view", "metadata", "attachments")
POSTS = ("chat.postMessage",)
#: A demo runs for days; the older calls are forgotten.
MOST_CALLS = 5000


@dataclass(frozen=True)
class Call:
    """One Web API call as it was made and answered; a limit says for how long to be quiet."""

    method: str
    args: Json
    response: Json
    at: datetime
    retry_after: int | None = None


class WebApi:
    """Answers `POST /api/METHOD` as Slack does."""

    def __init__(
        self, workspace: Workspace, faults: Faults, ticket: Callable[[], str], traffic: Traffic
    ) -> None:
        self.workspace = workspace
        self._traffic = traffic
        self.calls: deque[Call] = deque(maxlen=MOST_CALLS)
        self._outage = Outage(faults, traffic)
        self.base_url = ""
        self._faults = faults
        self._ticket = ticket
        self.in_hand: Callable[[], AbstractContextManager[None]] = nullcontext
        self._last_post: dict[str, float] = {}

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call, and count it as in hand until it is answered."""
        with self.in_hand(), self._traffic.asking(request.match_info["method"]) as asked:
            args: Json | Refused
            try:
                async with asyncio.timeout(self._faults.body_seconds):
                    args = await _arguments(request)
            except TimeoutError:
                self._traffic.end(asked, ok=False, note="the request never came to its end")
                return hang_up(request)
            except Refused as refused:
                args = refused
            else:
                self._traffic.reads(asked, args)
            ended = await self._outage.ended(asked, request)
            if ended is not None:
                return ended
            if isinstance(args, Refused):
                return self._answered(asked, args.to_api())
            return self._handle(asked, args, request)

    def _handle(self, asked: Exchange, args: Json, request: web.Request) -> Answered:
        """Answer one call, with whatever fault is switched on."""
        method = asked.name
        wait = self._wait(method, args)
        if wait is not None:
            return self._limited(asked, args, wait)
        error, done = self._faults.takes_refusal(method) or ("", True)
        answer = self._answer(method, args, request) if done else {}
        if error:
            answer = {"ok": False, "error": error}
        self._record(method, args, answer)
        self._traffic.reads(asked, args)
        if self._faults.takes_drop(method):
            self._traffic.end(asked, ok=False, response=answer, note="reply dropped")
            return hang_up(request)
        return self._answered(asked, answer)

    def _answered(self, asked: Exchange, answer: Json) -> Answered:
        slow = self._faults.seconds_for(asked.name)
        self._traffic.end(
            asked,
            ok=answer["ok"],
            response=answer,
            status=200,
            error=answer.get("error"),
            note=f"{slow:g} s slower" if slow else None,
        )
        scopes = ",".join(self.workspace.app.scopes)
        return web.json_response(answer, headers={"X-OAuth-Scopes": scopes})

    def _limited(self, asked: Exchange, args: Json, wait: int) -> Answered:
        answer: Json = {"ok": False, "error": "ratelimited"}
        self._record(asked.name, args, answer, wait)
        note = f"rate limited: again in {wait} s"
        self._traffic.end(
            asked, ok=False, response=answer, status=429, error="ratelimited", note=note
        )
        return web.json_response(answer, status=429, headers={"Retry-After": str(wait)})

    def _record(self, method: str, args: Json, answer: Json, wait: int | None = None) -> None:
        known = {key: value for key, value in args.items() if key != "token"}
        self.calls.append(Call(method, known, answer, self.workspace.clock.now(), wait))

    def _wait(self, method: str, args: Json) -> int | None:
        """Seconds to wait, when this call is one too many."""
        limited = self._faults.takes_limit(method)
        if limited is not None or not self._faults.limits_channels or method not in POSTS:
            return limited
        # docs.slack.dev, "Rate limits": one message per second and channel. The wall's second,
        # for clients wait on the wall.
        channel, now = str(args.get("channel")), monotonic()
        if now - self._last_post.get(channel, now - 2) < 1:
            return 1
        self._last_post[channel] = now
        return None

    def _answer(self, method: str, args: Json, request: web.Request) -> Json:
        token = _token(request, args)
        ask = Ask(method, args, self.workspace, self.base_url, self._socket_url(method))
        try:
            self._admit(ask, token)
            _decode(args)
            return METHODS[method](ask)
        except Refused as refused:
            return refused.to_api()

    def _socket_url(self, method: str) -> str:
        if method != "apps.connections.open":
            return ""
        return f"{self.base_url.replace('http', 'ws', 1)}link?ticket={self._ticket()}"

    def _admit(self, ask: Ask, token: str | None) -> None:
        """Refuse unknown methods, wrong tokens and missing scopes."""
        if ask.method not in METHODS:
            raise Refused("unknown_method", req_method=ask.method)
        if not token:
            raise Refused("not_authed")
        app = self.workspace.app
        if token not in (app.bot_token, app.app_token):
            raise Refused("invalid_auth")
        wants_app = ask.method == "apps.connections.open"
        if wants_app != (token == app.app_token):
            raise Refused("not_allowed_token_type")
        scopes = SCOPES.get(ask.method, ())
        if scopes and not any(app.may(scope) for scope in scopes):
            ask.needs(scopes[0])


async def _arguments(request: web.Request) -> Json:
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        body = _body(await request.text())
        return args | {key: value for key, value in body.items() if value is not None}
    return args | dict(await request.post())


def _body(text: str) -> Json:
    try:
        body = json.loads(text or "{}")
    except json.JSONDecodeError:
        raise Refused("invalid_json") from None
    if not isinstance(body, dict):
        raise Refused("json_not_object")
    return body


def _decode(args: Json) -> None:
    for name in JSON_ARGUMENTS:
        if isinstance(args.get(name), str):
            args[name] = _decoded(name, args[name])


def _decoded(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        if name == "blocks":
            raise Refused("invalid_blocks_format") from None
        raise arguments_refused(f"[ERROR] invalid JSON [json-pointer:/{name}]") from None


def _token(request: web.Request, args: Json) -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme == "Bearer" and token else args.get("token")
