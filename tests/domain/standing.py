"""How a workspace's monthly reviews stand, for tests of what is to be done about them."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.programme import Programme
from domain.review_plan import Situation
from domain.reviews import Review
from domain.workdays import working_time

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
HELD = Programme(review_channel="C1")
#: The first Tuesday of October and of November 2026 are five weeks after the one before.
CLOSED = datetime(2026, 11, 3, 11, tzinfo=UTC)
WRITTEN = datetime(2026, 1, 5, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def standing(
    programme: Programme = HELD,
    zone: ZoneInfo = LONDON,
    off: Collection[date] = (),
    **known: Any,
) -> Situation:
    hours = working_time(programme, zone, frozenset(off).__contains__)
    kept = {"last_closed_at": CLOSED, "last_due_on": CLOSED.date(), "first_written_at": WRITTEN}
    return Situation(programme=programme, hours=hours, **{**kept, **known})


def under_way(since: datetime, **known: Any) -> Review:
    review = Review(
        workspace="T1",
        facilitator="U1",
        called_by="",
        called_at=since,
        due_at=since,
        due_on=since.date(),
        channel="C1",
        started_at=since,
    )
    return replace(review, **known)
