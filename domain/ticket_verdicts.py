"""What becomes of an item when somebody changes its ticket: it follows, or says why not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.action_items import ActionItem, HistoryEntry, check_item, reworded
from domain.decisions import Decided, Decision, Moment, decide
from domain.errors import RuleBroken
from domain.kept_tickets import CLOSED, FOLLOWED, KEPT, OPENED
from domain.people import Person
from domain.programme import Programme
from domain.roles import Role, possible
from domain.ticket_text import day
from domain.ticket_turns import put, taken, value
from domain.tickets import Aspect, Change, Seen, TicketState, TrackerKind, Wanted

#: Where the history of an item keeps which aspect of its ticket did not move it.
KEPT_ASPECT = "kept"
_FIELDS = {
    Aspect.OWNER: frozenset({"owner", "proposed_owner"}),
    Aspect.DUE: frozenset({"due_on"}),
    Aspect.STATE: frozenset({"state"}),
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """What somebody changed of a ticket, to be judged.

    `change` is who did, as the tracker tells, and `by` who that is here; empty where nobody knows.
    `person` is whom the ticket was assigned to, None where nobody knows. It is contested where the
    item was changed too, and newer where that was before. It comes again where the ticket went back
    for just this already: some rule of the tracker may change it whenever we do.
    """

    aspect: Aspect
    kind: TrackerKind
    theirs: Seen
    change: Change | None = None
    by: str = ""
    person: Person | None = None
    is_contested: bool = False
    is_newer: bool = True
    is_again: bool = False

    @property
    def who(self) -> str:
        """Whoever changed it, at the end of a sentence."""
        name = self.change.name if self.change else ""
        return f"by {name} ({self.kind.called})" if name else f"in {self.kind.called}"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The item as it is then, what its history says of that, and what its ticket counts as told."""

    item: ActionItem
    event: str
    reason: str
    told: Wanted


@dataclass(frozen=True, kw_only=True)
class Bench:
    """Where, when and by which numbers it is judged; `today` is the date where the owner is."""

    now: datetime
    today: date
    programme: Programme


def judge(item: ActionItem, ours: Wanted, told: Wanted, case: Case, at: Bench) -> Verdict:
    """What becomes of the item; where it stays as it is, the ticket is to be told so again."""
    if case.is_contested and not case.is_newer:
        why = f"{_what(case)} The item was changed after that, and stays as it is."
        return _kept(item, ours, told, case, why)
    if case.aspect is Aspect.STATE:
        return _state(item, ours, told, case)
    try:
        new = (_owner if case.aspect is Aspect.OWNER else _due)(item, case, at)
    except RuleBroken as broken:
        return _kept(item, ours, told, case, f"{_what(case)} {broken}")
    why = _what(case)
    over = " This is newer than what was changed here." if case.is_contested else ""
    follows = taken(told, case.theirs, {case.aspect})
    return Verdict(item=new, event=FOLLOWED, reason=f"{why}{over}", told=follows)


def _kept(item: ActionItem, ours: Wanted, told: Wanted, case: Case, why: str) -> Verdict:
    if case.is_again:
        leaves, stands = (
            f"{why} It came so again: I leave the ticket.",
            put(told, ours, {case.aspect}),
        )
        return Verdict(item=item, event=KEPT, reason=leaves, told=stands)
    gives_back = taken(told, case.theirs, {case.aspect})
    return Verdict(item=item, event=KEPT, reason=why, told=gives_back)


def _owner(item: ActionItem, case: Case, at: Bench) -> ActionItem:
    if not case.theirs.account:
        raise RuleBroken("owner", "An item has one owner: hand it over instead.")
    if case.person is None:
        raise RuleBroken(
            "owner",
            "I do not know whose account this is: hand the item over in Slack instead.",
        )
    if Decision.REASSIGN not in possible(item, {Role.OWNER}):
        raise RuleBroken("owner", f"The item has ended: it is {item.state}.")
    said = Decided(decision=Decision.REASSIGN, person=case.person.id)
    moment = Moment(
        by=case.by, now=at.now, today=at.today, programme=at.programme, person=case.person
    )
    return decide(item, said, moment)


def _due(item: ActionItem, case: Case, at: Bench) -> ActionItem:
    if case.theirs.due_on is None:
        raise RuleBroken("due_on", "An item is due on some day: move it instead.")
    # Whether its owner is here still is not asked: they move no date.
    owner = Person(id=item.owner, name="")
    new = check_item(replace(item, due_on=case.theirs.due_on), owner, at.today, item)
    return reworded(item, new)


def _state(item: ActionItem, ours: Wanted, told: Wanted, case: Case) -> Verdict:
    """A ticket that is closed ends no item, and one that is opened opens none (rule 14)."""
    what, stands = _what(case), put(told, ours, {Aspect.STATE})
    if case.theirs.state is TicketState.OPEN:
        said = what if ours.state is TicketState.OPEN else f"{what} The item stays {item.state}."
        new = replace(item, ticket_closed=False)
        return Verdict(item=new, event=OPENED, reason=said, told=stands)
    if ours.state is TicketState.OPEN:
        new = replace(item, ticket_closed=True)
        return Verdict(item=new, event=CLOSED, reason=what, told=stands)
    said = f"{what} The item stays {item.state}."
    return Verdict(item=item, event=KEPT, reason=said, told=stands)


def _what(case: Case) -> str:
    """What was done to the ticket, as a sentence."""
    key, who = case.theirs.key, case.who
    match case.aspect:
        case Aspect.OWNER if not case.theirs.account:
            return f"{key} was taken from its assignee {who}."
        case Aspect.OWNER:
            return f"{key} was assigned to {_whom(case)} {who}."
        case Aspect.DUE if case.theirs.due_on:
            return f"{key} was moved to {day(case.theirs.due_on)} {who}."
        case Aspect.DUE:
            return f"The due date of {key} was taken away {who}."
        case Aspect.STATE:
            return f"{key} was {_CLOSED[case.theirs.state]} {who}."


def _whom(case: Case) -> str:
    return case.person.name or case.person.id if case.person else "somebody else"


_CLOSED = {
    TicketState.OPEN: "opened again",
    TicketState.DONE: "closed",
    TicketState.DROPPED: "closed as not planned",
}


def kept(case: Case) -> tuple[str, str]:
    """How the history keeps what of a ticket did not move its item."""
    theirs = value(case.theirs, case.aspect)
    return str(theirs or ""), str(case.aspect)


def comes_again(history: Sequence[HistoryEntry], case: Case) -> bool:
    """Whether the last thing that became of this was that the ticket went back for the same."""
    mine = (each for each in reversed(history) if touches(each, case.aspect))
    newest = next(mine, None)
    return newest is not None and newest.changes.get(KEPT_ASPECT) == kept(case)


def touches(entry: HistoryEntry, aspect: Aspect) -> bool:
    """Whether an entry of a history changed this of an item, or kept it against its ticket."""
    kept = entry.changes.get(KEPT_ASPECT, ("", ""))[1]
    return kept == aspect or not _FIELDS[aspect].isdisjoint(entry.changes)


def changed_here(history: Sequence[HistoryEntry], aspect: Aspect) -> datetime | None:
    """When a person changed this of an item last; None where nobody did."""
    mine = (each.at for each in reversed(history) if each.actor and touches(each, aspect))
    return next(mine, None)
