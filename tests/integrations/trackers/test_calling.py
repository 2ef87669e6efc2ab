"""What the answers of any tracker mean."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from aiohttp import web

from domain.tickets import Place, TrackerKind
from integrations.trackers import TicketGone, Tracker, TrackerBusy, TrackerRefused
from integrations.trackers.calling import LONGEST, Caller, held
from integrations.trackers.github import GitHub
from integrations.trackers.github.app import Token
from integrations.trackers.jira import Jira
from integrations.trackers.linear import Linear
from tests.trackers.linear_stage import NOW

Say = Callable[[web.Request], web.StreamResponse]


@asynccontextmanager
async def asking(say: Say, patience: float = 10) -> AsyncIterator[Caller]:
    """A caller of a tracker that answers so."""
    async with serving(say) as url:
        caller = Caller("Tracker", url, patience=patience)
        yield caller
        await caller.close()


@asynccontextmanager
async def serving(say: Say) -> AsyncIterator[str]:
    """Where a tracker is that answers so."""

    async def answer(request: web.Request) -> web.StreamResponse:
        return say(request)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await runner.cleanup()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "Tracker does not know our token any more."),
        (403, "Tracker does not allow this with our token."),
        (404, "Tracker has no such place, or our token may not see it."),
        (418, "Tracker answers with status 418."),
    ],
)
async def test_a_refusal_that_says_no_more_is_a_sentence(status: int, words: str) -> None:
    async with asking(lambda _: web.Response(status=status)) as caller:
        with pytest.raises(TrackerRefused) as refused:
            await caller.ask("GET", "x")
    assert str(refused.value) == words


@pytest.mark.parametrize("status", [404, 410])
async def test_one_ticket_that_is_not_there_is_gone(status: int) -> None:
    async with asking(lambda _: web.Response(status=status)) as caller:
        with pytest.raises(TicketGone):
            await caller.ask("GET", "x", gone=True)


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_what_may_work_later_is_busy(status: int) -> None:
    async with asking(lambda _: web.Response(status=status)) as caller:
        with pytest.raises(TrackerBusy) as busy:
            await caller.ask("GET", "x")
    assert busy.value.wait is None


async def test_an_answer_that_is_too_long_is_not_read() -> None:
    async with asking(lambda _: web.Response(body=b" " * (LONGEST + 1))) as caller:
        with pytest.raises(TrackerBusy, match="more than anybody reads"):
            await caller.ask("GET", "x")


async def test_an_answer_that_is_packed_is_unpacked() -> None:
    def packed(_: web.Request) -> web.StreamResponse:
        answer = web.json_response({"a": "b" * 3000})
        answer.enable_compression(web.ContentCoding.gzip)
        return answer

    async with asking(packed) as caller:
        assert caller.json(await caller.ask("GET", "x")) == {"a": "b" * 3000}


async def test_what_is_no_json_is_somebody_else() -> None:
    async with asking(lambda _: web.Response(text="<html>Sign in</html>")) as caller:
        answer = await caller.ask("GET", "x")
        with pytest.raises(TrackerBusy, match=r"at 127\.0\.0\.1 is something else"):
            caller.json(answer)


@pytest.mark.parametrize(
    "by", [{"headers": {"Authorization": "Bearer x"}}, {"auth": httpx.BasicAuth("us", "x")}]
)
async def test_whoever_is_led_elsewhere_shows_no_token_there(by: dict[str, Any]) -> None:
    shown: list[str | None] = []

    def other(request: web.Request) -> web.StreamResponse:
        shown.append(request.headers.get("Authorization"))
        return web.json_response({})

    async with serving(other) as there:
        led = {"Location": f"{there}elsewhere"}
        async with serving(lambda _: web.Response(status=302, headers=led)) as here:
            caller = Caller("Tracker", here, **by)
            await caller.ask("GET", "x")
            await caller.close()
    assert shown == [None]


async def test_json_that_nobody_can_unpack_is_somebody_else() -> None:
    async with asking(lambda _: web.Response(text="[" * 100_000)) as caller:
        answer = await caller.ask("GET", "x")
        assert held(answer) == {}
        with pytest.raises(TrackerBusy, match="is something else"):
            caller.json(answer)


@pytest.mark.parametrize("reset", ["soon", "9" * 30, ""])
async def test_an_hour_that_cannot_be_read_is_none(reset: str) -> None:
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}
    async with asking(lambda _: web.Response(status=403, headers=headers)) as caller:
        with pytest.raises(TrackerBusy) as busy:
            await caller.ask("GET", "x")
    assert busy.value.wait is None


ELSEWHERE: list[Callable[[str], Tracker]] = [
    lambda url: GitHub(url, Token("t"), lambda: NOW),
    lambda url: Jira(url, "bot@example.com", "t", lambda: NOW),
    lambda url: Linear("k", url, now=lambda: NOW),
]


@pytest.mark.parametrize("body", ["{}", "[]", "null", '{"data": {}}', '{"status": "ok"}'])
@pytest.mark.parametrize("tracker", ELSEWHERE, ids=list(TrackerKind))
async def test_what_is_no_tracker_is_told_from_one(
    tracker: Callable[[str], Tracker], body: str
) -> None:
    async with serving(lambda _: web.Response(text=body, content_type="application/json")) as url:
        asked = tracker(url)
        place = Place(kind=asked.kind, project="acme/shop" if "git" in asked.kind else "SHOP")
        for ask in (asked.known_as(), asked.check(place)):
            with pytest.raises((TrackerBusy, TrackerRefused)) as silent:
                await ask
            assert "as it should" in str(silent.value) or "address right?" in str(silent.value)
        await asked.close()
