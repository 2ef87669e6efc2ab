"""When a written postmortem was agreed to, reviewed and published."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.story.read import Incident, Stage
from domain.meetings import has_meeting

A_DAY = timedelta(days=1)
#: The review is so long after the writing, weekends aside, and takes so long.
UNTIL_REVIEW, REVIEW = timedelta(days=4), timedelta(minutes=50)
#: A time at which somebody works, on a day or soon after; the same for the same words.
AtWork = Callable[[datetime, str, str], datetime]


@dataclass(frozen=True, kw_only=True)
class Dates:
    """The instants of what comes after the writing, people by handle.

    All are there for every postmortem; how far it has come is for its stage to say.
    """

    agreed: Mapping[str, datetime]
    called: datetime
    started: datetime
    closed: datetime

    def reached(self, stage: Stage) -> datetime:
        """The last instant of a postmortem that has come this far and no further."""
        return {
            Stage.DRAFT: next(iter(self.agreed.values())),
            Stage.AGREEING: next(iter(self.agreed.values())),
            Stage.CALLED: self.called,
            Stage.PUBLISHED: self.closed,
        }[stage]


def dates(incident: Incident, written: datetime, at_work: AtWork) -> Dates:
    """Everybody agrees the day after, then the review is called, and held some days later.

    Where there is no review, it is published the day after.
    """
    name, author = incident.channel, incident.responders[0]
    agreed = {
        who: at_work(written + A_DAY, who, f"{name} agreed {who}") for who in incident.responders
    }
    called = at_work(written + A_DAY, author, f"{name} called")
    if not has_meeting(incident.tier):
        return Dates(agreed={author: called}, called=called, started=called, closed=called)
    started = at_work(written + UNTIL_REVIEW, incident.facilitator, f"{name} started")
    called = max(called, *agreed.values())
    return Dates(agreed=agreed, called=called, started=started, closed=started + REVIEW)
