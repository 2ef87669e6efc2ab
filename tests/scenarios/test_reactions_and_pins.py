"""Messages that people mark for the timeline, with the reaction or a pin."""

import asyncio
from datetime import timedelta

import pytest

from domain.sources import instant_of
from domain.timeline import ENTRIES_MAX, Source, TimelineEntry
from sandbox.posting import unreact
from tests.scenarios.noted import (
    DM,
    PRIVATE,
    STOPWATCH,
    entries,
    marked,
    marked_by,
    posted,
    replaced,
    said,
    unmarked,
    waiting,
)
from tests.scenarios.stage import CHANNEL, NOW, Stage

both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)


@both_ways
async def test_a_reaction_adds_the_message(slack: Stage) -> None:
    await slack.started()
    ts = await said(slack, "Failing over & @bob watches")
    await marked(slack, ts, by="ana")
    [entry] = await entries(slack)
    assert (entry.at, entry.source) == (instant_of(ts), Source.REACTION)
    assert entry.text == "Failing over & @Bob Okonjo watches"
    assert entry.permalink.endswith(f"/p{ts.replace('.', '')}")
    assert "Failing over" in slack.card().words()


async def test_another_reaction_adds_nothing_and_asks_slack_nothing(slack: Stage) -> None:
    await slack.started()
    ts = await said(slack)
    before = len(slack.sandbox.calls)
    await slack.person("bob").react(CHANNEL, ts, "eyes")
    await slack.person("bob").unreact(CHANNEL, ts, "eyes")
    await slack.settled()
    assert await entries(slack) == []
    assert len(slack.sandbox.calls) == before


async def test_a_workspace_may_use_another_reaction_in_any_tone_of_skin(slack: Stage) -> None:
    await slack.started()
    await slack.run_sql("UPDATE workspace SET reaction = 'raised_hand'")
    ts = await said(slack)
    await marked(slack, ts)
    assert await entries(slack) == []
    await slack.person("bob").react(CHANNEL, ts, "raised_hand::skin-tone-4")
    await slack.settled()
    assert len(await entries(slack)) == 1


async def test_an_app_marks_nothing(slack: Stage) -> None:
    await slack.started()
    marked_by(slack, await said(slack), slack.id_of("pager"), slack.id_of("closed_loop"))
    await slack.settled()
    assert await entries(slack) == []


async def test_a_reply_in_a_thread_can_be_marked(slack: Stage) -> None:
    await slack.started()
    root = await said(slack, "What now?")
    reply = await slack.person("bob").say(CHANNEL, "Rolled back", thread_ts=root)
    await marked(slack, reply, by="ana")
    assert [one.text for one in await entries(slack)] == ["Rolled back"]


@both_ways
async def test_before_the_postmortem_it_waits_and_the_first_one_is_told(slack: Stage) -> None:
    first, second = await said(slack, "p99 is up"), await said(slack)
    await marked(slack, first)
    await marked(slack, second, by="mei")
    assert "It moves into the timeline when" in await slack.told("bob", "Noted, ")
    assert not [one for one in slack.person("mei").messages(CHANNEL) if "Noted" in one.text]
    await unmarked(slack, first)
    assert [one.message_ts for one in await waiting(slack)] == [second]
    await slack.started()
    assert [one.message_ts for one in await entries(slack)] == [second]
    await unmarked(slack, second, by="mei")
    assert await entries(slack) == []


async def test_sixty_people_react_at_once_and_the_message_is_there_once(slack: Stage) -> None:
    await slack.started()
    crowd = [slack.sandbox.workspace.add_person(f"p{n}", f"P {n}").id for n in range(60)]
    place = slack.sandbox.workspace.channel(CHANNEL)
    place.members += crowd
    message = marked_by(slack, await said(slack), *crowd)
    await slack.settled()
    assert len(await entries(slack)) == 1
    for one in crowd:
        unreact(slack.sandbox.workspace, place, message, one, STOPWATCH)
    await slack.settled()
    assert await entries(slack) == []


