"""What tests of Linear begin with: a moment, a place and a ticket that is wanted."""

from datetime import UTC, date, datetime

from domain.programme import Priority
from domain.tickets import Line, Place, TrackerKind, Wanted

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
SHOP = Place(kind=TrackerKind.LINEAR, project="SHOP", board="cycles", labels=("Postmortem",))
WANTED = Wanted(
    title="Alert before the queue is full",
    lines=(Line(label="Done when", text="an alert fires at 80 %"),),
    priority=Priority.P2,
    due_on=date(2026, 7, 1),
)
