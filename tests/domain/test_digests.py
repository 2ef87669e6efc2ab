"""An item as it was before what was done to it, read from its history."""

from dataclasses import replace
from datetime import UTC, date, datetime

from domain.action_items import ActionItem, HistoryEntry, ItemKind, ItemState
from domain.digests import Decided, KeptItem, Place, as_it_was, last_deed
from domain.item_changes import changes
from domain.kept_tickets import FOLLOWED, OPENED
from domain.programme import Priority

ITEM = ActionItem(
    what="Drain connections first",
    done_when="A failover loses no request",
    owner="U1",
    priority=Priority.P2,
    due_on=date(2026, 12, 8),
    kind=ItemKind.GUARDRAIL,
    reviews_seen=2,
    position=1,
    id=7,
)
MOVED = replace(ITEM, due_on=date(2027, 1, 15), reschedules=1)
SHIPPED = replace(
    MOVED, state=ItemState.IMPLEMENTED, soaks_until=date(2027, 2, 14), shipped="Build 812"
)
TAKEN = replace(SHIPPED, owner="U2", reviews_seen=0)


def entry(old: ActionItem | None, new: ActionItem) -> HistoryEntry:
    at = datetime(2026, 12, 8, tzinfo=UTC)
    return HistoryEntry(item_id=7, actor="U1", at=at, event="e", changes=changes(old, new))


def test_undoing_what_was_done_leads_back() -> None:
    done = [entry(ITEM, MOVED), entry(MOVED, SHIPPED), entry(SHIPPED, TAKEN)]
    for number, was in enumerate((ITEM, MOVED, SHIPPED, TAKEN)):
        found = as_it_was(TAKEN, done[number:])
        assert found
        looked_at = replace(found, reschedules=was.reschedules, shipped=was.shipped)
        assert looked_at == was


def test_an_item_that_was_added_meanwhile_was_not_there() -> None:
    assert as_it_was(MOVED, [entry(None, ITEM), entry(ITEM, MOVED)]) is None


def test_a_note_settles_nothing_and_a_new_date_does() -> None:
    place = Place(number=1, channel=None, is_private=False)
    noted = KeptItem(item=replace(ITEM, note="half way"), place=place)
    assert not Decided(kept=noted, before=ITEM, last=entry(ITEM, noted.item)).is_settled
    moved = KeptItem(item=MOVED, place=place)
    assert Decided(kept=moved, before=ITEM, last=entry(ITEM, MOVED)).is_settled


def test_that_a_review_saw_it_open_is_not_what_was_done_last() -> None:
    seen = replace(entry(MOVED, replace(MOVED, reviews_seen=3)), event="reviewed", actor="")
    moved = entry(ITEM, MOVED)
    assert last_deed([moved, seen]) == moved
    assert last_deed([seen]) == seen
    before = as_it_was(replace(MOVED, reviews_seen=3), [moved, seen])
    assert before is not None
    assert (before.reviews_seen, before.due_on) == (2, ITEM.due_on)


def test_what_became_of_its_ticket_is_no_deed_unless_the_item_follows() -> None:
    moved = entry(ITEM, MOVED)
    opened = replace(entry(MOVED, MOVED), event=OPENED, actor="")
    followed = replace(opened, event=FOLLOWED)
    assert last_deed([moved, opened]) == moved
    assert last_deed([moved, followed]) == followed
