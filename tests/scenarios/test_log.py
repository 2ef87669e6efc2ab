"""`/postmortem log`: a line of the timeline while it happens, or soon after."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from domain.timeline import ENTRIES_MAX, Source, TimelineEntry
from tests.scenarios.noted import PRIVATE, entries, waiting
from tests.scenarios.stage import CHANNEL, NOW, STARTED, Stage

both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
#: Ana's clock shows 04:30 of that Tuesday.
TODAY: dict[str, Any] = {"started_at": NOW - timedelta(minutes=40)}


async def log(slack: Stage, words: str, by: str = "ana", channel: str = CHANNEL) -> str:
    """Let somebody log something; give what they are told."""
    said = await slack.person(by).command(channel, f"/postmortem log {words}")
    await slack.settled()
    return said or ""


def times(found: list[TimelineEntry]) -> list[str]:
    return [f"{one.at:%d %H:%M} {one.text}" for one in found]


@both_ways
async def test_a_time_is_read_on_the_clock_of_whoever_types(slack: Stage) -> None:
    await slack.started(**TODAY)
    said = await log(slack, "04:03 failover started")
    assert times(await entries(slack)) == ["24 09:03 failover started"]
    assert said.startswith("Noted, <!date^")
    assert said.endswith("failover started\nIn the timeline of PM-1.")
    assert (await entries(slack))[0].source is Source.LOGGED
    assert "failover started" in slack.card().words()


async def test_words_without_a_time_happen_now(slack: Stage) -> None:
    await slack.started(**TODAY)
    await log(slack, "failover started")
    await log(slack, "14 pods restarted")
    assert times(await entries(slack)) == [
        "24 09:30 failover started",
        "24 09:30 14 pods restarted",
    ]


@pytest.mark.parametrize(
    ("words", "asked"), [("(04:03) failover", True), ("failover", False), ("04:03 at 3:04", False)]
)
async def test_a_time_that_does_not_stand_first_is_pointed_out(
    slack: Stage, words: str, *, asked: bool
) -> None:
    await slack.started(**TODAY)
    assert ("Where another time is meant" in await log(slack, words)) is asked


async def test_a_day_may_be_named(slack: Stage) -> None:
    await slack.started()
    await log(slack, "yesterday 23:50 failed over by hand")
    await log(slack, "2026-11-20 14:07 UTC first alert")
    assert times(await entries(slack)) == ["20 14:07 first alert", "24 04:50 failed over by hand"]


async def test_a_time_that_came_on_several_days_is_asked_about(slack: Stage) -> None:
    await slack.started()
    said = await log(slack, "09:07 first alert")
    assert said.startswith("This time came on more than one day of the incident. Write the day")
    assert said.endswith("You wrote:\n&gt;09:07 first alert".replace("&gt;", ">"))
    assert await entries(slack) == []


async def test_of_an_incident_that_is_over_a_time_is_on_its_day(slack: Stage) -> None:
    await slack.started(recovered_at=STARTED + timedelta(hours=1))
    await log(slack, "09:07 first alert")
    assert times(await entries(slack)) == ["20 14:07 first alert"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("05:30 all clear", "is in the future: 2026-11-24 10:30 UTC. Write when it happened"),
        ("25:10 all clear", "25:10 is not a time of day. Write 14:03"),
        ("04:?? all clear", "04:?? leaves the time open."),
        ("04:03", "Say after the time what happened."),
        ("04:03 MST all clear", "MST is not read."),
        ("x" * 1001, "1,001 characters are too many"),
    ],
)
async def test_what_cannot_be_noted_is_said_with_the_words_again(
    slack: Stage, words: str, why: str
) -> None:
    await slack.started(**TODAY)
    said = await log(slack, words)
    assert why in said
    assert f"Nothing was noted. You wrote:\n>{words}" in said
    assert await entries(slack) == []


async def test_log_alone_says_how_to_use_it(slack: Stage) -> None:
    assert (await log(slack, "")).startswith("Write what happened after it: `/postmortem log")


async def test_in_a_direct_message_it_says_where_it_belongs(slack: Stage) -> None:
    said = await log(slack, "04:03 failover", channel="@bob")
    assert "Run `/postmortem log [time] text` there." in said


async def test_several_lines_are_several_entries(slack: Stage) -> None:
    await slack.started(recovered_at=STARTED + timedelta(hours=2))
    said = await log(slack, "09:03 failover started\n09:07 first alert\n\n10:20 all clear")
    assert "Noted 3 entries, the first <!date^" in said
    assert [one.source for one in await entries(slack)] == [Source.LOGGED] * 3
    assert "Line 2, “first alert”" in await log(slack, "09:03 failover\nfirst alert")
    assert len(await entries(slack)) == 3


@both_ways
async def test_before_the_postmortem_it_waits_and_moves_in(slack: Stage) -> None:
    said = await log(slack, "04:03 failover started")
    assert said.startswith("Noted, <!date^")
    assert "It moves into the timeline when somebody starts this channel's postmortem" in said
    await log(slack, "looking into it", by="bob")
    await slack.started(**TODAY)
    assert times(await entries(slack)) == ["24 09:03 failover started", "24 09:30 looking into it"]
    assert await waiting(slack) == []
    assert "2 entries" in slack.card().words()


async def test_shortly_after_midnight_a_late_time_is_the_night_before(slack: Stage) -> None:
    await log(slack, "18:05 backup failed", by="mei")  # 18:30 in Tokyo
    await slack.passes(timedelta(hours=6))  # 00:30 there
    await log(slack, "23:50 failover", by="mei")
    assert times(await waiting(slack)) == ["24 09:05 backup failed", "24 14:50 failover"]


async def test_what_waits_is_limited_like_a_timeline(slack: Stage) -> None:
    first = "\n".join(f"04:0{number % 10} line {number}" for number in range(ENTRIES_MAX))
    await log(slack, first)
    assert "501 entries are too many" in await log(slack, "one more")
    await slack.started(**TODAY)
    assert len(await entries(slack)) == ENTRIES_MAX
    assert "501 entries are too many" in await log(slack, "one more")


async def test_two_people_log_in_the_same_moment(slack: Stage) -> None:
    await slack.started(**TODAY)
    await asyncio.gather(log(slack, "failover", by="ana"), log(slack, "rolled back", by="bob"))
    assert {one.text for one in await entries(slack)} == {"failover", "rolled back"}


@pytest.mark.parametrize("is_started", [True, False])
async def test_a_command_that_comes_twice_is_noted_once(slack: Stage, is_started: bool) -> None:  # noqa: FBT001
    if is_started:
        await slack.started(**TODAY)
    slack.sandbox.faults.ignore_acks(1)
    assert "failover" in await log(slack, "failover")
    found = await entries(slack) if is_started else await waiting(slack)
    assert len(found) == 1


@pytest.mark.parametrize(
    "words",
    ["התחלנו מעבר לגיבוי 🚨", "👩🏽‍🚒 failover 🇳🇿", "<!channel> & <b>*bold*</b>", "a &lt; b"],
)
async def test_whatever_is_typed_is_kept_as_it_was_and_shown_escaped(
    slack: Stage, words: str
) -> None:
    await slack.started(**TODAY)
    said = await log(slack, words)
    assert [one.text for one in await entries(slack)] == [words]
    assert "<!channel>" not in said + slack.card().words()


async def test_in_a_private_channel_it_goes_into_its_own_postmortem(slack: Stage) -> None:
    await log(slack, "tokens revoked", channel=PRIVATE)
    await slack.started(channel=PRIVATE, **TODAY)
    await log(slack, "tokens issued anew", channel=PRIVATE)
    assert [one.text for one in await entries(slack)] == ["tokens revoked", "tokens issued anew"]


async def test_of_somebody_whose_clock_nobody_knows_no_time_is_guessed(slack: Stage) -> None:
    await slack.started(**TODAY)
    slack.sandbox.faults.rate_limit("users.info", retry_after=30, times=9)
    await slack.person("diego").join(CHANNEL)
    assert "which time zone you are in" in await log(slack, "09:03 failover", by="diego")
    await log(slack, "failover", by="diego")
    assert times(await entries(slack)) == ["24 09:30 failover"]
