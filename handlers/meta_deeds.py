"""What people do in a meta-review: look behind its patterns, propose fixes, close it (rule 21)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import meta_windows as windows
from blocks.forms import remembered
from blocks.meta_patterns import OPEN_PATTERN, PROPOSE_FIX, MetaView
from blocks.meta_reviews import ALL_PATTERNS, CLOSE_META
from blocks.parts import View
from domain.errors import RuleBroken
from domain.meta_reviews import Fix, MetaReview, Trend
from domain.meta_rules import check_fix
from handlers.answers import Overtaken, Repeated, answering
from handlers.clicks import Click, pressed
from handlers.homes import refresh
from handlers.meta_roles import check_closes, check_proposes
from handlers.meta_views import known_of, view_of
from handlers.opening import show
from handlers.sections import META_REVIEW, number_in
from storage import causal_classes, deliveries, meta_reviews, postmortems
from storage.engine import Sessions

log = structlog.get_logger(__name__)

NO_PATTERN = (
    "No incident of these quarters has this class any more, so there is no pattern to look at. "
    "The meta-review shows those that there are."
)


def register(app: AsyncApp) -> None:
    """Register the buttons and windows of a meta-review."""
    app.action(ALL_PATTERNS)(open_patterns)
    app.action(OPEN_PATTERN)(open_pattern)
    app.action(PROPOSE_FIX)(open_fix)
    app.action(CLOSE_META)(close)
    for turn in (windows.BACK_PATTERNS, windows.NEXT_PATTERNS):
        app.action(turn)(turn_patterns)
    for turn in (windows.BACK_INCIDENTS, windows.NEXT_INCIDENTS):
        app.action(turn)(turn_incidents)
    app.view(windows.META_FIX)(save_fix)


@pressed
async def open_patterns(click: Click) -> None:
    """Show all classes that repeat."""
    view = await _seen(click, number_in(click.action))
    await show(click.client, click.body, windows.patterns_window(view, 0))


@pressed
async def turn_patterns(click: Click) -> None:
    """Show another page of them."""
    which, page = _two_in(click)
    view = windows.patterns_window(await _seen(click, which), page)
    await click.client.views_update(view_id=click.body["view"]["id"], view=view)


@pressed
async def open_pattern(click: Click) -> None:
    """Show the incidents behind a class."""
    which, class_id = _two_in(click)
    await show(click.client, click.body, await _pattern(click, which, class_id, 0))


@pressed
async def turn_incidents(click: Click) -> None:
    """Show another page of them."""
    class_id, page = _two_in(click)
    which = int(remembered(click.body["view"])["postmortem"])
    view = await _pattern(click, which, class_id, page)
    await click.client.views_update(view_id=click.body["view"]["id"], view=view)


async def _pattern(click: Click, which: int, class_id: int, page: int) -> View:
    view = await _seen(click, which)
    most = windows.INCIDENTS_PAGE
    async with click.sessions() as session:
        known = await known_of(session, view.meta, class_id, most=most, after=page * most)
    return windows.pattern_window(view, _trend(view, class_id), known, page)


@pressed
async def open_fix(click: Click) -> None:
    """Open the form that proposes a fix, for the chair or the programme lead."""
    which, class_id = _two_in(click)
    view = await _seen(click, which)
    async with click.sessions() as session:
        await check_proposes(session, view.meta, click.user_id)
    await show(click.client, click.body, windows.fix_form(view, _trend(view, class_id)))


async def save_fix(
    ack: AsyncAck,
    view: dict[str, Any],
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Keep the fix that is proposed for a class, and show it in the meta-review's message."""
    async with answering(ack, view):
        request = windows.read_fix(view)
        words = check_fix(request.fix)
        async with sessions.begin() as session:
            meta = await _locked(session, team_id, request.postmortem_id)
            await check_proposes(session, meta, user_id)
            # Its class may have been merged into another while the form was open.
            [class_id] = await causal_classes.now_called(session, team_id, [request.class_id])
            there = (await meta_reviews.fixes(session, meta.postmortem_id)).get(class_id)
            if there is not None and there.fix == words:
                raise Repeated
            if there is not None and request.is_overtaken_by(there):
                raise Overtaken(windows.overtaken_form(view, there), there.proposed_by)
            fix = Fix(class_id=class_id, fix=words, proposed_by=user_id, proposed_at=now())
            await meta_reviews.propose(session, meta, fix)
            await owe_again(session, meta, user_id, now())
        log.info("fix_proposed", quarter=meta.quarter, by=user_id)


@pressed
async def close(click: Click) -> None:
    """Close the meta-review; its message goes on showing how its items stand."""
    async with click.sessions.begin() as session:
        meta = await _locked(session, click.team_id, number_in(click.action))
        await check_closes(session, meta, click.user_id)
        await meta_reviews.close(session, meta.postmortem_id, click.user_id, click.now())
        await owe_again(session, meta, click.user_id, click.now())
        await refresh(session, meta.workspace_id, meta.facilitator, click.now())
    log.info("meta_review_closed", quarter=meta.quarter, by=click.user_id)


async def owe_again(session: AsyncSession, meta: MetaReview, by: str, now: datetime) -> None:
    """Owe the channel the message as the meta-review stands when it is sent."""
    subject = str(meta.postmortem_id)
    await deliveries.again(session, meta.workspace_id, [META_REVIEW], subject, now=now, asked_by=by)


async def _seen(click: Click, which: int) -> MetaView:
    async with click.sessions() as session:
        return await view_of(session, click.team_id, which, click.now())


def _trend(view: MetaView, class_id: int) -> Trend:
    found = [each for each in view.trends if each.class_id == class_id]
    if not found:
        raise RuleBroken("", NO_PATTERN)
    return found[0]


async def _locked(session: AsyncSession, team_id: str, which: int) -> MetaReview:
    await postmortems.lock(session, team_id, which)
    meta = await meta_reviews.find(session, team_id, which)
    if meta is None:
        raise postmortems.NotFound
    return meta


def _two_in(click: Click) -> tuple[int, int]:
    """The two numbers that a button carries; NotFound when it carries none."""
    first, _, second = str(click.action.get("value", "")).partition(":")
    if not (first.isdecimal() and second.isdecimal()):
        raise postmortems.NotFound
    return int(first), int(second)
