"""An account in a tracker that somebody chose by hand: looked for at once, and they hear."""

from dataclasses import dataclass
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import tracker_accounts as forms
from blocks.tracker_accounts import AccountWanted
from domain.tickets import Account
from handlers import tracker_accounts
from handlers.tracker_views import people_window, place_for, show_there, somebody
from integrations.trackers import TrackerBusy, TrackerRefused, Trackers
from storage import ticket_people, workspaces
from storage import tracker_accounts as stored_accounts
from storage.engine import Sessions
from storage.tracker_accounts import Known


@dataclass(frozen=True, kw_only=True)
class Looking:
    """Looks for an account that somebody chose, and shows what became of it."""

    client: AsyncWebClient
    sessions: Sessions
    trackers: Trackers
    team_id: str
    user_id: str
    before: Known
    window: str

    async def __call__(self, wanted: AccountWanted, now: datetime) -> None:
        """Look for it at once, so that whoever wrote it hears where there is none."""
        said = await self._said(wanted, now)
        if said:
            await self.client.chat_postMessage(channel=self.user_id, text=said)
        view = await people_window(self.sessions, self.team_id)
        await show_there(self.client, self.window, view)

    async def _said(self, wanted: AccountWanted, now: datetime) -> str:
        """What is to be told of the account; nothing where one is found, or was not written."""
        async with self.sessions() as session:
            place = await place_for(session, self.team_id, wanted.kind)
        if place is None:
            return ""
        tracker = self.trackers[wanted.kind]
        try:
            if not wanted.typed:
                where = self.sessions, self.client, tracker, place, self.team_id
                await tracker_accounts.account_of(*where, wanted.person, now)
                return ""
            account = await tracker.account(place, wanted.typed)
        except (TrackerBusy, TrackerRefused) as silent:
            return await self._not_looked(wanted, str(silent)) if wanted.typed else ""
        return await self._found(wanted, account, now)

    async def _not_looked(self, wanted: AccountWanted, sentence: str) -> str:
        """Nobody answered: the account there was stays, else it is looked for with a ticket."""
        if not self.before.account:
            return forms.not_looked_text(wanted, sentence)
        async with self.sessions.begin() as session:
            await self._restore(session, wanted)
        return forms.not_changed_text(wanted, self._stays, sentence)

    async def _found(self, wanted: AccountWanted, account: Account | None, now: datetime) -> str:
        """Keep what was found; where nothing was, the account there was stays."""
        where = self.team_id, wanted.kind, wanted.person
        async with self.sessions.begin() as session:
            await workspaces.ensure(session, self.team_id)
            if account is None and self.before.account:
                await self._restore(session, wanted)
            elif await self._stands(session, wanted):
                await stored_accounts.found(session, *where, account, now)
                await ticket_people.want_theirs(session, *where, now)
        return "" if account else forms.unknown_text(wanted, self._stays)

    @property
    def _stays(self) -> str:
        return self.before.name or self.before.account

    async def _stands(self, session: AsyncSession, wanted: AccountWanted) -> bool:
        """Whether nobody wrote anything else meanwhile."""
        known = await somebody(session, self.team_id, wanted.kind, wanted.person)
        return known.typed == wanted.typed

    async def _restore(self, session: AsyncSession, wanted: AccountWanted) -> None:
        if await self._stands(session, wanted):
            await stored_accounts.restore(session, self.team_id, wanted.kind, self.before)
