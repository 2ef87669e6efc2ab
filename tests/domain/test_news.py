"""Whom a deed concerns: owners old and new, whoever asked, and nobody who did it."""

from dataclasses import replace

import pytest

from domain.action_items import ActionItem
from domain.decisions import Decision
from domain.news import ENDINGS, INEFFECTIVE, OWNER_LEFT, RETURNED, hearers
from tests.blocks.samples import ITEM as SAMPLE

ITEM = replace(SAMPLE, owner="UOWNER")
ASKED = replace(ITEM, proposed_owner="UNEXT", proposed_by="ULEAD")
TAKEN = replace(ITEM, owner="UNEXT")


@pytest.mark.parametrize(
    ("old", "new", "event", "by", "concerned"),
    [
        (None, ITEM, "added", "UOWNER", set()),
        (None, ITEM, "added", "UELSE", {"UOWNER"}),
        (ITEM, ITEM, Decision.RESCHEDULE, "UCHAIR", {"UOWNER"}),
        (ITEM, ASKED, Decision.REASSIGN, "UOWNER", set()),
        (ITEM, ASKED, Decision.REASSIGN, "ULEAD", {"UOWNER"}),
        (ASKED, TAKEN, Decision.TAKE, "UNEXT", {"UOWNER", "ULEAD"}),
        (ASKED, ITEM, Decision.DECLINE, "UNEXT", {"UOWNER", "ULEAD"}),
        (ASKED, ITEM, RETURNED, "", {"UOWNER", "ULEAD"}),
        (ASKED, ASKED, Decision.BLOCK, "UOWNER", set()),
        (ITEM, ITEM, INEFFECTIVE, "", {"UOWNER", "UHEAD"}),
        (ITEM, ITEM, OWNER_LEFT, "", set()),
    ],
)
def test_who_hears_of_a_deed(
    old: ActionItem | None, new: ActionItem, event: str, by: str, concerned: set[str]
) -> None:
    assert hearers(old, new, event, by, lead="UHEAD") == concerned


def test_whoever_accepts_the_risk_hears_of_it_but_not_from_themselves() -> None:
    assert hearers(ITEM, ITEM, Decision.ACCEPT, "UOWNER", accepter="UELSE") == {"UELSE"}
    assert hearers(ITEM, ITEM, Decision.ACCEPT, "UOWNER", accepter="UOWNER") == set()


def test_what_ends_an_item_is_told_in_front_of_peers_and_what_moves_it_is_not() -> None:
    assert Decision.CANCEL in ENDINGS
    assert not {Decision.RESCHEDULE, Decision.REASSIGN, Decision.START, RETURNED} & ENDINGS
