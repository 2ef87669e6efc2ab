"""An item's ticket in words, the same wherever an item is shown; and the buttons of tickets."""

from collections.abc import Sequence
from typing import Protocol

from blocks.parts import Block, button
from blocks.text import escape, link, one_line, shown
from domain.action_items import ItemState
from domain.postmortems import Postmortem

#: Tries a ticket again, or makes one again that was deleted; its value is the item's id.
TRY_TICKET = "try_ticket"
#: Tries all of one postmortem's tickets again; its value is the postmortem's id.
TRY_TICKETS = "try_tickets"
#: Opens a ticket again that was closed; its value is the item's id.
REOPEN_TICKET = "reopen_ticket"

#: A repository of GitHub may have 140 letters: of a long name the end is shown, with the number.
KEY_SHOWN, _END_SHOWN = 60, 24
#: With a longer address a ticket is only named: there is no room for it.
ADDRESS_MAX, ADDRESS_SHORT = 300, 60
TROUBLE_SHOWN = 300
#: Among many lines.
TROUBLE_SHORT = 120

#: How what is wrong begins with a ticket that was deleted, and what the button is called then.
DELETED, MAKE_AGAIN = "It was deleted in ", "Make it again"
_QUESTION = "what was done, and where can it be seen?"
_QUESTION_AGAIN = "what shows that it works?"

_ENDED = frozenset(ItemState) - {ItemState.OPEN, ItemState.INEFFECTIVE}


class Ticketed(Protocol):
    """Whatever is shown with its ticket: an item, or what a list tells of one."""

    @property
    def state(self) -> ItemState:
        """Where the item stands."""

    @property
    def ticket(self) -> str:
        """What its ticket is called; empty where there is none yet."""

    @property
    def ticket_url(self) -> str:
        """Where that is seen."""

    @property
    def ticket_closed(self) -> bool:
        """Whether somebody closed it there."""

    @property
    def ticket_trouble(self) -> str:
        """Why there is none, or what is wrong with it."""


def ticket_words(
    item: Ticketed,
    most: int = TROUBLE_SHOWN,
    address: int = ADDRESS_MAX,
    again: str = MAKE_AGAIN,
) -> list[str]:
    """Its ticket among other facts: where it is, that it was closed, or why there is none.

    Nothing about an item without any. `most` is how much is said of what is wrong, `address` how
    long an address may be that it leads to, `again` what the button is called that makes it again.
    """
    trouble = shown(one_line(item.ticket_trouble), most)
    if was_deleted(item):
        trouble = trouble.replace(f"“{MAKE_AGAIN}”", f"“{again}”")
    if not item.ticket:
        return [f"ticket pending: {trouble}"] if trouble else []
    said = ticket_link(item, address)
    if asks_for_evidence(item):
        said = f":ticket: {said} was closed: {question_of(item)}"
    return [said, *([trouble] if trouble else [])]


def ticket_lines(
    item: Ticketed,
    most: int = TROUBLE_SHOWN,
    address: int = ADDRESS_MAX,
    again: str = MAKE_AGAIN,
) -> list[str]:
    """The same as a line of its own."""
    words = " · ".join(ticket_words(item, most, address, again))
    return [words if words.startswith(":ticket:") else f":ticket: {words}"] if words else []


def ticket_fact(item: Ticketed, address: int = ADDRESS_SHORT) -> list[str]:
    """As little of its ticket as a message has room for that says much of many items."""
    if not item.ticket:
        return ["ticket pending"] if item.ticket_trouble else []
    closed = " is closed" if asks_for_evidence(item) else ""
    return [f"{ticket_link(item, address)}{closed}"]


def ticket_link(item: Ticketed, address: int = ADDRESS_MAX) -> str:
    """What the ticket is called, leading there unless it was deleted."""
    url = "" if was_deleted(item) else item.ticket_url
    return linked_ticket(item.ticket, url, address)


def its_link(item: Ticketed) -> list[str]:
    """The same as one fact among others; nothing where there is none."""
    return [ticket_link(item)] if item.ticket else []


def linked_ticket(key: str, url: str, address: int = ADDRESS_MAX) -> str:
    """What a ticket is called, leading there; no more than its name where that is no address."""
    name = one_line(key)
    if len(escape(name)) > KEY_SHOWN:
        name = f"…{name[-_END_SHOWN:]}"
    return link(url, name) if len(escape(url)) <= address else escape(name)


def asks_for_evidence(item: Ticketed) -> bool:
    """Whether somebody closed the ticket of an item that is open still (rule 14)."""
    return item.ticket_closed and item.state not in _ENDED and not was_deleted(item)


def question_of(item: Ticketed) -> str:
    """What its owner is asked then, as the form asks that the question leads to.

    What shows that it works is asked once it has soaked (rule 13), of what happened again at once.
    """
    return _QUESTION_AGAIN if item.state is ItemState.INEFFECTIVE else _QUESTION


def was_deleted(item: Ticketed) -> bool:
    """Whether somebody deleted the ticket that it had."""
    return bool(item.ticket) and item.ticket_trouble.startswith(DELETED)


def try_button(item_id: int, key: str, *, is_gone: bool = False) -> Block:
    """The button that tries an item's ticket again, or makes it again where it was deleted."""
    label = MAKE_AGAIN if is_gone else "Try again"
    return button(label, TRY_TICKET, str(item_id), spoken=f"{label}: the ticket of {key}")


def again_label(items: Sequence[Ticketed]) -> str:
    """What the button is called that sees to all tickets with which something is wrong."""
    wrong = [each for each in items if each.ticket_trouble]
    if not wrong or not all(was_deleted(each) for each in wrong):
        return "Try tickets again"
    return MAKE_AGAIN if len(wrong) == 1 else "Make tickets again"


def try_all_button(postmortem: Postmortem, items: Sequence[Ticketed] = ()) -> Block:
    """The button that tries all tickets of one postmortem again with which something is wrong."""
    label = again_label(items)
    return button(label, TRY_TICKETS, str(postmortem.id), spoken=f"{label}: {postmortem.key}")


def reopen_button(item_id: int, key: str) -> Block:
    """The button that opens the ticket of an item again."""
    label = "Reopen the ticket"
    return button(label, REOPEN_TICKET, str(item_id), spoken=f"{label} of {key}")
