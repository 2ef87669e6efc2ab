"""Services: whose team hears of their items, and how much of their error budget is spent."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.budgets import QUERY_MAX, Source, burns
from domain.errors import RuleBroken
from domain.postmortems import SERVICE_MAX, check_length

#: More than a hundred budgets are not spent by any service: somebody told something else.
BURNED_MAX = 10_000
#: A number nobody told anew for so long is old; after the other nobody knows it any more.
OLD_AFTER, KNOWN_FOR = timedelta(days=1), timedelta(days=7)
#: So many services are made by whoever tells of them; more are named by people.
SERVICES_MAX = 500
_PERCENT = f"Write how many percent of the budget are spent: a number from 0 to {BURNED_MAX:,}."


@dataclass(frozen=True, kw_only=True)
class Service:
    """What is known of a service beside its incidents.

    `channel` is its team's. `burned` is how many percent of its error budget are spent, as `source`
    said at `burned_at`; `told_by` is who, where it was said by hand. It burns since `burning_since`
    (rule 17). `query` is what Prometheus is asked, at `ask_at` next, and `trouble` why that gave no
    number when it was asked last.
    """

    name: str
    channel: str = ""
    query: str = ""
    ask_at: datetime | None = None
    burned: float | None = None
    burned_at: datetime | None = None
    source: Source = Source.NOBODY
    told_by: str = ""
    burning_since: datetime | None = None
    trouble: str = ""
    id: int | None = None

    @property
    def is_burning(self) -> bool:
        """Whether its open items are raised, or are about to be."""
        return self.burning_since is not None

    def has_recovered(self, threshold: int) -> bool:
        """Whether what it raised is to go back: it burned, and does not any more."""
        return self.is_burning and not burns(self.burned or 0, threshold, before=True)

    def is_old(self, now: datetime, after: timedelta = OLD_AFTER) -> bool:
        """Whether nobody has told for so long how much is spent."""
        return self.burned_at is not None and now - self.burned_at >= after


@dataclass(frozen=True, kw_only=True)
class Told:
    """How much of a budget somebody says is spent, in percent; `by` is a person, or nobody."""

    burned: float
    source: Source
    at: datetime
    by: str = ""


def after(service: Service, told: Told, threshold: int) -> Service:
    """The service as it is once somebody has told how much of its budget is spent.

    What was raised goes back before it has wholly recovered. If it burns again by then, that is
    another time that it burns.
    """
    new = replace(
        service,
        burned=told.burned,
        burned_at=told.at,
        source=told.source,
        told_by=told.by,
        trouble="",
    )
    had_recovered = forgotten(service, told.at).has_recovered(threshold)
    if had_recovered and not new.has_recovered(threshold):
        return replace(new, burning_since=told.at)
    return judged(new, threshold, told.at)


def judged(service: Service, threshold: int, now: datetime) -> Service:
    """The service as it is by this threshold; one that burns keeps since when it does."""
    burned = forgotten(service, now).burned or 0
    if not service.is_burning and burns(burned, threshold, before=False):
        return replace(service, burning_since=now)
    return service


def forgotten(service: Service, now: datetime) -> Service:
    """The service as it is by now: a number that is too old is nobody's, and burns nothing."""
    if not service.is_old(now, KNOWN_FOR):
        return service
    return replace(service, burned=None, burned_at=None, source=Source.NOBODY, told_by="")


def check_is_named(name: str, named: Iterable[str]) -> None:
    """Refuse to make a service that no incident names, where SERVICES_MAX are kept already."""
    if name.lower() not in {each.lower() for each in named}:
        raise RuleBroken(
            "service",
            f"I keep {SERVICES_MAX} services already, and no incident names this one. Write it as "
            "its incidents do, or let the programme lead add it in Slack: /postmortem settings "
            "services.",
        )


def check_burned(burned: object, field: str = "burned") -> float:
    """A number of percent that can be; RuleBroken on the field for anything else."""
    if isinstance(burned, bool) or not isinstance(burned, int | float):
        raise RuleBroken(field, _PERCENT)
    # Compared first: a whole number may be too long to be looked at otherwise.
    if not (0 <= burned <= BURNED_MAX and math.isfinite(burned)):
        raise RuleBroken(field, _PERCENT)
    return float(burned)


def read_burned(text: str, field: str = "burned") -> float | None:
    """Read how many percent are spent as somebody types it, `82,5 %` too; None where nothing is."""
    said = text.strip().removesuffix("%").strip().replace(",", ".")
    if not said:
        return None
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", said):
        raise RuleBroken(field, _PERCENT)
    return check_burned(float(said), field)


def check_name(name: str, field: str = "name") -> str:
    """The name of a service without the blanks around it; RuleBroken where that is none."""
    said = " ".join(name.split())
    check_length(field, said, SERVICE_MAX)
    if not said or not said.isprintable():
        raise RuleBroken(field, "Write the service's name as it stands in its incidents.")
    return said


def check_query(query: str, field: str = "query") -> str:
    """A query that can be kept, without the blanks around it."""
    check_length(field, query.strip(), QUERY_MAX)
    return query.strip()


def percent(burned: float) -> str:
    """How much is spent, as people read it: `82 %`, `82.5 %`."""
    return f"{burned:,.1f}".removesuffix(".0") + " %"
