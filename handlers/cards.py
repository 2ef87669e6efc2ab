"""The card: one message in the incident's channel, always current; and what stands in its way."""

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import postmortems as forms
from blocks.notices import not_sent
from domain.postmortems import Postmortem
from domain.retry import explain
from handlers import views
from handlers.outgoing import Outgoing
from handlers.sections import CARD
from storage import deliveries, postmortems
from storage.deliveries import Delivery

TROUBLE = "trouble"


async def was_given_up(session: AsyncSession, postmortem: Postmortem) -> bool:
    """Whether the channel waits in vain: whoever asks for it may have mended the cause."""
    subject = str(postmortem.id)
    return await deliveries.given_up(session, postmortem.workspace, CARD, subject)


async def card(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """The postmortem's card as things stand when it is sent."""
    postmortem = await postmortems.find(session, delivery.workspace_id, int(delivery.subject))
    if postmortem is None:
        return None
    message = forms.card(await views.of_postmortem(session, postmortem, delivery.claimed_at))
    return Outgoing(message=message, pin=True)


def trouble_of(stuck: Delivery) -> str:
    """The subject under which one person hears of one message: each who asks has their own."""
    return f"{stuck.id}:{stuck.asked_by}"


async def tell_trouble(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """What could not be sent and how to mend it, for the person whose click owed it."""
    which = int(delivery.subject.partition(":")[0])
    stuck = await deliveries.find(session, delivery.workspace_id, which)
    if stuck is None or (stuck.due_at is None and stuck.given_up_at is None):
        return None
    why = explain(stuck.last_error or "")
    given_up = stuck.given_up_at is not None
    return Outgoing(message=not_sent(stuck.kind, stuck.channel, why, given_up=given_up))


DELIVERIES = {CARD: card, TROUBLE: tell_trouble}
