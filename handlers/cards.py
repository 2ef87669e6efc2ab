"""The card: one message in the incident's channel, always current; and what stands in its way."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import postmortems as forms
from blocks.notices import not_sent
from domain.postmortems import Postmortem
from domain.retry import explain
from handlers import views
from handlers.outgoing import Outgoing
from handlers.sections import CARD, owe_card
from storage import deliveries, postmortems
from storage.deliveries import Delivery
from storage.engine import Sessions

TROUBLE = "trouble"


def register(app: AsyncApp) -> None:
    """Register what frees a card that waits outside its channel."""
    app.event("member_joined_channel")(invited)


async def invited(
    event: dict[str, Any],
    sessions: Sessions,
    team_id: str,
    bot_user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Send what waited for an invitation to this channel."""
    if event["user"] == bot_user_id:
        async with sessions.begin() as session:
            await deliveries.hurry(session, team_id, event["channel"], now())


async def revive(sessions: Sessions, postmortem: Postmortem, now: Callable[[], datetime]) -> None:
    """Owe the card once more if it was given up: whoever asks for it may have mended the cause."""
    subject = str(postmortem.id)
    async with sessions() as session:
        given_up = await deliveries.given_up(session, postmortem.workspace, CARD, subject)
    if given_up:
        async with sessions.begin() as session:
            await owe_card(session, postmortem, by=given_up.asked_by, now=now())


async def card(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """The postmortem's card as things stand when it is sent."""
    postmortem = await postmortems.find(session, delivery.workspace_id, int(delivery.subject))
    if postmortem is None:
        return None
    message = forms.card(await views.of_postmortem(session, postmortem))
    return Outgoing(message=message, pin=True)


async def tell_trouble(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """What could not be sent and how to mend it, for the person whose click owed it."""
    stuck = await deliveries.find(session, delivery.workspace_id, int(delivery.subject))
    if stuck is None or (stuck.due_at is None and stuck.given_up_at is None):
        return None
    why = explain(stuck.last_error or "")
    given_up = stuck.given_up_at is not None
    return Outgoing(message=not_sent(stuck.channel, why, given_up=given_up))


DELIVERIES = {CARD: card, TROUBLE: tell_trouble}
