"""When the monthly reviews to come are held (rule 18)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from domain import cadence
from domain.calendar import slot
from domain.programme import Programme
from domain.reviews import Review, Stage
from domain.workdays import WorkingTime

#: A year of them.
OCCASIONS = 12
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Held:
    """The day of a review where it is held, when it begins, and in which channel, if one is set."""

    due_on: date
    due_at: datetime
    channel: str


def to_come(
    programme: Programme, hours: WorkingTime, called: Review | None, now: datetime
) -> list[Held]:
    """The review that is called and those after it; without one, the next and those after it.

    `hours` are those of where it is held: a day on which nobody works is put off to the next.
    """
    first, after = [], hours.today(now) - _A_DAY
    if called is not None and called.stage is Stage.CALLED:
        first = [Held(due_on=called.due_on, due_at=called.due_at, channel=called.channel)]
        after = called.due_on
    following = (
        each
        for each in _following(programme, hours, after)
        if each.due_on > after and each.due_at > now
    )
    return [*first, *islice(following, OCCASIONS - len(first))]


def _following(programme: Programme, hours: WorkingTime, after: date) -> Iterator[Held]:
    # One that fell on an earlier day may have been put off to a later one.
    for day in cadence.occasions(cadence.parse(programme.review_day), after - 31 * _A_DAY):
        on = hours.working_day(day)
        yield Held(
            due_on=on,
            due_at=slot(on, programme.review_time, hours.zone),
            channel=programme.review_channel,
        )
