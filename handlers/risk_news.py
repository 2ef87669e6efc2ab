"""Whoever somebody else named to accept a risk hears of it, once."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.risk_forms import accepter_message
from domain.accepted_risks import AcceptedRisk
from handlers.outgoing import Outgoing
from storage import accepted_risks, deliveries
from storage.deliveries import Delivery

RISK_NEWS = "risk_news"


async def owe(
    session: AsyncSession, workspace_id: str, risk: AcceptedRisk, *, by: str, now: datetime
) -> None:
    """Owe the accepter word of what they answer for, unless they said so themselves."""
    if risk.accepter == by:
        return
    await deliveries.enqueue(
        session,
        workspace_id,
        RISK_NEWS,
        f"{risk.id}:{risk.renewals}:{by}",
        channel=risk.accepter,
        due_at=now,
    )


async def told(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """What somebody answers for; nothing where they do not any more."""
    risk_id, renewals, by = delivery.subject.split(":")
    found = await accepted_risks.risk(session, delivery.workspace_id, int(risk_id))
    if found is None:
        return None
    postmortem, risk = found
    if (risk.accepter, risk.renewals, risk.stands) != (delivery.channel, int(renewals), True):
        return None
    return Outgoing(message=accepter_message(postmortem, risk, by))


DELIVERIES = {RISK_NEWS: told}
