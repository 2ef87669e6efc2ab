"""A ticket as it is kept: which item's, what it was told, how it stood, and when it is seen to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.action_items import HistoryEntry
from domain.programme import Priority
from domain.tickets import Line, Seen, TicketState, TrackerKind, Wanted

#: What the history of an item calls what became of its ticket (rule 24).
MADE, CLOSED, OPENED = "ticket made", "ticket closed", "ticket reopened"
GONE, MOVED = "ticket deleted", "ticket moved"
#: Somebody changed in the tracker what the item says too: it follows, or it does not.
FOLLOWED, KEPT = "changed in the tracker", "kept against the tracker"
#: All that is done because of the tracker: nothing of it goes back there.
FROM_TRACKER = frozenset({MADE, CLOSED, OPENED, GONE, MOVED, FOLLOWED, KEPT})


def of_item(history: Iterable[HistoryEntry]) -> list[HistoryEntry]:
    """What was done to an item itself, without what became of its ticket alone.

    Whoever has a form about the item open is overtaken by that and by nothing else.
    """
    return [each for each in history if each.event == FOLLOWED or each.event not in FROM_TRACKER]


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """An item's ticket; `ref`, `key` and `url` are empty until it is made.

    `ours` is the key that it carries. `told` is what it was told last and `seen` how it stood then;
    None until it is made. `sprint` is the one it was placed in. `is_gone` once it was deleted.
    `trouble` says since `trouble_since` why it is not made, or not up to date. Since it last went
    well it was asked for so often as `wanted` says, and `attempts` were made; with a `token` it is
    in a worker's hand.
    """

    item_id: int
    place_id: int
    kind: TrackerKind
    ours: str
    ref: str
    key: str
    url: str
    sprint: str
    told: Wanted | None
    seen: Seen | None
    is_gone: bool
    trouble: str
    trouble_since: datetime | None
    wanted: int
    attempts: int
    first_claimed_at: datetime | None
    due_at: datetime | None
    lease_until: datetime | None
    token: str | None
    created_at: datetime

    @property
    def is_made(self) -> bool:
        """Whether it stands in its tracker, as far as is known."""
        return bool(self.ref) and not self.is_gone


def wanted_as_data(wanted: Wanted) -> dict[str, Any]:
    """What a ticket was told, to be kept."""
    return {
        "title": wanted.title,
        "lines": [[each.label, each.text, each.url] for each in wanted.lines],
        "priority": wanted.priority.value,
        "due_on": wanted.due_on.isoformat(),
        "account": wanted.account,
        "state": wanted.state.value,
    }


def wanted_from(data: dict[str, Any]) -> Wanted:
    """What was kept by `wanted_as_data`."""
    return Wanted(
        title=data["title"],
        lines=tuple(Line(label=label, text=text, url=url) for label, text, url in data["lines"]),
        priority=Priority(data["priority"]),
        due_on=date.fromisoformat(data["due_on"]),
        account=data["account"],
        state=TicketState(data["state"]),
    )


def seen_as_data(seen: Seen) -> dict[str, Any]:
    """How a ticket stood, to be kept."""
    return {
        "ref": seen.ref,
        "key": seen.key,
        "url": seen.url,
        "state": seen.state.value,
        "updated_at": seen.updated_at.isoformat(),
        "account": seen.account,
        "due_on": seen.due_on and seen.due_on.isoformat(),
    }


def seen_from(data: dict[str, Any]) -> Seen:
    """What was kept by `seen_as_data`."""
    return Seen(
        ref=data["ref"],
        key=data["key"],
        url=data["url"],
        state=TicketState(data["state"]),
        updated_at=datetime.fromisoformat(data["updated_at"]),
        account=data["account"],
        due_on=date.fromisoformat(data["due_on"]) if data["due_on"] else None,
    )
