"""Who somebody is: remembered from Slack, asked for when they are met the first time."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from blocks.inputs import PERSON_CHOSEN
from domain.errors import RuleBroken
from domain.people import Person
from handlers.opening import Opening, Tell, tell_by
from handlers.refusals import code_of
from storage import people
from storage.engine import Sessions

log = structlog.get_logger(__name__)

#: Slack waits three seconds for an answer to a submitted form: a stranger gets half of them.
PATIENCE = 1.5


def register(app: AsyncApp) -> None:
    """Register what keeps our memory of people fresh."""
    app.action(PERSON_CHOSEN)(meet)
    app.event("user_change")(refresh)


async def meet(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    opening: Opening,
    respond: Tell,
    now: Callable[[], datetime],
) -> None:
    """Look up whoever was just chosen in a form, so that saving it need not wait for Slack."""
    await ack()
    chosen = [action["selected_user"] for action in body["actions"] if action.get("selected_user")]

    async def look() -> None:
        await known(client, sessions, team_id, chosen, now())

    opening.begin(look(), tell_by(client, body, respond))


async def refresh(
    event: dict[str, Any], sessions: Sessions, team_id: str, now: Callable[[], datetime]
) -> None:
    """Take over what Slack says has changed about a person we know."""
    person = person_from(event["user"], team_id)
    async with sessions.begin() as session:
        if await people.known(session, team_id, [person.id]):
            await people.remember(session, team_id, [person], now())


async def whoever(
    client: AsyncWebClient, sessions: Sessions, team_id: str, user_id: str, now: datetime
) -> Person:
    """The person who clicked; somebody nameless in UTC if Slack does not say who they are."""
    try:
        met = await known(client, sessions, team_id, [user_id], now)
    except RuleBroken:
        return nobody(user_id)
    return met.get(user_id, nobody(user_id))


def nobody(user_id: str) -> Person:
    """Somebody Slack tells us nothing of."""
    return Person(id=user_id, name="")


async def known(
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    ids: Iterable[str],
    now: datetime,
    field: str = "owner",
) -> dict[str, Person]:
    """The people with these ids; those never met are asked of Slack, within PATIENCE seconds.

    An id that is nobody's is left out. Raises RuleBroken on `field` when Slack does not answer
    in time: better a second press than an item owned by a robot.
    """
    wanted = {each for each in ids if each}
    async with sessions() as session:
        met = await people.known(session, team_id, wanted)
    strangers = sorted(wanted - met.keys())
    if not strangers:
        return met
    new = await _introduced(client, team_id, strangers, field)
    async with sessions.begin() as session:
        await people.remember(session, team_id, new, now)
    return met | {person.id: person for person in new}


async def _introduced(
    client: AsyncWebClient, team_id: str, ids: list[str], field: str
) -> list[Person]:
    try:
        async with asyncio.timeout(PATIENCE):
            found = await asyncio.gather(*(_ask(client, team_id, each) for each in ids))
    except (TimeoutError, aiohttp.ClientError, SlackApiError) as silent:
        log.warning("people_unknown", ids=ids, why=repr(silent))
        raise RuleBroken(
            field, "Slack did not say in time who this is. Nothing is lost: press Save again."
        ) from silent
    return [person for person in found if person is not None]


async def _ask(client: AsyncWebClient, team_id: str, user: str) -> Person | None:
    try:
        answer = await client.users_info(user=user)
    except SlackApiError as refused:
        if code_of(refused) in {"user_not_found", "user_not_visible"}:
            return None
        raise
    return person_from(answer["user"], team_id)


def person_from(user: dict[str, Any], team_id: str) -> Person:
    """Read Slack's user object (docs.slack.dev/reference/objects/user-object)."""
    profile = user.get("profile", {})
    name = profile.get("display_name") or profile.get("real_name") or user.get("name", "")
    outside = user.get("team_id", team_id) != team_id and team_id not in user.get("teams", [])
    return Person(
        id=user["id"],
        name=name,
        zone=user.get("tz") or "UTC",
        is_bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        is_deactivated=bool(user.get("deleted")),
        is_outsider=outside or bool(user.get("is_stranger")),
    )
