"""The agenda of a review: posted when it starts, shown to whoever asks for it before (rule 9)."""

from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.agenda import agenda_message
from blocks.parts import Message
from domain.agenda import A_YEAR, in_order, telling
from domain.errors import RuleBroken
from domain.meetings import check_has_meeting
from domain.postmortems import Postmortem
from handlers import views
from handlers.facilitators import waiting
from handlers.outgoing import Outgoing
from handlers.people import nobody
from handlers.subcommands import Subcommand, Typed
from storage import agenda, deliveries, meetings, people, postmortems
from storage.deliveries import Delivery

AGENDA = "agenda"
NONE_HERE = (
    "This channel has no postmortem yet, so there is no agenda. "
    "Run `/postmortem` in the incident's channel to start one."
)


async def drawn(
    session: AsyncSession, postmortem: Postmortem, now: datetime, today: date
) -> Message:
    """The agenda as things stand; `today` is the date where somebody reads it."""
    view = await views.of_postmortem(session, postmortem)
    own = [each.id for each in view.classes]
    began = view.meeting.started_at if view.meeting else None
    earlier = await agenda.earlier_items(session, postmortem, own, began)
    patterns = await agenda.patterns(session, postmortem, now - A_YEAR, now)
    return agenda_message(
        view,
        in_order(earlier),
        telling(patterns, own),
        waiting=await waiting(session, postmortem),
        today=today,
    )


async def owe_agenda(
    session: AsyncSession, postmortem: Postmortem, *, by: str, now: datetime
) -> None:
    """Owe the channel the agenda; where there is none, whoever started the review."""
    await deliveries.enqueue(
        session,
        postmortem.workspace,
        AGENDA,
        str(postmortem.id),
        channel=postmortem.channel or by,
        due_at=now,
        asked_by=by,
    )


async def owe_again(session: AsyncSession, postmortem: Postmortem, now: datetime) -> None:
    """Let the agendas of reviews under way that list this one's items say how these stand now."""
    for which in await agenda.reviews_of(session, postmortem):
        await deliveries.again(session, postmortem.workspace, [AGENDA], str(which), now=now)


async def posted(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """The agenda of a review that has started, dated where its chair is."""
    postmortem = await postmortems.find(session, delivery.workspace_id, int(delivery.subject))
    if postmortem is None:
        return None
    meeting = await meetings.meeting(session, postmortem.id)
    if meeting is None or meeting.started_at is None:
        return None
    now, chair = meeting.started_at, meeting.facilitator
    met = await people.known(session, postmortem.workspace, [chair])
    today = met.get(chair, nobody(chair)).today(now)
    return Outgoing(message=await drawn(session, postmortem, now, today))


async def show_agenda(typed: Typed) -> None:
    """Show whoever asks the agenda of this channel's review, as it would be now."""
    async with typed.sessions() as session:
        postmortem = await postmortems.in_channel(session, typed.team_id, typed.channel_id)
        if postmortem is None:
            await typed.ack(NONE_HERE)
            return
        try:
            check_has_meeting(postmortem.facts.tier)
        except RuleBroken as broken:
            await typed.ack(str(broken))
            return
        met = await people.known(session, typed.team_id, [typed.user_id])
        now = typed.now()
        today = met.get(typed.user_id, nobody(typed.user_id)).today(now)
        message = await drawn(session, postmortem, now, today)
    await typed.ack(text=message["text"], blocks=message["blocks"], response_type="ephemeral")


DELIVERIES = {AGENDA: posted}
SUBCOMMANDS = {
    "agenda": Subcommand(
        usage="agenda", help="shows you the agenda of this incident's review.", run=show_agenda
    )
}
