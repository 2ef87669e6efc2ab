"""Tickets are asked for, claimed by one worker at a time, and put down with what became of them."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.kept_tickets import Ticket
from domain.tickets import Place, Seen, TicketState, TrackerKind, Wanted
from storage import action_items, heard_hooks, ticket_places, tickets, workspaces
from storage.engine import Sessions
from storage.ticket_places import keep
from tests.storage.samples import ITEM, NOW, started

JIRA = TrackerKind.JIRA
PLACE = Place(kind=JIRA, project="SHOP", labels=("a", "b"), fields={"customfield_1": "Team"})
TOLD = Wanted(title="Do", lines=(), priority=ITEM.priority, due_on=ITEM.due_on)
SEEN = Seen(ref="1", key="SHOP-1", url="u", state=TicketState.OPEN, updated_at=NOW)
LATER, A_MINUTE = NOW + timedelta(minutes=1), timedelta(minutes=1)


@pytest.fixture
async def asked(sessions: Sessions) -> Sessions:
    """A place, and an item whose ticket was asked for."""
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        await keep(session, "T1", PLACE, NOW)
        await asked_for(session)
    return sessions


async def asked_for(session: AsyncSession, number: int = 1) -> bool:
    """Ask for the ticket of a new item."""
    made = await started(session, channel=f"C{number}", submission=f"V{number}")
    item = await action_items.add(session, "T1", made.id, ITEM, by="U1", now=NOW, submission="")
    return await tickets.begin(session, "T1", item.id or 0, NOW)


async def claimed(session: AsyncSession, now: datetime = NOW) -> list[Ticket]:
    """Take what is due."""
    return await tickets.claim(session, "T1", JIRA, now, lease=A_MINUTE, limit=9)


async def test_it_is_asked_for_once(asked: Sessions) -> None:
    async with asked.begin() as session:
        assert not await tickets.begin(session, "T1", 1, NOW)
        (ticket,) = await claimed(session)
    assert (ticket.is_made, ticket.attempts, ticket.place_id) == (False, 1, 1)


async def test_without_a_place_none_is(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        assert not await asked_for(session)
        assert await tickets.find(session, 1) is None


async def test_what_is_in_hand_is_not_due_until_its_lease_runs_out(asked: Sessions) -> None:
    async with asked.begin() as session:
        assert len(await claimed(session)) == 1
        assert not await tickets.has_due(session, "T1", JIRA, NOW)
        (again,) = await claimed(session, LATER)
    assert (again.attempts, again.first_claimed_at) == (2, NOW)


async def test_whoever_lost_it_changes_nothing(asked: Sessions) -> None:
    async with asked.begin() as session:
        (lost,) = await claimed(session)
        (mine,) = await claimed(session, LATER)
        assert await tickets.held(session, lost) is None
        assert not await tickets.made(session, lost, SEEN, TOLD)
        assert not await tickets.failed(session, lost, "Why", LATER, NOW)
        assert await tickets.held(session, mine) == mine


async def test_how_it_stands_is_kept_as_it_was_given(asked: Sessions) -> None:
    async with asked.begin() as session:
        (ticket,) = await claimed(session)
        seen = replace(SEEN, account="ann", due_on=ITEM.due_on)
        assert await tickets.settle(session, ticket, seen=seen, told=TOLD, next_at=LATER, now=NOW)
        kept = await tickets.find(session, 1)
    assert kept is not None
    assert (kept.seen, kept.told, kept.due_at, kept.attempts) == (seen, TOLD, LATER, 0)
    assert (kept.token, kept.is_made) == (None, True)


async def test_what_is_asked_for_meanwhile_is_due_at_once(asked: Sessions) -> None:
    async with asked.begin() as session:
        (ticket,) = await claimed(session)
        await tickets.want(session, 1, NOW)
        await tickets.settle(session, ticket, seen=SEEN, told=TOLD, next_at=None, now=NOW)
        assert len(await claimed(session)) == 1


async def test_an_attempt_that_may_have_made_it_is_not_forgotten(asked: Sessions) -> None:
    async with asked.begin() as session:
        (ticket,) = await claimed(session)
        await tickets.failed(session, ticket, "Why", LATER, NOW)
        await tickets.retry(session, 1, NOW)
        (again,) = await claimed(session)
        await tickets.retry_all(session, 1, NOW)
        await tickets.failed(session, again, "Why", LATER, NOW)
        (third,) = await claimed(session)
    assert (again.attempts, third.attempts, again.ours) == (2, 2, ticket.ours)


async def test_one_that_is_gone_is_made_with_another_key(asked: Sessions) -> None:
    async with asked.begin() as session:
        (ticket,) = await claimed(session)
        await tickets.made(session, ticket, SEEN, TOLD)
        await tickets.note(session, ticket, is_gone=True)
        await tickets.failed(session, ticket, "Why", LATER, NOW)
        await tickets.retry(session, 1, NOW)
        (again,) = await claimed(session)
    assert again.ours != ticket.ours
    assert (again.attempts, again.ref, again.told, again.is_gone) == (1, "", None, False)


async def test_trouble_is_since_it_began(asked: Sessions) -> None:
    async with asked.begin() as session:
        (ticket,) = await claimed(session)
        await tickets.failed(session, ticket, "Why", LATER, NOW)
        (again,) = await claimed(session, LATER)
        await tickets.failed(session, again, "Something else", LATER, LATER)
        kept = await tickets.find(session, 1)
        assert kept is not None
        assert (kept.trouble, kept.trouble_since) == ("Something else", NOW)
        assert await tickets.bears(session, 1, "Something else")
        assert not await tickets.bears(session, 1, "Why")


async def test_a_webhook_is_of_one_of_ours_or_not(asked: Sessions) -> None:
    async with asked.begin() as session:
        (ticket,) = await claimed(session)
        await tickets.settle(session, ticket, seen=SEEN, told=TOLD, next_at=None, now=NOW)
        await tickets.heard(session, "T1", JIRA, {"2"}, NOW)
        await tickets.heard(session, "T1", TrackerKind.GITHUB, {"1"}, NOW)
        assert await tickets.number_followed(session, "T1", JIRA) == 0
        await tickets.heard(session, "T1", JIRA, {"1", "2"}, NOW)
        assert await tickets.number_followed(session, "T1", JIRA) == 1


async def test_one_in_hand_stays_where_it_is_made(asked: Sessions) -> None:
    async with asked.begin() as session:
        (ticket,) = await claimed(session)
        await keep(session, "T1", replace(PLACE, project="ELSE"), NOW)
        await tickets.made(session, ticket, SEEN, TOLD)
        kept = await tickets.find(session, 1)
        held = await ticket_places.held(session, "T1", 1)
    assert kept is not None
    assert held is not None
    assert (kept.place_id, held.project, held.labels) == (1, "SHOP", ("a", "b"))


async def test_a_webhook_is_listened_to_once(asked: Sessions) -> None:
    async with asked.begin() as session:
        assert await heard_hooks.hear(session, "T1", "sha256=1", NOW)
        assert not await heard_hooks.hear(session, "T1", "sha256=1", LATER)
        await heard_hooks.forget(session, LATER)
        assert await heard_hooks.hear(session, "T1", "sha256=1", LATER)


async def test_what_somebody_tried_to_make_is_looked_for_where_it_was(asked: Sessions) -> None:
    async with asked.begin() as session:
        await asked_for(session, 2)
        (ticket, _) = await claimed(session)
        await tickets.failed(session, ticket, "", NOW, NOW, unsure_until=LATER)
        await asked_for(session, 3)
        await keep(session, "T1", replace(PLACE, project="ELSE"), NOW)
        found = [await tickets.find(session, each) for each in (1, 2, 3)]
        assert [each.place_id for each in found if each] == [1, 1, 2]
        assert [each.item_id for each in await claimed(session)] == [3]


async def test_who_lost_it_does_not_renew_it(asked: Sessions) -> None:
    async with asked.begin() as session:
        (ticket,) = await claimed(session)
        assert await tickets.renew(session, ticket, LATER + A_MINUTE)
        assert await claimed(session, LATER) == []
        assert len(await claimed(session, LATER + A_MINUTE)) == 1
        assert not await tickets.renew(session, ticket, LATER)


async def test_whoever_has_a_deleted_one_in_hand_loses_it_to_the_new_one(asked: Sessions) -> None:
    async with asked.begin() as session:
        (ticket,) = await claimed(session)
        await tickets.made(session, ticket, SEEN, TOLD)
        await tickets.note(session, ticket, is_gone=True)
        await tickets.retry(session, 1, NOW)
        assert not await tickets.settle(
            session, ticket, seen=SEEN, told=TOLD, next_at=None, now=NOW
        )
