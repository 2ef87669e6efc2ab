"""Every table, as SQLModel classes; importing this package fills `SQLModel.metadata`."""

from storage.tables.action_items import AcceptedRiskRow, ActionItemRow, ItemHistoryRow
from storage.tables.channels import ChannelRow
from storage.tables.deliveries import DeliveryRow
from storage.tables.postmortems import (
    ContributingFactorRow,
    PostmortemRow,
    ResponderRow,
    SectionEditRow,
    TimelineEntryRow,
)
from storage.tables.workspaces import PersonRow, WorkspaceRow

__all__ = [
    "AcceptedRiskRow",
    "ActionItemRow",
    "ChannelRow",
    "ContributingFactorRow",
    "DeliveryRow",
    "ItemHistoryRow",
    "PersonRow",
    "PostmortemRow",
    "ResponderRow",
    "SectionEditRow",
    "TimelineEntryRow",
    "WorkspaceRow",
]
