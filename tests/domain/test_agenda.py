"""What a review looks back on, and in which order (rule 9)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.action_items import ItemState
from domain.agenda import PATTERNS_SHOWN, EarlierItem, Pattern, in_order, telling

TODAY = date(2026, 11, 24)
ITEM = EarlierItem(
    number=3,
    position=2,
    channel="C1",
    what="Renew by a job",
    owner="U1",
    due_on=TODAY,
    state=ItemState.OPEN,
)
LATE = replace(ITEM, number=4, due_on=TODAY - timedelta(days=9))
EXPIRED = replace(ITEM, number=5, reviews_seen=2)
DONE = replace(LATE, number=1, state=ItemState.IMPLEMENTED, reviews_seen=2)


def test_an_item_is_called_by_its_postmortem_and_place() -> None:
    assert ITEM.key == "PM-3/2"


def test_expired_comes_first_then_overdue_and_done_last() -> None:
    assert in_order([DONE, ITEM, LATE, EXPIRED]) == [EXPIRED, LATE, ITEM, DONE]


def test_the_same_service_comes_before_the_same_class_but_not_before_what_has_expired() -> None:
    alike = replace(LATE, number=6, same_service=False)
    gone = replace(EXPIRED, same_service=False)
    assert in_order([alike, ITEM, gone, LATE]) == [gone, LATE, ITEM, alike]


def test_what_is_done_is_neither_overdue_nor_expired() -> None:
    assert LATE.is_overdue(TODAY)
    assert not ITEM.is_overdue(TODAY)
    assert (DONE.is_done, DONE.is_overdue(TODAY), DONE.has_expired) == (True, False, False)


def test_own_classes_come_first_then_those_that_repeat() -> None:
    counts = [
        Pattern(class_id=n, name=f"class {n}", incidents=10 - n, open_items=0) for n in range(10)
    ]
    told = telling(counts, [8])
    assert [each.class_id for each in told] == [8, 0, 1, 2, 3]
    assert len(told) == PATTERNS_SHOWN


@pytest.mark.parametrize("own", [1, 2])
def test_a_class_that_came_up_once_is_no_pattern(own: int) -> None:
    once = Pattern(class_id=1, name="capacity", incidents=1, open_items=0)
    assert telling([once], [own]) == []
