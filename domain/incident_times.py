"""When an incident started, was noticed and was over, as far as a channel's messages tell."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.candidates import Candidate, Marks, noteworthy
from domain.slack_words import Message
from domain.sources import Ourselves
from domain.timeline import Milestone

#: What lies further apart is not the same incident.
SILENCE = timedelta(days=1)
#: A story of which beginning and end lie closer together was told when it was over.
A_MINUTE = timedelta(minutes=1)
#: We have said nothing yet where a postmortem is about to start.
_UNMARKED = Marks(channel="", reaction="", ourselves=Ourselves(user="", bot=""))
_FIRST_SIGNS = frozenset({Milestone.STARTED, Milestone.DETECTED})
_ENDS = frozenset({Milestone.RECOVERED, Milestone.ALL_CLEAR})


@dataclass(frozen=True, kw_only=True)
class Times:
    """The incident's instants; None where no message tells."""

    started_at: datetime | None = None
    detected_at: datetime | None = None
    recovered_at: datetime | None = None


UNTOLD = Times()


def times_told(messages: Iterable[Message], *, is_all: bool) -> Times:
    """The times of the last incident that these messages tell of.

    Where they are not all there are (`is_all`), the first of them is not the first sign.
    """
    signs = [each for each in noteworthy(messages, _UNMARKED) if each.milestone is not None]
    incident = _last_incident(sorted(signs, key=lambda each: each.at))
    if not incident:
        return UNTOLD
    first, end = _first(incident, _FIRST_SIGNS), _end(incident)
    if first is not None and end is not None and end - first < A_MINUTE:
        return UNTOLD
    return Times(
        started_at=first if is_all else None,
        detected_at=_first(incident, {Milestone.DETECTED}) if is_all else None,
        recovered_at=end,
    )


def _last_incident(signs: Sequence[Candidate]) -> list[Candidate]:
    """The last signs that lie close together and tell of a beginning too."""
    found: list[Candidate] = []
    for sign in reversed(signs):
        if found and found[-1].at - sign.at > SILENCE and _first(found, _FIRST_SIGNS):
            break
        found.append(sign)
    return found[::-1]


def _first(signs: Sequence[Candidate], wanted: Collection[Milestone]) -> datetime | None:
    return next((each.at for each in signs if each.milestone in wanted), None)


def _end(signs: Sequence[Candidate]) -> datetime | None:
    """When it was over; None where something went wrong again later, or nobody said."""
    telling = [each for each in signs if each.milestone in _ENDS | {Milestone.DETECTED}]
    if not telling or telling[-1].milestone not in _ENDS:
        return None
    recovered = [each.at for each in telling if each.milestone is Milestone.RECOVERED]
    return recovered[-1] if recovered else telling[-1].at
