"""What a turn of a ticket is done with, and what it begins from."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ActionItem
from domain.kept_tickets import Ticket
from domain.postmortems import Postmortem
from domain.tickets import Place, Wanted
from integrations.trackers import Tracker, TrackerBusy, TrackerRefused
from storage import action_items, postmortems
from storage.engine import Sessions


class Lost(Exception):
    """Its lease ran out, and another worker has the ticket now: nothing more is to be kept."""


class Overtaken(Exception):
    """The item changed while its tracker was asked: all of it is to be looked at anew."""


class MayBeMade(TrackerBusy):
    """The tracker did not answer whether it made the ticket: it is to be looked for."""


class RefusedThis(Exception):
    """The tracker refused something of this one ticket; its place is well."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """What a turn is done with, since one strike of the clock; `lease` is how long it has them.

    `clock` tells the time since then, and `patience` is how long a ticket may take to be made.
    """

    sessions: Sessions
    client: AsyncWebClient
    tracker: Tracker
    workspace_id: str
    now: datetime
    lease: timedelta
    patience: timedelta
    clock: Callable[[], datetime]

    @property
    def later(self) -> datetime:
        """When it is by now; never before the strike, should somebody put the clock back."""
        return max(self.now, self.clock())


@dataclass(frozen=True, kw_only=True)
class Situation:
    """An item as it stands, where its ticket is, and what that is to say.

    `owner` is a name. `asked` is the account of whoever was asked to take the item on, if it is
    known.
    """

    postmortem: Postmortem
    item: ActionItem
    place: Place
    owner: str
    ours: Wanted
    asked: str = ""


async def locked(
    session: AsyncSession, work: Work, ticket: Ticket, at: Situation
) -> tuple[Postmortem, ActionItem]:
    """The item as it is now, with its postmortem locked."""
    postmortem = await postmortems.lock(session, work.workspace_id, at.postmortem.id)
    found = await action_items.item(session, work.workspace_id, ticket.item_id)
    if found is None:
        raise Overtaken
    return postmortem, found[1]


@contextmanager
def of_this_ticket() -> Iterator[None]:
    """What is refused within the block is wrong with the ticket, and not with its place."""
    try:
        yield
    except TrackerRefused as refused:
        raise RefusedThis(str(refused)) from refused
