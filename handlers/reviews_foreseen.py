"""What the clock would do about monthly reviews by some instant: by its own rules, and not done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.review_plan import Due, Situation, Step, next_occasion, steps
from handlers.review_situation import situation

#: What each step is called where it is foreseen; what leaves a review out is none of them.
WHAT = {
    Step.CALL: "is called",
    Step.BEGIN: "begins",
    Step.REMIND: "owners are reminded",
    Step.ESCALATE: "the lead hears that it is not closed",
    Step.ALERT: "an alert that none was closed",
}


@dataclass(frozen=True, kw_only=True)
class ForeseenStep:
    """Something that becomes of a monthly review, when, and in which channel it is held."""

    step: Step
    at: datetime
    channel: str

    @property
    def what(self) -> str:
        """The same in words."""
        return WHAT[self.step]


async def reviews_by(
    session: AsyncSession, workspace_id: str, at: datetime, now: datetime
) -> list[ForeseenStep]:
    """What is done by then if nobody does anything before, in order.

    Only until the review that comes next has begun: what follows depends on who decides what.
    """
    standing = await situation(session, workspace_id, now)
    found = (each for each in _following(standing, now) if each.at <= at)
    current = standing.current
    channel = current.channel if current else standing.programme.review_channel
    return [
        ForeseenStep(step=each.step, at=each.at, channel=channel)
        for each in sorted(found, key=lambda each: each.at)
        if each.step in WHAT
    ]


def _following(standing: Situation, now: datetime) -> Iterator[Due]:
    """What is to be done next; of a review that is to be called also that it begins then."""
    for each in steps(standing, now):
        yield each
        if each.step is Step.CALL:
            yield Due(step=Step.BEGIN, at=next_occasion(standing, now).due_at)
