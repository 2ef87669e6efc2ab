"""An interaction's answer that comes later: within half an hour, up to five times."""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from sandbox import Clock, Sandbox
from sandbox.posting import post
from sandbox.triggers import ResponseUrl

MINUTE = timedelta(minutes=1)


@pytest.fixture
def url(slack: Sandbox) -> str:
    place, ana = slack.workspace.channel("#inc-checkout").id, slack.person("ana").id
    path = slack.workspace.triggers.response_url(ResponseUrl(place, ana, None, ephemeral=False))
    return slack.url + path


async def answered(session: aiohttp.ClientSession, url: str, body: Any) -> tuple[int, str | None]:
    """The status of an answer, and Slack's word for it."""
    data = body if isinstance(body, bytes) else None
    async with session.post(url, data=data, json=None if data else body) as answer:
        return answer.status, (await answer.json()).get("error")


async def test_an_answer_is_taken_for_half_an_hour_of_the_workspace(
    session: aiohttp.ClientSession, url: str, clock: Clock
) -> None:
    clock.turn(30 * MINUTE)
    assert await answered(session, url, {"text": "in time"}) == (200, None)
    clock.turn(MINUTE)
    assert await answered(session, url, {"text": "too late"}) == (404, "expired_url")


async def test_an_answer_is_taken_five_times(session: aiohttp.ClientSession, url: str) -> None:
    statuses = [await answered(session, url, {"text": "again"}) for _ in range(6)]
    assert statuses == [(200, None)] * 5 + [(404, "used_url")]


async def test_an_answer_goes_where_its_thread_is(
    session: aiohttp.ClientSession, url: str, slack: Sandbox
) -> None:
    channel = slack.workspace.channel("#inc-checkout")
    root = post(slack.workspace, channel, slack.workspace.app.bot_user, "root").ts
    assert await answered(session, url, {"text": "no", "thread_ts": root}) == (200, None)
    assert (channel.messages[-1].text, channel.messages[-1].thread_ts) == ("no", root)


async def test_an_url_that_was_never_given_is_no_expired_one(
    session: aiohttp.ClientSession, url: str
) -> None:
    assert await answered(session, f"{url}0", {"text": "x"}) == (404, "no_service")


@pytest.mark.parametrize("body", [b"no json", b"[]", {"text": {"a": 1}}, {"text": ["x"]}])
async def test_an_answer_of_no_form_is_refused(
    session: aiohttp.ClientSession, url: str, body: Any
) -> None:
    status, error = await answered(session, url, body)
    assert (status, error in {"no_text", "invalid_arguments"}) == (400, True)
