"""Incidents without a class: asked for in a review's thread, and tagged there."""

from datetime import timedelta
from typing import Any

import pytest

from blocks.postmortems import OPEN_ROOT_CAUSE
from blocks.untagged import CHOOSE_CLASSES
from domain.action_items import ItemState
from domain.decisions import Decision
from handlers.left_untagged import REVIEW_UNTAGGED
from sandbox import Modal
from sandbox.messages import Message
from storage import record
from tests.scenarios import deciding
from tests.scenarios.monthly import DAY, REVIEWS, begun, item, parent, set_up
from tests.scenarios.stage import NOW, Stage
from tests.scenarios.tagging import classes_of, tagged

PRIVATE, OTHER = "#inc-auth-tokens", "#inc-payments-webhooks"
EVERY_ONE = ":label: Every incident of the twelve months before this review has a causal class."
both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)


def question(slack: Stage) -> Message:
    """Give the one message that asks for classes."""
    (message,) = slack.posted(REVIEW_UNTAGGED, REVIEWS)
    return message


async def form_of(slack: Stage, which: int = 1, by: str = "freya") -> Modal:
    """Give the form that somebody opened beside an incident."""
    await slack.person(by).click(REVIEWS, action_id=CHOOSE_CLASSES, value=str(which))
    return await slack.person(by).modal()


async def chose(slack: Stage, *names: str, which: int = 1) -> None:
    """Let Freya choose the classes of an incident."""
    answer = await (await form_of(slack, which)).fill(classes=[*names]).submit()
    assert answer.closed, answer.errors
    await slack.settled()


async def review(slack: Stage, **facts: Any) -> None:
    """Let a review begin after an incident that nobody tagged."""
    await set_up(slack)
    await slack.started(**facts)
    await item(slack, "bob", of=1)
    await begun(slack)


@both_ways
async def test_a_review_asks_in_its_thread_for_the_classes_that_are_missing(slack: Stage) -> None:
    await review(slack)
    words = question(slack).words()
    assert "1 incident of the last twelve months has no class yet" in words
    assert "*PM-1 · Checkout latency*" in words
    assert question(slack).thread_ts == parent(slack).ts


async def test_nothing_is_asked_where_every_incident_has_one(slack: Stage) -> None:
    await set_up(slack)
    await tagged(slack, "capacity")
    await item(slack, "bob", of=1)
    await begun(slack)
    assert slack.posted(REVIEW_UNTAGGED, REVIEWS) == []


async def test_the_form_has_what_the_words_suggest_and_says_why(slack: Stage) -> None:
    await review(slack, title="The certificate expired at noon")
    form = await form_of(slack)
    (one,) = form.values["classes"]["value"]["selected_options"]
    assert one["text"]["text"] == "expired credential"
    assert "Suggested from “certificate expired”." in form.text()


@both_ways
async def test_what_is_chosen_there_is_kept_and_the_message_says_that_none_is_left(
    slack: Stage,
) -> None:
    await review(slack)
    await chose(slack, "capacity", "missing alert")
    assert sorted(await classes_of(slack)) == ["capacity", "missing alert"]
    assert question(slack).text == EVERY_ONE
    told = "PM-1: capacity, missing alert, chosen by Freya Lind"
    assert told in question(slack).words()
    assert "*capacity*" in slack.card().words()
    async with slack.bot.database.sessions() as session:
        (entry,) = [each for each in await record.of_postmortem(session, 1) if each.changes]
    assert entry.actor == slack.id_of("freya")


async def test_the_list_follows_what_is_tagged_elsewhere_and_taken_back(slack: Stage) -> None:
    await review(slack)
    await slack.saved("ana", OPEN_ROOT_CAUSE, root_cause="It.", classes=["capacity"])
    assert question(slack).text == EVERY_ONE
    await slack.saved("ana", OPEN_ROOT_CAUSE, classes=[])
    assert "*PM-1 · Checkout latency*" in question(slack).words()


async def test_an_incident_of_a_private_channel_is_counted_and_not_named(slack: Stage) -> None:
    await set_up(slack)
    await slack.started(channel=PRIVATE, title="Tokens leaked")
    await item(slack, "bob")
    await begun(slack)
    words = question(slack).words()
    assert "2 incidents of the last twelve months have no class yet" in words
    assert "1 is of private channels" in words
    assert "Tokens leaked" not in words


async def test_of_many_the_newest_are_listed_and_the_rest_come_up(slack: Stage) -> None:
    await set_up(slack)
    for _ in range(17):
        await item(slack, "bob")
    await begun(slack)
    assert question(slack).words().count("Choose classes:") == 15
    assert "2 older ones come up as these get their classes." in question(slack).words()
    await chose(slack, "capacity", which=17)
    assert "*PM-2 · An incident*" in question(slack).words()
    assert "1 older one comes" in question(slack).words()


async def test_whoever_was_overtaken_sees_what_was_chosen_meanwhile(slack: Stage) -> None:
    await review(slack)
    freyas = (await form_of(slack)).fill(classes=["capacity"])
    await slack.saved("ana", OPEN_ROOT_CAUSE, root_cause="It.", classes=["missing alert"])
    assert not (await freyas.submit()).closed
    assert "Causal classes: missing alert" in freyas.text()
    assert (await freyas.submit()).closed
    assert await classes_of(slack) == ["capacity"]


async def test_a_form_of_the_root_cause_does_not_undo_it_unasked(slack: Stage) -> None:
    await review(slack)
    anas = (await slack.opened("ana", OPEN_ROOT_CAUSE)).fill(root_cause="The pool.")
    await chose(slack, "capacity")
    assert not (await anas.submit()).closed
    assert await classes_of(slack) == ["capacity"]


async def test_without_a_choice_nothing_is_kept(slack: Stage) -> None:
    await review(slack)
    form = await form_of(slack)
    assert not (await form.submit()).sent
    said = "Choose the class that would find this incident again."
    assert (await form.send()).errors == {"classes": said}


async def test_tagging_there_marks_items_whose_fix_did_not_work(slack: Stage) -> None:
    await set_up(slack)
    await deciding.promised(slack)
    await slack.saved("ana", OPEN_ROOT_CAUSE, root_cause="The pool.", classes=["capacity"])
    await deciding.decided(slack, "bob", Decision.IMPLEMENT, words="Drains first")
    await slack.passes(31 * DAY)
    await deciding.decided(slack, "bob", Decision.VERIFY, words="Two failovers lost nothing")
    await slack.passes(2 * DAY)
    await slack.started(channel=OTHER, started_at=NOW + timedelta(days=32))
    await item(slack, "mei", of=2)
    await begun(slack)
    await chose(slack, "capacity", which=2)
    assert (await slack.items())[0].state is ItemState.INEFFECTIVE


async def test_a_stranger_to_a_private_channel_opens_no_form_of_its_incident(slack: Stage) -> None:
    await review(slack)
    await slack.started(channel=PRIVATE)
    forged = {"action_id": CHOOSE_CLASSES, "value": "2"}
    message = question(slack)
    for block in message.blocks:
        if block.get("accessory"):
            block["accessory"].update(forged)
    await slack.person("mei").click(REVIEWS, action_id=CHOOSE_CLASSES)
    assert "belongs to a private channel" in await slack.told("mei", "private channel", REVIEWS)


async def test_an_incident_that_began_after_the_review_is_for_the_next_one(slack: Stage) -> None:
    await review(slack)
    await slack.passes(DAY)
    await slack.started(channel=OTHER, started_at=NOW + DAY / 2)
    await chose(slack, "capacity")
    assert question(slack).text == EVERY_ONE