async def test_two_people_mark_different_messages_in_the_same_moment(slack: Stage) -> None:
    await slack.started()
    one, two = await said(slack, "p99 is up"), await said(slack)
    await asyncio.gather(
        slack.person("bob").react(CHANNEL, one, STOPWATCH),
        slack.person("mei").react(CHANNEL, two, STOPWATCH),
    )
    await slack.settled()
    assert [entry.message_ts for entry in await entries(slack)] == [one, two]


@both_ways
async def test_the_same_event_delivered_twice_adds_once(slack: Stage) -> None:
    early = await said(slack, "p99 is up")
    slack.sandbox.faults.ignore_acks(1)
    await marked(slack, early)
    assert len(await waiting(slack)) == 1
    await slack.started()
    late = await said(slack)
    slack.sandbox.faults.ignore_acks(1)
    await marked(slack, late)
    assert [entry.message_ts for entry in await entries(slack)] == [early, late]


async def test_what_does_not_fit_any_more_is_told_by_direct_message(slack: Stage) -> None:
    await slack.started()
    many = [TimelineEntry(at=NOW, text=str(number)) for number in range(ENTRIES_MAX)]
    await replaced(slack, *many)
    await marked(slack, await said(slack))
    told = await slack.told("bob", "I could not add <http", DM)
    assert "501 entries are too many: keep the 500 that tell the story." in told


async def test_our_own_card_and_a_join_are_not_added(slack: Stage) -> None:
    await slack.started()
    await marked(slack, slack.card().ts)
    await slack.person("diego").join(CHANNEL)
    await marked(slack, slack.person("bob").messages(CHANNEL)[-1].ts)
    for _ in range(2):
        await slack.person("bob").pin(CHANNEL, slack.card().ts)
        await slack.settled()
    assert await entries(slack) == []


@both_ways
async def test_a_pin_adds_the_message_and_unpinning_leaves_it(slack: Stage) -> None:
    await slack.started()
    ts = await said(slack)
    for _ in range(3):
        await slack.person("bob").pin(CHANNEL, ts)
        await slack.settled()
    [entry] = await entries(slack)
    assert (entry.source, entry.message_ts, entry.text) == (Source.PIN, ts, "Failing over now")
    assert entry.permalink.endswith(f"/p{ts.replace('.', '')}")


async def test_what_is_pinned_and_marked_is_there_once_and_stays(slack: Stage) -> None:
    await slack.started()
    ts = await said(slack)
    await slack.person("bob").pin(CHANNEL, ts)
    await slack.settled()
    await marked(slack, ts)
    await unmarked(slack, ts)
    assert [one.source for one in await entries(slack)] == [Source.PIN]


async def test_an_alert_of_an_app_can_be_marked(slack: Stage) -> None:
    await slack.started()
    await marked(slack, posted(slack, "[FIRING] p99 above 8 s", by="pager").ts)
    assert [one.text for one in await entries(slack)] == ["[FIRING] p99 above 8 s"]


async def test_in_a_private_channel_it_goes_into_its_own_postmortem(slack: Stage) -> None:
    ts = await said(slack, "token revoked", PRIVATE)
    await marked(slack, ts, by="diego", channel=PRIVATE)
    assert [one.text for one in await waiting(slack, PRIVATE)] == ["token revoked"]
    await slack.started(channel=PRIVATE)
    assert [one.text for one in await entries(slack)] == ["token revoked"]


@pytest.mark.parametrize("text", ["התחלנו מעבר לגיבוי 🚨", ":fire: @channel 👩🏽‍🚒", "x" * 3000])
async def test_long_and_foreign_texts_can_be_marked(slack: Stage, text: str) -> None:
    await slack.started()
    await slack.passes(timedelta(minutes=1))
    await marked(slack, await said(slack, text))
    [entry] = await entries(slack)
    assert entry.text == text or len(entry.text) == 1000
    assert "<!channel>" not in slack.card().words()
