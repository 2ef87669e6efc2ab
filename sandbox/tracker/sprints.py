"""A project with sprints that roll on: one runs, some come, the rest is over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, kw_only=True)
class Iteration:
    """A sprint of the project."""

    number: int
    title: str
    start: date
    days: int

    @property
    def id(self) -> str:
        """Eight characters, as GitHub names iterations."""
        return f"{self.number:08x}"

    @property
    def last(self) -> date:
        """Its last day."""
        return self.start + timedelta(days=self.days - 1)


@dataclass(kw_only=True)
class Project:
    """A project of the organisation (GitHub's ProjectV2) with one field of iterations.

    The first begins on `first`; `ahead` is how many are planned beside the one that runs.
    """

    id: int
    first: datetime
    number: int = 7
    title: str = "Sprints"
    field: str = "Sprint"
    days: int = 14
    ahead: int = 2

    def running(self, today: date) -> Iteration:
        """The sprint of this day."""
        return self.iteration(max(0, (today - self.first.date()).days // self.days) + 1)

    def iteration(self, number: int) -> Iteration:
        """The sprint of this number; the first is 1."""
        start = self.first.date() + timedelta(days=(number - 1) * self.days)
        return Iteration(number=number, title=f"Sprint {number}", start=start, days=self.days)

    def planned(self, today: date) -> list[Iteration]:
        """The one that runs, and those that come."""
        number = self.running(today).number
        return [self.iteration(number + more) for more in range(self.ahead + 1)]

    def over(self, today: date) -> Iterator[Iteration]:
        """Those that are over, the latest first."""
        return (self.iteration(one) for one in range(self.running(today).number - 1, 0, -1))


def monday_of(at: datetime) -> datetime:
    """When the week of this time began."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=at.weekday())
