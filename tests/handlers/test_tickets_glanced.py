"""Most looks find a ticket as it was left: those are short, and miss nothing."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Engine

from domain.kept_tickets import FOLLOWED, Ticket
from domain.postmortems import Section
from domain.ticket_text import INCIDENT, line
from domain.ticket_turns import LOOK_EVERY
from domain.tickets import TicketState
from handlers.sections import Made, keep
from handlers.ticket_trouble import BROKEN
from storage import postmortems, ticket_places, tickets, workspaces
from storage.engine import Sessions
from storage.statements import run
from tests.handlers.test_two_at_once import waited_for
from tests.handlers.ticketed import A_LOOK, A_MINUTE, JIRA, Desk, rests
from tests.storage.samples import NOW


@pytest.fixture
async def desk(sessions: Sessions) -> Desk:
    """An item with its ticket."""
    desk = Desk(sessions=sessions)
    await desk.made()
    return desk


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect what the database is asked while the block runs."""
    asked: list[str] = []

    def executed(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", executed)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", executed)


async def retitled(desk: Desk) -> None:
    """Let the incident have another title."""
    async with desk.sessions.begin() as session:
        postmortem = await postmortems.lock(session, "T1", 1)
        facts = replace(postmortem.facts, title="Another title")
        await postmortems.change_facts(session, postmortem.id, facts)
        await keep(session, postmortem, Section.FACTS, Made(by="U2", at=desk.at, submission="V"))


async def test_one_that_nobody_touched_is_read_and_put_down(desk: Desk) -> None:
    await desk.strike(A_LOOK)
    desk.tracker.calls.clear()
    before = await desk.ticket()
    with statements() as asked:
        await desk.strike(A_LOOK)
    after = await desk.ticket()
    assert desk.tracker.calls == ["read"]
    assert not [each for each in asked if "action_item" in each or "postmortem" in each]
    assert after.due_at == desk.at + LOOK_EVERY
    assert replace(after, due_at=before.due_at) == before


async def test_what_somebody_changed_there_is_found_by_a_look_nobody_asked_for(desk: Desk) -> None:
    await desk.strike(A_LOOK)
    desk.tracker.assign("1", "ben", by="ben")
    await desk.strike(A_LOOK)
    assert (await desk.newest())[0] == FOLLOWED
    assert (await desk.item()).owner == "U2"


async def test_a_new_title_of_its_incident_reaches_it_at_once(desk: Desk) -> None:
    await desk.strike(A_LOOK)
    await retitled(desk)
    await desk.strike(A_MINUTE)
    incident = line(desk.tracker.of("1").said, INCIDENT)
    assert incident is not None
    assert incident.text == "PM-1 Another title"


async def test_a_look_at_a_silent_tracker_is_told_as_any_other(desk: Desk) -> None:
    desk.tracker.silent = {"read": 9}
    for _ in range(4):
        await desk.strike(A_LOOK)
    assert "did not answer" in (await desk.item()).ticket_trouble
    desk.tracker.silent = {}
    await desk.strike(A_LOOK)
    assert ((await desk.item()).ticket_trouble, (await desk.ticket()).wanted) == ("", 0)


async def test_what_was_asked_for_while_it_was_looked_at_is_seen_to(desk: Desk) -> None:
    await desk.strike(A_LOOK)

    async def closes() -> None:
        desk.tracker.put("1", TicketState.DONE, "ben")
        async with desk.sessions.begin() as session:
            await tickets.heard(session, "T1", JIRA, {"1"}, desk.at)

    desk.tracker.meanwhile = {"read": closes}
    await desk.strike(A_LOOK)
    await desk.strike(A_MINUTE)
    assert (await desk.item()).ticket_closed


async def test_what_is_asked_for_while_it_is_looked_at_is_due_at_once(desk: Desk) -> None:
    await desk.strike(A_LOOK)

    async def hears() -> None:
        async with desk.sessions.begin() as session:
            await tickets.heard(session, "T1", JIRA, {"1"}, desk.at)

    desk.tracker.meanwhile = {"read": hears}
    await desk.strike(A_LOOK)
    kept = await desk.ticket()
    assert (kept.wanted, kept.token) == (1, None)
    assert kept.due_at is not None
    assert kept.due_at <= desk.at


