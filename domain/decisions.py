"""Decisions: what becomes of an action item, each with what it must say (rules 12, 13, 15)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.accepted_risks import REASON_MAX, RISK_MAX
from domain.action_items import NOTE_MAX, ActionItem, ItemState, Progress
from domain.errors import RuleBroken
from domain.people import Person, accountable
from domain.postmortems import check_length
from domain.programme import Programme
from domain.said import (
    check_due,
    check_link,
    check_reason,
    check_until,
    check_wording,
    check_words,
)


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
    project. `person` is the accepter, the project's owner or the new owner, a Slack user id; `day`
    the new due date, or until when a risk is accepted.
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

#: It was shown to work, and then did not: what becomes of it now is a new promise.
_DID_NOT_LAST = frozenset({ItemState.VERIFIED, ItemState.INEFFECTIVE})


def decide(item: ActionItem, said: Decided, at: Moment) -> ActionItem:
    """Return the item as it is after the decision, or raise RuleBroken on the field to mend.

    Whether somebody may decide so, and whether the item's state allows it, is for `roles`.
    """
    check_length("words", said.words, NOTE_MAX)
    check_link(said.link)
    return _DO[said.decision](item, said, at)


def _start(item: ActionItem, said: Decided, _at: Moment) -> ActionItem:
    return replace(item, progress=Progress.IN_PROGRESS, note=said.words)


def _block(item: ActionItem, said: Decided, _at: Moment) -> ActionItem:
    note = check_words(said.words, "Say what it waits for: somebody may be able to help.")
    return replace(item, progress=Progress.BLOCKED, note=note)


def _implement(item: ActionItem, said: Decided, at: Moment) -> ActionItem:
    return replace(
        _settled(item),
        state=ItemState.IMPLEMENTED,
        shipped=check_words(said.words, "Say what was shipped: one line will do."),
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
    evidence = check_words(said.words, "Say what shows that it works, not merely that it exists.")
    link = said.link or item.link
    return replace(
        _settled(item), state=ItemState.VERIFIED, evidence=evidence, link=link, verified_at=at.now
    )


def _reopen(item: ActionItem, said: Decided, at: Moment) -> ActionItem:
    check_reason(said.words, "Say what did not work, or why it is needed again.")
    return replace(
        _opened(item),
        due_on=item.due_on if expires_again(item) else check_due(said.day, at.today),
        implemented_on=None,
        soaks_until=None,
        shipped="",
        verified_at=None,
        evidence="",
        link="",
    )


def expires_again(item: ActionItem) -> bool:
    """Whether it has expired as soon as it is reopened: then it stays due when it was (rule 15)."""
    return _opened(item).has_expired


def _opened(item: ActionItem) -> ActionItem:
    """The item open again; only a fix that did not last begins a new life."""
    seen = 0 if item.state in _DID_NOT_LAST else item.reviews_seen
    return replace(_settled(item), state=ItemState.OPEN, reviews_seen=seen)


def _reschedule(item: ActionItem, said: Decided, at: Moment) -> ActionItem:
    due_on = check_due(said.day, at.today)
    if due_on == item.due_on:
        raise RuleBroken("day", "This is the day it is due already. Choose another one.")
    check_reason(said.words, "Say why it moves: the reason stands beside the new date.")
    return replace(item, due_on=due_on, reschedules=item.reschedules + (due_on > item.due_on))


def _rescope(item: ActionItem, said: Decided, _at: Moment) -> ActionItem:
    check_wording(said.what, said.done_when)
    if (said.what, said.done_when) == (item.what, item.done_when):
        raise RuleBroken("what", "Nothing has changed yet. Write what it is from now on.")
    check_reason(said.words, "Say why it is another thing now: the old words are kept beside it.")
    return replace(item, what=said.what, done_when=said.done_when)


def _cancel(item: ActionItem, said: Decided, _at: Moment) -> ActionItem:
    check_reason(said.words, "Say why it is not done any more: your peers read it.")
    return replace(_settled(item), state=ItemState.CANCELLED)


def _accept(item: ActionItem, said: Decided, at: Moment) -> ActionItem:
    check_length("risk", said.risk, RISK_MAX)
    check_length("words", said.words, REASON_MAX)
    if not said.risk.strip():
        raise RuleBroken("risk", "Say what may happen again.")
    check_reason(said.words, "Say why it is right not to act now.")
    accountable(at.person, "person")
    check_until(said.day, at.today)
    return replace(_settled(item), state=ItemState.ACCEPTED)


def _promote(item: ActionItem, said: Decided, at: Moment) -> ActionItem:
    check_words(said.words, "Say which planned project it is part of now.")
    if not said.link:
        raise RuleBroken("link", "Paste the address of the project: others will look for it there.")
    accountable(at.person, "person")
    return replace(_settled(item), state=ItemState.PROMOTED, link=said.link)


def _reassign(item: ActionItem, _said: Decided, at: Moment) -> ActionItem:
    person = accountable(at.person, "person")
    if person.id == item.owner:
        raise RuleBroken("person", f"{person.name} owns it already. Choose somebody else.")
    if person.id == at.by:
        return replace(_settled(item, keep=True), owner=person.id)
    if person.id == item.proposed_owner:
        raise RuleBroken(
            "person",
            f"{person.name} is asked already. Wait for the answer, or choose somebody else.",
        )
    return replace(item, proposed_owner=person.id, proposed_by=at.by)


def _take(item: ActionItem, _said: Decided, _at: Moment) -> ActionItem:
    return replace(_settled(item, keep=True), owner=item.proposed_owner)


def _decline(item: ActionItem, _said: Decided, _at: Moment) -> ActionItem:
    return _settled(item, keep=True)


def _settled(item: ActionItem, *, keep: bool = False) -> ActionItem:
    """The item with nobody asked to take it on; with `keep` its progress stays as it is."""
    asked = replace(item, proposed_owner="", proposed_by="")
    return asked if keep else replace(asked, progress=Progress.NOT_STARTED, note="")


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
