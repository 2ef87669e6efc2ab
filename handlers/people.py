"""Who somebody is: remembered from Slack, asked for when they are met the first time."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from blocks.inputs import PERSON_CHOSEN
from domain.errors import RuleBroken
from domain.people import Person
from handlers.opening import Opening, tell_nobody
from handlers.patience import within
from handlers.reading import SILENCE, reads
from handlers.refusals import code_of
from storage import people
from storage.engine import Sessions

log = structlog.get_logger(__name__)

#: Slack waits three seconds for an answer to a submitted form: a stranger gets half of them.
PATIENCE = 1.5
#: `user_change` may be missed, and whoever becomes accountable must still be here.
A_DAY = timedelta(days=1)


def register(app: AsyncApp) -> None:
    """Register what looks up whoever is chosen in a form."""
    app.action(PERSON_CHOSEN)(meet)


async def meet(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    opening: Opening,
    now: Callable[[], datetime],
) -> None:
    """Look up whoever was just chosen in a form, so that saving it need not wait for Slack.

    Where Slack does not answer nobody is told: nothing was asked for yet, and saving asks again.
    """
    await ack()
    chosen = [action["selected_user"] for action in body["actions"] if action.get("selected_user")]

    async def look() -> None:
        await known(client, sessions, team_id, [*chosen, user_id], now())

    opening.begin(look(), tell_nobody)


async def whoever(
    client: AsyncWebClient, sessions: Sessions, team_id: str, user_id: str, now: datetime
) -> Person:
    """The person who clicked, as last described; somebody nameless in UTC where nobody says."""
    try:
        met = await known(client, sessions, team_id, [user_id], now, no_older_than=None)
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
    no_older_than: timedelta | None = A_DAY,
) -> dict[str, Person]:
    """The people with these ids; Slack is asked about strangers, within PATIENCE seconds.

    Also about those described longer ago than `no_older_than`: of them the old description holds
    when Slack is silent. An id that is nobody's is left out. Raises RuleBroken on `field` when
    Slack does not say who a stranger is: better a second press than an item owned by a robot.
    """
    wanted = {each for each in ids if each}
    since = now - no_older_than if no_older_than else None
    async with sessions() as session:
        fresh = await people.known(session, team_id, wanted, since)
        unsure = wanted - fresh.keys()
        old = await people.known(session, team_id, unsure) if since else {}
    if not unsure:
        return fresh
    said = await _introduced(client, team_id, sorted(unsure))
    met = {person.id: person for person in said.values() if person is not None}
    async with sessions.begin() as session:
        await people.remember(session, team_id, met.values(), now)
    silent = unsure - said.keys()
    if silent - old.keys():
        raise RuleBroken(
            field, "Slack did not say in time who this is. Nothing is lost: press Save again."
        )
    return fresh | {each: old[each] for each in silent} | met


async def _introduced(
    client: AsyncWebClient, team_id: str, ids: list[str]
) -> dict[str, Person | None]:
    """What Slack says of each in time: None of an id that is nobody's."""
    answers = await asyncio.gather(
        *(_ask_in_time(client, team_id, each) for each in ids),
        return_exceptions=True,
    )
    said: dict[str, Person | None] = {}
    silent: dict[str, str] = {}
    for each, answer in zip(ids, answers, strict=True):
        if isinstance(answer, SILENCE):
            silent[each] = repr(answer)
        elif isinstance(answer, BaseException):
            raise answer
        else:
            said[each] = answer
    if silent:
        log.warning("people_unknown", ids=list(silent), why=sorted(set(silent.values())))
    return said


async def _ask_in_time(client: AsyncWebClient, team_id: str, user: str) -> Person | None:
    async with within(PATIENCE):
        return await _ask(client, team_id, user)


async def _ask(client: AsyncWebClient, team_id: str, user: str) -> Person | None:
    try:
        answer = await reads(client).users_info(user=user)
    except SlackApiError as refused:
        if code_of(refused) in {"user_not_found", "user_not_visible"}:
            return None
        raise
    return person_from(answer["user"], team_id)


def person_from(user: dict[str, Any], team_id: str) -> Person:
    """Read Slack's user object (docs.slack.dev/reference/objects/user-object)."""
    profile = user.get("profile", {})
    name = profile.get("display_name") or profile.get("real_name") or user.get("name", "")
    # In an Enterprise organisation `team_id` is where a person is at home, one of their workspaces.
    homes = {*user.get("teams", []), *user.get("enterprise_user", {}).get("teams", [])}
    outside = user.get("team_id", team_id) != team_id and team_id not in homes
    return Person(
        id=user["id"],
        name=name,
        zone=user.get("tz") or "UTC",
        is_bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        is_deactivated=bool(user.get("deleted")),
        is_outsider=outside or bool(user.get("is_stranger")),
    )
