"""Deliveries that were owed before, as they stand: looked up, never claimed or changed."""

from datetime import date

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.claims import Delivery
from storage.statements import columns, run
from storage.tables import DeliveryRow


async def find(session: AsyncSession, workspace_id: str, delivery_id: int) -> Delivery | None:
    """The delivery as it stands; None when the workspace has no such one."""
    query = columns(DeliveryRow, Delivery).where(
        col(DeliveryRow.workspace_id) == workspace_id, col(DeliveryRow.id) == delivery_id
    )
    row = (await run(session, query)).one_or_none()
    return None if row is None else Delivery(**row._asdict())


async def place(
    session: AsyncSession, workspace_id: str, kind: str, subject: str
) -> tuple[str, str] | None:
    """Where this message stands: its conversation and its ts; None while Slack has none."""
    ts, channel = col(DeliveryRow.message_ts), col(DeliveryRow.channel)
    query = select(func.coalesce(col(DeliveryRow.posted_channel), channel), ts).where(
        col(DeliveryRow.workspace_id) == workspace_id,
        col(DeliveryRow.kind) == kind,
        col(DeliveryRow.subject) == subject,
        ts.is_not(None),
    )
    row = (await run(session, query)).one_or_none()
    return None if row is None else (row[0], row[1])


async def newest(
    session: AsyncSession, workspace_id: str, kind: str, prefix: str
) -> Delivery | None:
    """Of the deliveries whose subjects are this prefix and a date ("U1:2026-11-24"), the last one.

    Two dates bound it, and not the letter after the prefix, for languages do not agree on which
    that is, and a database keeps its index in the order of one.
    """
    subject = col(DeliveryRow.subject)
    first, last = (f"{prefix}{day.isoformat()}" for day in (date.min, date.max))
    query = (
        columns(DeliveryRow, Delivery)
        .where(
            col(DeliveryRow.workspace_id) == workspace_id,
            col(DeliveryRow.kind) == kind,
            subject.between(first, last),
            func.substr(subject, 1, len(prefix)) == prefix,
        )
        .order_by(subject.desc())
        .limit(1)
    )
    row = (await run(session, query)).one_or_none()
    return None if row is None else Delivery(**row._asdict())
