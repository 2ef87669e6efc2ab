"""What an event that nobody waits for is handled with: Slack's answers, and who somebody is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from domain.errors import RuleBroken
from domain.people import Person
from domain.slack_words import Message
from domain.sources import Ourselves
from handlers.opening import Opening
from handlers.patience import within
from handlers.people import known
from handlers.refusals import code_of
from handlers.sections import Made
from storage import postmortems, sources
from storage.engine import Sessions

#: What Slack is asked must be answered within this: after three seconds it sends the event again.
PATIENCE = 1.0
#: Its words for a message that is not there, or not for the app to see.
GONE = frozenset({"message_not_found", "channel_not_found", "not_in_channel"})


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What an event is handled with."""

    client: AsyncWebClient
    sessions: Sessions
    team_id: str
    us: Ourselves
    opening: Opening
    at: datetime

    def made(self, by: str) -> Made:
        """What somebody did just now; of a message, that it is noted once is enough."""
        return Made(by=by, at=self.at, submission="")

    async def places(self, channel: str, ts: str) -> tuple[Sequence[int | None], bool]:
        """Where a message stands, and whether its own channel's timeline is one of these."""
        async with self.sessions() as session:
            own = await postmortems.in_channel(session, self.team_id, channel)
            found = await sources.places(session, self.team_id, channel, ts)
        return found, (own.id if own else None) in found

    async def colleagues(self, users: Collection[str]) -> list[Person]:
        """Those of `users` who are people of this workspace; TimeoutError where nobody says."""
        try:
            met = await known(
                self.client, self.sessions, self.team_id, users, self.at, no_older_than=None
            )
        except RuleBroken as silent:
            raise TimeoutError from silent
        return [each for each in met.values() if not (each.is_bot or each.is_outsider)]

    async def message(self, channel: str, ts: str) -> Message | None:
        """A message, or reply, with its link and all its reactions; None when it is gone."""
        try:
            async with within(PATIENCE):
                answer = await self.client.reactions_get(channel=channel, timestamp=ts, full=True)
        except SlackApiError as refused:
            if code_of(refused) in GONE:
                return None
            raise
        return {"ts": ts, **answer["message"]}
