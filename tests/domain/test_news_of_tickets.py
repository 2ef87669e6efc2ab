"""What became of an item's ticket is told while there is something to do about it."""

from dataclasses import replace

import pytest

from domain.action_items import ItemState
from domain.kept_tickets import CLOSED, GONE, OPENED
from domain.news import holds, is_doubted
from tests.storage.samples import ITEM


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (ItemState.OPEN, False),
        (ItemState.IMPLEMENTED, True),
        (ItemState.VERIFIED, True),
        (ItemState.CANCELLED, False),
    ],
)
def test_a_done_item_is_doubted_whose_ticket_is_opened(state: ItemState, expected: bool) -> None:  # noqa: FBT001 - what is expected
    item = replace(ITEM, state=state)
    assert (is_doubted(item, OPENED), holds(item, OPENED)) == (expected, expected)
    assert not is_doubted(item, CLOSED)


def test_that_a_ticket_is_deleted_is_no_news_once_another_is_made_or_the_item_ended() -> None:
    gone = replace(ITEM, ticket_trouble="It was deleted.")
    assert holds(gone, GONE)
    assert not holds(replace(gone, ticket_trouble=""), GONE)
    assert not holds(replace(gone, state=ItemState.CANCELLED), GONE)
    assert holds(replace(gone, state=ItemState.CANCELLED), CLOSED)
