"""What became of an item's ticket, as the item's history says it (rule 14)."""

import re
from collections.abc import Mapping
from datetime import date

from blocks.text import day, mention, one_line, shown
from blocks.tickets import linked_ticket
from domain.action_items import HistoryEntry
from domain.kept_tickets import CLOSED, FOLLOWED, GONE, KEPT, MADE, MOVED, OPENED
from domain.tickets import TrackerKind

_REASON_SHOWN = 700
#: Who did it, as the tracker calls them.
_BY = re.compile(rf" by .+? \((?:{'|'.join(each.called for each in TrackerKind)})\)")
#: Where nobody says more, and where somebody here did it: after their name.
_ALONE: Mapping[str, str] = {
    MADE: "Its ticket was made",
    CLOSED: "Its ticket was closed",
    OPENED: "Its ticket was reopened",
    GONE: "Its ticket was deleted",
    MOVED: "Its ticket was moved",
    FOLLOWED: "It follows its ticket",
    KEPT: "It does not follow its ticket",
}
_BY_SOMEBODY: Mapping[str, str] = {
    MADE: "made its ticket",
    CLOSED: "closed its ticket",
    OPENED: "reopened its ticket",
    GONE: "deleted its ticket",
    MOVED: "moved its ticket",
    FOLLOWED: "changed it in its ticket",
    KEPT: "changed its ticket, which it does not follow",
}
_FIELDS: Mapping[str, str] = {
    "owner": "owner",
    "proposed_owner": "asked to take it on:",
    "due_on": "due",
    "ticket": "",
}


def ticket_words_of(entry: HistoryEntry) -> str:
    """What became of the ticket; the app's own sentence where it wrote one.

    That names who did it as the tracker calls them: whom we know is mentioned instead.
    """
    reason = shown(one_line(entry.reason), _REASON_SHOWN)
    known = mention(entry.actor) if entry.actor else ""
    if named := by_person(one_line(entry.reason), entry.actor, _REASON_SHOWN):
        said = named
    elif reason:
        said = f"{known}: {reason}" if known else reason
    else:
        said = f"{known} {_BY_SOMEBODY[entry.event]}" if known else _ALONE[entry.event]
    changed = "; ".join(_changed(entry))
    if not changed:
        return said
    return (
        f"{said} {changed[0].upper()}{changed[1:]}" if said.endswith(".") else f"{said}: {changed}"
    )


def by_person(reason: str, person: str, most: int) -> str:
    """The app's sentence with a person in place of what the tracker calls them, as mark-up.

    Empty where nobody is known, or the sentence names nobody.
    """
    named = _BY.search(reason) if person else None
    if named is None:
        return ""
    before, after = reason[: named.start()], reason[named.end() :]
    return f"{shown(before, most)} by {mention(person)}{shown(after, most)}"


def _changed(entry: HistoryEntry) -> list[str]:
    """What it changed of the item, old and new."""
    return [
        f"{name} {_before_and_after(field, *entry.changes[field])}".lstrip()
        for field, name in _FIELDS.items()
        if field in entry.changes
    ]


def _before_and_after(field: str, before: str, after: str) -> str:
    if field == "ticket" and not before:
        return _as_said(field, after)
    if field == "proposed_owner":
        return _as_said(field, after)
    return f"{_as_said(field, before)} → {_as_said(field, after)}"


def _as_said(field: str, value: str) -> str:
    if not value:
        return "nothing" if field in {"due_on", "ticket"} else "nobody"
    if field == "ticket":
        return linked_ticket(value, "")
    return day(date.fromisoformat(value)) if field == "due_on" else mention(value)
