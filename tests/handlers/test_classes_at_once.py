"""Classes are merged while incidents are tagged with them: nobody waits in vain, none is lost."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.forms import Opened
from domain.action_items import ItemState
from domain.causal_classes import CausalClass
from domain.postmortems import Postmortem, Section
from handlers.class_changes import changing
from handlers.ineffective import lock_concerned, locking
from handlers.root_causes import root_cause_now, tag
from handlers.sections import Made
from handlers.sections import changing as of_section
from storage import action_items, causal_classes, postmortems, seen_items, taxonomy, workspaces
from storage.engine import Sessions
from tests.handlers.test_two_at_once import waited_for
from tests.storage.samples import FACTS, ITEM, NOW, started

INCIDENTS = 8
LATER = NOW + timedelta(days=40)
MADE = Made(by="U1", at=LATER, submission="")


async def written(sessions: Sessions) -> tuple[list[Postmortem], list[CausalClass]]:
    """Incidents, one a day; those of the first half have a class, and an item verified since."""
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        classes = await causal_classes.taxonomy(session, "T1")
        made = []
        for number in range(INCIDENTS):
            facts = replace(FACTS, started_at=NOW + timedelta(days=number))
            made.append(await started(session, channel=f"C{number}", facts=facts))
        for each in made[: INCIDENTS // 2]:
            where = "T1", each.id
            await causal_classes.tag(session, *where, [classes[0].id], by="U1", now=NOW)
            verified = each.facts.started_at + timedelta(hours=9)
            item = replace(ITEM, state=ItemState.VERIFIED, verified_at=verified)
            await action_items.add(session, *where, item, by="U1", now=NOW, submission="")
    return made, classes


async def tagged(sessions: Sessions, which: Postmortem, *classes: CausalClass) -> None:
    ids = [each.id for each in classes]
    async with sessions.begin() as session:
        await lock_concerned(session, "T1", which.id, ids)
        await tag(session, await postmortems.lock(session, "T1", which.id), ids, MADE)


def tagging(
    sessions: Sessions, which: Postmortem, one: CausalClass
) -> AbstractAsyncContextManager[tuple[AsyncSession, Postmortem]]:
    """The transaction of a form that gives an incident this class."""
    opened, first = Opened(postmortem_id=which.id), locking("T1", which.id, [one.id])
    return of_section(sessions, "T1", opened, Section.ROOT_CAUSE, root_cause_now, MADE, first)


async def merged(sessions: Sessions, which: CausalClass, into: CausalClass) -> None:
    async with changing(sessions, "T1", "U1", LATER) as change:
        await change.merge(which.id, into.id)


async def renamed(sessions: Sessions, which: CausalClass, name: str) -> None:
    async with changing(sessions, "T1", "U1", LATER) as change:
        await change.rename(which.id, which.name, name)


async def test_whoever_tags_while_classes_are_merged_tags_the_one_that_is_left(
    sessions: Sessions,
) -> None:
    made, (one, other, third, *_) = await written(sessions)
    acts: list[Coroutine[Any, Any, None]] = [tagged(sessions, each, one, third) for each in made]
    acts[2:2] = [merged(sessions, one, other), renamed(sessions, third, "Another name")]
    await asyncio.gather(*acts, *(tagged(sessions, each, third) for each in made[::2]))
    async with sessions() as session:
        found = [await causal_classes.of_postmortem(session, each.id) for each in made]
        counts = await taxonomy.counts(session, "T1")
    assert {each.id for classes in found for each in classes} <= {other.id, third.id}
    assert one.id not in counts


async def backwards(sessions: Sessions) -> tuple[list[Postmortem], CausalClass]:
    """Two incidents, each with a verified item; the later one was written down first."""
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        one = (await causal_classes.taxonomy(session, "T1"))[0]
        made = []
        for channel, began in (("C1", NOW), ("C2", NOW - timedelta(days=9))):
            facts = replace(FACTS, started_at=began)
            made.append(await started(session, channel=channel, facts=facts))
            item = replace(ITEM, state=ItemState.VERIFIED, verified_at=began + timedelta(hours=9))
            where = "T1", made[-1].id
            await causal_classes.tag(session, *where, [one.id], by="U1", now=NOW)
            await action_items.add(session, *where, item, by="U1", now=NOW, submission="")
    return made, one


async def closed(sessions: Sessions, made: list[Postmortem], one: CausalClass) -> None:
    del made, one
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        await seen_items.lock_postmortems(session, "T1")


async def decided(sessions: Sessions, made: list[Postmortem], one: CausalClass) -> None:
    del one
    async with sessions.begin() as session:
        for each in reversed(made):
            await postmortems.lock(session, "T1", each.id)


async def tagged_too(sessions: Sessions, made: list[Postmortem], one: CausalClass) -> None:
    await tagged(sessions, made[1], one)


async def renamed_too(sessions: Sessions, made: list[Postmortem], one: CausalClass) -> None:
    del made
    await renamed(sessions, one, "Another name")


@pytest.mark.parametrize("act", [closed, decided, tagged_too, renamed_too])
async def test_an_earlier_incident_that_was_written_down_later_is_locked_first(
    sessions: Sessions, act: Callable[..., Coroutine[Any, Any, None]]
) -> None:
    made, one = await backwards(sessions)
    async with tagging(sessions, made[0], one) as (session, postmortem):
        waiting = asyncio.create_task(act(sessions, made, one))
        await waited_for(session)
        await tag(session, postmortem, [one.id], MADE)
    await waiting
    async with sessions() as session:
        (item,) = await action_items.items(session, made[1].id)
    assert item.state is ItemState.INEFFECTIVE
