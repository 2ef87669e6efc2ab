"""Finding a timeline in the channel's history: read, proposed, looked through, added."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import backfill as forms
from blocks.forms import opened, remembered
from blocks.timeline import save_first
from domain.candidates import Candidate, Proposal, added
from domain.errors import RuleBroken
from domain.postmortems import Postmortem, Section
from domain.sources import Ourselves
from domain.timeline import check_timeline
from handlers.answers import Repeated, answering, submission_of
from handlers.milestones import fill_in
from handlers.opening import Opening, Tell, show, tell_by, tell_nobody
from handlers.people import whoever
from handlers.permalinks import link
from handlers.searching import Search, look_for_entries, names_of
from handlers.sections import Made, keep, number_in, stored
from handlers.timeline import put
from storage import postmortems, proposals, sections, timeline
from storage.engine import Sessions

log = structlog.get_logger(__name__)

NO_CHANNEL = (
    "This postmortem was imported and has no channel to read. Type what happened into its timeline."
)
ANSWERED = (
    "What was found here is a day old, or was added already. Press “Find it in the channel” "
    "again: what is in the timeline is not proposed twice."
)
NOTHING_TICKED = "Tick what belongs into the timeline, or close this window."
#: How far the buttons turn.
TURNS = {forms.NEXT_FOUND: 1, forms.BACK_FOUND: -1}


def register(app: AsyncApp) -> None:
    """Register the button, the pages of what was found, and the form that adds it."""
    app.action(forms.FIND_ENTRIES)(find)
    app.action(forms.READ_ON)(go_on)
    app.action(forms.NEXT_FOUND)(turn)
    app.action(forms.BACK_FOUND)(turn)
    app.view(forms.FOUND)(add)


async def find(
    ack: AsyncAck,
    body: dict[str, Any],
    action: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    bot_id: str,
    bot_user_id: str,
    opening: Opening,
    respond: Tell,
    now: Callable[[], datetime],
) -> None:
    """Open a window at once, read the channel behind it, and show what may belong in."""
    await ack()

    async def work() -> None:
        async with sessions() as session:
            postmortem = await stored(session, team_id, number_in(action))
        if postmortem.channel is None:
            raise RuleBroken("entries", NO_CHANNEL)
        wait = save_first(body.get("view", {}))
        shown = await show(client, body, wait or forms.reading_window())
        if wait is not None:
            return
        search = Search(
            client=client,
            sessions=sessions,
            team_id=team_id,
            person=await whoever(client, sessions, team_id, user_id, now()),
            ourselves=Ourselves(user=bot_user_id, bot=bot_id),
            postmortem=postmortem,
            window=shown["id"],
            now=now(),
        )
        await look_for_entries(search)

    opening.begin(work(), tell_by(client, body, respond))


async def go_on(
    ack: AsyncAck,
    body: dict[str, Any],
    action: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    bot_id: str,
    bot_user_id: str,
    opening: Opening,
    respond: Tell,
    now: Callable[[], datetime],
) -> None:
    """Read further back, and show all that was found; what was ticked stays ticked."""
    await ack()

    async def work() -> None:
        async with sessions() as session:
            number, before = await _proposed(session, team_id, number_in(action), user_id)
            postmortem = await stored(session, team_id, number)
        search = Search(
            client=client,
            sessions=sessions,
            team_id=team_id,
            person=await whoever(client, sessions, team_id, user_id, now()),
            ourselves=Ourselves(user=bot_user_id, bot=bot_id),
            postmortem=postmortem,
            window=body["view"]["id"],
            now=now(),
        )
        await search.show(forms.reading_window(before.messages_read))
        await look_for_entries(search, before, forms.read_ticks(body["view"], before))

    opening.begin(work(), tell_by(client, body, respond))


async def turn(
    ack: AsyncAck,
    body: dict[str, Any],
    action: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    opening: Opening,
    respond: Tell,
) -> None:
    """Show another page of what was found; what is ticked on this one is remembered."""
    await ack()
    view = body["view"]

    async def work() -> None:
        async with sessions() as session:
            _, proposal = await _proposed(session, team_id, number_in(action), user_id)
            names = await names_of(session, team_id, proposal)
        kept = remembered(view)
        other = forms.proposal_form(
            opened(view),
            kept["key"],
            kept["proposal"],
            proposal,
            forms.read_ticks(view, proposal),
            page=kept["page"] + TURNS[action["action_id"]],
            names=names,
        )
        await client.views_update(view_id=view["id"], hash=view["hash"], view=other)

    opening.begin(work(), tell_by(client, body, respond))


async def add(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    opening: Opening,
    now: Callable[[], datetime],
) -> None:
    """Put what is ticked into the timeline, then ask Slack where each message is."""
    async with answering(ack, view):
        made = Made(by=user_id, at=now(), submission=submission_of(view))
        async with sessions.begin() as session:
            postmortem = await postmortems.lock(session, team_id, opened(view).postmortem_id)
            if await sections.was_submitted(
                session, postmortem.id, Section.TIMELINE, made.submission
            ):
                raise Repeated
            _, proposal = await _proposed(session, team_id, remembered(view)["proposal"], user_id)
            chosen = _chosen(view, proposal)
            await _put(session, postmortem, chosen, made)
            await proposals.drop(session, remembered(view)["proposal"])
        log.info("entries_added", postmortem=postmortem.key, number=len(chosen))
        ts = [each.message_ts for each in chosen]
        opening.begin(link(client, sessions, postmortem, ts, made), tell_nobody)


def _chosen(view: dict[str, Any], proposal: Proposal) -> list[Candidate]:
    ticked = set(forms.read_ticks(view, proposal))
    if not ticked:
        raise RuleBroken(forms.FIELD, NOTHING_TICKED)
    return [each for each in proposal.candidates if each.message_ts in ticked]


async def _put(
    session: AsyncSession, postmortem: Postmortem, chosen: list[Candidate], made: Made
) -> None:
    old = await timeline.entries(session, postmortem.id)
    new = check_timeline(added(old, chosen, postmortem.channel or ""), made.at, forms.FIELD)
    await put(session, postmortem, old, new, made)
    await fill_in(session, postmortem, new, made)
    await keep(session, postmortem, Section.TIMELINE, made)


async def _proposed(
    session: AsyncSession, team_id: str, proposal_id: int, user_id: str
) -> tuple[int, Proposal]:
    found = await proposals.find(session, team_id, proposal_id, user_id)
    if found is None:
        raise RuleBroken(forms.FIELD, ANSWERED)
    return found
