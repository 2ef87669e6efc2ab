"""What became of something at a monthly review, on one line: which it is, who did what, and why."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from blocks.history_words import deed_words
from blocks.item_words import key_of
from blocks.parts import Message
from blocks.text import day, escape, mention, one_line, shown
from blocks.tickets import ticket_link
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, HistoryEntry
from domain.decisions import Decision
from domain.postmortems import Postmortem
from domain.reviews import Entry, Review

WHAT_SHOWN, REASON_SHOWN, _REWORDED = 150, 700, 100
#: What of a decision was typed, beside its reason.
_WORDS = frozenset({"link", "risk"})
_DECIDED = ":white_check_mark:"
_MARKS: Mapping[str, str] = {
    Decision.IMPLEMENT: ":hammer_and_wrench:",
    Decision.REOPEN: ":leftwards_arrow_with_hook:",
    Decision.RESCHEDULE: ":calendar:",
    Decision.RESCOPE: ":pencil2:",
    Decision.CANCEL: ":no_entry_sign:",
    Decision.ACCEPT: ":scales:",
    Decision.PROMOTE: ":rocket:",
    Decision.REASSIGN: ":bust_in_silhouette:",
    Decision.TAKE: ":bust_in_silhouette:",
}
#: What no typed text looks like, for that is escaped.
_MENTION = re.compile(r"<@([A-Z0-9]+)>")


def by_name(text: str, names: Mapping[str, str], calls: str = "") -> str:
    """The text with everybody it mentions said by name, so that nobody is called by it.

    Whoever's id is `calls` is called all the same; of whom no name is known is mentioned still.
    """

    def named(found: re.Match[str]) -> str:
        name = names.get(found[1], "")
        return escape(one_line(name)) if name and found[1] != calls else found[0]

    return _MENTION.sub(named, text)


def mentioned_in(message: Message) -> set[str]:
    """Whom a message mentions, anywhere."""
    return {found for part in _texts(message) for found in _MENTION.findall(part["text"])}


def quietly(message: Message, names: Mapping[str, str], calls: str = "") -> Message:
    """The message with everybody said by name, but for whom it is to call."""
    for part in _texts(message):
        part["text"] = by_name(part["text"], names, calls)
    return {"text": by_name(message["text"], names), "blocks": message["blocks"]}


def _texts(message: Message) -> list[dict[str, Any]]:
    """Every text with mark-up; a context has several."""
    held = [
        each
        for block in message["blocks"]
        for each in (block.get("text"), *block.get("elements", ()))
    ]
    return [each for each in held if isinstance(each, dict) and each.get("type") == "mrkdwn"]


def item_line(postmortem: Postmortem, item: ActionItem, decision: HistoryEntry | None) -> str:
    """What became of an item; of a private one without a typed word."""
    key = key_of(postmortem, item)
    if decision is None:
        title = item_title(postmortem, item)
        return f"{_DECIDED} *{key}* {title} · decided{_ticket(postmortem, item)}"
    which = f"*{key}* {_reworded(postmortem, decision) or item_title(postmortem, item)}"
    owner = decision.changes.get("owner", (item.owner, ""))[0] or item.owner
    told = _without_words(decision) if postmortem.is_private else decision
    mark = _MARKS.get(decision.event, _DECIDED)
    return f"{mark} {which} · {deed_words(told, owner)}{_ticket(postmortem, item)}"


def _ticket(postmortem: Postmortem, item: ActionItem) -> str:
    """Where the work on it goes on, or went on; of a private one it is not named."""
    return f" · {ticket_link(item)}" if item.ticket and not postmortem.is_private else ""


def item_title(postmortem: Postmortem, item: ActionItem, most: int = WHAT_SHOWN) -> str:
    """What an item is, in few words; that it is private, where it is."""
    return "private item" if postmortem.is_private else shown(one_line(item.what), most)


def _reworded(postmortem: Postmortem, decision: HistoryEntry) -> str:
    """What an item said, and what it says instead, where this decision worded it anew."""
    before, after = decision.changes.get("what", ("", ""))
    if not (before and after) or postmortem.is_private:
        return ""
    return " → ".join(f"“{shown(one_line(each), _REWORDED)}”" for each in (before, after))


def _without_words(decision: HistoryEntry) -> HistoryEntry:
    told = {name: both for name, both in decision.changes.items() if name not in _WORDS}
    return replace(decision, reason="", changes=told)


def risk_line(postmortem: Postmortem, risk: AcceptedRisk, entry: Entry, review: Review) -> str:
    """What became of an accepted risk; of a private one without a typed word."""
    words = "" if postmortem.is_private else f" “{shown(one_line(risk.risk), WHAT_SHOWN)}”"
    which = f"*{postmortem.key}* {'private' if postmortem.is_private else 'accepted'} risk{words}"
    done = (
        f"accepted it until {day(risk.until)}" if risk.stands else "says that it is none any more"
    )
    mark = ":scales:" if risk.stands else _DECIDED
    return f"{mark} {which} · {_who(entry, review)} {done}{_why(postmortem, entry)}"


def _who(entry: Entry, review: Review) -> str:
    by = mention(entry.settled_by)
    is_chair = entry.settled_by == review.facilitator != entry.owner
    return f"{by}, chairing the review for {mention(entry.owner)}," if is_chair else by


def _why(postmortem: Postmortem, entry: Entry) -> str:
    reason = one_line(entry.reason)
    return f": {shown(reason, REASON_SHOWN)}" if reason and not postmortem.is_private else ""
