"""Services as they are stored: found by name, taken one at a time, asked for once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ActionItem, HistoryEntry
from domain.budgets import RAISED, Source
from domain.programme import Priority
from domain.services import Service
from storage import action_items, item_history, raised_items, services, workspaces
from storage.engine import Database, Sessions
from tests.storage.samples import FACTS, ITEM, NOW, started
from tests.storage.test_plans import plans, read_whole

EVERY = timedelta(minutes=5)


async def made(sessions: Sessions, name: str = "checkout", **known: object) -> Service:
    """Store a service of which this is known."""
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        service = replace(await services.taken(session, "T1", name), **known)  # type: ignore[arg-type] # fields of it
        await services.change(session, service)
    return service


async def test_what_is_known_is_kept(sessions: Sessions) -> None:
    service = await made(
        sessions,
        channel="C1",
        query="sum(burned)",
        burned=82.5,
        burned_at=NOW,
        source=Source.API,
        burning_since=NOW,
    )
    async with sessions() as session:
        assert await services.all_of(session, "T1") == [service]
        assert await services.find(session, "T1", service.id or 0) == service
        assert await services.named(session, "T1", "CHECKOUT") == service
        assert await services.burning(session) == [("T1", service)]


async def test_another_workspace_sees_nothing_of_it(sessions: Sessions) -> None:
    service = await made(sessions)
    async with sessions() as session:
        assert await services.all_of(session, "T2") == []
        assert await services.find(session, "T2", service.id or 0) is None
        assert await services.named(session, "T2", "checkout") is None


async def test_one_that_is_taken_by_many_at_once_is_made_once(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
    found = await asyncio.gather(*(made(sessions) for _ in range(6)))
    assert len({each.id for each in found}) == 1


async def test_they_are_listed_by_name(sessions: Sessions) -> None:
    for name in ("payments", "Auth", "checkout"):
        await made(sessions, name)
    async with sessions() as session:
        listed = [each.name for each in await services.all_of(session, "T1")]
    assert listed == ["Auth", "checkout", "payments"]


async def asked(sessions: Sessions, at: timedelta = timedelta(0), limit: int = 10) -> list[str]:
    """Take what is to be asked for."""
    async with sessions.begin() as session:
        due = await services.to_ask(session, "T1", NOW + at, EVERY, limit)
        return sorted(each.name for each in due)


async def test_those_with_a_query_are_asked_for_every_five_minutes(sessions: Sessions) -> None:
    await made(sessions, query="q", ask_at=NOW)
    await made(sessions, "auth", query="q", ask_at=NOW + EVERY * 2)
    await made(sessions, "ledger", ask_at=NOW)
    assert await asked(sessions) == ["checkout"]
    assert await asked(sessions, EVERY - timedelta(seconds=1)) == []
    assert await asked(sessions, EVERY * 2) == ["auth", "checkout"]


async def test_no_more_are_taken_than_can_be_asked_at_once(sessions: Sessions) -> None:
    for number in range(3):
        await made(sessions, f"s{number}", query="q", ask_at=NOW - timedelta(seconds=number))
    assert await asked(sessions, limit=2) == ["s1", "s2"]
    assert await asked(sessions, limit=2) == ["s0"]


async def test_of_many_that_take_at_once_each_gets_others(sessions: Sessions) -> None:
    for number in range(4):
        await made(sessions, f"s{number}", query="q", ask_at=NOW)
    taken = await asyncio.gather(*(asked(sessions, limit=2) for _ in range(4)))
    assert sorted(name for each in taken for name in each) == ["s0", "s1", "s2", "s3"]


async def test_whether_there_is_something_to_ask_is_known(sessions: Sessions) -> None:
    await made(sessions, query="q", ask_at=NOW)
    async with sessions() as session:
        assert await services.has_to_ask(session, "T1", NOW)
        assert not await services.has_to_ask(session, "T2", NOW)
        assert not await services.has_to_ask(session, "T1", NOW - timedelta(seconds=1))


async def test_a_workspace_has_one_token(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        assert not await services.has_token(session, "T1")
        for digest in ("old", "new"):
            await services.keep_token(session, "T1", digest)
        assert await services.has_token(session, "T1")
        assert await services.of_token(session, "new") == ("T1", "new")
        assert await services.of_token(session, "old") is None


async def item(sessions: Sessions, channel: str, service: str, **other: object) -> ActionItem:
    """Store an item of a service's incident, in place 1."""
    async with sessions.begin() as session:
        facts = replace(FACTS, service=service)
        postmortem = await started(session, channel=channel, facts=facts, submission=channel)
        kept = await action_items.add(
            session, "T1", postmortem.id, ITEM, by="U1", now=NOW, submission=""
        )
        kept = replace(kept, **other)  # type: ignore[arg-type] # fields of it
        await action_items.change(session, kept)
    return kept


async def test_what_is_to_be_raised_is_found_the_latest_first(sessions: Sessions) -> None:
    service = await made(sessions, burning_since=NOW)
    for channel, name, known in (
        ("C1", "checkout", {}),
        ("C2", "Checkout", {}),
        ("C3", "auth", {}),
        ("C4", "checkout", {"raised_in": NOW}),
        ("C5", "checkout", {"raised_in": NOW - EVERY}),
    ):
        await item(sessions, channel, name, **known)
    async with sessions() as session:
        assert await raised_items.to_raise(session, "T1", service) == [5, 2, 1]
        assert await raised_items.to_raise(session, "T2", service) == []


async def test_what_is_to_go_back_is_found_whatever_its_service_is_now(sessions: Sessions) -> None:
    service = await made(sessions, burning_since=NOW)
    await made(sessions, "auth", burning_since=NOW)
    up = {"raised_in": NOW, "raised_from": Priority.P2}
    for channel, name in (("C1", "checkout"), ("C2", "payments"), ("C3", "auth")):
        await item(sessions, channel, name, **up)
    await item(sessions, "C4", "checkout", raised_in=NOW)
    async with sessions() as session:
        assert await raised_items.to_lower(session, "T1", service) == [2, 1]


@pytest.mark.parametrize(("owner", "keys"), [("U1", ["PM-1/1"]), ("U2", [])])
async def test_an_owner_reads_what_was_moved_of_theirs(
    sessions: Sessions, owner: str, keys: list[str]
) -> None:
    service = await made(sessions, burning_since=NOW)
    kept = await item(sessions, "C1", "checkout", raised_in=NOW, raised_from=Priority.P2)
    await item(sessions, "C2", "checkout", raised_in=NOW)  # it was left where it was
    entry = HistoryEntry(
        item_id=kept.id or 0,
        actor="",
        at=NOW,
        event=RAISED,
        changes={"priority": ("P2", "P1")},
    )
    async with sessions.begin() as session:
        await item_history.append(session, "T1", entry)
        moved = await raised_items.moved_of(session, "T1", service, NOW, owner)
        assert await raised_items.owners(session, "T1", service) == ["U1"]
    assert [each.key for each in moved] == keys
    assert [(each.before, each.after) for each in moved] == [("P2", "P1")] * len(keys)


async def test_the_clock_finds_what_burns_by_an_index(database: Database) -> None:
    [plan] = await plans(database, services.burning)
    assert "ix_service_burning_since" in plan, plan


async def test_the_clock_finds_what_is_to_be_asked_by_an_index(database: Database) -> None:
    async def ask(session: AsyncSession) -> None:
        await services.has_to_ask(session, "T1", NOW)
        await services.to_ask(session, "T1", NOW, EVERY, 10)

    for plan in await plans(database, ask):
        assert not read_whole(plan), plan
