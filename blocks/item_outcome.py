"""What became of an item: what was shipped, what shows that it works, or why it ended."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from blocks.item_words import linked
from blocks.text import day, mention, one_line, shown
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, HistoryEntry, ItemState

_SHOWN = 600
#: How each end says its reason; what was verified has its evidence instead.
_REASONS = {
    ItemState.CANCELLED: "Why",
    ItemState.ACCEPTED: "Why",
    ItemState.PROMOTED: "Part of",
}


def ending_lines(
    item: ActionItem, history: Sequence[HistoryEntry], risk: AcceptedRisk | None, zone: tzinfo
) -> list[str]:
    """Why nobody has to see to it any more, and the risk that was accepted instead, if one was."""
    if item.state not in _REASONS:
        return []
    entry = next((each for each in reversed(history) if _ends(each, item.state)), None)
    words = _ending(entry, _REASONS[item.state], zone) if entry else []
    return [*(_risk_lines(risk) if risk and item.state is ItemState.ACCEPTED else []), *words]


def outcome_lines(item: ActionItem, zone: tzinfo) -> list[str]:
    """What was shipped and what shows that it works, and where that, or the project, is seen."""
    name = "Project" if item.state is ItemState.PROMOTED else "To be seen"
    shipped_on = day(item.implemented_on) if item.implemented_on else ""
    return [
        *_said("Shipped", item.shipped, shipped_on),
        *_said("Evidence", item.evidence, _day_of(item.verified_at, zone)),
        *([f"_{name}:_ {linked(item.link)}"] if item.link else []),
    ]


def _ends(entry: HistoryEntry, state: ItemState) -> bool:
    return entry.changes.get("state", ("", ""))[1] == state


def _ending(entry: HistoryEntry, name: str, zone: tzinfo) -> list[str]:
    who = [mention(entry.actor)] if entry.actor else []
    return _said(name, entry.reason, ", ".join([_day_of(entry.at, zone), *who]))


def _risk_lines(risk: AcceptedRisk) -> list[str]:
    ended = f", no risk any more since {day(risk.ended_on)}" if risk.ended_on else ""
    return [
        *_said("Risk", risk.risk),
        f"_Accepted by:_ {mention(risk.accepter)} until {day(risk.until)}{ended}",
    ]


def _day_of(at: datetime | None, zone: tzinfo) -> str:
    return day(at.astimezone(zone).date()) if at else ""


def _said(name: str, words: str, also: str = "") -> list[str]:
    """A label and what was said; nothing else stands in the label, for it would end the italics."""
    more = f" ({also})" if also else ""
    return [f"_{name}:_ {shown(one_line(words), _SHOWN)}{more}"] if words.strip() else []
