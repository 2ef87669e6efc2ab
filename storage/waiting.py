"""What waits for one person beside their items: agreements, chairs and risks to confirm.

Only rows that name the person are read, by an index, however many others there are.
"""

from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.accepted_risks import AcceptedRisk
from domain.digests import KeptRisk, Place
from domain.home import Chaired, Looking, Owed, ToConfirm
from domain.meetings import Meeting
from domain.news import CONFIRMED
from domain.postmortems import Tier
from domain.record import Event
from storage.statements import columns, run
from storage.tables import (
    AcceptedRiskRow,
    ActionItemRow,
    AgreementRow,
    ItemHistoryRow,
    MeetingRow,
    MetaReviewRow,
    PostmortemRow,
    PublicationRow,
    RecordRow,
    ResponderRow,
    TimelineEntryRow,
)

_IS_REVIEWED = col(PostmortemRow.tier) != Tier.PARAGRAPH.value


async def agreements_owed(
    session: AsyncSession, workspace_id: str, person: str, most: int
) -> tuple[list[Owed], int]:
    """The timelines that somebody is waited for to agree to, the latest first, and how many.

    Nobody is while nobody was asked, nor once the review is over or the postmortem published.
    """
    which, here = ResponderRow, PostmortemRow
    query: Select[*tuple[Any, ...]] = (
        select(
            col(here.id).label("postmortem_id"),
            col(here.number),
            col(here.title),
            col(here.channel),
            func.count().over().label("total"),
        )
        .select_from(which)
        .join(here, col(here.id) == col(which.postmortem_id))
        .where(col(which.workspace_id) == workspace_id, col(which.person) == person)
        .where(_IS_REVIEWED, *_is_waited_for(person))
        .order_by(col(here.number).desc())
        .limit(most)
    )
    return _counted((await run(session, query)).all(), Owed)


def _counted(rows: Any, made: Any) -> tuple[list[Any], int]:
    found = [row._asdict() for row in rows]
    total = found[0]["total"] if found else 0
    return [made(**{name: row[name] for name in row if name != "total"}) for row in found], total


def _is_waited_for(person: str) -> tuple[ColumnElement[bool], ...]:
    here = col(PostmortemRow.id)
    agreed, said, met, told, entry = (
        AgreementRow,
        PublicationRow,
        MeetingRow,
        RecordRow,
        TimelineEntryRow,
    )
    return (
        ~exists().where(col(agreed.postmortem_id) == here, col(agreed.person) == person),
        ~exists().where(col(said.postmortem_id) == here),
        ~exists().where(col(met.postmortem_id) == here, col(met.signed_off_at).is_not(None)),
        exists().where(col(entry.postmortem_id) == here),
        exists().where(col(told.postmortem_id) == here, col(told.event) == Event.AGREEMENT_ASKED),
    )


async def chaired(
    session: AsyncSession, workspace_id: str, person: str, most: int
) -> tuple[list[Chaired], int]:
    """The reviews of postmortems that somebody has to chair still, whichever was called first."""
    row, here = MeetingRow, PostmortemRow
    query = (
        columns(row, Meeting)
        .add_columns(
            col(here.id).label("postmortem_id"),
            *(col(here.number), col(here.title), col(here.channel), col(here.tier)),
            func.count().over().label("total"),
        )
        .select_from(row)
        .join(here, col(here.id) == col(row.postmortem_id))
        .where(col(row.workspace_id) == workspace_id, col(row.facilitator) == person)
        .where(col(row.signed_off_at).is_(None), _IS_REVIEWED)
        .order_by(col(row.called_at), col(here.id))
        .limit(most)
    )
    rows = (await run(session, query)).all()
    return [_chaired(each) for each in rows], rows[0].total if rows else 0


def _chaired(row: Row[Any]) -> Chaired:
    said = row._asdict()
    meeting = Meeting(**{name: said[name] for name in Meeting.__dataclass_fields__})
    place = {name: said[name] for name in ("postmortem_id", "number", "title", "channel")}
    return Chaired(**place, tier=Tier(said["tier"]), meeting=meeting)


async def looking_back(session: AsyncSession, workspace_id: str, person: str) -> list[Looking]:
    """The meta-reviews that somebody chairs and that are not closed; there is one a quarter."""
    row = MetaReviewRow
    query = select(col(row.postmortem_id), col(row.quarter), col(row.channel)).where(
        col(row.workspace_id) == workspace_id,
        col(row.facilitator) == person,
        col(row.closed_at).is_(None),
    )
    found = await run(session, query.order_by(col(row.quarter)))
    return [Looking(**each._asdict()) for each in found]


async def to_confirm(session: AsyncSession, workspace_id: str, person: str) -> list[ToConfirm]:
    """The risks that somebody else named this person to accept, and that they did not confirm."""
    row, here, item, history = AcceptedRiskRow, PostmortemRow, ActionItemRow, ItemHistoryRow
    said_so = exists().where(
        col(history.item_id) == col(item.id),
        col(history.event) == CONFIRMED,
        col(history.actor) == person,
        col(history.at) >= col(row.created_at),
    )
    query = (
        columns(row, AcceptedRisk)
        .add_columns(
            *(col(here.number), col(here.channel), col(here.is_private)), col(item.position)
        )
        .select_from(row)
        .join(item, col(item.id) == col(row.item_id))
        .join(here, col(here.id) == col(row.postmortem_id))
        .where(col(row.workspace_id) == workspace_id, col(row.accepter) == person)
        .where(col(row.ended_on).is_(None), col(row.created_by) != person)
        .where(col(row.renewals) == 0, ~said_so)
        .order_by(col(row.id))
    )
    return [_to_confirm(each) for each in await run(session, query)]


def _to_confirm(row: Row[Any]) -> ToConfirm:
    said = row._asdict()
    place = Place(**{name: said.pop(name) for name in ("number", "channel", "is_private")})
    position = said.pop("position")
    risk = AcceptedRisk(**said)
    kept = KeptRisk(risk=risk, place=place)
    return ToConfirm(kept=kept, item_id=risk.item_id or 0, position=position)
