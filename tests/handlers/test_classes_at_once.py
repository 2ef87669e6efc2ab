"""Classes are merged while incidents are tagged with them: nobody waits in vain, none is lost."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.action_items import ItemState
from domain.causal_classes import CausalClass
from domain.postmortems import Postmortem
from handlers.class_changes import changing
from handlers.root_causes import tag
from handlers.sections import Made
from storage import action_items, causal_classes, postmortems, taxonomy, workspaces
from storage.engine import Sessions
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
    async with sessions.begin() as session:
        locked = await postmortems.lock(session, "T1", which.id)
        await tag(session, locked, [each.id for each in classes], MADE)


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
