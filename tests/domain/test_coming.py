"""What the calendar brings, in words."""

import pytest

from domain.coming import OpenItems, heard
from domain.hearing import Need


@pytest.mark.parametrize(
    ("needs", "said"),
    [
        ({Need.OVERDUE: 1}, "1 item"),
        ({Need.OVERDUE: 1, Need.DUE_SOON: 2}, "3 items"),
        ({Need.RAN_OUT: 2}, "2 accepted risks"),
        ({Need.EXPIRED: 2, Need.RAN_OUT: 1}, "2 items and 1 accepted risk"),
    ],
)
def test_what_somebody_hears_of_is_counted_in_words(needs: dict[Need, int], said: str) -> None:
    assert heard(needs) == said


def test_open_items_are_counted_in_words() -> None:
    assert OpenItems(open=1, overdue=0, expired=0).in_words() == "1 open item, 0 overdue, 0 expired"
    assert (
        OpenItems(open=9, overdue=5, expired=3).in_words() == "9 open items, 5 overdue, 3 expired"
    )
