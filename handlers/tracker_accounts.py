"""Who is who in a tracker: looked for by what somebody wrote of them, else by e-mail address."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from domain.tickets import Account, Place
from handlers.patience import within
from handlers.people import PATIENCE
from handlers.reading import SILENCE, reads
from integrations.trackers import Tracker, TrackerRefused
from storage import tracker_accounts
from storage.engine import Sessions
from storage.tracker_accounts import Known

log = structlog.get_logger(__name__)

#: Where nobody was found, it is looked again so late: an account may have been made meanwhile.
A_DAY = timedelta(days=1)


async def account_of(
    sessions: Sessions,
    client: AsyncWebClient,
    tracker: Tracker,
    place: Place,
    workspace_id: str,
    person: str,
    now: datetime,
) -> str:
    """Somebody's account, as it is known or found now; empty where there is none.

    What was chosen for them is looked for before their e-mail address. Raises TrackerBusy.
    """
    async with sessions() as session:
        known = await tracker_accounts.of_person(session, workspace_id, tracker.kind, person)
    if known is not None and (known.account or _is_fresh(known, now)):
        return known.account
    try:
        said = known.typed if known and known.typed else await _address(client, person)
        found = await _found(tracker, place, said)
    except (*SILENCE, TrackerRefused) as silent:
        # Not remembered: it may be told the next time.
        log.warning("account_not_told", person=person, why=repr(silent))
        return ""
    async with sessions.begin() as session:
        where = workspace_id, tracker.kind, person
        await tracker_accounts.found(session, *where, found, now)
    log.info("account_looked_for", person=person, tracker=tracker.kind, is_known=bool(found))
    return found.id if found else ""


def _is_fresh(known: Known, now: datetime) -> bool:
    return known.looked_at is not None and now < known.looked_at + A_DAY


async def _found(tracker: Tracker, place: Place, said: str) -> Account | None:
    return await tracker.account(place, said) if said else None


async def _address(client: AsyncWebClient, person: str) -> str:
    """Their e-mail address; empty where the app may not know it (users:read.email)."""
    async with within(PATIENCE):
        answer = await reads(client).users_info(user=person)
    profile = answer["user"].get("profile", {})
    return str(profile.get("email", ""))


async def person_with(
    sessions: Sessions,
    client: AsyncWebClient,
    tracker: Tracker,
    place: Place,
    workspace_id: str,
    account: str,
    candidates: Iterable[str],
    now: datetime,
) -> str:
    """Whose account it is, of whom it is known and then of the candidates; empty for a stranger."""
    async with sessions() as session:
        known = await tracker_accounts.person_of(session, workspace_id, tracker.kind, account)
    if known or not account:
        return known
    for each in dict.fromkeys(candidates):
        its = await account_of(sessions, client, tracker, place, workspace_id, each, now)
        if its == account:
            return each
    return ""
