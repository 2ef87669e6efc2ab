"""When the programme's numbers are posted by themselves: once a month, on its first day of work."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from domain.calendar import slot
from domain.programme import Programme
from domain.workdays import WorkingTime

#: One that was missed while the app was down is caught up for so long.
CAUGHT_UP = timedelta(days=7)
#: No zone is further ahead of UTC.
_FURTHEST_AHEAD = timedelta(hours=14)
_A_MONTH = timedelta(days=31)


@dataclass(frozen=True, kw_only=True)
class Monthly:
    """The report of a month, by any of its days: when it is due where the reviews are held."""

    month: str
    due_at: datetime

    def is_due(self, now: datetime, since: datetime | None) -> bool:
        """Whether it is to be posted now.

        `since` is when the reviews were set up: what lies before it was never promised.
        """
        is_promised = since is None or since <= self.due_at
        return is_promised and self.due_at <= now <= self.due_at + CAUGHT_UP


def of_month(day: date, programme: Programme, hours: WorkingTime) -> Monthly:
    """The report of the month in which this day lies: at the hour at which reviews begin."""
    first = hours.working_day(day.replace(day=1))
    return Monthly(month=key(day), due_at=slot(first, programme.review_time, hours.zone))


def next_month(day: date) -> date:
    """A day of the month after this day's."""
    return day.replace(day=1) + _A_MONTH


def key(day: date) -> str:
    """What the month of a day goes by: `2026-12`."""
    return f"{day:%Y-%m}"


def latest(now: datetime) -> str:
    """The month that has begun somewhere by now: where its report was posted none is due."""
    return key((now + _FURTHEST_AHEAD).astimezone(UTC).date())


def channel_of(programme: Programme) -> str:
    """Where it is posted: where the reviews are held, else to engineering, else to everybody."""
    named = (programme.review_channel, programme.engineering_channel)
    return next(filter(None, (*named, programme.organisation_channel)), "")
