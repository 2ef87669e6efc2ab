"""Whose turn it is to chair a review, and who may (rule 8)."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.agreements import can_agree as is_here
from domain.agreements import standing
from domain.errors import RuleBroken
from domain.meetings import Turn, check_chair, check_facilitator, rotation
from domain.people import Person
from domain.postmortems import Postmortem
from handlers.answers import Repeated
from handlers.patience import within
from handlers.people import PATIENCE, known
from handlers.reading import SILENCE, reads
from handlers.sections import stored
from storage import agreements, meetings, people, workspaces
from storage.engine import Sessions

log = structlog.get_logger(__name__)

_FIELD = "facilitator"
#: So many of those whose turn it is are looked up: Slack leaves three seconds to open a form.
ASKED_MAX = 6
#: Members a page (docs.slack.dev/reference/methods/conversations.members: no more than 1,000).
_PAGE = 1000


async def here(
    client: AsyncWebClient, sessions: Sessions, team_id: str, ids: Iterable[str], now: datetime
) -> dict[str, Person]:
    """These people as Slack describes them, or as it did last where it is silent."""
    wanted = {each for each in ids if each}
    try:
        return await known(client, sessions, team_id, wanted, now)
    except RuleBroken:  # logged where it was raised
        async with sessions() as session:
            return await people.known(session, team_id, wanted)


async def gone(session: AsyncSession, team_id: str, ids: Iterable[str]) -> set[str]:
    """Those of these people of whom we know that they have left."""
    met = await people.known(session, team_id, [each for each in ids if each])
    return {each.id for each in met.values() if each.is_deactivated}


async def turns(session: AsyncSession, postmortem: Postmortem, now_chairs: str = "") -> list[Turn]:
    """Who may chair, whose turn it is first; whoever we know to have left is not among them."""
    team = postmortem.workspace
    pool = await meetings.facilitators(session, team) or await meetings.peers(session, team)
    last = await meetings.last_chaired(session, team, pool)
    met = await people.known(session, team, pool)
    return [
        Turn(person=each, last=last.get(each))
        for each in rotation(pool, postmortem.facts.responders, last)
        if each != now_chairs and (each not in met or is_here(met[each]))
    ]


async def next_in(
    client: AsyncWebClient,
    sessions: Sessions,
    postmortem: Postmortem,
    in_turn: Sequence[Turn],
    now: datetime,
) -> Turn | None:
    """The first of these who is here, and in the channel where that is private; or nobody."""
    inside = await members(client, sessions, postmortem)
    free = [each for each in in_turn if inside is None or each.person in inside][:ASKED_MAX]
    wanted = [each.person for each in free]
    met = await here(client, sessions, postmortem.workspace, wanted, now)
    return next((each for each in free if each.person in met and is_here(met[each.person])), None)


async def members(
    client: AsyncWebClient, sessions: Sessions, postmortem: Postmortem
) -> set[str] | None:
    """Who may see a private postmortem; None of a public one, and of a silent Slack.

    What comes from a private channel is for its members alone; what was imported as private has
    none, and is for the programme lead.
    """
    if not postmortem.is_private:
        return None
    if postmortem.channel is None:
        async with sessions() as session:
            return {(await workspaces.programme(session, postmortem.workspace)).lead}
    try:
        async with within(PATIENCE):
            return await _members(client, postmortem.channel)
    except SILENCE as silent:
        log.warning("members_unknown", why=repr(silent))
        return None


async def _members(client: AsyncWebClient, channel: str) -> set[str]:
    found: set[str] = set()
    cursor = ""
    while True:
        page = await reads(client).conversations_members(
            channel=channel, limit=_PAGE, cursor=cursor or None
        )
        found |= set(page["members"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            return found


async def peer(
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    postmortem_id: int,
    person_id: str,
    now: datetime,
) -> Person:
    """The person if they may chair this review; RuleBroken on `facilitator` for anybody else.

    Whoever chairs the review of a private incident is in its channel already. To be called before
    anything is locked, since Slack is asked.
    """
    async with sessions() as session:
        postmortem = await stored(session, team_id, postmortem_id)
    met, inside = await asyncio.gather(
        known(client, sessions, team_id, [person_id], now, _FIELD),
        members(client, sessions, postmortem),
    )
    chair = check_facilitator(met.get(person_id), postmortem.facts.responders)
    if not postmortem.is_private:
        return chair
    _check_may_see(chair, postmortem, inside)
    return chair


def _check_may_see(chair: Person, postmortem: Postmortem, inside: set[str] | None) -> None:
    if inside is None:
        raise RuleBroken(
            _FIELD,
            "Slack did not say in time who is in this channel. Nothing is lost: press again.",
        )
    if chair.id in inside:
        return
    if postmortem.channel is None:
        raise RuleBroken(
            _FIELD,
            "This postmortem was imported as private and belongs to no channel. Only the programme "
            "lead may see it, and so chair its review.",
        )
    raise RuleBroken(
        _FIELD,
        f"{chair.name} is not in this private channel. Invite {chair.name} to it first, or "
        "choose somebody who is in it.",
    )


async def waiting(session: AsyncSession, postmortem: Postmortem) -> tuple[str, ...]:
    """Which responders have not agreed to the timeline and still can (rule 7)."""
    responders = postmortem.facts.responders
    met = await people.known(session, postmortem.workspace, responders)
    left = [each.id for each in met.values() if not is_here(each)]
    return standing(responders, await agreements.agreements(session, postmortem.id), left).waiting


async def name_of(session: AsyncSession, team_id: str, person_id: str) -> str:
    """What somebody is called, where we have met them."""
    met = await people.known(session, team_id, [person_id])
    return met[person_id].name if person_id in met else "Somebody else"


async def check_new_chair(
    session: AsyncSession, team_id: str, chair: str, *, seen: str, wanted: str
) -> None:
    """Refuse to pass a chair on to whoever has it, or from somebody who has it no more.

    `seen` is who had it when the form was opened. Raises Repeated where it was passed on to whom
    it is passed on: somebody pressed twice.
    """
    name = await name_of(session, team_id, chair)
    if wanted == chair:
        if wanted != seen:
            raise Repeated
        raise RuleBroken(_FIELD, f"{name} chairs it already. Choose somebody else.")
    if chair != seen:
        raise RuleBroken(
            _FIELD, f"The chair was passed on to {name} while you had this open. Close this form."
        )


async def check_apart(
    session: AsyncSession, postmortem: Postmortem, responders: Sequence[str]
) -> None:
    """Refuse responders among whom the chair of the incident's review would be (rule 8)."""
    meeting = await meetings.meeting(session, postmortem.id)
    if meeting is not None:
        name = await name_of(session, postmortem.workspace, meeting.facilitator)
        check_chair(responders, meeting, name)
