"""The windows of the trackers and of the people in them, as things stand."""

from collections.abc import Mapping

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import tracker_people as people_blocks
from blocks import trackers as blocks
from blocks.parts import View
from blocks.tracker_people import Somebody
from domain.tickets import Place, TrackerKind
from handlers.reading import SILENCE
from storage import missing_tickets, people, ticket_people, ticket_places, tracker_accounts
from storage.engine import Sessions
from storage.tracker_accounts import Known

log = structlog.get_logger(__name__)


async def places_window(
    sessions: Sessions, team_id: str, page: int = 0, notes: Mapping[int, str] | None = None
) -> View:
    """The window of the trackers; `notes` are what is to be said of places just now."""
    async with sessions() as session:
        shown = blocks.Places(
            places=await ticket_places.standing(session, team_id),
            missing=await missing_tickets.number(session, team_id),
            named=await missing_tickets.named(session, team_id, blocks.NAMED),
            notes=notes or {},
        )
    return blocks.trackers_window(shown, page)


async def people_window(sessions: Sessions, team_id: str, page: int = 0) -> View:
    """The window of the people in each tracker: who owns an open item, and who was chosen."""
    async with sessions() as session:
        kinds = await kinds_of(session, team_id)
        known = {kind: await _known(session, team_id, kind) for kind in kinds}
        owners = await ticket_people.owners(session, team_id)
        chosen = {each for its in known.values() for each in _chosen(its)}
        met = await people.known(session, team_id, {*owners, *chosen})
    listed = {kind: {*owners, *_chosen(known[kind])} for kind in kinds}
    seen = [
        _somebody(kind, each, met[each].name if each in met else each, known[kind].get(each))
        for kind, those in listed.items()
        for each in those
    ]
    return people_blocks.people_window(seen, page)


async def somebody(session: AsyncSession, team_id: str, kind: TrackerKind, person: str) -> Somebody:
    """What is known of one person's account."""
    known = await tracker_accounts.of_person(session, team_id, kind, person)
    return _somebody(kind, person, person, known)


async def kinds_of(session: AsyncSession, team_id: str) -> list[TrackerKind]:
    """The trackers in which tickets are made, or were."""
    places = await ticket_places.all_of(session, team_id)
    return list(dict.fromkeys(each.kind for each in places))


def _chosen(known: Mapping[str, Known]) -> set[str]:
    return {person for person, its in known.items() if its.typed}


async def _known(session: AsyncSession, team_id: str, kind: TrackerKind) -> dict[str, Known]:
    return {each.person: each for each in await tracker_accounts.all_of(session, team_id, kind)}


def _somebody(kind: TrackerKind, person: str, name: str, known: Known | None) -> Somebody:
    kept = known or Known(person=person)
    return Somebody(
        person=person,
        name=name,
        kind=kind,
        account=kept.account,
        called=kept.name,
        typed=kept.typed,
        chosen_by=kept.chosen_by,
        looked_at=kept.looked_at,
    )


async def place_for(session: AsyncSession, team_id: str, kind: TrackerKind) -> Place | None:
    """A place of a tracker in which accounts can be looked for: where tickets are made, if any."""
    standing = await ticket_places.standing(session, team_id)
    places = [*standing, *await ticket_places.all_of(session, team_id)]
    return next((each for each in places if each.kind is kind), None)


async def show_there(client: AsyncWebClient, window: str, view: View) -> None:
    """Show a view in a window, where there is one: whoever looked at it may have closed it."""
    if not window:
        return
    try:
        await client.views_update(view_id=window, view=view)
    except SILENCE as silent:
        log.info("window_not_redrawn", why=repr(silent))


def page_of(value: object) -> int:
    """Which page a button leads to."""
    page = str(value or "").rpartition(":")[2]
    return int(page) if page.isdecimal() else 0
