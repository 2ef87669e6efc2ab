"""A digest with everything at its longest is one that Slack takes."""

from dataclasses import replace
from typing import Any

import pytest

from blocks.digests import FEW, digest_message
from blocks.limits import check_message
from domain.action_items import Progress
from domain.digests import Decided, Digest, KeptItem, wanting
from domain.programme import Programme
from tests.blocks.samples import AMONG_MANY
from tests.blocks.test_digests import (
    DAY,
    ENTRY,
    EXPIRED,
    PLACE,
    REPEATED,
    SOAKED,
    TODAY,
    all_of_them,
    kept,
    said,
    words,
)


def as_long_as_can_be(number: int) -> KeptItem:
    """An item with all that its line can say."""
    return kept(
        replace(PLACE, number=10_000 + number),
        what="&" * 300,
        note="&" * 500,
        progress=Progress.BLOCKED,
        proposed_owner="U0123456789",
        reschedules=12,
        due_on=TODAY - (number % 9) * DAY,
        reviews_seen=2 * (number % 2),
        **AMONG_MANY,
        ticket_closed=True,
    )


def test_more_than_a_message_holds_is_counted() -> None:
    many = [as_long_as_can_be(number) for number in range(60)]
    done = tuple(Decided(kept=each, before=each.item, last=ENTRY) for each in many[:40])
    message = said(*many, *all_of_them(), decided=done)
    assert "… and 54 more: `/postmortem items` shows them all." in words(message)
    assert "_… and 25 more_" in words(message)


@pytest.mark.parametrize("stands", [{}, EXPIRED, SOAKED, REPEATED])
def test_at_its_longest_it_is_taken(stands: dict[str, Any]) -> None:
    many = [as_long_as_can_be(number) for number in range(60)]
    last = replace(ENTRY, actor="U0123456789")
    digest = Digest(
        reader="U1",
        today=TODAY,
        wanting=wanting(
            [replace(each, item=replace(each.item, **stands), why="&" * 300) for each in many],
            Programme(),
            TODAY,
        ),
        also=wanting(many, Programme(), TODAY),
        decided=tuple(Decided(kept=each, before=each.item, last=last) for each in many),
        posted_on=TODAY - DAY,
    )
    check_message(digest_message(digest))


def test_the_longest_address_of_a_ticket_is_kept_where_few_items_wait() -> None:
    far: dict[str, Any] = {"ticket_url": f"https://linear.app/{'&' * 56}"}
    many = [as_long_as_can_be(number) for number in range(60)]
    few = [replace(each, item=replace(each.item, **far)) for each in many[:FEW]]
    done = tuple(Decided(kept=each, before=each.item, last=ENTRY) for each in many)
    assert words(said(*few, decided=done, also=tuple(many))).count("<https://linear.app/") == FEW
    assert "<https://linear.app/" not in words(said(*few, kept()))
