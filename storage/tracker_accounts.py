"""Who is who in a tracker: what an e-mail address found, and what somebody chose."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.tickets import Account, TrackerKind
from storage.statements import columns, run, upsert
from storage.tables import TrackerAccountRow


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of somebody's account: `typed` is what `chosen_by` wrote, if anybody did.

    `account` is empty where none was found at `looked_at`.
    """

    person: str
    account: str = ""
    name: str = ""
    typed: str = ""
    chosen_by: str = ""
    looked_at: datetime | None = None


_KNOWN = columns(TrackerAccountRow, Known)


async def of_person(
    session: AsyncSession, workspace_id: str, kind: TrackerKind, person: str
) -> Known | None:
    """What is known of somebody's account; None where nobody looked yet."""
    query = _KNOWN.where(*_mine(workspace_id, kind), col(TrackerAccountRow.person) == person)
    row = (await run(session, query)).one_or_none()
    return None if row is None else Known(**row._asdict())


async def all_of(session: AsyncSession, workspace_id: str, kind: TrackerKind) -> list[Known]:
    """Everybody whose account was looked for."""
    query = _KNOWN.where(*_mine(workspace_id, kind)).order_by(col(TrackerAccountRow.person))
    return [Known(**row._asdict()) for row in await run(session, query)]


async def person_of(
    session: AsyncSession, workspace_id: str, kind: TrackerKind, account: str
) -> str:
    """Whose account it is; empty where nobody of the workspace is known to have it."""
    if not account:
        return ""
    query = select(col(TrackerAccountRow.person)).where(
        *_mine(workspace_id, kind), col(TrackerAccountRow.account) == account
    )
    # Chosen by hand comes before found by an address.
    chosen = col(TrackerAccountRow.chosen_by) == ""
    row = (
        await run(session, query.order_by(chosen, col(TrackerAccountRow.person)).limit(1))
    ).first()
    return row[0] if row else ""


async def found(
    session: AsyncSession,
    workspace_id: str,
    kind: TrackerKind,
    person: str,
    account: Account | None,
    now: datetime,
) -> None:
    """Keep what was found for somebody, or that nothing was; who chose what stays."""
    said = {
        "account": account.id if account else "",
        "name": account.name if account else "",
        "looked_at": now,
    }
    await _keep(session, workspace_id, kind, person, said)


async def chosen(
    session: AsyncSession, workspace_id: str, kind: TrackerKind, person: str, typed: str, by: str
) -> None:
    """Keep what somebody wrote of a person's account; it is looked for next. Empty: by address.

    The account there was stays until the one that is written is found.
    """
    said: dict[str, object] = {
        "typed": typed,
        "chosen_by": by if typed else "",
        "looked_at": None,
    }
    gone: dict[str, object] = {} if typed else {"account": "", "name": ""}
    await _keep(session, workspace_id, kind, person, said | gone)


async def restore(
    session: AsyncSession, workspace_id: str, kind: TrackerKind, known: Known
) -> None:
    """Keep what was known of somebody's account before somebody wrote what nobody can find."""
    said = asdict(known)
    await _keep(session, workspace_id, kind, said.pop("person"), said)


async def _keep(
    session: AsyncSession,
    workspace_id: str,
    kind: TrackerKind,
    person: str,
    said: dict[str, object],
) -> None:
    which = {"workspace_id": workspace_id, "kind": kind, "person": person}
    nothing = {"account": "", "name": "", "typed": "", "chosen_by": "", "looked_at": None}
    insert = upsert(session, TrackerAccountRow).values(**which | nothing | said)
    await run(session, insert.on_conflict_do_update(index_elements=list(which), set_=said))


def _mine(workspace_id: str, kind: TrackerKind) -> tuple[ColumnElement[bool], ...]:
    return (
        col(TrackerAccountRow.workspace_id) == workspace_id,
        col(TrackerAccountRow.kind) == kind,
    )
