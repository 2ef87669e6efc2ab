"""*Add to timeline* in a message's menu: a small form, filled with the message."""

from datetime import timedelta

import pytest

from blocks.postmortems import OPEN_TIMELINE
from domain.sources import instant_of
from domain.timeline import Milestone, Source
from sandbox.posting import announce, post
from tests.scenarios.noted import added, entries, shortcut, spoken, waiting
from tests.scenarios.stage import CHANNEL, NOW, Stage

both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)


async def refused(slack: Stage, ts: str, words: str, channel: str = CHANNEL) -> None:
    """Assert that no form opens, and somebody is told why."""
    opened = len(slack.sandbox.calls_of("views.open"))
    await slack.person("ana").shortcut("add_to_timeline", channel=channel, ts=ts)
    await slack.told("ana", words, channel)
    assert len(slack.sandbox.calls_of("views.open")) == opened


@both_ways
async def test_a_message_is_added_with_one_click_and_one_press(slack: Stage) -> None:
    await slack.started()
    ts = spoken(slack, "Failing over <https://a.b/run|run 7> &amp; waiting")
    await added(slack, ts)
    [entry] = await entries(slack)
    assert (entry.text, entry.at) == ("Failing over run 7 & waiting", instant_of(ts))
    assert (entry.source, entry.milestone) == (Source.SHORTCUT, None)
    assert entry.permalink.endswith(f"/p{ts.replace('.', '')}")
    assert "Failing over run 7" in slack.card().words()


async def test_words_time_and_milestone_can_be_changed_in_the_form(slack: Stage) -> None:
    await slack.started()
    at = NOW - timedelta(minutes=5)
    await added(
        slack, spoken(slack, "ugh"), text="Failover began", at=at, milestone=Milestone.STARTED
    )
    [entry] = await entries(slack)
    assert (entry.text, entry.at, entry.milestone) == ("Failover began", at, Milestone.STARTED)


async def test_what_cannot_be_is_refused_in_the_form(slack: Stage) -> None:
    await slack.started()
    modal = (await shortcut(slack, spoken(slack, "ok"))).fill(at=NOW + timedelta(hours=1))
    assert "is in the future" in (await modal.submit()).errors["at"]
    modal.fill(at=NOW, text="  ")
    assert (await modal.submit()).errors == {"text": "Say in a few words what happened."}
    assert await entries(slack) == []


async def test_before_the_postmortem_the_message_waits_for_it(slack: Stage) -> None:
    ts = spoken(slack, "Failover began")
    modal = await shortcut(slack, ts)
    assert "has no postmortem yet. It moves into the timeline when" in modal.text()
    assert (await modal.submit()).closed
    await slack.told("ana", "Noted, ")
    assert [one.message_ts for one in await waiting(slack)] == [ts]
    modal = await shortcut(slack, ts)
    assert "noted already" in (await modal.submit()).errors["text"]
    await modal.close()
    await slack.started()
    assert [one.message_ts for one in await entries(slack)] == [ts]


async def test_what_is_in_the_timeline_already_is_said_at_once(slack: Stage) -> None:
    await slack.started()
    ts = spoken(slack, "Failover began")
    await added(slack, ts)
    await refused(slack, ts, "is in the timeline of PM-1 already: change it there")


async def test_a_direct_message_is_refused(slack: Stage) -> None:
    ana, bob = slack.id_of("ana"), slack.id_of("bob")
    place = slack.sandbox.workspace.dm(ana, bob)
    ts = post(slack.sandbox.workspace, place, bob, "between us").ts
    await refused(slack, ts, "What is said in a direct message stays there.", place.id)


async def test_what_says_nothing_of_the_incident_is_refused(slack: Stage) -> None:
    await slack.started()
    await refused(slack, slack.card().ts, "This is my own message")
    place = slack.sandbox.workspace.channel(CHANNEL)
    announce(slack.sandbox.workspace, place, slack.id_of("bob"), "channel_topic", "set the topic")
    await refused(slack, place.messages[-1].ts, "This message does not say what happened.")


async def test_an_apps_message_works_like_anybodys(slack: Stage) -> None:
    await slack.started()
    await added(slack, spoken(slack, "[FIRING] checkout p99 above 8 s", by="pager"))
    assert [one.text for one in await entries(slack)] == ["[FIRING] checkout p99 above 8 s"]


async def test_where_slack_does_not_give_a_link_the_entry_is_kept_without(slack: Stage) -> None:
    await slack.started()
    slack.sandbox.faults.rate_limit("chat.getPermalink", retry_after=30, times=9)
    await added(slack, spoken(slack, "Failover began"))
    assert [one.permalink for one in await entries(slack)] == [""]


async def test_a_form_sent_twice_is_kept_once(slack: Stage) -> None:
    await slack.started()
    slack.sandbox.faults.ignore_acks(0)
    modal = await shortcut(slack, spoken(slack, "Failover began"))
    slack.sandbox.faults.ignore_acks(1)
    assert (await modal.submit()).closed
    assert len(await entries(slack)) == 1


async def test_two_people_add_the_same_message(slack: Stage) -> None:
    await slack.started()
    ts = spoken(slack, "Failover began")
    forms = [await shortcut(slack, ts, by=name) for name in ("ana", "bob")]
    answers = await slack.at_once(*(modal.submit() for modal in forms))
    assert [answer.closed for answer in answers].count(True) == 1
    assert len(await entries(slack)) == 1


async def test_a_postmortem_started_meanwhile_gets_the_message(slack: Stage) -> None:
    modal = await shortcut(slack, spoken(slack, "Failover began"))
    await slack.started(by="bob")
    assert (await modal.submit()).closed
    assert [one.text for one in await entries(slack)] == ["Failover began"]


async def test_an_open_timeline_form_is_told_of_it(slack: Stage) -> None:
    await slack.started()
    typing = (await slack.opened("bob", OPEN_TIMELINE)).fill(entries="09:03 failover")
    await added(slack, spoken(slack, "Failover began"))
    assert not (await typing.submit()).closed
    assert [one.text for one in await entries(slack)] == ["Failover began"]


@pytest.mark.parametrize("text", ["התחלנו מעבר לגיבוי 🚨", "👩🏽‍🚒 " * 400, "x" * 3000, "a\nb\nc"])
async def test_long_and_foreign_texts_can_be_added(slack: Stage, text: str) -> None:
    await slack.started()
    await added(slack, spoken(slack, text))
    [entry] = await entries(slack)
    assert entry.text == text or (entry.text.endswith("…") and len(entry.text) <= 1000)
