"""When the monthly reviews to come are held (rule 18)."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from domain.review_plan import Situation, occasions
from domain.reviews import Stage

#: A year of them.
OCCASIONS = 12


@dataclass(frozen=True, kw_only=True)
class Held:
    """The day of a review where it is held, when it begins, and in which channel, if one is set."""

    due_on: date
    due_at: datetime
    channel: str


def to_come(standing: Situation, now: datetime) -> list[Held]:
    """The review that is called and those after it; without one, the next and those after it.

    They are those that the clock will call: none that was held early, or left out.
    """
    called, first = standing.current, []
    if called is not None and called.stage is Stage.CALLED:
        first = [Held(due_on=called.due_on, due_at=called.due_at, channel=called.channel)]
    channel = standing.programme.review_channel
    following = (
        Held(due_on=each.due_on, due_at=each.due_at, channel=channel)
        for each in occasions(standing, now)
        if each.due_at > now and (called is None or each.due_on > called.due_on)
    )
    return [*first, *islice(following, OCCASIONS - len(first))]
