"""The taxonomy of a workspace, and what incidents of a class there were."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from domain.causal_classes import DEFAULT_CLASSES
from domain.postmortems import Postmortem
from storage import action_items, causal_classes, workspaces
from storage.engine import Sessions
from tests.storage.samples import FACTS, ITEM, NOW, started

LONG_AGO = datetime(2020, 1, 1, tzinfo=NOW.tzinfo)


async def tagged(session: AsyncSession, number: int, *names: str, **other: Any) -> Postmortem:
    """An incident of these classes, so many days before now."""
    facts = replace(FACTS, started_at=NOW - timedelta(days=number))
    where: dict[str, Any] = {"submission": f"V{number}", "facts": facts} | other
    await workspaces.ensure(session, "T1")
    made = await started(session, channel=f"C{number}", **where)
    known = await causal_classes.by_name(session, made.workspace, names)
    ids = [each.id for each in known.values()]
    await causal_classes.tag(session, made.workspace, made.id, ids, by="U1", now=NOW)
    return made


async def names(session: AsyncSession, made: Postmortem) -> list[str]:
    return [each.name for each in await causal_classes.of_postmortem(session, made.id)]


async def earlier(session: AsyncSession, of: Postmortem, **which: Any) -> list[int]:
    """The ids of the incidents that share a class with this one, newest first."""
    ids = [each.id for each in await causal_classes.of_postmortem(session, of.id)]
    asked = {"since": LONG_AGO} | which
    found = await causal_classes.earlier(session, of.workspace, of.id, ids, **asked)
    return [each.postmortem_id for each in found]


async def test_every_workspace_begins_with_the_same_eight_classes(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        for workspace in ("T1", "T2"):
            await workspaces.ensure(session, workspace)
            found = await causal_classes.taxonomy(session, workspace)
            assert [each.name for each in found] == list(DEFAULT_CLASSES)


async def test_a_name_is_found_in_any_case(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        found = await causal_classes.by_name(session, "T1", [" Capacity ", "weather"])

    assert [(asked, each.name) for asked, each in found.items()] == [(" Capacity ", "capacity")]


async def test_an_incident_has_the_classes_it_was_given_last(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await tagged(session, 1, "capacity", "missing alert")
        assert await names(session, made) == ["missing alert", "capacity"]
        known = await causal_classes.by_name(session, "T1", ["capacity", "expired credential"])
        ids = [each.id for each in known.values()]
        await causal_classes.tag(session, "T1", made.id, ids, by="U2", now=NOW)
        assert await names(session, made) == ["expired credential", "capacity"]
        await causal_classes.tag(session, "T1", made.id, [], by="U2", now=NOW)
        assert await names(session, made) == []


async def test_earlier_incidents_of_a_class_come_newest_first_without_their_own(
    sessions: Sessions,
) -> None:
    async with sessions.begin() as session:
        now, old, older = [await tagged(session, days, "capacity") for days in (0, 40, 90)]
        await tagged(session, 50, "missing alert")
        assert await earlier(session, now) == [old.id, older.id]
        assert await earlier(session, now, since=NOW - timedelta(days=60)) == [old.id]


async def test_what_happened_in_private_is_told_to_nobody_else(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        now = await tagged(session, 0, "capacity")
        secret = await tagged(session, 5, "capacity", is_private=True)
        assert await earlier(session, now) == []
        assert await earlier(session, now, private=True) == [secret.id]


async def test_open_items_are_counted_and_ended_ones_are_not(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        now, old = await tagged(session, 0, "capacity"), await tagged(session, 5, "capacity")
        for position, state in enumerate((ItemState.OPEN, ItemState.VERIFIED), start=1):
            item = replace(ITEM, position=position, state=state)
            await action_items.add(
                session, "T1", old.id, item, by="U1", now=NOW, submission=f"V{position}"
            )
        (one,) = await causal_classes.of_postmortem(session, now.id)
        (found,) = await causal_classes.earlier(session, "T1", now.id, [one.id], since=LONG_AGO)

    assert (found.open_items, found.number, found.class_id) == (1, old.number, one.id)


async def test_another_workspace_has_its_own_classes(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        await workspaces.ensure(session, "T2")
        ours = await causal_classes.taxonomy(session, "T1")
        theirs = await causal_classes.taxonomy(session, "T2")

    assert not {each.id for each in ours} & {each.id for each in theirs}
