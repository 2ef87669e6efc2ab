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
    #: Was named as the one who accepts the risk instead of it, and may not want to.
    ACCEPTER = "accepter of its risk"
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
#: What only whoever is asked to take an item on can say.
_ANSWERS = frozenset({_D.TAKE, _D.DECLINE})
_EVERYTHING = frozenset(Decision) - _ANSWERS

#: What each role may decide, whatever the state.
MAY: Mapping[Role, frozenset[Decision]] = {
    Role.OWNER: _EVERYTHING,
    Role.LEAD: _EVERYTHING,
    Role.FACILITATOR: _EVERYTHING - {_D.CANCEL},
    Role.PROPOSED: _ANSWERS,
    Role.ACCEPTER: frozenset({_D.REOPEN}),
    Role.STAND_IN: frozenset({_D.REASSIGN}),
}
_NOTES = frozenset({_D.START, _D.BLOCK})
_ENDS = frozenset({_D.IMPLEMENT, _D.PROMOTE, _D.ACCEPT, _D.CANCEL})
_HANDS = _ANSWERS | {_D.REASSIGN}

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
    return allowed if item.proposed_owner else allowed - _ANSWERS


def acting(roles: Collection[Role], decision: Decision) -> Role | None:
    """As what somebody of these roles decides so; None where none of them may."""
    return next((role for role in Role if role in roles and decision in MAY[role]), None)


def check_may(
    item: ActionItem,
    roles: Collection[Role],
    decision: Decision,
    owner: str,
    lead: str,
    chair: str = "",
) -> Role:
    """As what they may decide so; RuleBroken says who may instead, or what can be decided.

    `owner` and `lead` are the names of the item's owner and of the programme lead; empty where the
    one has left, or nobody is the other. `chair` chairs the review under way that has the item.
    """
    role = acting(roles, decision)
    if role is None:
        if decision in _ANSWERS:
            raise RuleBroken("", _not_asked(item, roles, owner, lead))
        if Role.STAND_IN in roles:
            raise RuleBroken("", _stand_in(item, owner))
        raise RuleBroken("", _ask_somebody(decision, owner, lead, chair))
    if decision not in _allowed(item):
        raise RuleBroken("", _not_now(item, decision))
    return role


def _stand_in(item: ActionItem, owner: str) -> str:
    left = f"{owner} owned this item and has left" if owner else "Whoever owned this item has left"
    if _D.REASSIGN in _allowed(item):
        return f"{left}. Hand it over first: who takes it on decides about it."
    named = "Name a lead in `/postmortem settings`: the lead decides about it."
    return f"{left}, and nobody leads the programme. {named}"


def _ask_somebody(decision: Decision, owner: str, lead: str, chair: str) -> str:
    named = _named(owner, lead)
    if chair not in {"", owner, lead} and decision in MAY[Role.FACILITATOR]:
        named.append(f"{chair}, who chairs the review")
    who = ", or ".join(named)
    can = "can cancel it" if decision is _D.CANCEL else "decides about it"
    only = "Only " if decision is _D.CANCEL else ""
    return f"{only}{who}, {can}. Ask {'one of them' if len(named) > 1 else owner or lead}."


def _not_asked(item: ActionItem, roles: Collection[Role], owner: str, lead: str) -> str:
    if _D.REASSIGN not in _allowed(item):
        return _NOBODY_IS_ASKED
    if Role.OWNER in roles:
        return "This item is yours already. If you cannot do it, hand it over."
    who = ", or ".join(_named(owner, lead))
    may_hand = acting(roles, _D.REASSIGN) is not None
    how = "hand it over to yourself" if may_hand else f"ask {who}"
    return f"You are not asked to take this item on any more. If you want it, {how}."


def _named(owner: str, lead: str) -> list[str]:
    named = [f"{owner}, who owns this item"] if owner else []
    return named + ([f"{lead}, who leads the programme"] if lead and lead != owner else [])


def _not_now(item: ActionItem, decision: Decision) -> str:
    if decision in _ANSWERS:
        return _NOBODY_IS_ASKED
    now = standing(item)
    stands = _STANDS.get(now, f"is {item.state}").format(reviews=item.reviews_seen)
    again = " again" if str(decision) == str(item.state) else ""
    instead = _INSTEAD[now]
    if now is Standing.OPEN and decision is _D.REOPEN:
        instead = "If it needs longer, move its date."
    return f"This item {stands}, so it cannot be {_participle(decision)}{again}. {instead}"


def _participle(decision: Decision) -> str:
    return f"marked as {decision}" if decision in _NOTES else str(decision)


_NOBODY_IS_ASKED = "Nobody is asked to take this item on any more: there is nothing you need to do."
#: How an item stands, where the name of its state alone would not say it.
_STANDS = {
    Standing.EXPIRED: "was still open at {reviews} monthly reviews and has expired",
    Standing.INEFFECTIVE: "proved ineffective",
}
_ENDINGS = "promote it to a planned project, accept the risk, or cancel it."
_NEEDED_AGAIN = "If it is needed again, reopen it."
_INSTEAD = {
    Standing.OPEN: "Say first that it is implemented: what was shipped, and where.",
    Standing.EXPIRED: f"Say that it is implemented, {_ENDINGS}",
    Standing.IMPLEMENTED: "Say whether it works, or reopen it.",
    Standing.VERIFIED: _NEEDED_AGAIN,
    Standing.INEFFECTIVE: f"Reopen it, {_ENDINGS}",
    Standing.ENDED: _NEEDED_AGAIN,
}
