"""Which side a change goes to, and that what was settled is never taken for a change."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.programme import Priority
from domain.ticket_turns import (
    NO_DAY,
    busy_wait,
    compare,
    is_as_settled,
    next_look,
    put,
    settled,
    taken,
    theirs_is_newer,
    to_tell,
    unsure,
)
from domain.tickets import Aspect, Seen, TicketState, Wanted
from tests.storage.samples import NOW

DAYS = st.sampled_from([date(2026, 12, 4), date(2026, 12, 18), date(2027, 1, 8)])
ACCOUNTS, STATES = st.sampled_from(["", "ann", "ben"]), st.sampled_from(list(TicketState))
WANTED = st.builds(
    Wanted,
    title=st.just("Do"),
    lines=st.just(()),
    priority=st.just(Priority.P1),
    due_on=DAYS,
    account=ACCOUNTS,
    state=STATES,
)
SEEN = st.builds(
    Seen,
    ref=st.just("1"),
    key=st.just("SHOP-1"),
    url=st.just("u"),
    state=STATES,
    updated_at=st.just(NOW),
    account=ACCOUNTS,
    due_on=st.one_of(st.none(), DAYS),
)
NOTHING, EVERY = frozenset[Aspect](), frozenset(Aspect)


@given(ours=WANTED, theirs=SEEN)
def test_what_was_settled_is_no_change(ours: Wanted, theirs: Seen) -> None:
    turn = compare(ours, ours, theirs, theirs, EVERY)
    assert (turn.to_item, turn.to_ticket, turn.contested) == (NOTHING, NOTHING, NOTHING)


@given(told=WANTED, ours=WANTED, before=SEEN, theirs=SEEN)
def test_each_aspect_goes_one_way(told: Wanted, ours: Wanted, before: Seen, theirs: Seen) -> None:
    turn = compare(told, ours, before, theirs, EVERY)
    ways = [*turn.to_item, *turn.to_ticket, *turn.contested]
    assert len(ways) == len(set(ways))


@given(told=WANTED, ours=WANTED, theirs=SEEN)
def test_what_is_given_back_goes_out(told: Wanted, ours: Wanted, theirs: Seen) -> None:
    goes = to_tell(taken(told, theirs, EVERY), ours, theirs, EVERY)
    differs = {
        Aspect.OWNER: bool(ours.account) and ours.account != theirs.account,
        Aspect.DUE: ours.due_on != theirs.due_on,
        Aspect.STATE: ours.state is not theirs.state,
    }
    assert goes == {each for each, is_so in differs.items() if is_so}


@given(told=WANTED, ours=WANTED, theirs=SEEN)
def test_what_is_put_stays(told: Wanted, ours: Wanted, theirs: Seen) -> None:
    assert to_tell(put(told, ours, EVERY), ours, theirs, EVERY) == NOTHING


@given(ours=WANTED, theirs=SEEN, fresh=SEEN)
def test_what_somebody_changes_meanwhile_is_theirs(ours: Wanted, theirs: Seen, fresh: Seen) -> None:
    seen = settled(theirs, fresh, ours, {Aspect.STATE})
    assert (seen.account, seen.due_on) == (theirs.account, theirs.due_on)
    changed = (fresh.account, fresh.due_on) != (theirs.account, theirs.due_on)
    assert not (changed and is_as_settled(seen, fresh))


@given(ours=WANTED, found=SEEN)
def test_one_that_was_found_is_told_all_but_that_it_was_closed(ours: Wanted, found: Seen) -> None:
    told, seen = unsure(ours, found)
    assert (told.title, told.lines, told.priority is ours.priority) == ("", (), False)
    is_open = ours.state is TicketState.OPEN
    turn = compare(told, ours, seen, found, EVERY)
    assert (Aspect.STATE in turn.to_item) == (is_open and found.state is not TicketState.OPEN)


def test_no_date_is_no_item_s() -> None:
    wanted = Wanted(title="", lines=(), priority=Priority.P1, due_on=date(2026, 12, 4))
    seen = Seen(ref="", key="", url="", state=TicketState.OPEN, updated_at=NOW)
    assert taken(wanted, seen, {Aspect.DUE}) == replace(wanted, due_on=NO_DAY)


def test_the_newer_change_wins_and_ours_of_two_as_new() -> None:
    assert theirs_is_newer(None, NOW)
    assert theirs_is_newer(NOW, NOW + timedelta(seconds=1))
    assert not theirs_is_newer(NOW, NOW)
    assert not theirs_is_newer(NOW, None)


def test_waits_grow_and_end() -> None:
    waits = [busy_wait(each, None).total_seconds() for each in (1, 2, 9, 99)]
    assert waits == [2, 4, 300, 300]
    assert busy_wait(1, timedelta(hours=1)) == timedelta(hours=1)


def test_many_tickets_are_looked_at_more_rarely() -> None:
    assert (next_look(10), next_look(3600)) == (timedelta(minutes=15), timedelta(hours=2))
