"""Postmortems: started once per channel, locked before they are changed."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, Row, bindparam, delete, insert, select, update
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.postmortems import Facts, Postmortem, Tier
from storage.statements import run
from storage.tables import (
    PostmortemRow,
    ResponderRow,
)
from storage.workspaces import next_number

_COLUMNS = tuple(SQLModel.metadata.tables["postmortem"].columns)
_WITH_RESPONDERS = (
    select(*_COLUMNS, col(ResponderRow.person))
    .outerjoin(ResponderRow, col(ResponderRow.postmortem_id) == col(PostmortemRow.id))
    .where(col(PostmortemRow.workspace_id) == bindparam("workspace"))
    .order_by(col(ResponderRow.position))
)
# Put together once: it takes longer than SQLite takes to answer.
_BY_ID = _WITH_RESPONDERS.where(col(PostmortemRow.id) == bindparam("which"))
_BY_CHANNEL = _WITH_RESPONDERS.where(col(PostmortemRow.channel) == bindparam("which"))
_FACTS = {field.name for field in fields(Facts)} - {"responders", "tier_override"}


class NotFound(LookupError):
    """The workspace has no such postmortem; it may be another workspace's."""


class AlreadyStarted(Exception):
    """The channel has a postmortem; `submission` names the form it came from."""

    def __init__(self, postmortem: Postmortem, submission: str) -> None:
        super().__init__(f"{postmortem.key} was already started in {postmortem.channel}")
        self.postmortem = postmortem
        self.submission = submission


async def start(
    session: AsyncSession,
    workspace_id: str,
    *,
    channel: str | None,
    channel_name: str,
    is_private: bool,
    facts: Facts,
    created_by: str,
    submission: str,
    now: datetime,
) -> Postmortem:
    """Start the channel's postmortem under the workspace's next number.

    One without a channel comes from a document. Raises AlreadyStarted when there is one: of two
    people at once the second is told of the first.
    """
    number = await next_number(session, workspace_id)  # from here on the others wait
    there = await _rows(session, _BY_CHANNEL, workspace_id, channel) if channel else []
    if there:
        raise AlreadyStarted(_postmortem(there), there[0].submission)
    statement = insert(PostmortemRow).values(
        workspace_id=workspace_id,
        number=number,
        channel=channel,
        channel_name=channel_name,
        is_private=is_private,
        created_by=created_by,
        created_at=now,
        submission=submission,
        **_facts_columns(facts),
    )
    made = (await run(session, statement.returning(*_COLUMNS))).one()
    await _name_responders(session, made.id, facts.responders)
    return _with_responders(made, facts.responders)


async def find(session: AsyncSession, workspace_id: str, postmortem_id: int) -> Postmortem | None:
    """Find the workspace's postmortem with this id."""
    rows = await _rows(session, _BY_ID, workspace_id, postmortem_id)
    return _postmortem(rows) if rows else None


async def in_channel(session: AsyncSession, workspace_id: str, channel: str) -> Postmortem | None:
    """Find the postmortem of a channel, in one query: a slash command waits for it."""
    rows = await _rows(session, _BY_CHANNEL, workspace_id, channel)
    return _postmortem(rows) if rows else None


async def lock(session: AsyncSession, workspace_id: str, postmortem_id: int) -> Postmortem:
    """Let nobody else change the postmortem until we commit, and return it as it is now.

    Must be the transaction's first statement: what is read before it may be out of date. Raises
    NotFound when it locks nothing.
    """
    statement = (
        update(PostmortemRow)
        .where(col(PostmortemRow.id) == postmortem_id)
        .where(col(PostmortemRow.workspace_id) == workspace_id)
        .values(version=PostmortemRow.version + 1)
        .returning(*_COLUMNS)
    )
    locked = (await run(session, statement)).one_or_none()
    if locked is None:
        raise NotFound(f"{workspace_id} has no postmortem {postmortem_id}")
    query = (
        select(col(ResponderRow.person))
        .where(col(ResponderRow.postmortem_id) == postmortem_id)
        .order_by(col(ResponderRow.position))
    )
    return _with_responders(locked, (await run(session, query)).scalars().all())


async def change_facts(session: AsyncSession, postmortem_id: int, facts: Facts) -> None:
    """Put these facts in place of the old ones."""
    statement = update(PostmortemRow).where(col(PostmortemRow.id) == postmortem_id)
    await run(session, statement.values(**_facts_columns(facts)))
    mine = col(ResponderRow.postmortem_id) == postmortem_id
    await run(session, delete(ResponderRow).where(mine))
    await _name_responders(session, postmortem_id, facts.responders)


async def change_root_cause(session: AsyncSession, postmortem_id: int, text: str) -> None:
    """Put this root cause in place of the old one."""
    statement = update(PostmortemRow).where(col(PostmortemRow.id) == postmortem_id)
    await run(session, statement.values(root_cause=text))


async def _rows(
    session: AsyncSession, query: Executable, workspace_id: str, which: int | str
) -> Sequence[Row[*tuple[Any, ...]]]:
    """One row per responder, or one row without."""
    return (await run(session, query, {"workspace": workspace_id, "which": which})).all()


def _postmortem(rows: Sequence[Row[*tuple[Any, ...]]]) -> Postmortem:
    return _with_responders(rows[0], [row.person for row in rows if row.person is not None])


def _with_responders(row: Row[*tuple[Any, ...]], responders: Sequence[str]) -> Postmortem:
    kept = row._asdict()
    override = kept["tier_override"]
    facts = Facts(
        **{name: kept[name] for name in _FACTS},
        responders=tuple(responders),
        tier_override=None if override is None else Tier(override),
    )
    return Postmortem(
        id=row.id,
        workspace=row.workspace_id,
        number=row.number,
        channel=row.channel,
        channel_name=row.channel_name,
        is_private=row.is_private,
        facts=facts,
        root_cause=row.root_cause,
        created_by=row.created_by,
        created_at=row.created_at,
        version=row.version,
    )


def _facts_columns(facts: Facts) -> dict[str, Any]:
    kept = asdict(facts)
    del kept["responders"]
    return kept | {"tier": int(facts.tier)}


async def _name_responders(
    session: AsyncSession, postmortem_id: int, people: Sequence[str]
) -> None:
    if not people:
        return
    of_it = select(col(PostmortemRow.workspace_id)).where(col(PostmortemRow.id) == postmortem_id)
    statement = insert(ResponderRow).values(workspace_id=of_it.scalar_subquery())
    named = [
        {"postmortem_id": postmortem_id, "person": person, "position": position}
        for position, person in enumerate(dict.fromkeys(people))
    ]
    await run(session, statement, named)
