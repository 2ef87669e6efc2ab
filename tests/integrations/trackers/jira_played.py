"""What the tests of Jira share: both flavours of it, and tickets to make."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime

from domain.programme import Priority
from domain.tickets import Line, Place, TrackerKind, Wanted
from integrations.trackers.jira import Jira
from tests.trackers.jira import JiraStandIn

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
OURS = "7b7a6c3e-2f0d-4f6e-9a55-0d6f5f1c2b3a"
SHOP = Place(kind=TrackerKind.JIRA, project="SHOP", board="1", issue_type="Task")
WANTED = Wanted(
    title="Alert on a full disk",
    lines=(
        Line(label="Done when", text="an alert fires at 80 %"),
        Line(label="Postmortem", text="Checkout was down", url="https://slack.test/archives/C1/p1"),
    ),
    priority=Priority.P1,
    due_on=date(2026, 3, 20),
)


@asynccontextmanager
async def playing(
    *, cloud: bool = True, gateway: str = ""
) -> AsyncIterator[tuple[JiraStandIn, Jira]]:
    """A stand-in and the adapter that asks it; nothing may break a schema meanwhile."""
    async with JiraStandIn(cloud=cloud, gateway=gateway) as stand_in:
        jira = Jira(stand_in.url, stand_in.user, stand_in.token, lambda: NOON)
        yield stand_in, jira
        await jira.close()
        assert stand_in.broken == []
