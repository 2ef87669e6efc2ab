"""Marks that are taken back, and marks on what cannot be added."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from blocks.postmortems import OPEN_TIMELINE
from domain.timeline import Milestone, Source
from handlers.patience import slow_machine
from tests.scenarios.noted import (
    STOPWATCH,
    entries,
    happened,
    marked,
    marked_by,
    replaced,
    said,
    unmarked,
)
from tests.scenarios.stage import CHANNEL, NOW, Stage

both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)


@both_ways
async def test_the_last_one_who_takes_the_reaction_back_takes_the_entry_out(slack: Stage) -> None:
    await slack.started()
    ts = await said(slack)
    await marked(slack, ts)
    await marked(slack, ts, by="mei")
    await unmarked(slack, ts)
    assert len(await entries(slack)) == 1
    await unmarked(slack, ts, by="mei")
    assert await entries(slack) == []
    assert "Failing over now" not in slack.card().words()


async def test_an_apps_reaction_keeps_nothing_in(slack: Stage) -> None:
    await slack.started()
    ts = await said(slack)
    await marked(slack, ts)
    marked_by(slack, ts, slack.id_of("pager"))
    await unmarked(slack, ts)
    assert await entries(slack) == []


@pytest.mark.parametrize(
    "work",
    [
        {"text": "Failover by hand"},
        {"milestone": Milestone.STARTED},
        {"at": NOW - timedelta(minutes=5)},
        {"source": Source.SHORTCUT},
    ],
)
async def test_an_entry_that_somebody_worked_on_stays(slack: Stage, work: dict[str, Any]) -> None:
    await slack.started()
    ts = await said(slack)
    await marked(slack, ts)
    [entry] = await entries(slack)
    await replaced(slack, replace(entry, **work))
    await unmarked(slack, ts)
    assert len(await entries(slack)) == 1


async def test_an_entry_reworded_in_the_form_stays(slack: Stage) -> None:
    await slack.started()
    ts = await said(slack)
    await marked(slack, ts)
    await slack.saved("ana", OPEN_TIMELINE, entries="2026-11-24 04:30 Failover by hand")
    await unmarked(slack, ts)
    assert [one.text for one in await entries(slack)] == ["Failover by hand"]


async def test_one_that_was_edited_meanwhile_goes_too(slack: Stage) -> None:
    await slack.started()
    ts = await said(slack)
    await marked(slack, ts)
    await slack.person("ana").edit(CHANNEL, ts, "Failing over to eu-west")
    await unmarked(slack, ts)
    assert await entries(slack) == []


async def test_a_reaction_taken_back_before_the_app_looks_adds_nothing(slack: Stage) -> None:
    await slack.started()
    place = slack.sandbox.workspace.channel(CHANNEL)
    item = {"type": "message", "channel": place.id, "ts": await said(slack)}
    mark = {"user": slack.id_of("bob"), "reaction": STOPWATCH, "item": item}
    await happened(slack, {"type": "reaction_added", **mark})
    assert await entries(slack) == []


async def test_a_message_deleted_meanwhile_is_left_alone(slack: Stage) -> None:
    await slack.started()
    place = slack.sandbox.workspace.channel(CHANNEL)
    item = {"type": "message", "channel": place.id, "ts": "1795512600.999999"}
    mark = {"user": slack.id_of("bob"), "reaction": STOPWATCH, "item": item}
    await happened(slack, {"type": "reaction_added", **mark})
    assert await entries(slack) == []
    assert slack.logged("source_not_read") == []


@both_ways
async def test_while_slack_is_silent_the_event_is_asked_for_again(slack: Stage) -> None:
    await slack.started()
    ts = await said(slack)
    slack.sandbox.faults.broken("reactions.get", 503)
    slack.sandbox.faults.ack_seconds = 2.5
    await marked(slack, ts, by="ana")
    assert [entry.message_ts for entry in await entries(slack)] == [ts]
    assert len(slack.logged("source_not_read")) == 1


async def test_while_nobody_says_who_it_is_the_event_is_asked_for_again(slack: Stage) -> None:
    await slack.started()
    ts = await said(slack)
    slack.sandbox.faults.rate_limit("users.info", retry_after=30, times=9)
    await slack.person("diego").join(CHANNEL)
    await slack.settled()
    slack.sandbox.faults.rate_limit("users.info", retry_after=30, times=1)
    slack.sandbox.faults.ack_seconds = 2.5
    with slow_machine(1):
        await slack.person("diego").react(CHANNEL, ts, STOPWATCH)
        await slack.settled()
    assert len(slack.logged("source_not_read")) == 1
    assert [entry.message_ts for entry in await entries(slack)] == [ts]


async def test_a_file_that_is_marked_is_left_alone(slack: Stage) -> None:
    await slack.started()
    item, bob = {"type": "file", "file": "F1"}, slack.id_of("bob")
    mark = {"user": bob, "reaction": STOPWATCH, "item": item}
    await happened(slack, {"type": "reaction_added", **mark})
    await happened(slack, {"type": "reaction_removed", **mark})
    await happened(slack, {"type": "pin_added", "user": bob, "channel_id": "C1", "item": item})
    assert await entries(slack) == []
