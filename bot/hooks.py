"""`POST /api/trackers/{kind}`: the webhooks of trackers, each a hint that a ticket changed."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from http import HTTPStatus

import structlog
from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.bodies import Refused, body_of
from bot.together import Together
from bot.web import Answer
from domain.tickets import TrackerKind
from handlers.ticket_hooks import Became, Told, heard
from integrations.trackers import HookReader, HookRefused, HookUnreadable
from storage.engine import Sessions

log = structlog.get_logger(__name__)

HookReaders = Mapping[TrackerKind, HookReader]

#: A ticket with the longest text that a tracker takes, and all about it, is shorter. GitHub would
#: send up to 25 MB (docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap).
BODY_MAX = 1_000_000
#: What is longer than this is read for so many at a time: shorter ones the server holds anyhow.
LONG, LONG_AT_ONCE = 64 * 1024, 16
#: So many are listened to in one transaction: more would hold up clicks that wait for theirs.
AT_ONCE = 100

_NO_SUCH = "There is no such tracker. Send it to /api/trackers/github, jira or linear."
_NOT_SET_UP = (
    "Webhooks of {} are not listened to: whoever runs Closed Loop sets {}_WEBHOOK_SECRET to the "
    "secret of the webhook."
)
_ELSEWHERE = (
    "No service has its tickets in {}. Whoever leads the programme says where they are in Slack: "
    "/postmortem settings trackers."
)
_AGAIN = "This was told before, and is listened to once."
_INSTEAD = "Let the webhook send plain JSON, and tell of issues only."
_NO_DATABASE = "The database does not answer, so nothing is kept. Send it again in a minute."


class Hooks:
    """Listens to the webhooks of each tracker that has a reader."""

    def __init__(
        self,
        readers: HookReaders,
        sessions: Sessions,
        workspace_id: str,
        now: Callable[[], datetime],
    ) -> None:
        self._readers = readers
        self._now = now
        self._long = asyncio.Semaphore(LONG_AT_ONCE)

        async def hear(kind: TrackerKind, told: Sequence[Told]) -> list[Became]:
            return await heard(sessions, workspace_id, kind, told, now())

        self._hearing = {kind: Together(partial(hear, kind), AT_ONCE) for kind in readers}

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """Listen to one webhook."""
        named = request.match_info["kind"]
        try:
            kind, reader = self._reader(named)
            told = await self._told(reader, request)
            became = await self._hearing[kind].do(told)
            _judge(became, told)
        except Refused as refused:
            return _refusal(named, refused.status, str(refused))
        except (OSError, SQLAlchemyError):
            log.exception("hook_not_kept", tracker=named)
            return _refusal(named, HTTPStatus.SERVICE_UNAVAILABLE, _NO_DATABASE)
        is_ours = became is Became.HEARD
        log.info("hook_heard", tracker=named, told=told.hook.event, is_ours=is_ours)
        return web.json_response({"heard": is_ours})

    def _reader(self, named: str) -> tuple[TrackerKind, HookReader]:
        try:
            kind = TrackerKind(named)
        except ValueError:
            raise Refused(HTTPStatus.NOT_FOUND, _NO_SUCH) from None
        if kind not in self._readers:
            sentence = _NOT_SET_UP.format(kind.called, kind.name)
            raise Refused(HTTPStatus.NOT_FOUND, sentence)
        return kind, self._readers[kind]

    async def _told(self, reader: HookReader, request: web.Request) -> Told:
        length = request.content_length
        if length is not None and length <= LONG:
            return self._read(reader, request, await body_of(request, BODY_MAX, _INSTEAD))
        async with self._long:
            return self._read(reader, request, await body_of(request, BODY_MAX, _INSTEAD))

    def _read(self, reader: HookReader, request: web.Request, body: bytes) -> Told:
        try:
            hook = reader.read(request.headers, body, self._now())
        except HookUnreadable as unreadable:
            raise Refused(HTTPStatus.BAD_REQUEST, str(unreadable)) from None
        except HookRefused as refused:
            raise Refused(HTTPStatus.UNAUTHORIZED, str(refused)) from None
        return Told(hook=hook, signature=reader.signature(request.headers))


def hearing(
    readers: HookReaders, sessions: Sessions, workspace_id: str, now: Callable[[], datetime]
) -> Answer:
    """The endpoint that is told of changed tickets."""
    hooks = Hooks(readers, sessions, workspace_id, now)

    async def hear(request: web.Request) -> web.StreamResponse:
        return await hooks(request)

    return hear


def _judge(became: Became, told: Told) -> None:
    if became is Became.AGAIN:
        raise Refused(HTTPStatus.CONFLICT, _AGAIN)
    if became is Became.ELSEWHERE:
        raise Refused(HTTPStatus.FORBIDDEN, _ELSEWHERE.format(told.hook.project))


def _refusal(named: str, status: HTTPStatus, sentence: str) -> web.Response:
    log.info("hook_refused", tracker=named, status=int(status), why=sentence)
    return web.json_response({"error": sentence}, status=status)
