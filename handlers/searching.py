"""Looking through a channel's history for what belongs into a timeline."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import backfill as forms
from blocks.forms import Opened
from blocks.notices import sorry_modal
from blocks.parts import View
from domain.candidates import FEW, Candidate, Marks, noteworthy, of_others
from domain.people import Person
from domain.postmortems import Postmortem
from domain.proposals import Proposal, propose, read_on
from domain.slack_words import mentioned
from domain.sources import Ourselves
from domain.times import HALF_A_DAY
from handlers import history
from handlers.channels import CLOSED
from handlers.reading import SILENCE
from handlers.refusals import code_of
from storage import people, proposals, timeline, workspaces
from storage.engine import Sessions

log = structlog.get_logger(__name__)

NOT_IN_IT = (
    "I am not in the channel any more, so I cannot read it. "
    "Type `/invite @Closed Loop` there, then try again."
)
NOT_READ = (
    "Slack did not let me read the channel. Nothing is lost: please try again in a minute, "
    "or type the entries into the timeline."
)
#: The person is told how far it got whenever so many more messages were read.
TOLD_EVERY = 1000
NOTHING_YET = Proposal(candidates=[])


class WindowClosed(Exception):
    """Whoever opened the window has closed it, and changed their mind."""


@dataclass(frozen=True, kw_only=True)
class Search:
    """Who looks, in which window, for whose timeline; and the means to look."""

    client: AsyncWebClient
    sessions: Sessions
    team_id: str
    person: Person
    ourselves: Ourselves
    postmortem: Postmortem
    window: str
    now: datetime

    async def show(self, view: View) -> None:
        """Show this in the window; raises WindowClosed when that is not there any more."""
        try:
            await self.client.views_update(view_id=self.window, view=view)
        except SlackApiError as refused:
            if code_of(refused) != "not_found":
                raise
            raise WindowClosed from refused

    async def progress(self, messages: int, seconds: int) -> None:
        """Say how far it got, now and then, and always before a wait."""
        if seconds or messages % TOLD_EVERY < history.PAGE:
            await self.show(forms.reading_window(messages, seconds))


async def look_for_entries(
    search: Search, before: Proposal = NOTHING_YET, ticked: Sequence[str] = ()
) -> None:
    """Read, from the newest message or from where it was left, and show what was found."""
    try:
        if before.unread_before:
            await search.show(forms.reading_window(before.messages_read))
        await search.show(await _found_or_why_not(search, before, ticked))
    except WindowClosed:
        log.info("window_closed")


async def _found_or_why_not(search: Search, before: Proposal, ticked: Sequence[str]) -> View:
    try:
        return await _looked(search, before, ticked)
    except SlackApiError as refused:
        return sorry_modal("From the channel", _why_not(code_of(refused)))
    except SILENCE as silent:
        log.warning("channel_not_read", why=repr(silent))
        return sorry_modal("From the channel", NOT_READ)


def _why_not(code: str) -> str:
    log.warning("channel_not_read", slack_error=code)
    return NOT_IN_IT if code in CLOSED else NOT_READ


async def _looked(search: Search, before: Proposal, ticked: Sequence[str]) -> View:
    postmortem, facts = search.postmortem, search.postmortem.facts
    end = min(search.now, (facts.recovered_at or search.now) + HALF_A_DAY)
    look = await history.read(
        search.client,
        postmortem.channel or "",
        facts.started_at - HALF_A_DAY,
        before.unread_before or f"{end.timestamp():.6f}",
        search.progress,
    )
    marks = await _marks(search, look)
    number = before.messages_read + len(of_others(look.messages, search.ourselves))
    every_one = number < FEW and not look.before
    found = [
        *read_on(before.candidates),
        *noteworthy(look.messages, marks, every_one=every_one),
    ]
    async with search.sessions() as session:
        entries = await timeline.entries(session, postmortem.id)
    proposal = replace(
        propose(found, entries),
        messages_read=number,
        unread_before=look.before,
    )
    if not proposal.candidates and not look.before:
        return forms.nothing_found(postmortem, proposal)
    return await _kept(search, proposal, [*ticked, *_new_sure(proposal, before.candidates)])


def _new_sure(proposal: Proposal, seen: Sequence[Candidate]) -> set[str]:
    return set(proposal.sure) - {each.message_ts for each in seen}


async def _marks(search: Search, look: history.Look) -> Marks:
    channel = search.postmortem.channel or ""
    pins = await history.pins(search.client, channel)
    met = {user for message in look.messages for user in mentioned(message)}
    async with search.sessions() as session:
        programme = await workspaces.programme(session, search.team_id)
        known = await people.known(session, search.team_id, met)
    return Marks(
        channel=channel,
        reaction=programme.reaction,
        ourselves=search.ourselves,
        pins=pins,
        names={person.id: person.name for person in known.values()},
    )


async def _kept(search: Search, proposal: Proposal, ticked: Sequence[str]) -> View:
    postmortem = search.postmortem
    async with search.sessions.begin() as session:
        proposal_id = await proposals.keep(
            session, search.team_id, postmortem.id, search.person.id, proposal, search.now
        )
        names = await names_of(session, search.team_id, proposal)
    about = Opened(postmortem_id=postmortem.id, zone=search.person.tzinfo.key)
    return forms.proposal_form(about, postmortem.key, proposal_id, proposal, ticked, names=names)


async def names_of(session: AsyncSession, team_id: str, proposal: Proposal) -> dict[str, str]:
    """What those are called who marked a message, as far as they were ever met."""
    marked = {each.marked_by for each in proposal.candidates} - {""}
    return {
        person.id: person.name for person in (await people.known(session, team_id, marked)).values()
    }