async def test_a_new_title_while_its_ticket_is_made_reaches_it(sessions: Sessions) -> None:
    desk = Desk(sessions=sessions)
    await desk.open()
    await desk.promise()
    desk.tracker.meanwhile = {"create": lambda: retitled(desk)}
    await desk.strike()
    await desk.strike()
    incident = line(desk.tracker.of("1").said, INCIDENT)
    assert incident is not None
    assert incident.text == "PM-1 Another title"


async def test_one_that_was_in_no_sprint_is_placed_once_its_place_has_a_board(desk: Desk) -> None:
    await desk.strike(A_LOOK)
    async with desk.sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        board = replace(await desk.place(), board="7")
        await ticket_places.keep(session, "T1", board, desk.at)
    await desk.strike(A_LOOK)
    assert (await desk.ticket()).sprint == desk.tracker.of("1").sprint == "Next of 7"
    await rests(desk)


async def test_a_mistake_of_ours_at_one_look_holds_up_no_other(sessions: Sessions) -> None:
    desk = Desk(sessions=sessions)
    await desk.made(2)
    await desk.strike(A_LOOK)

    async def breaks() -> None:
        raise KeyError("state")

    desk.tracker.meanwhile = {"read": breaks}
    with pytest.raises(ExceptionGroup, match="tickets not seen to"):
        await desk.strike(A_LOOK)
    kept = [await desk.ticket(each) for each in (1, 2)]
    assert [each.token for each in kept] == [None, None]
    assert sorted(each.trouble for each in kept) == ["", BROKEN]


async def test_many_that_nobody_touched_cost_no_more_than_one(sessions: Sessions) -> None:
    desk = Desk(sessions=sessions)
    await desk.made(5)
    await desk.strike(A_LOOK)
    desk.tracker.calls.clear()
    with statements() as asked:
        await desk.strike(A_LOOK)
    assert desk.tracker.calls == ["read"] * 5
    # Is anything due, take them, where they are and how many, hold them, put them down.
    assert len([each for each in asked if "ticket" in each]) == 6


async def test_one_that_changed_holds_up_no_other(sessions: Sessions) -> None:
    desk = Desk(sessions=sessions)
    await desk.made(3)
    await desk.strike(A_LOOK)
    desk.tracker.put((await desk.ticket(2)).ref, TicketState.DONE, "ben")
    desk.tracker.delete((await desk.ticket(3)).ref)
    await desk.strike(A_LOOK)
    assert (await desk.item(2)).ticket_closed
    assert (await desk.ticket(3)).is_gone
    assert (await desk.ticket()).due_at == desk.at + LOOK_EVERY


async def test_putting_several_down_waits_for_nobody_with_one_of_them_in_hand(
    sessions: Sessions,
) -> None:
    desk = Desk(sessions=sessions)
    await desk.made(3)
    async with sessions.begin() as session:
        now = desk.at + A_LOOK
        due = await tickets.claim(session, "T1", JIRA, now, lease=A_MINUTE, limit=8)
    async with sessions.begin() as session:
        await tickets.want(session, 1, desk.at)  # its row is behind the others' from here on
    async with sessions.begin() as session:
        await tickets.want(session, 1, desk.at)
        resting = asyncio.create_task(put_down(sessions, due))
        await waited_for(session)
        await tickets.want(session, 2, desk.at)
    await resting
    assert [(await desk.ticket(each)).token for each in (1, 2, 3)] == [None] * 3


async def put_down(sessions: Sessions, due: Sequence[Ticket]) -> None:
    """Let them rest; as PostgreSQL finds them in a table that it knows to be small."""
    async with sessions.begin() as session:
        if session.get_bind().dialect.name == "postgresql":
            for each in ("indexscan", "bitmapscan"):
                await run(session, text(f"SET LOCAL enable_{each} = off"))
        await tickets.rest(session, due, NOW)
