"""Causal classes: suggested by the words, chosen in the form, on record, and never in the way."""

from datetime import timedelta
from typing import Any

import pytest

from blocks.postmortems import OPEN_ROOT_CAUSE
from domain.passages import Passage
from domain.record import Event, RecordEntry
from sandbox import Modal
from storage import causal_classes, passages, record
from tests.scenarios.inherited import left
from tests.scenarios.reviewing import TEAM
from tests.scenarios.stage import STARTED, Stage

EXPIRED = "The certificate expired at noon"
OTHER = "#inc-auth-tokens"


def chosen(form: Modal) -> list[str]:
    """What the form's list of classes has chosen."""
    return [one["text"]["text"] for one in form.values["classes"]["value"]["selected_options"]]


def block(form: Modal, block_id: str = "classes") -> dict[str, Any]:
    (found,) = [each for each in form.view["blocks"] if each["block_id"] == block_id]
    return dict(found)


async def names(slack: Stage, postmortem_id: int = 1) -> list[str]:
    async with slack.bot.database.sessions() as session:
        found = await causal_classes.of_postmortem(session, postmortem_id)
    return [each.name for each in found]


async def changes(slack: Stage) -> list[RecordEntry]:
    """The record's lines about classes."""
    async with slack.bot.database.sessions() as session:
        lines = await record.of_postmortem(session, 1)
    return [line for line in lines if line.event is Event.TAGGED]


async def test_the_words_of_the_incident_suggest_a_class_and_say_why(slack: Stage) -> None:
    await slack.started(title=EXPIRED)
    form = await slack.opened("ana", OPEN_ROOT_CAUSE)
    assert chosen(form) == ["expired credential"]
    assert block(form)["hint"]["text"] == (
        "Suggested from “certificate expired”. Change it if it is wrong."
    )


@pytest.mark.parametrize(
    "passage", [Passage.WHYS, Passage.WENT_WRONG, Passage.LESSONS, Passage.NOTES]
)
async def test_what_is_written_beside_the_cause_suggests_too(
    slack: Stage, passage: Passage
) -> None:
    await slack.started()
    async with slack.bot.database.sessions.begin() as session:
        await passages.write(session, TEAM, 1, {passage: "One more thing:\nthe disk was full."})
    form = await slack.opened("ana", OPEN_ROOT_CAUSE)
    assert chosen(form) == ["dependency exhaustion"]


async def test_what_went_well_suggests_nothing(slack: Stage) -> None:
    await slack.started()
    async with slack.bot.database.sessions.begin() as session:
        await passages.write(session, TEAM, 1, {Passage.WENT_WELL: "No certificate expired."})
    assert "initial_options" not in block(await slack.opened("ana", OPEN_ROOT_CAUSE))["element"]


async def test_what_was_promised_suggests_too(slack: Stage) -> None:
    await slack.started()
    await left(slack, 1, "Renew certificates before they expire")
    await slack.promised(what="Nobody is paged today: page somebody.")
    form = await slack.opened("ana", OPEN_ROOT_CAUSE)
    assert chosen(form) == ["expired credential", "missing alert"]


async def test_a_suggestion_is_kept_with_the_form_and_counts(slack: Stage) -> None:
    await slack.started(title=EXPIRED, severity="P2")
    assert "causal class" in slack.card().words()
    await slack.saved("ana", OPEN_ROOT_CAUSE, root_cause="Nothing watches the end date.")
    assert await names(slack) == ["expired credential"]
    assert ", causal class" not in slack.card().words()


async def test_a_choice_stands_above_any_suggestion(slack: Stage) -> None:
    await slack.started(title=EXPIRED)
    await slack.saved("ana", OPEN_ROOT_CAUSE, classes=["capacity", "missing alert"])
    form = await slack.opened("bob", OPEN_ROOT_CAUSE)
    assert sorted(chosen(form)) == ["capacity", "missing alert"]


async def test_a_change_is_on_record_with_what_was_before(slack: Stage) -> None:
    await slack.started()
    await slack.saved("ana", OPEN_ROOT_CAUSE, classes=["capacity"])
    await slack.saved("bob", OPEN_ROOT_CAUSE, classes=["missing alert"])
    await slack.saved("bob", OPEN_ROOT_CAUSE, root_cause="The same classes.")
    first, second = await changes(slack)
    assert first.changes == {"causal classes": ("", "capacity")}
    assert second.changes == {"causal classes": ("capacity", "missing alert")}
    assert second.actor == slack.id_of("bob")


async def test_more_than_three_are_refused_by_slack_and_by_us(slack: Stage) -> None:
    await slack.started()
    form = await slack.opened("ana", OPEN_ROOT_CAUSE)
    four = block(form)["element"]["options"][:4]
    form.force("classes", {"type": "multi_static_select", "selected_options": four})
    answer = await form.send()
    assert answer.errors["classes"].startswith("Choose at most 3")
    assert await names(slack) == []


@pytest.mark.parametrize("value", ["999", "x"])
async def test_a_class_that_is_not_ours_is_not_taken(slack: Stage, value: str) -> None:
    await slack.started()
    form = await slack.opened("ana", OPEN_ROOT_CAUSE)
    forged = {"text": {"type": "plain_text", "text": "x"}, "value": value}
    form.force("classes", {"type": "multi_static_select", "selected_options": [forged]})
    await form.send()
    assert await names(slack) == []


async def test_each_class_says_what_it_did_in_the_six_months_before(slack: Stage) -> None:
    await slack.started("ana")
    await slack.saved("ana", OPEN_ROOT_CAUSE, classes=["capacity"])
    await slack.promised()
    await slack.started("ana", OTHER, title="Again", started_at=STARTED + timedelta(hours=1))
    form = await slack.opened("ana", OPEN_ROOT_CAUSE, OTHER)
    said = {
        each["text"]["text"]: each.get("description", {}).get("text")
        for each in block(form)["element"]["options"]
    }
    assert (said["capacity"], said["missing alert"]) == (
        "1 incident in six months, 1 item open",
        None,
    )


async def test_whoever_was_overtaken_keeps_their_choice(slack: Stage) -> None:
    await slack.started()
    bobs = await slack.opened("bob", OPEN_ROOT_CAUSE)
    await slack.saved("ana", OPEN_ROOT_CAUSE, classes=["capacity"])
    assert not (await bobs.fill(classes=["missing alert"]).submit()).closed
    assert "Causal classes: capacity" in bobs.text()
    assert chosen(bobs) == ["missing alert"]
    assert (await bobs.submit()).closed
    assert await names(slack) == ["missing alert"]
