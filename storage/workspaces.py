"""The workspaces the app is installed in and what each has set for itself."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.programme import Programme
from storage.causal_classes import begin_taxonomy
from storage.statements import columns, run, upsert
from storage.tables import WorkspaceRow


async def ensure(
    session: AsyncSession, workspace_id: str, name: str = "", bot_user_id: str = ""
) -> None:
    """Know this workspace, under its newest name; an empty name changes nothing."""
    insert = upsert(session, WorkspaceRow).values(
        id=workspace_id, name=name, bot_user_id=bot_user_id, last_number=0, **_defaults()
    )
    newest = {
        "name": func.coalesce(func.nullif(insert.excluded.name, ""), WorkspaceRow.name),
        "bot_user_id": func.coalesce(
            func.nullif(insert.excluded.bot_user_id, ""), WorkspaceRow.bot_user_id
        ),
    }
    await run(session, insert.on_conflict_do_update(index_elements=["id"], set_=newest))
    await begin_taxonomy(session, workspace_id)


async def next_number(session: AsyncSession, workspace_id: str) -> int:
    """Give out the next postmortem number; others of the workspace wait until we commit."""
    insert = upsert(session, WorkspaceRow).values(
        id=workspace_id, name="", bot_user_id="", last_number=1, **_defaults()
    )
    counted = insert.on_conflict_do_update(
        index_elements=["id"], set_={"last_number": WorkspaceRow.last_number + 1}
    ).returning(col(WorkspaceRow.last_number))
    return int((await run(session, counted)).scalar_one())


async def programme(session: AsyncSession, workspace_id: str) -> Programme:
    """Return the workspace's own numbers; the defaults for one that is not known yet."""
    query = columns(WorkspaceRow, Programme).where(col(WorkspaceRow.id) == workspace_id)
    found = (await run(session, query)).one_or_none()
    return Programme() if found is None else Programme(**found._asdict())


async def change_programme(session: AsyncSession, workspace_id: str, programme: Programme) -> None:
    """Put these in place of the workspace's own numbers and channels."""
    mine = col(WorkspaceRow.id) == workspace_id
    await run(session, update(WorkspaceRow).where(mine).values(**asdict(programme)))


async def known(session: AsyncSession) -> list[str]:
    """Return the ids of all workspaces there are."""
    return list((await run(session, select(col(WorkspaceRow.id)))).scalars())


def _defaults() -> dict[str, Any]:
    return asdict(Programme())
