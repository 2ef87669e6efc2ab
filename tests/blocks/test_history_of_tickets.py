"""What an item's history says of its ticket."""

from datetime import UTC, datetime
from typing import Any

import pytest

from blocks.history_words import deed_words
from domain.action_items import HistoryEntry
from domain.kept_tickets import CLOSED, FOLLOWED, FROM_TRACKER, GONE, KEPT, MADE, MOVED, OPENED

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
BY_JANE = "SHOP-12 was closed by Jane (Jira)."
DUE = {"due_on": ("2026-12-01", "2026-12-08"), "reschedules": ("", "1")}
ASKED = {"proposed_owner": ("", "U2"), "proposed_by": ("", "U1")}


def said(event: str, reason: str = "", actor: str = "", **changes: tuple[str, str]) -> str:
    entry = HistoryEntry(item_id=1, actor=actor, at=AT, event=event, changes=changes, reason=reason)
    return deed_words(entry, "U1")


@pytest.mark.parametrize(
    ("words", "event", "more"),
    [
        ("Its ticket was made: SHOP-12", MADE, {"ticket": ("", "SHOP-12")}),
        ("Its ticket was moved: SHOP-1 → OPS-3", MOVED, {"ticket": ("SHOP-1", "OPS-3")}),
        (BY_JANE, CLOSED, {"reason": BY_JANE}),
        ("SHOP-12 was closed by <@U1>.", CLOSED, {"reason": BY_JANE, "actor": "U1"}),
        ("<@U1>: It was closed.", CLOSED, {"reason": "It was closed.", "actor": "U1"}),
        ("<@U1> reopened its ticket", OPENED, {"actor": "U1"}),
        ("Its ticket was deleted", GONE, {}),
        (
            "SHOP-12 was moved to 8 Dec 2026 by Jane (Jira). Due 1 Dec 2026 → 8 Dec 2026",
            FOLLOWED,
            {"reason": "SHOP-12 was moved to 8 Dec 2026 by Jane (Jira).", **DUE},
        ),
        ("It follows its ticket: asked to take it on: <@U2>", FOLLOWED, ASKED),
        ("It follows its ticket: owner <@U1> → nobody", FOLLOWED, {"owner": ("U1", "")}),
        ("More than a year away is a wish.", KEPT, {"reason": "More than a year away is a wish."}),
    ],
)
def test_what_became_of_a_ticket_is_told_in_words(
    words: str, event: str, more: dict[str, Any]
) -> None:
    assert said(event, **more) == words


@pytest.mark.parametrize("event", sorted(FROM_TRACKER))
def test_every_event_has_its_words_whoever_it_was(event: str) -> None:
    assert said(event).startswith("It")
    assert said(event, actor="U1").startswith("<@U1> ")
    assert "<!here>" not in said(event, reason="<!here>", ticket=("<!here>", "<!here>"))
