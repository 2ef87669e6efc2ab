"""How an item stands, in a few words: the same on the card, in its window and in its forms."""

from datetime import date

from blocks.text import day, escape, link, mention, one_line, shown
from domain.action_items import ActionItem, ItemState, Progress
from domain.postmortems import Postmortem

_MARKS = {
    ItemState.IMPLEMENTED: ":hammer_and_wrench:",
    ItemState.VERIFIED: ":white_check_mark:",
    ItemState.CANCELLED: ":no_entry_sign:",
    ItemState.ACCEPTED: ":scales:",
    ItemState.PROMOTED: ":rocket:",
    ItemState.INEFFECTIVE: ":warning:",
}
_PROGRESS_MARKS = {Progress.IN_PROGRESS: ":construction:", Progress.BLOCKED: ":octagonal_sign:"}
#: Slack's own limit for a text is 3,000 characters, and an address does not stand there alone.
_ADDRESS_MAX = 1000
_SERVICE_SHOWN = 80


def key_of(postmortem: Postmortem, item: ActionItem) -> str:
    """What people call an item: `PM-7/2`."""
    return f"{postmortem.key}/{item.position}"


def state_words(item: ActionItem) -> list[str]:
    """How it ended, or why it cannot go on as it is; nothing about an item like any other."""
    if item.has_expired:
        return [f":hourglass: *expired* (open at {item.reviews_seen} monthly reviews)"]
    return [] if item.is_open else [f"{_MARKS[item.state]} *{item.state}*"]


def priority_words(item: ActionItem, service: str = "") -> str:
    """How important it is, and why that is more than somebody said (rule 17)."""
    if item.raised_from is None:
        return str(item.priority)
    who = shown(one_line(service), _SERVICE_SHOWN) if service else "its service"
    return f"{item.priority}, raised from {item.raised_from}: {who} burns its error budget"


def due_words(item: ActionItem, today: date | None = None) -> list[str]:
    """When it is due, and how often that was moved (rule 12); past is past for one that ended.

    Where `today` is known, how long ago that was is said too.
    """
    late = overdue_words(item, today)
    return [f"due {day(item.due_on)}{late}{moved_words(item)}"] if item.is_open else []


def overdue_words(item: ActionItem, today: date | None) -> str:
    """How many days it is overdue; nothing where it is not, or nobody knows what day it is."""
    late = (today - item.due_on).days if today and item.is_open else 0
    return f", {late} day{'' if late == 1 else 's'} overdue" if late > 0 else ""


def moved_words(item: ActionItem) -> str:
    """How often its date was moved; nothing where it never was."""
    return f", moved {times(item.reschedules)}" if item.reschedules else ""


def times(number: int) -> str:
    """How often: once, twice, 3 times."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def asked_words(item: ActionItem) -> list[str]:
    """Who was asked to take it on and has not answered."""
    return [f"asked: {mention(item.proposed_owner)}"] if item.proposed_owner else []


def progress_words(item: ActionItem, most: int) -> list[str]:
    """How far somebody has come with it, or what it waits for; nothing where nobody has begun."""
    if not item.is_open or item.progress is Progress.NOT_STARTED:
        return []
    note = f": {shown(one_line(item.note), most)}" if item.note.strip() else ""
    return [f"{_PROGRESS_MARKS[item.progress]} {item.progress}{note}"]


def linked(address: str) -> str:
    """The way to where something can be seen; an address too long to be one is shown in part."""
    if len(escape(address)) > _ADDRESS_MAX:
        return shown(address, _ADDRESS_MAX)
    return link(address, "link")
