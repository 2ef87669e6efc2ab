"""What a ticket says: all of its item, and nothing that anybody typed of a private one."""

from dataclasses import replace
from datetime import datetime

import pytest

from domain.action_items import HistoryEntry, ItemState
from domain.decisions import Decision
from domain.postmortems import Postmortem
from domain.programme import Priority
from domain.ticket_text import About, ending, given_back, moving, state_of, wanted
from domain.tickets import TITLE_MAX, TicketState
from tests.storage.samples import FACTS, ITEM, NOW

POSTMORTEM = Postmortem(
    id=1,
    workspace="T1",
    number=12,
    channel="C1",
    channel_name="inc-checkout",
    is_private=False,
    facts=FACTS,
    root_cause="",
    created_by="U1",
    created_at=NOW,
)
ABOUT = About(
    postmortem=POSTMORTEM, item=ITEM, owner="Ann", answers="No alert", address="https://x"
)
PRIVATE = replace(ABOUT, postmortem=replace(POSTMORTEM, is_private=True))


def said(about: About) -> dict[str, str]:
    """Give the lines of a ticket by label."""
    return {each.label: each.text for each in wanted(about).lines}


def test_it_says_all_of_the_item() -> None:
    lines = said(ABOUT)
    assert (lines["Done when"], lines["Owner"], lines["Due"]) == (
        "The job renewed one",
        "Ann",
        "4 Dec 2026",
    )
    assert (lines["Answers"], lines["Incident"]) == ("No alert", "PM-12 Checkout latency")
    assert (lines["Priority"], lines["Action item"]) == ("P1", "PM-12/1, open")


def test_of_a_private_one_it_says_no_word_that_anybody_typed() -> None:
    ticket = wanted(PRIVATE)
    assert ticket.title == "Action item PM-12/1 of a private incident"
    typed = (ITEM.what, ITEM.done_when, FACTS.title, FACTS.service, "No alert")
    assert not [each for each in typed if each in repr(ticket)]


def test_a_long_title_is_cut_and_the_whole_is_below() -> None:
    about = replace(ABOUT, item=replace(ITEM, what="word\n" * 60))
    ticket = wanted(about)
    assert (len(ticket.title) <= TITLE_MAX, ticket.title[-1]) == (True, "…")
    assert (said(about)["What"], "\n" in ticket.title) == ("word\n" * 60, False)


def test_a_raised_priority_says_why() -> None:
    about = replace(ABOUT, item=replace(ITEM, raised_from=Priority.P2))
    why = "P1 (raised from P2 while checkout burns its error budget)"
    assert said(about)["Priority"] == why


@pytest.mark.parametrize(
    ("state", "ticket"),
    [
        (ItemState.OPEN, TicketState.OPEN),
        (ItemState.INEFFECTIVE, TicketState.OPEN),
        (ItemState.IMPLEMENTED, TicketState.DONE),
        (ItemState.VERIFIED, TicketState.DONE),
        (ItemState.CANCELLED, TicketState.DROPPED),
        (ItemState.ACCEPTED, TicketState.DROPPED),
        (ItemState.PROMOTED, TicketState.DROPPED),
    ],
)
def test_each_state_has_its_ticket(state: ItemState, ticket: TicketState) -> None:
    assert state_of(replace(ITEM, state=state)) is ticket


def entry(event: str, at: datetime = NOW, **changes: tuple[str, str]) -> HistoryEntry:
    """Give an entry of a history."""
    return HistoryEntry(
        item_id=1, actor="U1", at=at, event=event, changes=changes, reason="Shipped in 4.2"
    )


def test_an_end_is_told_with_what_was_said() -> None:
    done = entry(
        Decision.IMPLEMENT, state=("open", "implemented"), link=("", "https://example.org/1")
    )
    assert ending(POSTMORTEM, done) == (
        "The item is implemented: Shipped in 4.2 https://example.org/1"
    )
    assert ending(PRIVATE.postmortem, done) == "The item is implemented."
    again = entry(Decision.REOPEN, state=("implemented", "open"))
    assert ending(POSTMORTEM, again) == "The item is open again: Shipped in 4.2"


def test_a_move_is_told_with_both_dates_and_why() -> None:
    moved = entry(Decision.RESCHEDULE, due_on=("2026-12-04", "2026-12-18"))
    said = "The item was moved from 4 Dec 2026 to 18 Dec 2026"
    assert moving(POSTMORTEM, moved) == f"{said}: Shipped in 4.2"
    assert moving(PRIVATE.postmortem, moved) == f"{said}."


def test_what_goes_back_says_why() -> None:
    assert "cannot" in given_back(entry(Decision.DECLINE))
    assert "in time" in given_back(entry("returned"))
    assert given_back(entry(Decision.RESCHEDULE)) == ""
