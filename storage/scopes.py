"""Which postmortems a measure is taken of: all of a workspace, or those of a `Scope`."""

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlmodel import col

from domain.windows import EVERYTHING, Scope
from storage.tables import ActionItemRow, PostmortemRow, ServiceRow, TaggingRow

Rows = Select[*tuple[Any, ...]]

#: A service is told apart by its name, however cased.
SERVICE = func.lower(col(PostmortemRow.service))


def within(workspace_id: str, scope: Scope) -> list[ColumnElement[bool]]:
    """What holds of the postmortems that a measure is taken of, beside their workspace."""
    found: list[ColumnElement[bool]] = []
    if scope.service:
        found.append(func.lower(scope.service) == SERVICE)
    if scope.class_id is not None:
        found.append(_has_class(scope.class_id))
    if scope.tier is not None:
        found.append(col(PostmortemRow.tier) == int(scope.tier))
    if scope.channel:
        found.append(SERVICE.in_(_answered_for(workspace_id, scope.channel)))
    return found


def items_within(query: Rows, workspace_id: str, scope: Scope) -> Rows:
    """The query about action items, of those of these postmortems alone."""
    if scope == EVERYTHING:
        return query
    of_it = col(PostmortemRow.id) == col(ActionItemRow.postmortem_id)
    return query.join(PostmortemRow, of_it).where(*within(workspace_id, scope))


def _has_class(class_id: int) -> ColumnElement[bool]:
    """Looked up for each: a list of all that have it would be made anew for every window."""
    tag = TaggingRow
    return (
        exists()
        .where(col(tag.postmortem_id) == col(PostmortemRow.id), col(tag.class_id) == class_id)
        .correlate(PostmortemRow)
    )


def _answered_for(workspace_id: str, channel: str) -> Rows:
    """The names of the services for which this team's channel answers."""
    return select(func.lower(col(ServiceRow.name))).where(
        col(ServiceRow.workspace_id) == workspace_id, col(ServiceRow.channel) == channel
    )
