"""Whatever is changed on both sides in whatever order: they come to rest, and agree or say why."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.decisions import ENDED, Decision
from domain.errors import RuleBroken
from domain.kept_tickets import CLOSED, FROM_TRACKER, MADE, OPENED
from domain.roles import Role, possible
from domain.ticket_text import state_of
from domain.ticket_verdicts import KEPT_ASPECT
from domain.tickets import Aspect, TicketState
from storage import tickets
from storage.engine import open_database
from tests.handlers.ticketed import A_LOOK, JIRA, PEOPLE, Desk

Act = Callable[[Desk], Awaitable[None]]
DAYS = [date(2026, 12, 4), date(2026, 12, 18), date(2027, 1, 8), date(2026, 11, 2), None]
ACCOUNTS = [*PEOPLE.values(), "stranger", ""]


def decided(decision: Decision, by: str, person: str, day: date) -> Act:
    """Somebody decides something about the item, where the rules let them."""

    async def act(desk: Desk) -> None:
        item = await desk.item()
        said = {"person": person, "day": day, "link": "https://example.org/1"}
        texts = {"risk": "It may happen again", "what": f"Do {day}", "done_when": "It is done"}
        if decision in possible(item, {Role.OWNER, Role.PROPOSED}):
            try:
                await desk.decides(decision, by=by, **said, **texts)
            except RuleBroken:
                return

    return act


def moved(aspect: Aspect, which: int, by: str) -> Act:
    """Somebody changes the ticket in its tracker."""

    async def act(desk: Desk) -> None:
        match aspect:
            case Aspect.STATE:
                desk.tracker.put("1", list(TicketState)[which % 3], by)
            case Aspect.DUE:
                desk.tracker.set_due("1", DAYS[which % len(DAYS)], by)
            case Aspect.OWNER:
                desk.tracker.assign("1", ACCOUNTS[which % len(ACCOUNTS)], by)

    return act


def struck(minutes: int, dies: str) -> Act:
    """The clock strikes, and the process may die in the middle."""

    async def act(desk: Desk) -> None:
        desk.tracker.dies = {dies} - {""}
        await desk.strike(timedelta(minutes=minutes))
        desk.tracker.dies = set()

    return act


people, days = st.sampled_from(list(PEOPLE)), st.sampled_from(DAYS[:3])
acts = st.one_of(
    st.builds(decided, st.sampled_from(list(Decision)), people, people, days),
    st.builds(moved, st.sampled_from(list(Aspect)), st.integers(0, 14), st.sampled_from(ACCOUNTS)),
    st.builds(struck, st.sampled_from([1, 6, 20]), st.sampled_from(["", "", "update"])),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(acts, max_size=12))
def test_they_come_to_rest_and_agree_or_say_why(sqlite_template: Path, done: list[Act]) -> None:
    with TemporaryDirectory() as folder:
        file = shutil.copyfile(sqlite_template, Path(folder) / "closedloop.sqlite3")
        asyncio.run(rest(f"sqlite:///{file}", done))


async def rest(url: str, done: list[Act]) -> None:
    """Do all of that, and look at what becomes of it."""
    database = open_database(url)
    try:
        await come_to_rest(Desk(sessions=database.sessions), done)
    finally:
        await database.close()


async def come_to_rest(desk: Desk, done: list[Act]) -> None:
    """Do all of that, and let the clock strike until nothing is to be done any more."""
    await desk.made()
    for act in done:
        await act(desk)
        desk.at += timedelta(seconds=1)
    for _ in range(4):
        await desk.strike(A_LOOK)
    async with desk.sessions.begin() as session:
        await tickets.heard(session, "T1", JIRA, {"1"}, desk.at)  # though its item may have ended
    await desk.strike(A_LOOK)
    await check_rests(desk)
    await check_agrees(desk)


async def check_rests(desk: Desk) -> None:
    """Assert that nothing more is asked but how the ticket stands, and nothing more is said."""
    desk.tracker.calls.clear()
    history = await desk.history()
    for _ in range(3):
        await desk.strike(A_LOOK)
    assert set(desk.tracker.calls) <= {"read"}
    assert await desk.history() == history


async def check_agrees(desk: Desk) -> None:
    """Assert that both sides say the same, or that the history says why they do not."""
    item, seen = await desk.item(), desk.tracker.of("1").seen
    said = [each for each in await desk.history() if each.event in FROM_TRACKER - {MADE}]
    kept = {each.changes.get(KEPT_ASPECT, ("", ""))[1] for each in said}
    events = {each.event for each in said}
    accounts = {PEOPLE[each] for each in (item.owner, item.proposed_owner) if each}
    has_ended = item.state in ENDED
    assert seen.account in accounts or Aspect.OWNER in kept or has_ended
    assert seen.due_on == item.due_on or Aspect.DUE in kept or has_ended
    is_told = events & {CLOSED, OPENED} or Aspect.STATE in kept
    assert seen.state is state_of(item) or is_told
    is_open = state_of(item) is TicketState.OPEN
    assert item.ticket_closed == (is_open and seen.state is not TicketState.OPEN)
