"""Who may decide what about an action item: roles by decisions by states, as tables (rule 12)."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from domain.action_items import ActionItem, ItemState
from domain.decisions import Decision
from domain.errors import RuleBroken


class Role(StrEnum):
    """What somebody is to an item, the first that is true counting."""

    OWNER = "owner"
    LEAD = "programme lead"
    #: Chairs a review that is going on and has the item before it: on the owner's behalf.
    FACILITATOR = "facilitator"
    #: Was asked to take it on, and has not answered.
    PROPOSED = "asked to take it on"
    #: Anybody, where the owner has left and nobody leads the programme.
    STAND_IN = "stand-in"


class Standing(StrEnum):
    """How an item stands, as far as what can be decided depends on it."""

    OPEN = "open"
    EXPIRED = "expired"
    IMPLEMENTED = "implemented"
    VERIFIED = "verified"
    INEFFECTIVE = "ineffective"
    ENDED = "ended"


_D = Decision
_EVERYTHING = frozenset(Decision) - {_D.TAKE, _D.DECLINE}

#: What each role may decide, whatever the state.
MAY: Mapping[Role, frozenset[Decision]] = {
    Role.OWNER: _EVERYTHING,
    Role.LEAD: _EVERYTHING,
    Role.FACILITATOR: _EVERYTHING - {_D.CANCEL},
    Role.PROPOSED: frozenset({_D.TAKE, _D.DECLINE}),
    Role.STAND_IN: frozenset({_D.REASSIGN}),
}
_NOTES = frozenset({_D.START, _D.BLOCK})
_ENDS = frozenset({_D.IMPLEMENT, _D.PROMOTE, _D.ACCEPT, _D.CANCEL})
_HANDS = frozenset({_D.REASSIGN, _D.TAKE, _D.DECLINE})

#: What each state allows, whoever asks. What has expired is not moved nor made smaller (rule 15).
ALLOWED: Mapping[Standing, frozenset[Decision]] = {
    Standing.OPEN: _NOTES | _ENDS | _HANDS | {_D.RESCHEDULE, _D.RESCOPE},
    Standing.EXPIRED: _NOTES | _ENDS | _HANDS,
    Standing.IMPLEMENTED: _HANDS | {_D.VERIFY, _D.REOPEN},
    Standing.VERIFIED: frozenset({_D.REOPEN}),
    Standing.INEFFECTIVE: _HANDS | {_D.VERIFY, _D.REOPEN, _D.PROMOTE, _D.ACCEPT, _D.CANCEL},
    Standing.ENDED: frozenset({_D.REOPEN}),
}
_STANDINGS = {
    ItemState.OPEN: Standing.OPEN,
    ItemState.IMPLEMENTED: Standing.IMPLEMENTED,
    ItemState.VERIFIED: Standing.VERIFIED,
    ItemState.INEFFECTIVE: Standing.INEFFECTIVE,
}


def standing(item: ActionItem) -> Standing:
    """How an item stands."""
    if item.has_expired:
        return Standing.EXPIRED
    return _STANDINGS.get(item.state, Standing.ENDED)


def possible(item: ActionItem, roles: Collection[Role]) -> list[Decision]:
    """What somebody of these roles may decide about an item now, in the order of `Decision`."""
    may = frozenset[Decision]().union(*(MAY[role] for role in roles))
    return [each for each in Decision if each in may and each in _allowed(item)]


def _allowed(item: ActionItem) -> frozenset[Decision]:
    allowed = ALLOWED[standing(item)]
    return allowed if item.proposed_owner else allowed - {_D.TAKE, _D.DECLINE}


def acting(roles: Collection[Role], decision: Decision) -> Role | None:
    """As what somebody of these roles decides so; None where none of them may."""
    return next((role for role in Role if role in roles and decision in MAY[role]), None)


def check_may(
    item: ActionItem, roles: Collection[Role], decision: Decision, owner: str, lead: str
) -> Role:
    """As what they may decide so; RuleBroken says who may instead, or what can be decided.

    `owner` and `lead` are the names of the item's owner and of the programme lead, if there is one.
    """
    role = acting(roles, decision)
    if role is None:
        raise RuleBroken("", _ask_somebody(decision, owner, lead))
    if decision not in _allowed(item):
        raise RuleBroken("", _not_now(item, decision))
    return role


def _ask_somebody(decision: Decision, owner: str, lead: str) -> str:
    if decision in {_D.TAKE, _D.DECLINE}:
        return "Somebody else was asked to take this item on, or nobody is any more."
    instead = f" or {lead}, who leads the programme" if lead and lead != owner else ""
    if decision is _D.CANCEL:
        return f"Only {owner}, who owns this item{instead} can cancel it. Ask them."
    return f"{owner} owns this item and decides about it{instead}. Ask them."


def _not_now(item: ActionItem, decision: Decision) -> str:
    if item.has_expired:
        return (
            f"{item.reviews_seen} monthly reviews have seen this item open: it has expired. "
            "It can be done, promoted to a planned project, accepted as a risk, or cancelled."
        )
    if decision in {_D.TAKE, _D.DECLINE}:
        return "This question is settled: nobody is asked to take this item on any more."
    what = "verified" if item.state is ItemState.VERIFIED else str(item.state)
    return f"This item is {what}, so it cannot be {_participle(decision)} now. {_instead(item)}"


def _participle(decision: Decision) -> str:
    said = {_D.START: "begun", _D.REOPEN: "reopened", _D.BLOCK: "blocked"}
    return said.get(decision, str(decision))


def _instead(item: ActionItem) -> str:
    can = [each for each in Decision if each in _allowed(item)]
    if item.is_open:
        return "Say first that it is implemented: what was shipped, and where."
    if can == [_D.REOPEN]:
        return "If it is needed again, reopen it."
    return "Say whether it works, or reopen it."
