"""`/postmortem settings`: what a workspace sets for its programme."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import settings as forms
from domain.errors import RuleBroken
from domain.people import accountable
from domain.programme import Programme
from domain.settings import (
    Settings,
    changes_cadence,
    check_country,
    check_facilitators,
)
from handlers import (
    budgets,
    health,
    inviting,
    orphans,
    services,
    settings_reviews,
    taxonomy,
    trackers,
)
from handlers.answers import Repeated, answering
from handlers.digests import replan
from handlers.facilitators import here
from handlers.opening import Opening, show, tell_nobody
from handlers.people import known
from handlers.settings_reviews import group_named, handle_of
from handlers.settings_roles import check_may
from handlers.subcommands import Subcommand, Typed
from integrations import public_holidays
from storage import meetings, workspaces
from storage.engine import Sessions

log = structlog.get_logger(__name__)

WHAT = (
    "I know `/postmortem settings`, `/postmortem settings classes`, which shows the causal classes "
    "of your incidents, `/postmortem settings services`: whose they are, and their budgets, and "
    "`/postmortem settings trackers`: where the tickets of action items are made."
)


def register(app: AsyncApp) -> None:
    """Register the settings form."""
    app.view(forms.SETTINGS)(save_settings)


async def open_settings(typed: Typed) -> None:
    """Open what the word names for whoever may change it; say who may to anybody else."""
    opens = {
        "": _open_form,
        "classes": taxonomy.open_taxonomy,
        "services": services.open_services,
        "trackers": trackers.open_trackers,
    }
    open_it = opens.get(typed.rest.lower())
    await (open_it(typed) if open_it else typed.ack(WHAT))


async def _open_form(typed: Typed) -> None:
    await typed.ack()

    async def work() -> None:
        async with typed.sessions() as session:
            before = await workspaces.programme(session, typed.team_id)
        # Nobody has told us, perhaps, that the lead has left.
        _, handle = await asyncio.gather(
            here(typed.client, typed.sessions, typed.team_id, [before.lead], typed.now()),
            handle_of(typed.client, before.facilitator_group),
        )
        async with typed.sessions() as session:
            settings = await _stored(session, typed.team_id)
            await check_may(session, typed.team_id, typed.user_id)
        same = settings.programme.facilitator_group == before.facilitator_group
        form = forms.settings_modal(settings, typed.user_id, handle if same else "")
        await show(typed.client, typed.command, form)

    typed.opening.begin(work(), typed.respond)


async def _stored(session: AsyncSession, team_id: str) -> Settings:
    return Settings(
        programme=await workspaces.programme(session, team_id),
        facilitators=tuple(await meetings.facilitators(session, team_id)),
    )


async def save_settings(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    opening: Opening,
    now: Callable[[], datetime],
) -> None:
    """Keep the settings, unless somebody else changed them meanwhile."""
    async with answering(ack, view):
        async with sessions() as session:
            before = await _stored(session, team_id)
        seen, wanted = forms.read_settings(view, before.programme)
        holidays = wanted.programme.holidays
        check_country(holidays, is_known=public_holidays.is_known(holidays))
        # Both ask Slack, which leaves three seconds for all of it.
        wanted, _ = await asyncio.gather(
            _with_group(client, view, wanted),
            _check_people(client, sessions, team_id, wanted, now()),
        )
        async with sessions.begin() as session:
            await workspaces.ensure(session, team_id)  # from here on others wait
            stored = await _stored(session, team_id)
            await check_may(session, team_id, user_id)
            _check_fresh(seen, stored, wanted)
            await workspaces.change_programme(session, team_id, wanted.programme)
            await meetings.name_facilitators(session, team_id, wanted.facilitators)
            await _follow(session, team_id, stored.programme, wanted.programme, now())
        log.info("settings_changed")
        programme = wanted.programme
        channels = (
            *(programme.organisation_channel, programme.engineering_channel),
            programme.review_channel,
        )
        opening.begin(inviting.hint(client, user_id, channels), tell_nobody)


async def _with_group(client: AsyncWebClient, view: dict[str, Any], wanted: Settings) -> Settings:
    """The same with the facilitators' group that is named, where it is another than before."""
    if not (handle := forms.read_new_group(view)):
        return wanted
    group = await group_named(client, handle)
    return replace(wanted, programme=replace(wanted.programme, facilitator_group=group))


async def _follow(
    session: AsyncSession, team_id: str, before: Programme, after: Programme, now: datetime
) -> None:
    """Let what rests on the programme follow it: who hears of what, and when."""
    # First, for it locks services, which are locked before postmortems.
    if before.burning_percent != after.burning_percent:
        await budgets.judge(session, team_id, now)
    # Then this, for it locks postmortems: whoever decides something does so before deliveries too.
    await settings_reviews.follow(session, team_id, before, after, now)
    if before.lead != after.lead:
        await orphans.lead_changed(session, team_id, before.lead, now)
    if changes_cadence(before, after):
        await replan(session, team_id, now)
    await health.want(session, team_id, now)  # a Home says whose it is, and when the next review is


def _check_fresh(seen: str, stored: Settings, wanted: Settings) -> None:
    if forms.stamp(stored) == forms.stamp(wanted):
        raise Repeated
    if forms.stamp(stored) != seen:
        raise RuleBroken(
            "lead",
            "Somebody changed the settings while you had this open. Run /postmortem settings "
            "again in another window to see them, and take over what you want to keep.",
        )


async def _check_people(
    client: AsyncWebClient, sessions: Sessions, team_id: str, wanted: Settings, now: datetime
) -> None:
    check_facilitators(wanted.facilitators)
    for field, ids in (("lead", [wanted.programme.lead]), ("facilitators", wanted.facilitators)):
        met = await known(client, sessions, team_id, ids, now, field)
        for each in filter(None, ids):
            accountable(met.get(each), field)


SUBCOMMANDS = {
    "settings": Subcommand(
        usage="settings [classes|services|trackers]",
        help="opens what your programme sets for itself: who leads, who chairs, where, when; its "
        "causal classes; its services and their error budgets; where its tickets are made.",
        run=open_settings,
    )
}
