"""Which digest somebody got before another one: looked up, never claimed or changed."""

from datetime import date

from sqlalchemy import func
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.claims import Delivery
from storage.statements import columns, run
from storage.tables import DeliveryRow


async def newest(
    session: AsyncSession, workspace_id: str, kind: str, subject: str
) -> Delivery | None:
    """The last one of the same person that Slack has, of an earlier day ("U1:2026-11-24")."""
    prefix, its = f"{subject.partition(':')[0]}:", col(DeliveryRow.subject)
    query = columns(DeliveryRow, Delivery).where(
        col(DeliveryRow.workspace_id) == workspace_id,
        col(DeliveryRow.kind) == kind,
        its.between(f"{prefix}{date.min.isoformat()}", subject),  # as storage.standing bounds it
        func.substr(its, 1, len(prefix)) == prefix,
        its != subject,
        col(DeliveryRow.message_ts).is_not(None),
    )
    row = (await run(session, query.order_by(its.desc()).limit(1))).one_or_none()
    return None if row is None else Delivery(**row._asdict())
