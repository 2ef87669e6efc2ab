"""The lines of a digest: how an item or a risk stands that needs somebody, in words."""

from dataclasses import replace
from datetime import date

from blocks.text import channel_link, day, mention, one_line, shown
from blocks.tickets import ADDRESS_SHORT, ticket_fact
from domain.action_items import ActionItem, ItemState, Progress
from domain.digests import Decided, Digest, Kept, KeptItem, KeptRisk, LookedAt, Wanting
from domain.hearing import Need

WHAT_SHOWN = 140
NOTE_SHOWN = 70
#: A class's name and what is said around it.
WHY_SHOWN = 200

_ENDED = {
    ItemState.IMPLEMENTED: "is implemented",
    ItemState.VERIFIED: "works",
    ItemState.CANCELLED: "is cancelled",
    ItemState.ACCEPTED: "is accepted as a risk",
    ItemState.PROMOTED: "is promoted to a project",
    ItemState.INEFFECTIVE: "is ineffective",
}


def title(kept: Kept, said: Digest) -> str:
    """Which item or risk it is, in its own words, and where."""
    if not _is_told(kept, said):
        return f"*{kept.key}* A private {'item' if isinstance(kept, KeptItem) else 'risk'}"
    words = kept.item.what if isinstance(kept, KeptItem) else kept.risk.risk
    where = f" · {channel_link(kept.place.channel)}" if kept.place.channel else ""
    return f"*{kept.key}* {shown(one_line(words), WHAT_SHOWN)}{where}"


def _is_told(kept: Kept, said: Digest) -> bool:
    """Whether its words may be read: its owner knows those of a private incident."""
    return kept.owner == said.reader or not kept.place.is_private


def has_left(kept: Kept, said: Digest) -> list[str]:
    """Why somebody reads of what is not theirs: in words, or none."""
    return [f"{mention(kept.owner)} has left: hand it over"] if kept.owner != said.reader else []


def facts(wanting: Wanting, said: Digest, address: int = ADDRESS_SHORT) -> str:
    """Since when or until when it stands as it does, and why it needs somebody.

    `address` is how long the address may be that its ticket leads to.
    """
    kept = wanting.kept
    left = has_left(kept, said)
    if isinstance(kept, KeptRisk):
        until = kept.risk.until
        return " · ".join([*left, f"accepted until {day(until)}, {_ago(until, said.today)}"])
    known = as_told(kept, said)
    its_ticket = ticket_fact(known.item, address)
    if wanting.need is Need.INEFFECTIVE:
        return " · ".join([*left, _repeat_facts(known), *its_ticket])
    due = _FACTS.get(wanting.need, _due_facts)(known.item, said.today)
    return " · ".join([*left, *due, *its_ticket])


def as_told(kept: KeptItem, said: Digest) -> KeptItem:
    """The item with no more typed words than its reader may read beside its title."""
    if _is_told(kept, said):
        return kept
    bare = replace(kept.item, note="", ticket="", ticket_trouble="")
    return replace(kept, item=bare, why="")


def _evidence_facts(item: ActionItem, _today: date) -> list[str]:
    since = f"implemented {day(item.implemented_on)}, " if item.implemented_on else ""
    until = f"soaked until {day(item.soaks_until)}" if item.soaks_until else "has soaked"
    return [f"{since}{until}: what shows that it works?"]


def _repeat_facts(kept: KeptItem) -> str:
    at = kept.item.verified_at
    since = f"verified{f' {day(at.date())}' if at else ''}, and then"
    if not kept.why:
        return f"{since} an incident of the same class happened"
    return f"{since} it happened again: {shown(one_line(kept.why), WHY_SHOWN)}"


def _expired_facts(item: ActionItem, today: date) -> list[str]:
    seen = (
        f"{item.reviews_seen} monthly reviews saw it open, so it cannot be moved: do it, promote "
        "it to a project, accept the risk or cancel it"
    )
    return [*_due_facts(item, today), seen]


def _due_facts(item: ActionItem, today: date) -> list[str]:
    return [_due(item, today), *on_its_way(item)]


def on_its_way(item: ActionItem) -> list[str]:
    """How often it was moved, how far it is, and who was asked to take it on."""
    moved = {0: "", 1: "moved once", 2: "moved twice"}
    asked = item.proposed_owner and f"{mention(item.proposed_owner)} was asked to take it on"
    said = [
        moved.get(item.reschedules, f"moved {item.reschedules} times"),
        _progress(item),
        asked,
    ]
    return [each for each in said if each]


_FACTS = {
    Need.EXPIRED: _expired_facts,
    Need.EVIDENCE: _evidence_facts,
}


def _due(item: ActionItem, today: date) -> str:
    verb = "was due" if item.due_on < today else "due"
    return f"{verb} {day(item.due_on)}, {_ago(item.due_on, today)}"


def _ago(on: date, today: date) -> str:
    """How far a day is from today, in words."""
    days = (on - today).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    return near.get(days, f"in {days} days" if days > 0 else f"{-days} days ago")


def _progress(item: ActionItem) -> str:
    if item.progress is Progress.NOT_STARTED:
        return ""
    note = shown(one_line(item.note), NOTE_SHOWN)
    return f"{item.progress}: {note}" if note else str(item.progress)


def outcome(decided: Decided | LookedAt) -> str:
    """What became of an item or a risk that somebody was asked about."""
    if isinstance(decided, LookedAt):
        risk = decided.kept.risk
        return f"a risk is accepted until {day(risk.until)}" if risk.stands else "a risk has ended"
    was, item = decided.before, decided.kept.item
    if item.state in _ENDED and item.state is not was.state:
        return _ENDED[item.state]
    if item.owner != was.owner:
        return f"is {mention(item.owner)}'s now, due {day(item.due_on)}"
    if item.state is not was.state:
        return f"is open again, due {day(item.due_on)}"
    return f"moved to {day(item.due_on)}"
