"""What is done to the taxonomy, checked and kept.

Locks are taken as everywhere: the workspace, then classes, and deliveries last; no postmortem. What
says the names of classes follows afterwards (`handlers.class_names`), for that can be much.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.causal_classes import CausalClass
from domain.errors import RuleBroken
from domain.taxonomy import (
    INTO,
    NAME,
    Change,
    check_merge,
    check_new,
    check_rename,
    check_retire,
    check_room,
    found,
    named,
    read_name,
)
from handlers import health
from handlers.answers import Repeated
from handlers.sections import META_REVIEW
from handlers.settings_roles import check_may
from storage import causal_classes, class_readers, taxonomy, workspaces
from storage.engine import Sessions

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Changing:
    """A change of a workspace's taxonomy that somebody makes: its transaction, by whom, when."""

    session: AsyncSession
    team_id: str
    by: str
    now: datetime

    async def add(self, text: str) -> None:
        """Add a class; one of this name that was retired is offered again."""
        name, classes = read_name(text), await self._classes()
        there = named(name, classes)
        if there is not None and await self._was_just_added(there):
            raise Repeated
        check_new(name, classes)
        if there is None:
            await taxonomy.add(self.session, self.team_id, name, by=self.by, now=self.now)
        else:
            await taxonomy.restore(self.session, self.team_id, there, by=self.by, now=self.now)
        log.info("class_changed", change=Change.ADDED)

    async def _was_just_added(self, which: CausalClass) -> bool:
        """Whether the last that was done is that this person added it: they pressed twice."""
        last = await taxonomy.history(self.session, self.team_id, 1)
        added = (Change.ADDED, Change.RESTORED)
        return any(
            each.event in added and (each.class_id, each.actor) == (which.id, self.by)
            for each in last
        )

    async def rename(self, class_id: int, seen: str, text: str) -> None:
        """Call a class by another name, wherever it is said; it was called `seen`."""
        name = read_name(text)
        await taxonomy.hold(self.session, self.team_id)
        classes = await self._classes()
        which = found(class_id, classes, NAME)
        if which.name == name:
            raise Repeated
        if which.name != seen:
            raise RuleBroken(
                NAME,
                f"Somebody renamed “{seen}” to “{which.name}” while you had this open. Close this "
                "form first, and rename it again if that is not what you mean.",
            )
        check_rename(which, name, classes)
        await taxonomy.rename(self.session, self.team_id, which, name, by=self.by, now=self.now)
        await self._follow()
        log.info("class_changed", change=Change.RENAMED)

    async def merge(self, class_id: int, into_id: int | None) -> None:
        """Let the incidents of a class have another one, for which it is retired."""
        if into_id is None:
            raise RuleBroken(INTO, "Choose the class that its incidents get.")
        await taxonomy.hold(self.session, self.team_id)
        classes = await self._classes()
        which, into = (found(each, classes, INTO) for each in (class_id, into_id))
        if which.merged_into == into.id:
            raise Repeated
        check_merge(which, into)
        number = await taxonomy.merge(
            self.session, self.team_id, which, into, by=self.by, now=self.now
        )
        await self._follow()
        log.info("class_changed", change=Change.MERGED, incidents=number)

    async def retire(self, class_id: int) -> None:
        """Offer a class no more, unless it is the only one."""
        classes = await self._classes()
        which = found(class_id, classes)
        if not which.is_retired:
            check_retire(which, classes)
            await taxonomy.retire(self.session, self.team_id, which, by=self.by, now=self.now)
            log.info("class_changed", change=Change.RETIRED)

    async def restore(self, class_id: int) -> None:
        """Offer a retired class again, unless there are as many as there may be."""
        classes = await self._classes()
        which = found(class_id, classes)
        if which.is_retired:
            check_room(classes)
            await taxonomy.restore(self.session, self.team_id, which, by=self.by, now=self.now)
            log.info("class_changed", change=Change.RESTORED)

    async def _classes(self) -> list[CausalClass]:
        return await causal_classes.taxonomy(self.session, self.team_id, retired=True)

    async def _follow(self) -> None:
        """Let what shows all classes at once say them as they are now."""
        await class_readers.show_meta_reviews_again(
            self.session, self.team_id, META_REVIEW, now=self.now
        )
        await health.want(self.session, self.team_id, self.now)


@asynccontextmanager
async def changing(
    sessions: Sessions, team_id: str, by: str, now: datetime
) -> AsyncIterator[Changing]:
    """One transaction around a change, with the workspace locked, for whoever may."""
    async with sessions.begin() as session:
        await workspaces.ensure(session, team_id)  # from here on others wait
        await check_may(session, team_id, by)
        yield Changing(session=session, team_id=team_id, by=by, now=now)
