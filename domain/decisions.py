"""Decisions: what becomes of an action item, each with what it must say (rules 12, 13, 15)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.accepted_risks import FURTHEST_UNTIL, REASON_MAX, RISK_MAX
from domain.action_items import (
    DONE_WHEN_MAX,
    FURTHEST_DUE,
    LINK_MAX,
    NOTE_MAX,
    WHAT_MAX,
    ActionItem,
    ItemState,
    Progress,
)
from domain.errors import RuleBroken
from domain.people import Person, accountable
from domain.postmortems import check_length
from domain.programme import Programme


class Decision(StrEnum):
    """What somebody does with an item; the words are those of its history."""

    START = "in progress"
    BLOCK = "blocked"
    IMPLEMENT = "implemented"
    VERIFY = "verified"
    REOPEN = "reopened"
    RESCHEDULE = "rescheduled"
    RESCOPE = "re-scoped"
    CANCEL = "cancelled"
    ACCEPT = "accepted as a risk"
    PROMOTE = "promoted to a project"
    REASSIGN = "handed over"
    TAKE = "taken on"
    DECLINE = "declined"


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A decision with all that it says; which of these it needs depends on the decision.

    `words` are its reason: of IMPLEMENT what was shipped, of VERIFY the evidence, of PROMOTE the
    project. `person` is the accepter or the new owner, a Slack user id; `day` the new due date, or
    until when a risk is accepted.
    """

    decision: Decision
    words: str = ""
    day: date | None = None
    link: str = ""
    person: str = ""
    risk: str = ""
    what: str = ""
    done_when: str = ""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When, where and by whom something is decided; `today` is the date where they are.

    `person` is who is named in the decision, as Slack describes them; None where nobody is.
    """

    by: str
    now: datetime
    today: date
    programme: Programme
    person: Person | None = None


#: Where an item goes that nobody has to see to any more.
ENDED = frozenset({ItemState.VERIFIED, ItemState.CANCELLED, ItemState.ACCEPTED, ItemState.PROMOTED})


def decide(item: ActionItem, said: Decided, at: Moment) -> ActionItem:
    """Return the item as it is after the decision, or raise RuleBroken on the field to mend.

    Whether somebody may decide so, and whether the item's state allows it, is for `roles`.
    """
    check_length("words", said.words, NOTE_MAX)
    check_length("link", said.link, LINK_MAX)
    if said.link and not said.link.startswith(("https://", "http://")):
        raise RuleBroken("link", "Paste the whole address, beginning with https://.")
    return _DO[said.decision](item, said, at)


def _words(said: Decided, otherwise: str) -> str:
    if not said.words.strip():
        raise RuleBroken("words", otherwise)
    return said.words


def _start(item: ActionItem, said: Decided, _at: Moment) -> ActionItem:
    return replace(item, progress=Progress.IN_PROGRESS, note=said.words)


def _block(item: ActionItem, said: Decided, _at: Moment) -> ActionItem:
    note = _words(said, "Say what it waits for: somebody may be able to help.")
    return replace(item, progress=Progress.BLOCKED, note=note)


def _implement(item: ActionItem, said: Decided, at: Moment) -> ActionItem:
    return replace(
        _settled(item),
        state=ItemState.IMPLEMENTED,
        shipped=_words(said, "Say what was shipped: one line will do."),
        link=said.link,
        implemented_on=at.today,
        soaks_until=at.today + timedelta(days=at.programme.soak_days),
    )


def _verify(item: ActionItem, said: Decided, at: Moment) -> ActionItem:
    if item.soaks_until and at.today < item.soaks_until:
        until = f"{item.soaks_until.day} {item.soaks_until:%b %Y}"
        raise RuleBroken(
            "words",
            f"It soaks until {until}: what works today may not work then. I ask for the evidence "
            "on that day. If it did not work already, say so now.",
        )
    evidence = _words(said, "Say what shows that it works, not merely that it exists.")
    link = said.link or item.link
    return replace(item, state=ItemState.VERIFIED, evidence=evidence, link=link, verified_at=at.now)


def _reopen(item: ActionItem, said: Decided, at: Moment) -> ActionItem:
    _words(said, "Say what did not work, or why it is needed again.")
    seen = item.reviews_seen if item.state is ItemState.IMPLEMENTED else 0
    return replace(
        _settled(item),
        state=ItemState.OPEN,
        due_on=_due(said, at),
        reviews_seen=seen,
        implemented_on=None,
        soaks_until=None,
        shipped="",
        verified_at=None,
        evidence="",
        link="",
    )


def _reschedule(item: ActionItem, said: Decided, at: Moment) -> ActionItem:
    due_on = _due(said, at)
    if due_on == item.due_on:
        raise RuleBroken("day", "This is the day it is due already. Choose another one.")
    _words(said, "Say why it moves: the reason stands beside the new date.")
    return replace(item, due_on=due_on, reschedules=item.reschedules + (due_on > item.due_on))


def _rescope(item: ActionItem, said: Decided, _at: Moment) -> ActionItem:
    check_length("what", said.what, WHAT_MAX)
    check_length("done_when", said.done_when, DONE_WHEN_MAX)
    if not said.what.strip():
        raise RuleBroken("what", "Say what will be different, starting with a verb.")
    if not said.done_when.strip():
        raise RuleBroken("done_when", "Say how a stranger could check that it is done.")
    if (said.what, said.done_when) == (item.what, item.done_when):
        raise RuleBroken("what", "Nothing has changed yet. Write what it is from now on.")
    _words(said, "Say why it is another thing now: the old words are kept beside it.")
    return replace(item, what=said.what, done_when=said.done_when)


def _cancel(item: ActionItem, said: Decided, _at: Moment) -> ActionItem:
    _words(said, "Say why it is not done any more: your peers read it.")
    return replace(_settled(item), state=ItemState.CANCELLED)


def _accept(item: ActionItem, said: Decided, at: Moment) -> ActionItem:
    check_length("risk", said.risk, RISK_MAX)
    check_length("words", said.words, REASON_MAX)
    if not said.risk.strip():
        raise RuleBroken("risk", "Say what may happen again.")
    _words(said, "Say why it is right not to act now.")
    accountable(at.person, "person")
    if said.day is None or not at.today < said.day <= at.today + FURTHEST_UNTIL:
        raise RuleBroken(
            "day", "Choose a day after today and within a year: then it is looked at again."
        )
    return replace(_settled(item), state=ItemState.ACCEPTED)


def _promote(item: ActionItem, said: Decided, _at: Moment) -> ActionItem:
    _words(said, "Say which planned project it is part of now.")
    if not said.link:
        raise RuleBroken("link", "Paste the address of the project: others will look for it there.")
    return replace(_settled(item), state=ItemState.PROMOTED, link=said.link)


def _reassign(item: ActionItem, _said: Decided, at: Moment) -> ActionItem:
    person = accountable(at.person, "person")
    if person.id == item.owner:
        raise RuleBroken("person", f"{person.name} owns it already. Choose somebody else.")
    if person.id == at.by:
        return replace(_settled(item, keep=True), owner=person.id)
    return replace(item, proposed_owner=person.id, proposed_by=at.by)


def _take(item: ActionItem, _said: Decided, _at: Moment) -> ActionItem:
    return replace(_settled(item, keep=True), owner=item.proposed_owner)


def _decline(item: ActionItem, _said: Decided, _at: Moment) -> ActionItem:
    return _settled(item, keep=True)


def _settled(item: ActionItem, *, keep: bool = False) -> ActionItem:
    """The item with nobody asked to take it on; with `keep` its progress stays as it is."""
    asked = replace(item, proposed_owner="", proposed_by="")
    return asked if keep else replace(asked, progress=Progress.NOT_STARTED, note="")


def _due(said: Decided, at: Moment) -> date:
    if said.day is None:
        raise RuleBroken("day", "Choose the new day it is due.")
    if said.day < at.today:
        raise RuleBroken("day", "This date has passed. Choose today or a later day.")
    if said.day > at.today + FURTHEST_DUE:
        raise RuleBroken(
            "day", "More than a year away is a wish. Choose an earlier day, or accept the risk."
        )
    return said.day


_DO: Mapping[Decision, Callable[[ActionItem, Decided, Moment], ActionItem]] = {
    Decision.START: _start,
    Decision.BLOCK: _block,
    Decision.IMPLEMENT: _implement,
    Decision.VERIFY: _verify,
    Decision.REOPEN: _reopen,
    Decision.RESCHEDULE: _reschedule,
    Decision.RESCOPE: _rescope,
    Decision.CANCEL: _cancel,
    Decision.ACCEPT: _accept,
    Decision.PROMOTE: _promote,
    Decision.REASSIGN: _reassign,
    Decision.TAKE: _take,
    Decision.DECLINE: _decline,
}
