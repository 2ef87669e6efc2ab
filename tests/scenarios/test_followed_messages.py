"""What becomes of a message afterwards is followed into the timeline, and said."""

import pytest

from blocks.capture import source_mark
from blocks.postmortems import OPEN_TIMELINE
from domain.postmortems import Section
from domain.timeline import SourceState
from sandbox.posting import edit
from storage import agreements, sections
from tests.scenarios.noted import entries, happened, posted, replaced
from tests.scenarios.stage import CHANNEL, NOW, Stage

both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)


async def state(slack: Stage) -> tuple[str, SourceState]:
    """Give the words of the only entry, and what became of its message."""
    [entry] = await entries(slack)
    return entry.text, entry.source_state


async def marked(slack: Stage, text: str = "Failing over now") -> str:
    """Let Ana say something, and Bob mark it; give its ts."""
    ts = await slack.person("ana").say(CHANNEL, text)
    await slack.person("bob").react(CHANNEL, ts, "stopwatch")
    await slack.settled()
    return ts


async def edited(slack: Stage, ts: str, text: str) -> None:
    await slack.person("ana").edit(CHANNEL, ts, text)
    await slack.settled()


async def deleted(slack: Stage, ts: str) -> None:
    await slack.person("ana").delete(CHANNEL, ts)
    await slack.settled()


@both_ways
async def test_an_edited_message_changes_its_entry_which_says_so(slack: Stage) -> None:
    await slack.started()
    ts = await marked(slack)
    await edited(slack, ts, "Failing over to <eu-west> now")
    assert await state(slack) == ("Failing over to <eu-west> now", SourceState.EDITED)
    await edited(slack, ts, "Failed over")
    assert await state(slack) == ("Failed over", SourceState.EDITED)
    assert "Failed over" in slack.card().words()
    assert source_mark((await entries(slack))[0]).endswith("|message>, edited since")


async def test_words_that_somebody_put_otherwise_stay(slack: Stage) -> None:
    await slack.started()
    ts = await marked(slack)
    await slack.saved("ana", OPEN_TIMELINE, entries="2026-11-24 04:30 Failover by hand")
    await edited(slack, ts, "Failing over again")
    assert await state(slack) == ("Failover by hand", SourceState.EDITED)


@both_ways
async def test_a_deleted_message_leaves_its_entry_which_says_so(slack: Stage) -> None:
    await slack.started()
    ts = await marked(slack)
    await deleted(slack, ts)
    assert await state(slack) == ("Failing over now", SourceState.DELETED)
    assert source_mark((await entries(slack))[0]).endswith("|message>, deleted since")


async def test_a_deleted_message_with_replies_leaves_a_tombstone(slack: Stage) -> None:
    await slack.started()
    ts = await marked(slack)
    grave = {"type": "message", "subtype": "tombstone", "text": "This message was deleted."}
    changed = {"type": "message", "subtype": "message_changed"}
    before = {"ts": ts, "text": "Failing over now"}
    await happened(slack, changed | {"message": {**grave, "ts": ts}, "previous_message": before})
    assert await state(slack) == ("Failing over now", SourceState.DELETED)


async def test_an_edit_takes_away_every_agreement_and_names_who_made_it(slack: Stage) -> None:
    await slack.started()
    ts = await marked(slack)
    team, ana, bob = slack.sandbox.workspace.team_id, slack.id_of("ana"), slack.id_of("bob")
    async with slack.bot.database.sessions.begin() as session:
        await agreements.agree(session, team, 1, bob, NOW)
    await edited(slack, ts, "Failed over")
    async with slack.bot.database.sessions() as session:
        assert await agreements.agreements(session, 1) == []
        assert (await sections.edits(session, 1))[Section.TIMELINE].edited_by == ana


async def test_what_waits_for_a_postmortem_is_followed_too(slack: Stage) -> None:
    one, two = await marked(slack, "p99 is up"), await marked(slack)
    await edited(slack, one, "p99 is above 8 s")
    await deleted(slack, two)
    await slack.started()
    found = [(entry.text, entry.source_state) for entry in await entries(slack)]
    assert found == [
        ("p99 is above 8 s", SourceState.EDITED),
        ("Failing over now", SourceState.DELETED),
    ]


async def test_a_message_in_two_timelines_is_followed_into_both(slack: Stage) -> None:
    await slack.started()
    await slack.started(channel="#general")
    ts = await marked(slack)
    await replaced(slack, *await entries(slack), postmortem_id=2)
    await edited(slack, ts, "Failed over")
    assert [(await entries(slack, each))[0].text for each in (1, 2)] == ["Failed over"] * 2


async def updated(slack: Stage, text: str) -> tuple[str, SourceState]:
    """Let an app edit its alert; give what its entry says then."""
    await slack.started()
    place, alert = slack.sandbox.workspace.channel(CHANNEL), posted(slack, "[FIRING] p99", "pager")
    await slack.person("bob").react(CHANNEL, alert.ts, "stopwatch")
    await slack.settled()
    edit(slack.sandbox.workspace, place, alert, {"text": text}, flagged=False)
    await slack.settled()
    return await state(slack)


async def test_an_apps_update_of_its_alert_is_followed(slack: Stage) -> None:
    assert await updated(slack, "[FIRING] p99, p95") == ("[FIRING] p99, p95", SourceState.EDITED)


async def test_an_alert_that_says_it_is_over_still_fired_when_it_came(slack: Stage) -> None:
    assert await updated(slack, "[RESOLVED] p99") == ("[FIRING] p99", SourceState.EDITED)


async def test_the_same_edit_told_twice_changes_once(slack: Stage) -> None:
    await slack.started()
    ts = await marked(slack)
    slack.sandbox.faults.ignore_acks(1)
    await edited(slack, ts, "Failed over")
    assert await state(slack) == ("Failed over", SourceState.EDITED)
    async with slack.bot.database.sessions() as session:
        assert (await sections.edits(session, 1))[Section.TIMELINE].version == 2


async def test_messages_nobody_marked_cost_slack_nothing_and_change_nothing(slack: Stage) -> None:
    await slack.started()
    before = len(slack.sandbox.calls)
    ts = await slack.person("ana").say(CHANNEL, "hello")
    await edited(slack, ts, "hello everybody")
    await deleted(slack, ts)
    assert len(slack.sandbox.calls) == before
    assert await entries(slack) == []


@both_ways
async def test_what_is_only_said_is_acknowledged_without_the_database(slack: Stage) -> None:
    await slack.started()
    place, card = slack.sandbox.workspace.channel(CHANNEL), slack.card()
    async with slack.without_database():
        ts = await slack.person("ana").say(CHANNEL, "hello")
        await slack.person("bob").say(CHANNEL, "hi", thread_ts=ts)
        edit(slack.sandbox.workspace, place, card, {"text": "PM-1"}, flagged=False)
        await slack.sandbox.settled()
    assert slack.logged("request_failed") == []
