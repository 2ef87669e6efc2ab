"""Every table, as SQLModel classes; importing this package fills `SQLModel.metadata`."""

from storage.tables.action_items import AcceptedRiskRow, ActionItemRow, ItemHistoryRow
from storage.tables.analysis import (
    CausalClassRow,
    ClassHistoryRow,
    ImportedDocumentRow,
    InheritedLineRow,
    PassageRow,
    TaggingRow,
)
from storage.tables.channels import ChannelRow
from storage.tables.deliveries import DeliveryRow
from storage.tables.measures import HealthRow, HomeVisitRow, ServiceRow
from storage.tables.monthly_reviews import (
    MetaReviewRow,
    ProposedFixRow,
    ReviewEntryRow,
    ReviewRow,
)
from storage.tables.postmortems import (
    ContributingFactorRow,
    JottedEntryRow,
    PostmortemRow,
    ResponderRow,
    SectionEditRow,
    TimelineEntryRow,
)
from storage.tables.proposals import ProposalRow
from storage.tables.reviews import AgreementRow, MeetingRow, PublicationRow, RecordRow
from storage.tables.search import PostmortemTextRow
from storage.tables.tickets import HeardHookRow, TicketPlaceRow, TicketRow, TrackerAccountRow
from storage.tables.workspaces import FacilitatorRow, PersonRow, WorkspaceRow

__all__ = [
    "AcceptedRiskRow",
    "ActionItemRow",
    "AgreementRow",
    "CausalClassRow",
    "ChannelRow",
    "ClassHistoryRow",
    "ContributingFactorRow",
    "DeliveryRow",
    "FacilitatorRow",
    "HealthRow",
    "HeardHookRow",
    "HomeVisitRow",
    "ImportedDocumentRow",
    "InheritedLineRow",
    "ItemHistoryRow",
    "JottedEntryRow",
    "MeetingRow",
    "MetaReviewRow",
    "PassageRow",
    "PersonRow",
    "PostmortemRow",
    "PostmortemTextRow",
    "ProposalRow",
    "ProposedFixRow",
    "PublicationRow",
    "RecordRow",
    "ResponderRow",
    "ReviewEntryRow",
    "ReviewRow",
    "SectionEditRow",
    "ServiceRow",
    "TaggingRow",
    "TicketPlaceRow",
    "TicketRow",
    "TimelineEntryRow",
    "TrackerAccountRow",
    "WorkspaceRow",
]
