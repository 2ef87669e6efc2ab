"""Ten forms of one item are sent in the same moment, to each database: one decision is kept."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from blocks.decision_forms import decision_modal
from blocks.decision_inputs import Draft
from blocks.forms import remembered
from blocks.parts import View
from domain.action_items import ActionItem
from domain.decisions import Decision
from domain.kept_tickets import FOLLOWED, FROM_TRACKER, MADE
from domain.people import Person
from domain.postmortems import Postmortem
from domain.programme import Programme
from handlers import deciding, kept_items
from handlers.kept_items import ADDED, Deed
from handlers.opening import Opening
from storage import action_items, item_history, people, workspaces
from storage.engine import Sessions
from tests.blocks.samples import marked_up, submitted
from tests.storage.samples import ITEM, NOW, started

PROGRAMME = Programme(lead="U2LEAD")
LATER = (NOW.date() + timedelta(days=50)).isoformat()
TEN: list[tuple[Decision, dict[str, str]]] = [
    (Decision.CANCEL, {"words": "No pool any more"}),
    (Decision.RESCHEDULE, {"day": LATER, "words": "The vendor"}),
    (Decision.RESCHEDULE, {"day": LATER, "words": "The freeze"}),
    (Decision.START, {"words": "Half of it"}),
    (Decision.BLOCK, {"words": "The licence"}),
    (Decision.IMPLEMENT, {"words": "Shipped in 4.2"}),
    (Decision.RESCOPE, {"what": "Drain one pool", "words": "Smaller"}),
    (Decision.ACCEPT, {"risk": "Two regions fail at once", "words": "Rare"}),
    (Decision.PROMOTE, {"words": "Storage 2027", "link": "https://projects.example.com/7"}),
    (Decision.REASSIGN, {"words": "You know it best", "person": "U3"}),
]


async def an_item(sessions: Sessions) -> tuple[Postmortem, ActionItem]:
    """Keep an item of U1, in a programme that somebody else leads."""
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        await workspaces.change_programme(session, "T1", PROGRAMME)
        met = [Person(id=each, name=each) for each in ("U1", "U2LEAD", "U3")]
        await people.remember(session, "T1", met, NOW)
        postmortem = await started(session)
        deed = Deed(by="U1", at=NOW, event=ADDED)
        item, _ = await kept_items.add(session, "T1", postmortem.id, ITEM, deed)
    return postmortem, item


def filled(number: int, postmortem: Postmortem, item: ActionItem) -> tuple[str, View]:
    """One of the ten forms, and who sends it: the owner and the lead in turn."""
    decision, typed = TEN[number]
    person = ("U1", "U2LEAD")[number % 2]
    draft = Draft(
        postmortem=postmortem,
        item=item,
        programme=PROGRAMME,
        seen=1,
        person=person,
        today=NOW.date(),
    )
    return person, submitted(decision_modal(decision, draft), _over(draft, decision, typed)) | {
        "id": f"V{number}"
    }


def _over(draft: Draft, decision: Decision, typed: dict[str, str]) -> dict[str, str]:
    """What is typed, beside what stands in the form already."""
    more = {"person": draft.person, "day": LATER} if decision is Decision.ACCEPT else {}
    same = {"done_when": draft.item.done_when} if decision is Decision.RESCOPE else {}
    return {**more, **same, **typed}


async def sent(sessions: Sessions, person: str, view: View) -> dict[str, Any]:
    """What somebody is answered who sends this form."""
    answers: list[dict[str, Any]] = []

    async def ack(**answer: Any) -> None:
        answers.append(answer)

    nowhere = cast("AsyncWebClient", None)  # nobody is a stranger, so Slack is not asked
    heard = cast("AsyncAck", ack)
    await deciding.save(heard, view, nowhere, sessions, "T1", person, Opening(), lambda: NOW)
    return answers[0]


async def ticketed(sessions: Sessions, item: ActionItem, event: str) -> None:
    """Let something become of the item's ticket."""
    async with sessions.begin() as session:
        await kept_items.change(session, "T1", item, item, Deed(by="", at=NOW, event=event))


async def test_of_ten_decisions_at_once_one_is_kept_and_nine_read_it(sessions: Sessions) -> None:
    postmortem, item = await an_item(sessions)
    forms = [filled(number, postmortem, item) for number in range(10)]

    answers = await asyncio.gather(*(sent(sessions, *form) for form in forms))

    async with sessions() as session:
        _, kept = await item_history.of_item(session, item.id or 0)
    others = [each for each in answers if each.get("response_action") == "update"]
    assert len(others) == 9
    for each in others:
        said = "\n".join(marked_up(each["view"]["blocks"]))
        assert f"<@{kept.actor}>" in said
        assert kept.reason in said
        assert "(a moment ago)" in said


async def test_the_same_form_sent_twice_at_once_is_kept_once(sessions: Sessions) -> None:
    postmortem, item = await an_item(sessions)
    form = filled(1, postmortem, item)

    answers = await asyncio.gather(sent(sessions, *form), sent(sessions, *form))

    assert list(answers) == [{"response_action": "clear"}] * 2
    async with sessions() as session:
        found = await action_items.item(session, "T1", item.id or 0)
        assert len(await item_history.of_item(session, item.id or 0)) == 2
    assert found is not None
    assert replace(found[1], due_on=item.due_on, reschedules=0) == item


async def test_what_became_of_its_ticket_meanwhile_overtakes_nobody(sessions: Sessions) -> None:
    postmortem, item = await an_item(sessions)
    person, form = filled(1, postmortem, item)
    for event in FROM_TRACKER - {FOLLOWED}:
        await ticketed(sessions, item, event)

    assert await sent(sessions, person, form) == {"response_action": "clear"}


async def test_what_somebody_changed_in_the_tracker_meanwhile_does(sessions: Sessions) -> None:
    postmortem, item = await an_item(sessions)
    person, form = filled(1, postmortem, item)
    for event in (MADE, FOLLOWED, MADE):
        await ticketed(sessions, item, event)

    answer = await sent(sessions, person, form)

    assert answer["response_action"] == "update"
    assert remembered(answer["view"])["seen"] == 2
