"""What was done to an item, in a sentence for one reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from blocks.history_words import unstopped
from blocks.item_words import key_of
from blocks.text import day, escape, link, mention, one_line, shown
from blocks.ticket_deeds import OF_TICKET, ticket_deed
from domain.action_items import NOTE_MAX, ActionItem, HistoryEntry, ItemState
from domain.decisions import Decision
from domain.kept_tickets import FOLLOWED
from domain.news import CONFIRMED, INEFFECTIVE
from domain.postmortems import Postmortem
from domain.roles import Role

WHAT_SHOWN, NAME_SHOWN = 300, 100

#: What somebody did, after their name; `it` is the item, `day` the new date, `person` who is named.
_DEEDS: Mapping[str, str] = {
    Decision.START: "says that {it} is in progress",
    Decision.BLOCK: "says that {it} is blocked",
    Decision.IMPLEMENT: "says that {it} is implemented",
    Decision.VERIFY: "says that {it} works",
    Decision.REOPEN: "reopened {it}, due {day}",
    Decision.RESCHEDULE: "moved {it} to {day}",
    Decision.RESCOPE: "re-scoped {it}",
    Decision.CANCEL: "cancelled {it}",
    Decision.ACCEPT: "accepted the risk instead of {it}",
    Decision.PROMOTE: "promoted {it} to a planned project",
    Decision.REASSIGN: "asked {person} to take on {it}",
    Decision.TAKE: "took on {it}",
    Decision.DECLINE: "cannot take on {it}",
    FOLLOWED: "changed the ticket of {it}",
    CONFIRMED: "confirmed that they accept the risk instead of {it}",
}
_CHANGED, _TOOK_OVER, _GAVE = "changed {it}", "took over {it}", "gave {it} to {person}"
_ACTING = {
    Role.LEAD: ", who leads the programme,",
    Role.ACCEPTER: ", who was to accept the risk,",
    Role.FACILITATOR: ", chairing the review,",
    Role.STAND_IN: ", standing in for its owner,",
}


@dataclass(frozen=True, kw_only=True)
class News:
    """An entry of an item's history for one reader; without one it is told in a thread.

    `item` is as it stands now. Without `is_told` the reader may not be in the private channel, and
    learns of no words of it. `actor_name` is what whoever did it is called; `has_left` whether the
    item's owner has, and `lead` who leads the programme, if somebody who is here does.
    `is_confirmed` says that the reader, who is to accept the risk, said that they do.
    """

    postmortem: Postmortem
    item: ActionItem
    entry: HistoryEntry
    reader: str = ""
    is_told: bool = True
    actor_name: str = ""
    has_left: bool = False
    lead: str = ""
    is_confirmed: bool = False

    @property
    def key(self) -> str:
        """What people call the item."""
        return key_of(self.postmortem, self.item)


def sentence(news: News) -> str:
    """Who did what to it, why, and what follows from that."""
    if is_to_accept(news):
        return _accepting(news)
    if news.entry.event in OF_TICKET:
        actor = _actor(news) if news.entry.actor else ""
        return ticket_deed(news.entry, news.item, _it(news), actor, is_told=news.is_told)
    if not news.entry.actor:
        return _by_itself(news)
    acting = next((said for role, said in _ACTING.items() if role == news.entry.acting), "")
    return f"{_actor(news)}{acting} {_deed(news)}{_why(news)}{_after(news)}"


def _actor(news: News) -> str:
    """Who did it; in a thread by name alone, so that nobody is pinged by their own deed."""
    name = one_line(news.actor_name)
    return mention(news.entry.actor) if news.reader or not name else shown(name, NAME_SHOWN)


def _deed(news: News) -> str:
    entry = news.entry
    template = _DEEDS.get(entry.event, _CHANGED)
    if "owner" in entry.changes and entry.event != Decision.TAKE:
        is_own = entry.changes["owner"][1] == entry.actor
        template = _TOOK_OVER if is_own else _GAVE
    named = _new(entry, "owner") or _new(entry, "proposed_owner")
    done = template.format(it=_it(news), day=_day(news), person=mention(named))
    return f"{done}{_risk(news)}" if entry.event == Decision.ACCEPT else done


def _risk(news: News) -> str:
    """Which risk was accepted, and until when."""
    risk, until = unstopped(one_line(_new(news.entry, "risk"))), _new(news.entry, "until")
    which = f": “{shown(risk, WHAT_SHOWN)}”" if risk and news.is_told else ""
    return f"{which}, until {day(date.fromisoformat(until))}" if until else which


def _it(news: News) -> str:
    owners = {news.item.owner, *news.entry.changes.get("owner", ())}
    mine = "your item " if news.reader and news.reader in owners else ""
    private = "" if news.is_told else " (private item)"
    return f"{mine}{news.key}{private}"


def _day(news: News) -> str:
    said = _new(news.entry, "due_on")
    return day(date.fromisoformat(said) if said else news.item.due_on)


def _why(news: News) -> str:
    reason, address = one_line(news.entry.reason), _new(news.entry, "link")
    said = f": {shown(reason, 2 * NOTE_MAX)}" if reason and news.is_told else ""
    there = f" ({link(address, 'link')})" if address and news.is_told else ""
    end = "" if said.endswith((".", "…", "?")) and not there else "."
    return f"{said}{there}{end}"


def _after(news: News) -> str:
    """What follows from it, where that is not said by the deed."""
    match news.entry.event:
        case Decision.DECLINE:
            return f" It stays with {owner_words(news)}."
        case Decision.IMPLEMENT if soaks := _new(news.entry, "soaks_until"):
            return f" I ask for the evidence on {day(date.fromisoformat(soaks))}."
        case Decision.TAKE:
            return " It is theirs now."
        case Decision.PROMOTE if owner := _new(news.entry, "project_owner"):
            return f" {_owning(news, owner)} it there."
        case _ if _new(news.entry, "proposed_owner"):
            whose = "you answer" if news.reader == news.item.owner else "its owner answers"
            return f" Until they take it on {whose} for it."
    return ""


def _owning(news: News, owner: str) -> str:
    """Who owns the project, as the reader reads it; nobody is called by their own deed."""
    if owner == news.reader:
        return "You own"
    return "They own" if owner == news.entry.actor else f"{mention(owner)} owns"


def owner_words(news: News) -> str:
    """Who owns the item, as the reader reads it."""
    return "you" if news.reader == news.item.owner else mention(news.item.owner)


def _by_itself(news: News) -> str:
    item = _it(news)
    it = item[0].upper() + item[1:]
    if news.entry.event == FOLLOWED:
        return f"{it} follows its ticket{_why(news)}{_after(news)}"
    if news.entry.event == INEFFECTIVE:
        return f"{it} is marked ineffective{_why(news)} What would work instead?"
    return f"{it}: {escape(news.entry.event)}{_why(news)}"


def _accepting(news: News) -> str:
    who, until = mention(news.entry.actor), _new(news.entry, "until")
    risk = shown(unstopped(one_line(_new(news.entry, "risk"))), WHAT_SHOWN)
    said = f": {risk}" if news.is_told else ""
    return (
        f"{who} named you as the one who accepts the risk instead of {news.key}{said}. "
        f"You answer for it until {day(date.fromisoformat(until))}; then I ask you about it. "
        f"{_confirmed(news)}"
    )


def _confirmed(news: News) -> str:
    if news.item.state is not ItemState.ACCEPTED:
        return f"{news.key} was reopened since, so you do not answer for it any more."
    return "You confirmed that you accept it." if news.is_confirmed else "Do you accept it?"


def is_to_accept(news: News) -> bool:
    """Whether the reader was named as the one who accepts the risk instead."""
    return news.reader != "" and _new(news.entry, "accepter") == news.reader


def _new(entry: HistoryEntry, field: str) -> str:
    return entry.changes.get(field, ("", ""))[1]
