"""What somebody did to an item, in words: "moved it to 15 Jan 2027: waiting for the vendor"."""

from collections.abc import Iterator, Mapping
from datetime import date

from blocks.history_of_tickets import ticket_words_of
from blocks.item_words import linked
from blocks.text import day, escape, mention, one_line, shown
from domain.action_items import HistoryEntry
from domain.budgets import LOWERED, RAISED
from domain.decisions import Decision
from domain.kept_tickets import FROM_TRACKER
from domain.news import CONFIRMED, INEFFECTIVE, OWNER_LEFT, RETURNED
from domain.review_summary import EXPIRED, REVIEWED
from domain.roles import Role

#: Together they fit into one text of Slack; few letters are longer once they are escaped.
_REASON_SHOWN, _WHAT_SHOWN, _DONE_WHEN_SHOWN, _RISK_SHOWN = 700, 350, 600, 150
#: What somebody did, after their name. The first words are the app's own and an import's, the last
#: those of an older history.
_DEEDS: Mapping[str, str] = {
    "added": "wrote it down for {owner}, due {due}",
    "changed": "changed it",
    REVIEWED: "walked through it at a monthly review: it was open still",
    Decision.START: "says it is in progress",
    Decision.BLOCK: "says it is blocked",
    Decision.IMPLEMENT: "says it is implemented",
    Decision.VERIFY: "says it works",
    Decision.REOPEN: "reopened it",
    Decision.RESCHEDULE: "moved it to {due}",
    Decision.RESCOPE: "re-scoped it",
    Decision.CANCEL: "cancelled it",
    Decision.ACCEPT: "accepted the risk instead",
    Decision.PROMOTE: "promoted it to a planned project",
    Decision.REASSIGN: "asked {asked} to take it on",
    Decision.TAKE: "took it on",
    Decision.DECLINE: "cannot take it on",
    CONFIRMED: "confirmed that they accept the risk",
    "moved": "moved it to {due}",
    "accepted": "accepted the risk instead",
    "promoted": "promoted it to a planned project",
}
_BY_ITSELF: Mapping[str, str] = {
    "imported": "It was imported for {owner}, due {due}",
    RETURNED: "It stayed with its owner",
    INEFFECTIVE: "It was marked ineffective",
    OWNER_LEFT: "Its owner has left",
    RAISED: "It was raised from {before} to {priority}",
    LOWERED: "It went back to {priority}",
}
_ACTING: Mapping[str, str] = {
    Role.LEAD: ", who leads the programme,",
    Role.ACCEPTER: ", who was to accept the risk,",
    Role.FACILITATOR: ", chairing the review for {owner},",
    Role.STAND_IN: ", standing in for {owner},",
}
#: What is told of a change that has no words of its own; the old text is quoted below.
_FIELDS: Mapping[str, str] = {
    "owner": "owner",
    "due_on": "due",
    "priority": "priority",
    "kind": "kind",
    "what": "what",
    "done_when": "done when",
    "factor_id": "the factor it answers",
}
_QUOTED: Mapping[str, tuple[str, int]] = {
    "what": ("Before", _WHAT_SHOWN),
    "done_when": ("Done when", _DONE_WHEN_SHOWN),
}
_PEOPLE = frozenset({"owner", "proposed_owner", "accepter", "project_owner"})
_DAYS = frozenset({"due_on", "until"})


def deed_words(entry: HistoryEntry, owner: str) -> str:
    """Who did what, and why; `owner` answered for the item until then."""
    if entry.event in FROM_TRACKER:
        return ticket_words_of(entry)
    if entry.event in _BY_ITSELF:
        return _by_itself(entry)
    if entry.event == REVIEWED and not entry.actor:
        return _seen_open(entry)
    acting = _ACTING.get(entry.acting, "").format(owner=mention(owner))
    who = mention(entry.actor) if entry.actor else "The app"
    return f"{who}{acting} {_deed(entry)}{_details(entry)}{_why(entry)}"


def _by_itself(entry: HistoryEntry) -> str:
    why = _why(entry)
    if entry.event == OWNER_LEFT and why:
        return why.removeprefix(": ")
    if entry.event == RETURNED and not why:
        asked = _as_said("proposed_owner", entry.changes.get("proposed_owner", ("", ""))[0])
        why = f": {asked} did not answer in two working days"
    return f"{_filled(_BY_ITSELF[entry.event], entry)}{why}"


