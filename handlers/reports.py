"""`/postmortem report`: the numbers in a window, for whoever asks."""

import re
from dataclasses import replace
from datetime import datetime

import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import report_window as forms
from blocks.definitions import HOW_COUNTED, definitions_window
from blocks.open_tables import OpenTable
from blocks.parts import View
from blocks.report_tabs import Apart, Tab
from blocks.report_window import Content, Shown
from blocks.sprint import unknown_service
from blocks.text import escape
from domain.errors import RuleBroken
from domain.report import Report, read_wanted
from handlers.clicks import Click, pressed
from handlers.items import on_top
from handlers.opening import show
from handlers.patience import within
from handlers.people import PATIENCE, whoever
from handlers.reading import SILENCE, reads
from handlers.redrawing import in_place
from handlers.report_files import names_of, send_files
from handlers.report_numbers import gather, parts
from handlers.report_owing import owe
from handlers.subcommands import NOT_CHANNELS, Subcommand, Typed
from storage import kept_promises, search
from storage.engine import Sessions
from storage.reports import HAND

log = structlog.get_logger(__name__)

PERIOD_FIRST = "A period stands before the service, as in `/postmortem report 6m checkout`."
NOT_THERE = (
    "I am not in that channel, so I cannot post there. Invite me with `/invite`, then press it "
    "again."
)


def register(app: AsyncApp) -> None:
    """Register the report's window."""
    app.action(re.compile(rf"{forms.TURN_TAB}\..+"))(turn_tab)
    app.action(re.compile(f"{forms.PERIOD}|{forms.SERVICE}|{forms.TELL_APART}"))(choose)
    app.action(forms.CSV)(hand_over)
    app.action(forms.POST)(post)
    app.action(HOW_COUNTED)(define)


async def start_report(typed: Typed) -> None:
    """Show the report that is asked for."""
    await typed.ack()
    typed.opening.begin(_start(typed), typed.respond)


async def _start(typed: Typed) -> None:
    wanted = read_wanted(typed.rest)
    is_channel = not str(typed.command["channel_name"]).startswith(NOT_CHANNELS)
    shown = Shown(
        months=wanted.months,
        service=await _known(typed, wanted.scope.service),
        channel=typed.channel_id if is_channel else "",
    )
    view, fallback = await drawn(typed.sessions, typed.team_id, shown, typed.now())
    await show(typed.client, typed.command, view, fallback)


async def _known(typed: Typed, service: str) -> str:
    """The service as incidents name it; empty where none was typed."""
    if not service:
        return ""
    async with typed.sessions() as session:
        services = await search.services(session, typed.team_id)
    named = next((each for each in services if each.lower() == service.lower()), "")
    if not named:
        raise RuleBroken("", f"{unknown_service(service, services, 'report')} {PERIOD_FIRST}")
    return named


async def drawn(sessions: Sessions, team_id: str, shown: Shown, now: datetime) -> tuple[View, View]:
    """The window as things are now, and the same with tables where Slack draws no charts."""
    async with sessions() as session:
        report = await gather(session, team_id, shown.wanted, now)
        content = Content(
            report=report,
            services=await search.services(session, team_id),
            items=await _items(session, team_id, shown, report),
            apart=await _apart(session, team_id, shown, report),
        )
    return forms.report_window(shown, content), forms.report_window(
        shown, content, with_charts=False
    )


async def _items(session: AsyncSession, team_id: str, shown: Shown, report: Report) -> OpenTable:
    if shown.tab != Tab.ITEMS:
        return OpenTable(rows=(), total=0, names={})
    window = report.window
    rows, total = await kept_promises.open_list(
        session, team_id, window.end_day, report.scope, zone=window.zone
    )
    return OpenTable(rows=rows, total=total, names=await names_of(session, team_id, rows))


async def _apart(session: AsyncSession, team_id: str, shown: Shown, report: Report) -> Apart | None:
    by = shown.dimension
    return Apart(by=by, parts=await parts(session, team_id, report, by)) if by else None


@pressed
async def turn_tab(click: Click) -> None:
    """Show another tab."""
    await _again(click, replace(_shown(click), tab=click.action["value"]))


@pressed
async def choose(click: Click) -> None:
    """Show another period or service, or tell the numbers apart by something."""
    chosen = forms.read_choice(click.action["selected_option"]["value"])
    match click.action["action_id"]:
        case forms.PERIOD:
            shown = replace(_shown(click), months=int(chosen))
        case forms.SERVICE:
            shown = replace(_shown(click), service=chosen)
        case _:
            shown = replace(_shown(click), by=chosen)
    await _again(click, shown)


@pressed
async def hand_over(click: Click) -> None:
    """Send whoever presses the numbers and the open items as files, by direct message."""
    shown = _shown(click)
    said = await send_files(
        click.client, click.sessions, click.team_id, click.user_id, shown.wanted, click.now
    )
    await _again(click, replace(shown, said=escape(said)))


@pressed
async def post(click: Click) -> None:
    """Owe the channel the report, once for each time the window was drawn."""
    shown, view = _shown(click), click.body["view"]
    await _check_is_there(click.client, shown.channel)
    await whoever(
        click.client, click.sessions, click.team_id, click.user_id, click.now()
    )  # by name
    async with click.sessions.begin() as session:
        await owe(
            session,
            click.team_id,
            channel=shown.channel,
            subject=f"{HAND}{view['id']}:{view['hash']}",
            months=shown.months,
            service=shown.service,
            now=click.now(),
            asked_by=click.user_id,
        )
    await _again(click, replace(shown, said=forms.posted(shown)))


async def _check_is_there(client: AsyncWebClient, channel: str) -> None:
    """Refuse where Slack says that the app is not in a channel; silence refuses nothing."""
    try:
        async with within(PATIENCE):
            answer = await reads(client).conversations_info(channel=channel)
    except SILENCE as silent:
        log.info("channel_not_told", channel=channel, why=repr(silent))
        return
    if not answer["channel"].get("is_member", True):
        raise RuleBroken("", NOT_THERE)


@pressed
async def define(click: Click) -> None:
    """Say how each number is counted."""
    await on_top(click, definitions_window())


def _shown(click: Click) -> Shown:
    return forms.shown_in(click.body["view"]["private_metadata"])


async def _again(click: Click, shown: Shown) -> None:
    view, fallback = await drawn(click.sessions, click.team_id, shown, click.now())
    await in_place(click.client, click.body["view"], view, fallback)


SUBCOMMANDS = {
    "report": Subcommand(
        usage="report [3m|6m|12m] [service]",
        help="shows what repeats, what was kept, and how long things took.",
        run=start_report,
    )
}
