"""Forms opened in tasks of their own: nothing that goes wrong in one is lost."""

import asyncio
from typing import Any

import pytest
import structlog
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from domain.errors import RuleBroken
from handlers.opening import GONE, TOO_LATE, Opening, beside, tell_by
from storage.postmortems import NotFound


class Ear:
    """Somebody who hears what they are told."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def __call__(self, sentence: str) -> None:
        """Hear it."""
        self.heard.append(sentence)


async def failing(error: Exception) -> None:
    raise error


async def said_of(error: Exception) -> str:
    """Give what a person is told when opening a form fails so."""
    opening, ear = Opening(), Ear()
    opening.begin(failing(error), ear)
    assert await opening.finish(1) == 0
    (sentence,) = ear.heard
    return sentence


def refusal(body: dict[str, str] | str, status: int = 200) -> SlackApiError:
    """Make an answer of Slack, or of something that stands before it."""
    response = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="views.open",
        req_args={},
        data=body,  # type: ignore[arg-type] # a proxy answers with text, whatever the SDK says
        headers={},
        status_code=status,
    )
    return SlackApiError("refused", response)


async def test_a_rules_refusal_is_told_in_its_own_words() -> None:
    assert await said_of(RuleBroken("what", "There is no room.")) == "There is no room."


async def test_a_postmortem_that_is_gone_is_told_so() -> None:
    assert await said_of(NotFound()) == GONE


async def test_a_spent_trigger_asks_for_another_try() -> None:
    assert await said_of(refusal({"error": "expired_trigger_id"})) == TOO_LATE


async def test_a_click_that_came_twice_has_its_form_and_hears_nothing() -> None:
    opening, ear = Opening(), Ear()
    opening.begin(failing(refusal({"error": "exchanged_trigger_id"})), ear)
    assert await opening.finish(1) == 0
    assert ear.heard == []


async def test_an_answer_that_is_not_slacks_is_told_like_any_other_trouble() -> None:
    assert "Something went wrong" in await said_of(refusal("<html>bad gateway</html>", 502))


async def test_what_nobody_foresaw_is_told_with_a_reference_and_logged() -> None:
    structlog.contextvars.bind_contextvars(request_id="abc123")
    with structlog.testing.capture_logs() as logs:
        assert "this reference: abc123." in await said_of(ZeroDivisionError())
    assert [line["event"] for line in logs] == ["form_not_opened"]
    structlog.contextvars.clear_contextvars()


async def test_a_person_who_cannot_be_told_is_logged() -> None:
    async def deaf(_sentence: str) -> None:
        raise refusal({"error": "channel_not_found"})

    opening = Opening()
    with structlog.testing.capture_logs() as logs:
        opening.begin(failing(RuleBroken("what", "There is no room.")), deaf)
        await opening.finish(1)
    assert [(line["event"], line["sentence"]) for line in logs] == [
        ("person_not_told", "There is no room.")
    ]


async def said_by_url(body: dict[str, Any]) -> dict[str, Any]:
    """Give what the url of such a press hears, when whoever pressed is told something."""
    heard: list[dict[str, Any]] = []

    async def hear(request: web.Request) -> web.Response:
        heard.append(await request.json())
        return web.json_response({"ok": True})

    app = web.Application()
    app.router.add_post("/", hear)
    async with TestServer(app) as server:
        client, url = AsyncWebClient(), str(server.make_url("/"))
        tell = tell_by(client, {**body, "response_url": url}, beside(client, url))
        await tell("There is no room.")
    (said,) = heard
    return said


REPLY = {"ts": "2.0", "thread_ts": "1.0"}


@pytest.mark.parametrize(
    ("body", "there"),
    [
        ({"message": REPLY, "container": {"message_ts": "2.0"}}, {"thread_ts": "1.0"}),
        ({"container": {"message_ts": "2.0", "thread_ts": "1.0"}}, {"thread_ts": "1.0"}),
        ({"message": {"ts": "1.0", "thread_ts": "1.0"}}, {}),
        ({"command": "/postmortem"}, {}),
    ],
)
async def test_who_pressed_in_a_thread_is_told_in_that_thread(
    body: dict[str, Any], there: dict[str, str]
) -> None:
    assert await said_by_url(body) == {"text": "There is no room.", **there}


async def test_finishing_waits_for_what_is_under_way() -> None:
    opening, ear, door = Opening(), Ear(), asyncio.Event()

    async def waiting() -> None:
        await door.wait()
        await ear("opened")

    opening.begin(waiting(), ear)
    asyncio.get_running_loop().call_soon(door.set)
    assert await opening.finish(5) == 0
    assert ear.heard == ["opened"]


async def test_what_takes_too_long_is_ended_and_counted() -> None:
    opening, ear, ended = Opening(), Ear(), asyncio.Event()

    async def stuck() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    opening.begin(stuck(), ear)
    await asyncio.sleep(0)  # let it begin
    assert await opening.finish(0) == 1
    assert ended.is_set()
