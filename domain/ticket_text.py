"""What a ticket says of its item; of one in a private channel no word that anybody typed."""

from dataclasses import dataclass
from datetime import date

from domain.action_items import ActionItem, HistoryEntry, ItemState
from domain.decisions import Decision
from domain.news import RETURNED
from domain.postmortems import Postmortem
from domain.tickets import TITLE_MAX, Line, TicketState, Wanted

#: Labels of the lines that are looked for again: how the item stands, where its incident is, and
#: when it is due.
ITEM, INCIDENT, DUE = "Action item", "Incident", "Due"
_CLOSING = Line(
    label="Closed Loop",
    text=(
        "Closing this asks its owner what was done and where it can be seen; "
        "the item stays open until they say so."
    ),
)
_STATES = {
    ItemState.OPEN: TicketState.OPEN,
    ItemState.INEFFECTIVE: TicketState.OPEN,
    ItemState.IMPLEMENTED: TicketState.DONE,
    ItemState.VERIFIED: TicketState.DONE,
}


@dataclass(frozen=True, kw_only=True)
class About:
    """What a ticket is written from; `owner` is a name, `answers` the text of a factor.

    `account` is the owner's in the tracker and `address` where the incident's card is; both are
    empty where nobody knows.
    """

    postmortem: Postmortem
    item: ActionItem
    owner: str
    answers: str = ""
    account: str = ""
    address: str = ""


def state_of(item: ActionItem) -> TicketState:
    """How the ticket of an item stands that nobody touched."""
    return _STATES.get(item.state, TicketState.DROPPED)


def wanted(about: About) -> Wanted:
    """What the ticket of an item is to say as things stand."""
    item, postmortem = about.item, about.postmortem
    title, lines = _private(about) if postmortem.is_private else _public(about)
    return Wanted(
        title=title,
        lines=lines,
        priority=item.priority,
        due_on=item.due_on,
        account=about.account,
        state=state_of(item),
    )


def _public(about: About) -> tuple[str, tuple[Line, ...]]:
    item, postmortem = about.item, about.postmortem
    title = cut(item.what)
    whole = (Line(label="What", text=item.what),) if title != item.what else ()
    answers = (Line(label="Answers", text=about.answers),) if about.answers else ()
    incident = f"{postmortem.key} {postmortem.facts.title}"
    return title, (
        *whole,
        Line(label="Done when", text=item.done_when),
        Line(label="Owner", text=about.owner),
        Line(label=DUE, text=day(item.due_on)),
        Line(label="Priority", text=_priority(item, postmortem)),
        Line(label="Kind", text=item.kind.value),
        *answers,
        Line(label=ITEM, text=f"{_key(about)}, {item.state}"),
        Line(label=INCIDENT, text=incident, url=about.address),
        _CLOSING,
    )


def _private(about: About) -> tuple[str, tuple[Line, ...]]:
    """Whoever may see a tracker may not be in the channel."""
    item, postmortem = about.item, about.postmortem
    return f"Action item {_key(about)} of a private incident", (
        Line(label="Owner", text=about.owner),
        Line(label=DUE, text=day(item.due_on)),
        Line(label="Priority", text=item.priority.value),
        Line(label=ITEM, text=f"{_key(about)}, {item.state}"),
        Line(label=INCIDENT, text=postmortem.key, url=about.address),
        _CLOSING,
    )


def _key(about: About) -> str:
    """What people call the item in Slack."""
    return f"{about.postmortem.key}/{about.item.position}"


def _priority(item: ActionItem, postmortem: Postmortem) -> str:
    if item.raised_from is None:
        return item.priority.value
    burns = f"while {postmortem.facts.service} burns its error budget"
    return f"{item.priority} (raised from {item.raised_from} {burns})"


def cut(text: str) -> str:
    """A text on one line that fits above a ticket."""
    line = " ".join(text.split())
    return line if len(line) <= TITLE_MAX else f"{line[: TITLE_MAX - 1].rstrip()}…"


def day(on: date) -> str:
    """A date as people write it."""
    return f"{on.day} {on:%b %Y}"


def line(told: Wanted | None, label: str) -> Line | None:
    """The line of a ticket with this label, where it has one."""
    return next((each for each in told.lines if each.label == label), None) if told else None


def ending(postmortem: Postmortem, entry: HistoryEntry) -> str:
    """A comment that tells how an item ended, or began anew, as its history says."""
    became = entry.changes.get("state", ("", ""))[1]
    how = "open again" if became == ItemState.OPEN else became
    said = f"The item is {how}"
    words = "" if postmortem.is_private else _words(entry)
    return f"{said}: {words}" if words else f"{said}."


def moving(postmortem: Postmortem, entry: HistoryEntry) -> str:
    """A comment that tells from when to when an item was moved, and why, as its history says."""
    before, after = (day(date.fromisoformat(each)) for each in entry.changes["due_on"])
    said = f"The item was moved from {before} to {after}"
    return said + (f": {entry.reason}" if entry.reason and not postmortem.is_private else ".")


def _words(entry: HistoryEntry) -> str:
    told = (entry.changes.get(field, ("", ""))[1] for field in ("shipped", "evidence"))
    said = entry.reason or next((each for each in told if each), "")
    address = entry.changes.get("link", ("", ""))[1]
    return " ".join(each for each in (said, address) if each)


def given_back(entry: HistoryEntry) -> str:
    """A comment on why a ticket goes back to the item's owner; empty where nobody was asked."""
    if entry.event == Decision.DECLINE:
        return "Whoever was asked to take this item on cannot: it stays with its owner."
    if entry.event == RETURNED:
        return "Nobody took this item on in time: it stays with its owner."
    return ""
