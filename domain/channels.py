"""What a channel tells about the incident that is handled in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain.incident_times import Times
from domain.people import Person

#: In a larger channel being a member says nothing about having taken part.
FEW = 15
#: So many members are looked at: the few, the app, and one more that tells of a large channel.
MOST = FEW + 2


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A channel the app is in, as Slack described it last; of its members the first MOST.

    The times are those of the incident, as far as its messages tell.
    """

    id: str
    name: str
    topic: str
    is_private: bool
    members: tuple[str, ...]
    started_at: datetime | None = None
    detected_at: datetime | None = None
    recovered_at: datetime | None = None

    @property
    def times(self) -> Times:
        """What its messages tell of the incident."""
        return Times(
            started_at=self.started_at,
            detected_at=self.detected_at,
            recovered_at=self.recovered_at,
        )

    @property
    def is_large(self) -> bool:
        """Whether there are more than a few in it, beside the app."""
        return len(self.members) >= MOST

    def joined_by(self, user: str) -> "Channel":
        """Return it with one more member, where there is room to know of one."""
        if self.is_large or user in self.members:
            return self
        return replace(self, members=(*self.members, user))

    def left_by(self, user: str) -> "Channel | None":
        """Return it with one member less; None when it was large: who comes next is not known."""
        if user not in self.members:
            return self
        if self.is_large:
            return None
        return replace(self, members=tuple(each for each in self.members if each != user))


@dataclass(frozen=True, kw_only=True)
class Place:
    """A channel, and those of its members that we have met."""

    channel: Channel
    people: Mapping[str, Person]

    @property
    def is_known(self) -> bool:
        """Whether everybody is known whom a form would name."""
        return self.channel.is_large or self.people.keys() >= set(self.channel.members)

    def responders(self, caller: str) -> list[str]:
        """Who may have responded: our own people in it; where that says nothing, the caller."""
        here = [
            person.id
            for person in map(self.people.get, self.channel.members)
            if person and not (person.is_bot or person.is_deactivated or person.is_outsider)
        ]
        return [caller] if self.channel.is_large or not here else here
