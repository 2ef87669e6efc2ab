"""What happens when: the moments of the story, in which its people act."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.planner import LEAD_ZONE
from domain.calendar import slot
from domain.coming import REVIEW_TIME, review_day

Act = Callable[[], Awaitable[None]]
#: The monthly reviews that were held, so many months ago, and who chaired: it fell asleep between.
REVIEWS = ((8, "bob"), (1, "freya"))


@dataclass(frozen=True)
class Moment:
    """Something that happens at an instant."""

    at: datetime
    act: Act


def reviews_held(now: datetime) -> Iterator[tuple[datetime, str]]:
    """When a monthly review was held, and who chaired it."""
    for months_ago, chair in REVIEWS:
        months = now.year * 12 + now.month - 1 - months_ago
        month = now.date().replace(year=months // 12, month=months % 12 + 1, day=1)
        yield slot(review_day(month), REVIEW_TIME, ZoneInfo(LEAD_ZONE)), chair
