"""Search and lists: words found by each database's own full-text index."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import REGCONFIG
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemState
from domain.search import PAGE, Found, Page, Wanted, terms
from storage.statements import run
from storage.tables import (
    ActionItemRow,
    PostmortemRow,
    PostmortemTextRow,
    TaggingRow,
)
from storage.tables.search import VECTOR

#: The words around what was found are looked for in so many letters: a page has 15 of them.
LOOKED_AT = 60_000


async def find(
    session: AsyncSession,
    workspace_id: str,
    wanted: Wanted,
    channels: Collection[str] = (),
    *,
    imported: bool = False,
) -> Page:
    """One page of what was wanted, the newest first.

    Of private channels only those in `channels`: the ones that whoever asks is in. Private ones
    that were imported and have no channel only if `imported` asks for them.
    """
    looked_for = terms(wanted.words)
    conditions = [
        col(PostmortemRow.workspace_id) == workspace_id,
        _visible(channels, imported=imported),
        *_filters(wanted),
        *([_matches(session, looked_for)] if looked_for else []),
    ]
    total = select(func.count()).select_from(PostmortemRow).where(*conditions)
    query = (
        _listed(with_words=bool(looked_for))
        .where(*conditions)
        .order_by(col(PostmortemRow.started_at).desc(), col(PostmortemRow.id).desc())
        .limit(PAGE)
        .offset(wanted.offset)
    )
    rows = (await run(session, query)).all()
    return Page(
        found=[Found(**row._asdict()) for row in rows],
        total=int((await run(session, total)).scalar_one()),
    )


def _visible(channels: Collection[str], *, imported: bool) -> ColumnElement[bool]:
    homeless = [col(PostmortemRow.channel).is_(None)] if imported else []
    return or_(
        col(PostmortemRow.is_private).is_(False),
        col(PostmortemRow.channel).in_(channels),
        *homeless,
    )


def _listed(*, with_words: bool) -> Select[Any]:
    still_open = and_(
        col(ActionItemRow.postmortem_id) == col(PostmortemRow.id),
        col(ActionItemRow.state) == ItemState.OPEN,
    )
    words = (
        select(col(PostmortemTextRow.words))
        .where(col(PostmortemTextRow.postmortem_id) == col(PostmortemRow.id))
        .scalar_subquery()
    )
    names = ("id", "number", "title", "service", "severity", "tier", "started_at", "channel")
    return select(
        *(getattr(PostmortemRow, name) for name in (*names, "is_private")),
        select(func.count()).where(still_open).scalar_subquery().label("open_items"),
        (func.substr(words, 1, LOOKED_AT) if with_words else literal_column("''")).label("words"),
    )


def _filters(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.service:
        found.append(func.lower(col(PostmortemRow.service)) == func.lower(wanted.service))
    if wanted.class_id is not None:
        found.append(
            exists()
            .where(col(TaggingRow.postmortem_id) == col(PostmortemRow.id))
            .where(col(TaggingRow.class_id) == wanted.class_id)
        )
    if wanted.only_open:
        found.append(
            exists()
            .where(col(ActionItemRow.postmortem_id) == col(PostmortemRow.id))
            .where(col(ActionItemRow.state) == ItemState.OPEN)
        )
    return found


def _matches(session: AsyncSession, looked_for: Sequence[str]) -> ColumnElement[bool]:
    """Whether all of the words stand in a postmortem, each as the beginning of one."""
    if session.get_bind().dialect.name == "postgresql":
        vector: ColumnElement[Any] = literal_column(VECTOR)
        asked = func.to_tsquery(
            cast("simple", REGCONFIG), " & ".join(f"'{each}':*" for each in looked_for)
        )
        return col(PostmortemRow.id).in_(
            select(col(PostmortemTextRow.postmortem_id)).where(vector.op("@@")(asked))
        )
    asked_for = " ".join(f'"{each}"*' for each in looked_for)
    rows = text("SELECT rowid FROM postmortem_fts WHERE postmortem_fts MATCH :asked_for")
    return col(PostmortemRow.id).in_(
        rows.bindparams(asked_for=asked_for).columns(literal_column("rowid"))
    )


async def services(session: AsyncSession, workspace_id: str) -> list[str]:
    """The services that postmortems of public channels name, the one named most often first."""
    query = (
        select(col(PostmortemRow.service))
        .where(
            col(PostmortemRow.workspace_id) == workspace_id,
            col(PostmortemRow.is_private).is_(False),
        )
        .group_by(col(PostmortemRow.service))
        .order_by(func.count().desc(), col(PostmortemRow.service))
    )
    return list((await run(session, query)).scalars())


async def has_private(session: AsyncSession, workspace_id: str) -> bool:
    """Whether any postmortem is of a private channel: only then Slack is asked who is in it."""
    query = select(
        exists()
        .where(col(PostmortemRow.workspace_id) == workspace_id)
        .where(col(PostmortemRow.is_private).is_(True))
    )
    return bool((await run(session, query)).scalar_one())
