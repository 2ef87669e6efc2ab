"""What somebody did to the ticket of an item that its owner is to do something about."""

from blocks.text import escape, one_line, shown
from domain.action_items import NOTE_MAX, ActionItem, HistoryEntry
from domain.kept_tickets import GONE, OPENED

#: What of a ticket is told its item's owner in a sentence of its own.
OF_TICKET = frozenset({OPENED, GONE})
_AGAIN = "If it does not work, reopen the item; else close the ticket."
_DELETED = (
    "was deleted, or our account may not see it any more. Open the item and press “Make it again”."
)


def ticket_deed(
    entry: HistoryEntry, item: ActionItem, it: str, actor: str, *, is_told: bool
) -> str:
    """What was done to the ticket of `it`, by `actor` if anybody here, and what to do now."""
    which = f"{escape(item.ticket)}, the ticket of {it}" if is_told else f"the ticket of {it}"
    begun = which if is_told else f"T{which[1:]}"
    if entry.event == GONE:
        return f"{begun}{',' if is_told else ''} {_DELETED}"
    if actor:
        return f"{actor} reopened {which}, which is {item.state}. {_AGAIN}"
    if not is_told:
        return f"{begun} was opened again; the item is {item.state}. {_AGAIN}"
    said = shown(one_line(entry.reason), 2 * NOTE_MAX)
    return f"{it[0].upper()}{it[1:]}: {said} {_AGAIN}"