def _seen_open(entry: HistoryEntry) -> str:
    """That a monthly review was closed while it was open, and whether it has expired (rule 15)."""
    number = int(entry.changes.get("reviews_seen", ("", ""))[1] or 1)
    had, has = entry.changes.get(EXPIRED, ("", ""))
    expired = "" if not has else "; it had expired before" if had else ": it has expired"
    return f"The monthly review saw it open, for the {_ordinal(number)} time{expired}"


def _ordinal(number: int) -> str:
    """The first, second, third, 11th, 22nd."""
    named = {1: "first", 2: "second", 3: "third"}.get(number)
    last = number % 10 if number % 100 // 10 != 1 else 0
    return named or f"{number}{('th', 'st', 'nd', 'rd', *['th'] * 6)[last]}"


def before_words(entry: HistoryEntry) -> Iterator[str]:
    """What the item said before it was worded anew, each a line that is quoted."""
    for field, (name, most) in _QUOTED.items():
        if old := entry.changes.get(field, ("", ""))[0]:
            yield f">_{name}:_ {shown(one_line(old), most)}"


def _deed(entry: HistoryEntry) -> str:
    if entry.event == Decision.REASSIGN and "owner" in entry.changes:
        is_own = entry.changes["owner"][1] == entry.actor
        return "took it over" if is_own else _filled("gave it to {owner}", entry)
    known = _DEEDS.get(entry.event)
    return _filled(known, entry) if known else escape(entry.event)


def _filled(template: str, entry: HistoryEntry) -> str:
    return template.format(
        owner=_new(entry, "owner"),
        due=_new(entry, "due_on"),
        asked=_new(entry, "proposed_owner"),
        before=_as_said("priority", entry.changes.get("priority", ("", ""))[0]),
        priority=_new(entry, "priority"),
    )


def _details(entry: HistoryEntry) -> str:
    """What else it says, where that is not in the deed's own words."""
    match entry.event:
        case "changed":
            changed = [_change(entry, field) for field in _FIELDS if field in entry.changes]
            return f": {'; '.join(changed)}" if changed else ""
        case Decision.REOPEN if "due_on" in entry.changes:
            return f", due {_new(entry, 'due_on')}"
        case Decision.ACCEPT if "until" in entry.changes:
            return _accepted(entry)
        case Decision.PROMOTE if "project_owner" in entry.changes:
            return f" that {_new(entry, 'project_owner')} owns"
    return ""


def _change(entry: HistoryEntry, field: str) -> str:
    if field in _QUOTED or field == "factor_id":
        return _FIELDS[field]
    return f"{_FIELDS[field]} {_as_said(field, entry.changes[field][0])} → {_new(entry, field)}"


def _accepted(entry: HistoryEntry) -> str:
    accepter = entry.changes.get("accepter", ("", ""))[1]
    answers = f", {mention(accepter)} answers for it" if accepter not in {"", entry.actor} else ""
    risk = unstopped(one_line(entry.changes.get("risk", ("", ""))[1]))
    which = f": “{shown(risk, _RISK_SHOWN)}”," if risk else ""
    return f"{which} until {_new(entry, 'until')}{answers}"


def unstopped(text: str) -> str:
    """A text that is quoted within a sentence: without the full stop that would end it."""
    return text if text.endswith("..") else text.removesuffix(".")


def _why(entry: HistoryEntry) -> str:
    reason = one_line(entry.reason)
    said = f": {shown(reason, _REASON_SHOWN)}" if reason else ""
    address = entry.changes.get("link", ("", ""))[1]
    return f"{said} · {linked(address)}" if address else said


def _new(entry: HistoryEntry, field: str) -> str:
    return _as_said(field, entry.changes.get(field, ("", ""))[1])


def _as_said(field: str, value: str) -> str:
    """A value as the history keeps it, as people read it."""
    if not value:
        return "nobody" if field in _PEOPLE else "nothing"
    if field in _PEOPLE:
        return mention(value)
    return day(date.fromisoformat(value)) if field in _DAYS else escape(value)
