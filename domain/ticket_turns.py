"""Item and ticket follow each other: which side something goes to, and the newest change wins."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.programme import Priority
from domain.tickets import Aspect, Seen, TicketState, Wanted

#: A ticket of an open item is looked at so often, should no webhook have told of a change.
LOOK_EVERY = timedelta(minutes=15)
#: Of all tickets of a tracker together no more than one in so long: GitHub allows 5,000 calls an
#: hour (docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api), Linear as many
#: for a token of a person (linear.app/developers/rate-limiting), and people need some of them.
LOOK_APART = timedelta(seconds=2)
LEAST_WAIT, MOST_WAIT = timedelta(seconds=2), timedelta(minutes=5)
#: Where nobody answers whether a ticket was made it is looked for so late: what was asked for may
#: still be done, and Jira's search finds what is new seconds to minutes later (developer.atlassian
#: .com/cloud/jira/platform/search-and-reconcile).
UNSURE_WAIT = timedelta(minutes=3)
#: What somebody has to mend is tried so often again, beside at once when they say they have.
REFUSED_WAIT = timedelta(hours=1)

#: What stands for no due date where an item's must be: no item is due then.
NO_DAY = date.min

Value = str | date | TicketState | None


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What of a ticket and its item differs: what goes to the one, the other, or is contested."""

    to_item: frozenset[Aspect]
    to_ticket: frozenset[Aspect]
    contested: frozenset[Aspect]


def compare(
    told: Wanted, ours: Wanted, before: Seen, theirs: Seen, aspects: Collection[Aspect]
) -> Turn:
    """What changed on either side since both were settled last.

    `told` is what the ticket was told then and `before` how it stood then; `ours` and `theirs` are
    the same now. What is the same on both sides needs nothing, whoever changed it. An owner whose
    account nobody knows changes no ticket.
    """
    differ = {each for each in aspects if value(ours, each) != value(theirs, each)}
    we = {each for each in differ if value(ours, each) != value(told, each)}
    they = {each for each in differ if value(theirs, each) != value(before, each)}
    if not ours.account:
        we.discard(Aspect.OWNER)
    return Turn(
        to_item=frozenset(they - we),
        to_ticket=frozenset(we - they),
        contested=frozenset(we & they),
    )


def value(side: Wanted | Seen, aspect: Aspect) -> Value:
    """What one side says of an aspect."""
    match aspect:
        case Aspect.OWNER:
            return side.account
        case Aspect.DUE:
            return side.due_on
        case Aspect.STATE:
            return side.state


def taken(told: Wanted, theirs: Seen, aspects: Collection[Aspect]) -> Wanted:
    """What was told, as if these aspects of it had been told as the ticket has them."""
    if Aspect.OWNER in aspects:
        told = replace(told, account=theirs.account)
    if Aspect.DUE in aspects:
        told = replace(told, due_on=theirs.due_on or NO_DAY)
    return replace(told, state=theirs.state) if Aspect.STATE in aspects else told


def put(told: Wanted, ours: Wanted, aspects: Collection[Aspect]) -> Wanted:
    """What was told, with these aspects of it as we have them."""
    if Aspect.OWNER in aspects:
        told = replace(told, account=ours.account)
    if Aspect.DUE in aspects:
        told = replace(told, due_on=ours.due_on)
    return replace(told, state=ours.state) if Aspect.STATE in aspects else told


def unsure(ours: Wanted, found: Seen) -> tuple[Wanted, Seen]:
    """What a ticket that was found was told, and how it stood then, as far as anybody knows.

    It was made open, from an item that may have changed since: all of it is to be told again.
    """
    other = next(each for each in Priority if each is not ours.priority)
    told = taken(replace(ours, title="", lines=(), priority=other), found, frozenset(Aspect))
    return replace(told, state=TicketState.OPEN), replace(found, state=TicketState.OPEN)


def to_tell(
    told: Wanted, ours: Wanted, theirs: Seen, aspects: Collection[Aspect]
) -> frozenset[Aspect]:
    """What of the item goes to a ticket whose changes were taken in already."""
    turn = compare(told, ours, theirs, theirs, aspects)
    return turn.to_ticket


def settled(theirs: Seen, fresh: Seen, ours: Wanted, wrote: Collection[Aspect]) -> Seen:
    """How a ticket stands whose aspects `wrote` were written over `theirs`, which made it `fresh`.

    What somebody changed meanwhile is left to be seen as their change. What the tracker did not
    take is as it was: it is not told again.
    """
    seen = replace(fresh, account=theirs.account, due_on=theirs.due_on, state=theirs.state)
    for each in wrote:
        was_taken = value(fresh, each) != value(theirs, each)
        seen = _with(seen, each, ours) if was_taken else seen
    return seen


def _with(seen: Seen, aspect: Aspect, ours: Wanted) -> Seen:
    match aspect:
        case Aspect.OWNER:
            return replace(seen, account=ours.account)
        case Aspect.DUE:
            return replace(seen, due_on=ours.due_on)
        case Aspect.STATE:
            return replace(seen, state=ours.state)


def is_as_settled(seen: Seen, fresh: Seen) -> bool:
    """Whether nothing of a ticket differs from how it was settled."""
    return all(value(seen, each) == value(fresh, each) for each in Aspect)


def theirs_is_newer(ours_at: datetime | None, theirs_at: datetime | None) -> bool:
    """Whether the tracker's change wins over ours: the newer one does, ours when both are as new.

    One whose instant nobody knows is taken for older than any other.
    """
    if theirs_at is None:
        return False
    return ours_at is None or theirs_at > ours_at


def next_look(number: int) -> timedelta:
    """In how long a ticket is looked at again, where so many of its tracker are looked at."""
    return max(LOOK_EVERY, number * LOOK_APART)


def busy_wait(attempts: int, wanted: timedelta | None) -> timedelta:
    """How long to wait after the `attempts`-th attempt (from 1) failed, for it may work again."""
    wait = wanted or min(MOST_WAIT, LEAST_WAIT * 2 ** min(attempts - 1, 10))
    return max(wait, LEAST_WAIT)
