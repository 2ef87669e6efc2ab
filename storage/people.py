"""The people of a workspace, as Slack described them last."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.people import Person
from storage.statements import columns, run, upsert
from storage.tables import PersonRow

_KNOWN = columns(PersonRow, Person).where(
    col(PersonRow.workspace_id) == bindparam("workspace"),
    col(PersonRow.id).in_(bindparam("ids", expanding=True)),
)


async def known(
    session: AsyncSession,
    workspace_id: str,
    ids: Iterable[str],
    newer_than: datetime | None = None,
) -> dict[str, Person]:
    """Those of `ids` that are known, by id; with `newer_than`, only those seen since then."""
    wanted = set(ids)
    if not wanted:
        return {}
    query, asked = _KNOWN, {"workspace": workspace_id, "ids": list(wanted)}
    if newer_than is not None:
        query = query.where(col(PersonRow.seen_at) > newer_than)
    return {row.id: Person(**row._asdict()) for row in await run(session, query, asked)}


async def remember(
    session: AsyncSession, workspace_id: str, people: Iterable[Person], now: datetime
) -> None:
    """Keep how Slack described these people at `now`, over what was known before."""
    seen = {
        person.id: asdict(person) | {"workspace_id": workspace_id, "seen_at": now}
        for person in people
    }
    if not seen:
        return
    insert = upsert(session, PersonRow)
    newest = {
        name: insert.excluded[name]
        for name in ("name", "zone", "is_bot", "is_deactivated", "is_outsider", "seen_at")
    }
    statement = insert.on_conflict_do_update(index_elements=["workspace_id", "id"], set_=newest)
    # In one order everywhere, so that two transactions never wait for each other.
    await run(session, statement, [seen[person] for person in sorted(seen)])
