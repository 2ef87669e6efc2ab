"""Places are tried once somebody has set them: what keeps tickets from being made is told."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import trackers as blocks
from blocks.tracker_forms import stamp
from domain.tickets import Place
from handlers import ticket_news
from handlers.tracker_views import places_window, show_there
from integrations.trackers import TrackerBusy, TrackerRefused, Trackers
from storage import ticket_places, tickets, workspaces
from storage.engine import Sessions

log = structlog.get_logger(__name__)

#: So many places are tried at once: trackers refuse whoever asks for more.
AT_ONCE = 8


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What became of a place that was tried: what is `wrong` there, or why nobody answered."""

    place: Place
    wrong: Sequence[str] = ()
    silent: str = ""

    @property
    def text(self) -> str:
        """What whoever set it is told; nothing where all is well."""
        if self.silent:
            return blocks.silent_text(self.place, self.silent)
        return blocks.wrong_text(self.place, self.wrong) if self.wrong else ""


@dataclass(frozen=True, kw_only=True)
class Trying:
    """Tries places for somebody who looks at a page of the window of the trackers, if any."""

    client: AsyncWebClient
    sessions: Sessions
    trackers: Trackers
    team_id: str
    user_id: str
    window: str
    page: int = 0

    async def __call__(self, places: Sequence[Place], now: datetime) -> None:
        """Try them all, keep what is wrong, say it, and let what waits be tried again."""
        await self._show(places, blocks.TRYING)
        if not places:
            return
        turn = asyncio.Semaphore(AT_ONCE)
        became = await asyncio.gather(*(self._tried(each, turn) for each in places))
        for each in became:
            await self._keep(each, now)
        fine = [each.place for each in became if not each.text]
        await self._show(fine, blocks.FINE)
        for said in [each.text for each in became if each.text]:
            await self.client.chat_postMessage(channel=self.user_id, text=said)

    async def _show(self, places: Sequence[Place], note: str) -> None:
        notes = {each.id or 0: note for each in places}
        view = await places_window(self.sessions, self.team_id, self.page, notes)
        await show_there(self.client, self.window, view)

    async def _tried(self, place: Place, turn: asyncio.Semaphore) -> Tried:
        try:
            async with turn:
                wrong = await self.trackers[place.kind].check(place)
        except TrackerRefused as refused:
            wrong = [str(refused)]
        except TrackerBusy as busy:
            return Tried(place=place, silent=str(busy))
        return Tried(place=place, wrong=wrong)

    async def _keep(self, tried: Tried, now: datetime) -> None:
        """Keep what is wrong, unless the place was set otherwise meanwhile."""
        place = tried.place
        log.info("ticket_place_tried", place=place.id, wrong=tried.wrong, silent=tried.silent)
        if tried.silent:
            return
        async with self.sessions.begin() as session:
            await workspaces.ensure(session, self.team_id)
            stands = await ticket_places.find(session, self.team_id, place.id or 0)
            if stamp(stands) != stamp(place):
                return
            await ticket_places.tell_trouble(session, place.id or 0, " ".join(tried.wrong), now)
            if not tried.wrong:
                await ticket_news.tell_trouble(session, self.team_id, place.id or 0, now)
        # Apart: whoever has a ticket in hand locks it before its place.
        async with self.sessions.begin() as session:
            await tickets.retry_all(session, place.id or 0, now)


async def follow(
    session: AsyncSession, team_id: str, before: Place, after: Place | None, now: datetime
) -> None:
    """Let what was wrong with a place stand until it is tried, and no longer once it has ended."""
    before_id = before.id or 0
    if after is not None and after.id == before.id:
        since = before.trouble_since or now
        await ticket_places.tell_trouble(session, before_id, before.trouble, since)
    elif await ticket_places.tell_trouble(session, before_id, "", now):
        await ticket_news.tell_trouble(session, team_id, before_id, now)
