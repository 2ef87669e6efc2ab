"""The web endpoints: alive, of use, and closed to everybody but Slack."""

import json
import time
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot.web import EVENTS_PATH
from sandbox.line.signed_http import SignedHttp
from storage import deliveries
from tests.scenarios.stage import CHANNEL, Stage

over_http = pytest.mark.parametrize("mode", ["http"], indirect=True)
COMMAND = {"command": "/postmortem", "text": "help"}


def address(slack: Stage, path: str) -> str:
    return f"http://127.0.0.1:{slack.bot.port}{path}"


async def ready(slack: Stage, http: aiohttp.ClientSession) -> tuple[int, dict[str, bool]]:
    """Give the status of /readyz, and what it found."""
    async with http.get(address(slack, "/readyz")) as answer:
        return answer.status, (await answer.json())["checks"]


async def test_healthz_says_that_the_process_lives(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    async with http.get(address(slack, "/healthz")) as answer:
        assert (answer.status, await answer.json()) == (200, {"ok": True})


async def test_readyz_says_that_all_it_needs_is_there(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    assert await ready(slack, http) == (
        200,
        {"database": True, "deliveries": True, "slack": True},
    )


async def test_readyz_tells_how_many_messages_are_owed_late_and_given_up(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    async with slack.bot.database.sessions.begin() as session:
        due_at = slack.clock.now() + timedelta(minutes=1)
        await deliveries.enqueue(session, "T0SANDBOX01", "card", "1", channel="C1", due_at=due_at)
    async with http.get(address(slack, "/readyz")) as answer:
        assert (await answer.json())["numbers"] == {"owed": 1, "late": 0, "given_up": 0}


@over_http
async def test_over_http_slack_is_not_asked_for(slack: Stage, http: aiohttp.ClientSession) -> None:
    assert await ready(slack, http) == (200, {"database": True, "deliveries": True})


async def test_without_its_database_it_is_not_ready(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    async with slack.without_database():
        status, found = await ready(slack, http)
    assert (status, found["database"], found["slack"]) == (503, False, True)


async def test_with_a_database_that_answers_wrongly_it_is_not_ready(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    await slack.run_sql("ALTER TABLE delivery RENAME TO away")
    status, found = await ready(slack, http)
    await slack.run_sql("ALTER TABLE away RENAME TO delivery")
    assert (status, found) == (503, {"database": False, "deliveries": False, "slack": True})


async def test_without_slack_it_is_not_ready(slack: Stage, http: aiohttp.ClientSession) -> None:
    slack.sandbox.faults.down()
    await slack.sandbox.faults.disconnect()
    status, found = await ready(slack, http)
    assert (status, found["slack"], found["database"]) == (503, False, True)


async def test_with_a_delivery_that_is_stuck_it_is_not_ready(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    async with slack.bot.database.sessions.begin() as session:
        await deliveries.enqueue(
            session, "T0SANDBOX01", "card", "1", channel="C1", due_at=slack.clock.now()
        )
        lease = timedelta(days=1)  # another process has it, and hangs
        await deliveries.claim(session, slack.clock.now(), lease=lease, limit=1)
    assert (await ready(slack, http))[0] == 200
    slack.clock.turn(timedelta(minutes=6))
    status, found = await ready(slack, http)
    assert (status, found["deliveries"], found["database"]) == (503, False, True)


async def test_in_socket_mode_nothing_can_be_posted(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    async with http.post(address(slack, EVENTS_PATH), data=COMMAND) as answer:
        assert answer.status == 404


def signed(slack: Stage, body: str, *, secret: str = "", age: int = 0) -> dict[str, str]:
    """The headers with which Slack would send this body, or somebody who pretends to be Slack."""
    line = SignedHttp("", secret or slack.sandbox.signing_secret)
    return line.signed(body, at=int(time.time()) - age)


def a_command(slack: Stage) -> str:
    ana = slack.person("ana")
    place = ana.channel(CHANNEL)
    payload: dict[str, Any] = ana.interactions.command(ana.account, place, "/postmortem", "")
    return "&".join(f"{key}={value}" for key, value in payload.items())


@over_http
@pytest.mark.parametrize("how", [{"secret": "not the secret"}, {"age": 301}, {"age": -301}, None])
async def test_a_forged_stale_or_missing_signature_gets_401_and_no_work(
    slack: Stage, http: aiohttp.ClientSession, how: dict[str, Any] | None
) -> None:
    body, before = a_command(slack), len(slack.sandbox.calls)
    headers = signed(slack, body, **how) if how else {}
    async with http.post(address(slack, EVENTS_PATH), data=body, headers=headers) as answer:
        assert answer.status == 401
    await slack.settled()
    assert len(slack.sandbox.calls) == before


@over_http
async def test_a_signature_of_another_body_gets_401(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    headers = signed(slack, "command=%2Fpostmortem&text=help")
    body = a_command(slack)
    async with http.post(address(slack, EVENTS_PATH), data=body, headers=headers) as answer:
        assert answer.status == 401


@over_http
async def test_a_true_signature_is_let_in(slack: Stage, http: aiohttp.ClientSession) -> None:
    body = a_command(slack)
    headers = signed(slack, body)
    async with http.post(address(slack, EVENTS_PATH), data=body, headers=headers) as answer:
        assert answer.status == 200
    await slack.person("ana").modal("Start a postmortem")


@over_http
async def test_slacks_question_whose_address_this_is_gets_its_answer(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"})
    headers = signed(slack, body) | {"Content-Type": "application/json"}
    async with http.post(address(slack, EVENTS_PATH), data=body, headers=headers) as answer:
        assert (answer.status, await answer.json()) == (200, {"challenge": "abc"})
