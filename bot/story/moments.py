"""What happens when: the moments of the story, in which its people act."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.story.staff import REVIEW_ZONE
from domain import cadence
from domain.calendar import slot
from domain.programme import Programme

Act = Callable[[], Awaitable[None]]
#: The monthly reviews that were held, so many months ago, and who chaired: it fell asleep between.
REVIEWS = ((8, "bob"), (1, "freya"))
#: For so long the app has called them by itself.
BACK = timedelta(days=2)


@dataclass(frozen=True)
class Moment:
    """Something that happens at an instant."""

    at: datetime
    act: Act


def reviews_held(now: datetime) -> Iterator[tuple[datetime, str]]:
    """When a monthly review was held, and who chaired it."""
    programme = Programme()
    when = cadence.parse(programme.review_day)
    for months_ago, chair in REVIEWS:
        months = now.year * 12 + now.month - 1 - months_ago
        day = cadence.day_in(when, months // 12, months % 12 + 1)
        yield slot(day, programme.review_time, ZoneInfo(REVIEW_ZONE)), chair
