"""Several decide about one item in the same moment: one wins, the others read who and what."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from blocks.decision_forms import form_of
from domain.decisions import Decision
from domain.meetings import Meeting
from sandbox import Modal
from storage import meetings, postmortems
from tests.scenarios.deciding import (
    changed,
    form,
    happened,
    history,
    led_by,
    offered,
    pressed,
    promised,
    the_item,
)
from tests.scenarios.reviewing import TEAM
from tests.scenarios.stage import CHANNEL, NOW, Stage
from tests.storage.samples import FACTS

LATER = NOW.date() + timedelta(days=50)
PROJECT = "https://projects.example.com/7"
#: Ten people and what each decides. Bob owns the item, Lena leads; the others chair reviews of
#: later incidents that have it on their agenda.
TEN: list[tuple[str, Decision, dict[str, Any]]] = [
    ("bob", Decision.CANCEL, {"words": "No pool any more"}),
    ("lena", Decision.RESCHEDULE, {"day": LATER, "words": "The vendor"}),
    ("mei", Decision.RESCHEDULE, {"day": LATER + timedelta(days=7), "words": "The freeze"}),
    ("priya", Decision.START, {"words": "Half of it"}),
    ("diego", Decision.BLOCK, {"words": "The licence"}),
    ("freya", Decision.IMPLEMENT, {"words": "Shipped in 4.2"}),
    ("tomas", Decision.RESCOPE, {"what": "Drain one pool", "words": "Smaller"}),
    ("aisha", Decision.ACCEPT, {"risk": "Two regions fail at once", "words": "Rare"}),
    ("jun", Decision.PROMOTE, {"words": "Storage 2027", "link": PROJECT}),
    ("nora", Decision.REASSIGN, {"words": "You know it best"}),
]


async def chaired(slack: Stage, *names: str) -> None:
    """Let each of these chair a review of a later incident of the same service."""
    async with slack.bot.database.sessions.begin() as session:
        for name in names:
            later = await postmortems.start(
                session,
                TEAM,
                channel=None,
                channel_name="",
                is_private=False,
                facts=replace(FACTS, started_at=NOW),
                created_by="import",
                submission="",
                now=NOW,
            )
            chair = slack.id_of(name)
            meeting = Meeting(facilitator=chair, called_by=chair, called_at=NOW, started_at=NOW)
            await meetings.call(session, TEAM, later.id, meeting)


async def ten_forms(slack: Stage) -> list[Modal]:
    """Give ten forms of ten people, each with another decision in it."""
    await promised(slack, service=FACTS.service)
    await led_by(slack, "lena")
    await chaired(slack, *(name for name, *_ in TEN[2:]))
    forms = []
    for name, decision, typed in TEN:
        offered(slack, name, decision)
        opened = await pressed(slack, name, decision)
        assert opened is not None, name
        person = {"person": slack.id_of("ana")} if decision is Decision.REASSIGN else {}
        forms.append(opened.fill(**typed, **person))
    return forms


@pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
async def test_of_ten_decisions_at_once_one_is_kept_and_the_others_read_it(slack: Stage) -> None:
    forms = await ten_forms(slack)
    answers = await slack.at_once(*(each.submit() for each in forms))
    assert sorted(answer.closed for answer in answers) == [False] * 9 + [True]
    _, kept = await history(slack)
    winner = next(name for name, *_ in TEN if slack.id_of(name) == kept.actor)
    typed = next(typed for name, _, typed in TEN if name == winner)
    for each in (each for each in forms if each.is_open):
        assert "Somebody decided about it while you had this open" in each.text()
        assert f"<@{kept.actor}>" in each.text()
        assert typed["words"] in each.text()
        assert "(a moment ago)" in each.text()
        assert "Nothing of yours is kept" in each.text()
    assert len(slack.logged("form_overtaken")) == 9


async def test_what_was_typed_stays_and_pressing_again_decides_on_top(slack: Stage) -> None:
    await promised(slack)
    await led_by(slack, "lena")
    await slack.person("lena").join(CHANNEL)
    bobs = (await form(slack, "bob", Decision.BLOCK)).fill(words="The vendor")
    lenas = (await form(slack, "lena", Decision.RESCHEDULE)).fill(day=LATER, words="Freeze")
    assert (await lenas.submit()).closed
    assert not (await bobs.submit()).closed
    assert f"<@{slack.id_of('lena')}>, who leads the programme, moved it to 13 Jan" in bobs.text()
    assert bobs.values["words"]["value"]["value"] == "The vendor"
    assert (await bobs.submit()).closed
    item = await the_item(slack)
    assert (item.due_on, item.note) == (LATER, "The vendor")


async def test_a_second_warning_takes_the_place_of_the_first(slack: Stage) -> None:
    await promised(slack)
    bobs = (await form(slack, "bob", Decision.CANCEL)).fill(words="Old")
    for number in range(2):
        await happened(slack, "blocked", f"w{number}")
        await bobs.submit()
    assert bobs.text().count("Somebody decided about it") == 1
    assert "w1" in bobs.text()
    assert "w0" not in bobs.text()
    assert bobs.view["callback_id"] == form_of(Decision.CANCEL)


async def test_two_answers_at_once_are_one(slack: Stage) -> None:
    await promised(slack)
    await changed(slack, proposed_owner=slack.id_of("mei"))
    for decision in (Decision.TAKE, Decision.DECLINE):
        offered(slack, "mei", decision)
    both = (pressed(slack, "mei", each) for each in (Decision.TAKE, Decision.DECLINE))
    await asyncio.gather(*both)
    assert await slack.count("item_history") == 2


async def test_what_cannot_be_decided_any_more_is_not_promised_to_be_kept(slack: Stage) -> None:
    await promised(slack)
    await led_by(slack, "lena")
    offered(slack, "lena", Decision.CANCEL)
    lenas = await pressed(slack, "lena", Decision.CANCEL)
    assert lenas is not None
    bobs = (await form(slack, "bob", Decision.BLOCK)).fill(words="The vendor")
    assert (await lenas.fill(words="No pool any more").submit()).closed
    assert not (await bobs.submit()).closed
    assert "This item is cancelled, so it cannot be marked as blocked." in bobs.text()
    assert "If it is needed again, reopen it." in bobs.text()
    assert "pressing the button again" not in bobs.text()
