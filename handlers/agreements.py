"""The timeline is agreed in writing before the review; a change of it asks again (rule 7)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import agreements as forms
from blocks.postmortems import hub_modal
from blocks.whole_timeline import agreed_window
from domain.agreements import (
    AGREED_BEFORE,
    ASKED,
    check_can_be_agreed,
    check_may_agree,
    is_under_way,
    naming,
    round_of,
)
from domain.meetings import has_meeting
from domain.postmortems import Postmortem, Section
from domain.record import Event, RecordEntry
from domain.timeline import TimelineEntry
from domain.timeline_changes import Change, difference, fingerprint
from handlers import asking, views, wishes
from handlers.clicks import Click, pressed
from handlers.homes import refresh, refresh_all
from handlers.reading import SILENCE
from handlers.sections import Made, owe_card, stored
from storage import agreements, postmortems, record, sections, timeline
from storage.engine import Sessions

log = structlog.get_logger(__name__)

#: Many small changes come together; whoever agreed hears of them in one message.
A_WHILE = timedelta(minutes=10)

DELIVERIES = wishes.DELIVERIES


def register(app: AsyncApp) -> None:
    """Register the buttons under the timeline."""
    app.action(forms.AGREE)(agree)
    app.action(forms.ASK)(asking.ask_for_agreement)


@pressed
async def agree(click: Click) -> None:
    """Keep that somebody agrees to the timeline they have before them."""
    seen = _seen_in(click.action)
    async with click.sessions.begin() as session:
        said = await _agree(session, click.team_id, seen, click.user_id, click.now())
    if said:
        await click.tell(said)
    elif click.body.get("view"):
        await _redraw(
            click.client,
            click.sessions,
            click.team_id,
            seen.postmortem_id,
            click.body["view"],
            click.now(),
        )


def _seen_in(action: dict[str, Any]) -> forms.Seen:
    seen = forms.read_seen(str(action.get("value", "")))
    if seen is None:
        raise postmortems.NotFound
    return seen


async def _agree(
    session: AsyncSession, team_id: str, seen: forms.Seen, person: str, now: datetime
) -> str:
    """Nothing once it is kept; else why not, for whoever pressed."""
    postmortem = await postmortems.lock(session, team_id, seen.postmortem_id)
    entries = await timeline.entries(session, postmortem.id)
    check_may_agree(person, postmortem.facts.responders, len(entries))
    check_can_be_agreed(postmortem.facts.tier, len(entries))
    there = {each.person: each for each in await agreements.agreements(session, postmortem.id)}
    if person in there:
        return forms.agree_already(there[person].agreed_at)
    history = await record.of_postmortem(session, postmortem.id)
    number = round_of(person, history).number
    if fingerprint(entries) != seen.fingerprint:
        await asking.show_again(session, postmortem, person, number, now)
        return await _overtaken(session, postmortem, seen, history)
    await agreements.agree(session, team_id, postmortem.id, person, now)
    entry = RecordEntry(actor=person, at=now, event=Event.AGREED)
    await record.append(session, team_id, postmortem.id, entry)
    await asking.settle(session, postmortem, person, number, now)
    await owe_card(session, postmortem, by=person, now=now)
    await refresh(session, team_id, person, now)
    return ""


async def _overtaken(
    session: AsyncSession,
    postmortem: Postmortem,
    seen: forms.Seen,
    history: Sequence[RecordEntry],
) -> str:
    edits = await sections.edits(session, postmortem.id)
    since = [e for e in history if e.event is Event.WITHDRAWN and e.at > seen.since]
    return forms.has_changed(since, edits.get(Section.TIMELINE))


async def _redraw(
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    postmortem_id: int,
    view: dict[str, Any],
    now: datetime,
) -> None:
    """Show the window they pressed it in as it is now: of `/postmortem`, or the timeline's."""
    shows = agreed_window(view, now)
    if shows is None:
        async with sessions() as session:
            made = await stored(session, team_id, postmortem_id)
            shows = hub_modal(await views.of_postmortem(session, made))
        if view["title"]["text"] != shows["title"]["text"]:
            return
    try:
        await client.views_update(view_id=view["id"], view=shows)
    except SILENCE as silent:  # closed meanwhile, or Slack is down; the agreement is kept
        log.info("window_not_redrawn", why=repr(silent))


async def withdraw(
    session: AsyncSession,
    postmortem: Postmortem,
    old: Sequence[TimelineEntry],
    new: Sequence[TimelineEntry],
    made: Made,
) -> None:
    """Take away every agreement to the old entries, for nobody has agreed to the new ones.

    Whoever agreed and did not make the change hears of it, and is asked anew.
    """
    if fingerprint(old) == fingerprint(new):
        return
    gone = [each.person for each in await agreements.withdraw_all(session, postmortem.id)]
    history = await record.of_postmortem(session, postmortem.id)
    if not gone and not is_under_way(history):
        return
    here = postmortem.facts.responders if has_meeting(postmortem.facts.tier) else ()
    asked = [person for person in gone if person in here and person != made.by]
    entry = _withdrawal(difference(old, new), gone, asked, made)
    await record.append(session, postmortem.workspace, postmortem.id, entry)
    await refresh_all(session, postmortem.workspace, gone, made.at)
    if asked:
        numbers = {person: round_of(person, history).number for person in asked}
        by = await asking.whoever_asks(session, postmortem, history, made.by)
        await asking.owe(session, postmortem, numbers, by, made.at, made.at + A_WHILE)


def _withdrawal(
    change: Change, gone: Sequence[str], asked: Sequence[str], made: Made
) -> RecordEntry:
    """What the record keeps: what changed, whose agreement went, and who is asked anew."""
    return RecordEntry(
        actor=made.by,
        at=made.at,
        event=Event.WITHDRAWN,
        changes=change.in_fields() | naming(AGREED_BEFORE, gone) | naming(ASKED, asked),
        reason=change.in_words(),
    )
