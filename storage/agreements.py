"""Who agrees to a timeline as it stands (rule 7)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.agreements import Agreement
from storage.claims import Delivery
from storage.statements import columns, of_postmortem, run, upsert
from storage.tables import AgreementRow, DeliveryRow

_AGREEMENTS = of_postmortem(AgreementRow, Agreement).order_by(
    col(AgreementRow.agreed_at), col(AgreementRow.person)
)


async def agreements(session: AsyncSession, postmortem_id: int) -> list[Agreement]:
    """Return who has agreed, the first first."""
    found = await run(session, _AGREEMENTS, {"postmortem": postmortem_id})
    return [Agreement(**row._asdict()) for row in found]


async def agree(
    session: AsyncSession, workspace_id: str, postmortem_id: int, person: str, now: datetime
) -> bool:
    """Keep that somebody agrees; False when they had already."""
    insert = upsert(session, AgreementRow).values(
        workspace_id=workspace_id, postmortem_id=postmortem_id, person=person, agreed_at=now
    )
    kept = insert.on_conflict_do_nothing().returning(col(AgreementRow.person))
    return (await run(session, kept)).one_or_none() is not None


async def withdraw_all(session: AsyncSession, postmortem_id: int) -> list[Agreement]:
    """Take every agreement away, and return those there were."""
    mine = col(AgreementRow.postmortem_id) == postmortem_id
    gone = delete(AgreementRow).where(mine)
    found = await run(
        session, gone.returning(col(AgreementRow.person), col(AgreementRow.agreed_at))
    )
    return sorted((Agreement(**row._asdict()) for row in found), key=lambda each: each.agreed_at)


async def delivered(
    session: AsyncSession, workspace_id: str, kinds: Sequence[str], subject: str
) -> list[str]:
    """Those of these kinds of message about `subject` that were sent, or are on their way."""
    stands = or_(col(DeliveryRow.message_ts).is_not(None), col(DeliveryRow.token).is_not(None))
    query = select(col(DeliveryRow.kind)).where(
        col(DeliveryRow.workspace_id) == workspace_id,
        col(DeliveryRow.kind).in_(kinds),
        col(DeliveryRow.subject) == subject,
        stands,
    )
    return list((await run(session, query)).scalars())


async def messages(
    session: AsyncSession, workspace_id: str, kinds: Sequence[str], subjects: Sequence[str]
) -> list[Delivery]:
    """The messages of these kinds about these subjects, sent or only owed."""
    query = columns(DeliveryRow, Delivery).where(
        col(DeliveryRow.workspace_id) == workspace_id,
        col(DeliveryRow.kind).in_(kinds),
        col(DeliveryRow.subject).in_(subjects),
    )
    return [Delivery(**row._asdict()) for row in await run(session, query)]
