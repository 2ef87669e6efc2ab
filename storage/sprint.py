"""The sprint list: the riskiest of what is open, and the teams' channels that wait for theirs."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.item_search import Asker
from domain.sprint import LISTED_FOR, SHOWN_MAX, Candidate, SprintList
from domain.windows import Scope
from storage.action_items import OUTLIVED
from storage.became import IS_OPEN
from storage.scopes import within
from storage.sprint_order import Frequent, When, frequent, hidden_from, riskiest
from storage.statements import run
from storage.tables import (
    ActionItemRow,
    DeliveryRow,
    PostmortemRow,
    ServiceRow,
    TaggingRow,
)

_ITEM, _OF = ActionItemRow, PostmortemRow
_OF_ITEM = (
    *("id", "position", "what", "owner", "priority", "due_on", "created_at", "reschedules"),
    *("progress", "link", "postmortem_id"),
    *("ticket", "ticket_url", "ticket_closed", "ticket_trouble"),
)
#: What each row says of the whole list, or of whether it is listed.
_NOT_OF_IT = ("is_hidden", "total", "private")


async def listed(
    session: AsyncSession,
    workspace_id: str,
    scope: Scope,
    asker: Asker,
    when: When,
    most: int = SHOWN_MAX,
) -> SprintList:
    """The riskiest of the open items that were written in the last 90 days, and how many there are.

    Those of private channels that the asker may not see are only counted.
    """
    classes = await frequent(session, workspace_id, when.now)
    first = riskiest(workspace_id, scope, asker, when, classes, most)
    query = (
        select(
            *(getattr(_ITEM, name) for name in _OF_ITEM),
            *(col(_OF.number), col(_OF.service)),
            OUTLIVED.label("has_expired"),
            *(first.c[name] for name in ("repeats", "burned", *_NOT_OF_IT)),
            (first.c.burning > 0).label("is_burning"),
        )
        .join(first, first.c.id == col(_ITEM.id))
        .join(PostmortemRow, col(_OF.id) == col(_ITEM.postmortem_id))
        .order_by(first.c.risk.desc(), col(_ITEM.due_on), col(_ITEM.id))
    )
    rows = (await run(session, query)).all()
    seen = [row for row in rows if not row.is_hidden]
    names = await _commonest(session, [row.postmortem_id for row in seen], classes)
    return SprintList(
        items=[_candidate(row, names.get(row.postmortem_id, ""), when) for row in seen],
        total=rows[0].total if rows else 0,
        private=rows[0].private if rows else 0,
        older=await _older(session, workspace_id, scope, asker, when),
    )


async def _older(
    session: AsyncSession, workspace_id: str, scope: Scope, asker: Asker, when: When
) -> int:
    """How many that the asker may see are open and were written before what is listed."""
    query = (
        select(func.count())
        .select_from(_ITEM)
        .join(PostmortemRow, col(_OF.id) == col(_ITEM.postmortem_id))
        .where(
            col(_ITEM.workspace_id) == workspace_id,
            IS_OPEN,
            col(_ITEM.created_at) < when.midnight(when.today - LISTED_FOR),
            hidden_from(asker) == 0,
            *within(workspace_id, scope),
        )
    )
    return int((await run(session, query)).scalar_one())


def _candidate(row: Any, causal_class: str, when: When) -> Candidate:
    said = row._asdict() | {"causal_class": causal_class}
    written = said.pop("created_at").astimezone(when.zone).date()
    for name in (*_NOT_OF_IT, "postmortem_id"):
        del said[name]
    return Candidate(written_on=written, **said)


async def _commonest(
    session: AsyncSession, postmortems: Sequence[int], classes: Sequence[Frequent]
) -> dict[int, str]:
    """The name of that class of each postmortem which came most often."""
    query = select(col(TaggingRow.postmortem_id), col(TaggingRow.class_id)).where(
        col(TaggingRow.postmortem_id).in_(postmortems)
    )
    places = {each.id: place for place, each in enumerate(classes)}
    found: dict[int, int] = {}
    for which, class_id in await run(session, query):
        place = places.get(class_id, len(classes))
        found[which] = min(place, found.get(which, place))
    return {which: classes[at].name for which, at in found.items() if at < len(classes)}


async def waiting(
    session: AsyncSession, kind: str, week: str, workspace_id: str = ""
) -> list[tuple[str, str]]:
    """The teams' channels that are not owed the list of this week yet, each with its workspace.

    A tick asks it: both tables are read by an index, and a workspace without such channels not.
    """
    service, owed = ServiceRow, DeliveryRow
    is_owed = exists().where(
        col(owed.workspace_id) == col(service.workspace_id),
        col(owed.kind) == kind,
        col(owed.subject) == col(service.channel).concat(f":{week}"),
    )
    query = select(col(service.workspace_id), col(service.channel)).where(
        col(service.channel) != "", ~is_owed
    )
    if workspace_id:
        query = query.where(col(service.workspace_id) == workspace_id)
    rows = await run(session, query.distinct().order_by(*query.selected_columns))
    return [(row.workspace_id, row.channel) for row in rows]


async def services_of(session: AsyncSession, workspace_id: str, channel: str) -> list[str]:
    """The names of the services whose team this channel is."""
    query = select(col(ServiceRow.name)).where(
        col(ServiceRow.workspace_id) == workspace_id, col(ServiceRow.channel) == channel
    )
    return list((await run(session, query.order_by(col(ServiceRow.name)))).scalars())
