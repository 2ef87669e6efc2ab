"""`/postmortem review`: how far the monthly review is, and a way to begin one."""

import asyncio
from datetime import datetime

import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import meta_beginning
from blocks import review_window as forms
from blocks.parts import View
from blocks.review_buttons import REVIEW_CALENDAR
from domain import cadence
from domain.errors import RuleBroken
from domain.programme import Programme
from domain.review_calendar import to_come
from domain.review_plan import Situation
from domain.reviews import Review, Stage
from handlers.facilitator_group import group_members
from handlers.meta_beginning import open_begin, save_begin_meta
from handlers.opening import show
from handlers.patience import within
from handlers.people import PATIENCE
from handlers.reading import SILENCE, reads
from handlers.review_beginning import check_begins, save_begin
from handlers.review_calendar import ask_for_calendar, send_calendar
from handlers.review_situation import situation
from handlers.review_summaries import send_markdown
from handlers.review_turns import next_in, turns
from handlers.reviews import REVIEW
from handlers.subcommands import NOT_CHANNELS, Subcommand, Typed
from storage import deliveries, review_entries, review_notices, reviews, workspaces

log = structlog.get_logger(__name__)

NOT_HERE = (
    "A monthly review is held in a public channel that I am in. Invite me to one and run "
    "`/postmortem review` there, or say in `/postmortem settings` where it is held."
)
WHAT = (
    "I know `/postmortem review`, `/postmortem review calendar`, which sends you the reviews to "
    "come as a calendar file, `/postmortem review export`, which sends you the last one as a "
    "Markdown file, and `/postmortem review quarter`, which begins the look at the last quarter."
)


def register(app: AsyncApp) -> None:
    """Register the forms that begin a review, and the button of the calendar file."""
    app.view(forms.BEGIN_REVIEW)(save_begin)
    app.view(meta_beginning.BEGIN_META)(save_begin_meta)
    app.action(REVIEW_CALENDAR)(ask_for_calendar)


async def open_review(typed: Typed) -> None:
    """Show how far the monthly review is, or send the calendar file, or what the last came to."""
    await typed.ack()
    word = typed.rest.lower()
    known = {"": _show, "calendar": _calendar, "export": _export, "quarter": _quarter}
    work = known.get(word, _unknown)
    typed.opening.begin(work(typed), typed.respond)


async def _unknown(_typed: Typed) -> None:
    raise RuleBroken("", WHAT)


async def _calendar(typed: Typed) -> None:
    said = await send_calendar(
        typed.client, typed.sessions, typed.team_id, typed.user_id, typed.now()
    )
    typed.opening.say(typed.respond, said)


async def _quarter(typed: Typed) -> None:
    async with typed.sessions() as session:
        programme = await workspaces.programme(session, typed.team_id)
    await open_begin(typed, await _where(typed, programme))


async def _export(typed: Typed) -> None:
    said = await send_markdown(typed.client, typed.sessions, typed.team_id, typed.user_id, None)
    typed.opening.say(typed.respond, said)


async def _show(typed: Typed) -> None:
    async with typed.sessions() as session:
        review = await reviews.open_review(session, typed.team_id)
    if review is None:
        view = await _idle(typed)
    elif review.stage is Stage.CALLED:
        view = await _called(typed, review)
    else:
        view = await _under_way(typed, review)
    await show(typed.client, typed.command, view)


async def _under_way(typed: Typed, review: Review) -> View:
    async with typed.sessions() as session:
        counts = await review_entries.counts(session, review.id or 0)
        place = await deliveries.place(session, typed.team_id, REVIEW, str(review.id))
    address = await _address(typed.client, *place) if place else ""
    return forms.under_way_window(review, counts, address)


async def _address(client: AsyncWebClient, channel: str, ts: str) -> str:
    """Where a message is, as Slack says; nothing where it does not in time."""
    try:
        async with within(PATIENCE):
            answer = await reads(client).chat_getPermalink(channel=channel, message_ts=ts)
    except SILENCE as silent:
        log.warning("permalink_not_told", ts=ts, why=repr(silent))
        return ""
    return str(answer["permalink"])


async def _called(typed: Typed, review: Review) -> View:
    members = await group_members(typed.client, typed.sessions, typed.team_id)
    async with typed.sessions() as session:
        counts = await review_notices.counts(session, typed.team_id, review.due_on)
        refusal = await _refusal(session, typed, review, members)
    return forms.called_window(review, counts, refusal)


async def _refusal(
    session: AsyncSession, typed: Typed, review: Review | None, members: list[str]
) -> str:
    """Why whoever asks cannot begin the review; empty where they can."""
    try:
        await check_begins(session, typed.team_id, typed.user_id, review, members)
    except RuleBroken as broken:
        return str(broken)
    return ""


async def _idle(typed: Typed) -> View:
    now = typed.now()
    async with typed.sessions() as session:
        programme = await workspaces.programme(session, typed.team_id)
    # Together, for Slack gives three seconds for all of it.
    members, channel = await asyncio.gather(
        group_members(typed.client, typed.sessions, typed.team_id), _where(typed, programme)
    )
    async with typed.sessions() as session:
        standing = await situation(session, typed.team_id, now)
        today = standing.hours.today(now)
        counts = await review_notices.counts(session, typed.team_id, today)
        refusal = await _refusal(session, typed, None, members)
        in_turn = await turns(session, typed.team_id, members)
    if not channel:
        refusal = refusal or NOT_HERE
    idle = forms.Idle(
        held=to_come(standing, now)[0] if standing.programme.review_channel else None,
        cadence=_in_words(standing),
        counts=counts,
        channel=channel,
        suggested="" if refusal else await _whose_turn(typed, in_turn, now),
        refusal=refusal,
    )
    return forms.idle_window(idle)


async def _whose_turn(typed: Typed, in_turn: list[str], now: datetime) -> str:
    return await next_in(typed.client, typed.sessions, typed.team_id, in_turn, now)


def _in_words(standing: Situation) -> str:
    """The cadence within a sentence: `on the first Tuesday of each month at 10:00 (UTC)`."""
    programme, zone = standing.programme, standing.hours.zone
    days = cadence.words(cadence.parse(programme.review_day))
    return f"{days} at {programme.review_time:%H:%M} ({zone.key})"


async def _where(typed: Typed, programme: Programme) -> str:
    """Where a review begun now is held; empty where it was typed in no channel that would do."""
    if programme.review_channel:
        return programme.review_channel
    if typed.command["channel_name"].startswith(NOT_CHANNELS):
        return ""
    try:
        async with within(PATIENCE):
            answer = await reads(typed.client).conversations_info(channel=typed.channel_id)
    except SILENCE as silent:
        log.info("channel_not_told", channel=typed.channel_id, why=repr(silent))
        return ""
    about = answer["channel"]
    will_do = about.get("is_member") and not about.get("is_private")
    return typed.channel_id if will_do else ""


SUBCOMMANDS = {
    "review": Subcommand(
        usage="review [calendar|export|quarter]",
        help="shows how far the monthly review is, or begins one.",
        run=open_review,
    )
}
