"""An incident to store, for every test that needs one and does not care which."""

from datetime import UTC, date, datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ActionItem, ItemKind
from domain.postmortems import Facts, Postmortem, Severity
from domain.programme import Priority
from storage import postmortems
from storage.deliveries import Delivery
from storage.statements import columns, run
from storage.tables import DeliveryRow

NOW = datetime(2026, 11, 20, 14, 3, tzinfo=UTC)
FACTS = Facts(
    title="Checkout latency",
    service="checkout",
    severity=Severity.P2,
    started_at=datetime(2026, 11, 20, 13, 40, tzinfo=UTC),
    responders=("U2", "U1"),
)
ITEM = ActionItem(
    what="Renew certificates by a job",
    done_when="The job renewed one",
    owner="U1",
    priority=Priority.P1,
    due_on=date(2026, 12, 4),
    kind=ItemKind.GUARDRAIL,
    position=1,
)


async def started(
    session: AsyncSession, workspace_id: str = "T1", channel: str | None = "C1", **other: Any
) -> Postmortem:
    """Start a postmortem; every argument has a value that will do."""
    arguments: dict[str, Any] = {
        "channel": channel,
        "channel_name": "inc-checkout",
        "is_private": False,
        "facts": FACTS,
        "created_by": "U1",
        "submission": "V1",
        "now": NOW,
    }
    return await postmortems.start(session, workspace_id, **(arguments | other))


async def next_due(session: AsyncSession, now: datetime) -> datetime | None:
    """When some delivery can be claimed; None when nothing is owed any more."""
    rows = await run(session, columns(DeliveryRow, Delivery))
    owed: dict[tuple[str, str], list[Delivery]] = {}
    for each in (Delivery(**row._asdict()) for row in rows):
        if each.due_at:
            owed.setdefault((each.workspace_id, each.channel), []).append(each)
    return min((_claimable(each, now) for each in owed.values()), default=None)


def _claimable(conversation: list[Delivery], now: datetime) -> datetime:
    """One that is leased holds up the others; until its lease ends there is no turn for them."""
    leases = [each.lease_until for each in conversation if each.lease_until]
    due = min(each.due_at or now for each in conversation)
    return max(due, *leases) if any(lease > now for lease in leases) else due
