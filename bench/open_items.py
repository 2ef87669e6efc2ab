"""Items that wait for a monthly review, as many as are wanted: a third of them overdue."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select, text
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemKind, ItemState, Progress
from domain.people import Person
from domain.postmortems import Facts, Severity
from domain.programme import Priority
from storage import people, postmortems, workspaces
from storage.statements import run

#: A Tuesday, the first of its month.
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
OWNERS = [f"U0OWNER{number:03}" for number in range(300)]
_TABLES = SQLModel.metadata.tables
_EMPTY = ("note", "shipped", "evidence", "link", "proposed_owner", "proposed_by")


async def fill(
    session: AsyncSession, workspace: str, size: int, owners: Sequence[str] = OWNERS
) -> None:
    """Let a workspace have so many open items, one a postmortem, of these people in turn."""
    await workspaces.ensure(session, workspace)
    met = [Person(id=each, name=f"Owner {each[-3:]}") for each in owners if each in OWNERS]
    await people.remember(session, workspace, met, NOW)
    first = await postmortems.start(
        session,
        workspace,
        channel=None,
        channel_name="",
        is_private=False,
        facts=Facts(title="Checkout", service="checkout", severity=Severity.P2, started_at=NOW),
        created_by="U1",
        submission=f"{workspace}-0",
        now=NOW,
    )
    table = _TABLES["postmortem"]
    row = (await run(session, table.select().where(table.c.id == first.id))).one()._asdict()
    del row["id"]
    more = [row | {"number": n + 1, "submission": f"{workspace}-{n}"} for n in range(1, size)]
    if more:
        await run(session, insert(table), more)
    mine = select(table.c.id).where(table.c.workspace_id == workspace).order_by(table.c.id)
    ids = (await run(session, mine)).scalars().all()
    items = [_item(workspace, n, which, owners[n % len(owners)]) for n, which in enumerate(ids)]
    await run(session, insert(_TABLES["action_item"]), items)
    await run(session, text("ANALYZE"))


def _item(workspace: str, number: int, postmortem_id: int, owner: str) -> dict[str, object]:
    due = NOW + timedelta(days=number % 90 - 30)
    return {
        "workspace_id": workspace,
        "postmortem_id": postmortem_id,
        "position": 1,
        "what": f"Drain connections of pool {number} before a failover",
        "done_when": "A failover under load loses no request",
        "owner": owner,
        "priority": Priority.P2,
        "due_on": due.date(),
        "kind": ItemKind.GUARDRAIL,
        "state": ItemState.OPEN,
        "created_by": "U1",
        "created_at": NOW,
        "reschedules": 0,
        "reviews_seen": number % 90 // 80,
        "progress": Progress.NOT_STARTED,
        "hear_at": None,
    } | dict.fromkeys(_EMPTY, "")
