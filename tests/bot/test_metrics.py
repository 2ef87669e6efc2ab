"""The loop in numbers: what whoever collects them reads, and what the log says every hour."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import structlog
from prometheus_client.openmetrics import parser
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import GAUGES, PREFIX, Hourly, Seen
from domain.action_items import ItemState
from storage import deliveries
from storage.loop import Loop
from tests.scenarios.stage import NOW, Stage

over_http = pytest.mark.parametrize("mode", ["http"], indirect=True)
PAGE = Path(__file__).parent.parent.parent / "docs" / "running.md"
LOOP = Loop(
    scheduled=5,
    retrying=4,
    due=3,
    late=2,
    given_up=1,
    oldest_due=NOW - timedelta(seconds=90),
    items=dict.fromkeys(ItemState, 0) | {ItemState.OPEN: 7},
    overdue=2,
    expired=1,
    accepted_risks=6,
    risks_run_out=1,
)
SEEN = Seen(loop=LOOP, at=NOW, connected=True)
MINUTE = timedelta(minutes=1)
#: Its parser has no annotations.
OPENMETRICS: Any = parser.text_string_to_metric_families


async def scraped(
    slack: Stage, http: aiohttp.ClientSession, accept: str = "*/*"
) -> tuple[int, str, str]:
    """The status of /metrics, its content type, and what it says."""
    address = f"http://127.0.0.1:{slack.bot.port}/metrics"
    async with http.get(address, headers={"Accept": accept}) as answer:
        return answer.status, answer.headers["Content-Type"], await answer.text()


async def numbers(slack: Stage, http: aiohttp.ClientSession) -> dict[str, float]:
    """What /metrics says: each number by its name and state."""
    _, _, said = await scraped(slack, http)
    return {
        " ".join([sample.name.removeprefix(PREFIX), *sample.labels.values()]): sample.value
        for family in text_string_to_metric_families(said)
        for sample in family.samples
    }


async def owe(slack: Stage, subject: str, minutes: float, **also: Any) -> None:
    """Owe a message that another process has taken, and hangs over."""
    due_at = slack.clock.now() + minutes * MINUTE
    async with slack.bot.database.sessions.begin() as session:
        await deliveries.enqueue(
            session, "T0SANDBOX01", "card", subject, channel="C1", due_at=due_at, **also
        )
        await deliveries.claim(session, slack.clock.now(), lease=timedelta(days=1), limit=9)


async def test_the_messages_that_are_owed_are_told_by_state(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    for subject, minutes in enumerate((60, 0, -2, -3)):
        await owe(slack, str(subject), minutes)
    found = await numbers(slack, http)

    states = ("scheduled", "due", "late", "retrying", "given_up")
    assert [found[f"deliveries {state}"] for state in states] == [1, 1, 2, 0, 0]
    assert found["oldest_due_seconds"] == 180


async def test_items_are_told_by_state_and_those_that_are_overdue(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    await slack.started()
    await slack.promised()
    slack.clock.turn(timedelta(days=366))
    found = await numbers(slack, http)

    assert (found["items open"], found["items verified"], found["items_overdue"]) == (1, 0, 1)
    assert (found["items_expired"], found["accepted_risks"]) == (0, 0)


async def test_a_connection_that_is_cut_is_told(slack: Stage, http: aiohttp.ClientSession) -> None:
    before = (await numbers(slack, http))["socket_connected"]
    slack.sandbox.faults.down()
    await slack.sandbox.faults.disconnect()

    assert (before, (await numbers(slack, http))["socket_connected"]) == (1, 0)


@over_http
async def test_over_http_there_is_no_connection_to_tell_of(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    assert "socket_connected" not in await numbers(slack, http)


async def test_whoever_asks_for_openmetrics_gets_it(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    plain = await scraped(slack, http)
    modern = await scraped(slack, http, "application/openmetrics-text;version=1.0.0")

    assert plain[:2] == (200, "text/plain; version=0.0.4; charset=utf-8")
    assert modern[1].startswith("application/openmetrics-text; version=1.0.0")
    told = {family.name for family in OPENMETRICS(modern[2])}
    assert told == {PREFIX + gauge.name for gauge in GAUGES}


async def test_no_workspace_channel_or_person_is_named(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    await slack.started()
    await slack.promised()
    _, _, said = await scraped(slack, http)

    names = {each for family in text_string_to_metric_families(said) for each in _labels(family)}
    assert names == {"state"}
    assert "T0SANDBOX01" not in said


def _labels(family: Any) -> set[str]:
    return {name for sample in family.samples for name in sample.labels}


async def test_without_its_database_it_says_so_and_tells_no_numbers(
    slack: Stage, http: aiohttp.ClientSession
) -> None:
    async with slack.without_database():
        status, _, said = await scraped(slack, http)

    assert status == 503
    assert said == "The database does not answer, so there are no numbers. Ask again in a minute.\n"


def test_what_is_oldest_is_as_old_as_it_is_and_nothing_has_no_age() -> None:
    [oldest] = [gauge for gauge in GAUGES if gauge.name == "oldest_due_seconds"]
    none = replace(SEEN, loop=replace(LOOP, oldest_due=None))

    assert (oldest.read(SEEN), oldest.read(none)) == (90, 0)


async def test_the_log_tells_the_same_once_an_hour(slack: Stage) -> None:
    async def see() -> Seen:
        return SEEN

    tell = Hourly(see)
    with structlog.testing.capture_logs() as logs:
        for minutes in (0, 1, 29, 30, 31, 90, 24 * 60):  # from half past nine
            await tell(slack.bot.database.sessions, slack.bot.app.client, NOW + minutes * MINUTE)

    assert [line["event"] for line in logs] == ["loop"] * 4
    assert logs[0]["items"]["open"] == LOOP.items[ItemState.OPEN]
    assert {gauge.name for gauge in GAUGES} <= set(logs[0])


async def test_an_hour_without_a_database_is_one_warning(slack: Stage) -> None:
    async def see() -> None:
        return None

    tell = Hourly(see)
    with structlog.testing.capture_logs() as logs:
        for _ in range(3):
            await tell(slack.bot.database.sessions, slack.bot.app.client, NOW)

    assert [(line["event"], line["log_level"]) for line in logs] == [("loop_unknown", "warning")]


async def test_the_clock_tells_how_the_loop_stands(slack: Stage) -> None:
    await slack.bot.clock.strike()
    await slack.bot.clock.strike()

    assert [line["event"] for line in slack.logs].count("loop") == 1


def test_every_number_is_explained() -> None:
    explained = PAGE.read_text()

    assert [gauge.name for gauge in GAUGES if f"`{PREFIX}{gauge.name}`" not in explained] == []
