"""What a workspace sets for its programme, and who may: the lead, once there is one."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import time, timedelta

from domain.errors import RuleBroken
from domain.programme import OWN_HOLIDAYS, Programme
from domain.workdays import NO_COUNTRY

#: Nobody plans further ahead (rule 2: a date more than a year away is a wish).
DAYS_MAX = 366
#: A budget that is spent wholly burns by anybody's number.
BURNING_MAX = 100
#: So many take turns at most: each is looked up when they are named.
FACILITATORS_MAX = 30
#: Shorter hours leave no time to hear of anything.
SHORTEST_HOURS = timedelta(hours=1)
#: How people write that nobody's holidays count.
NO_HOLIDAYS = "none"
#: A change of any of these changes when people hear of what they promised (rule 11).
CADENCE = (
    *("remind_before_days", "remind_every_days"),
    *("working_days", "work_begins", "work_ends", "holidays"),
)
_EMOJI = re.compile(r":?([\w+'-]{1,100}?):?(?::skin-tone-[2-6]:)?")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The programme's numbers and channels, and who takes turns at chairing."""

    programme: Programme
    facilitators: tuple[str, ...] = ()


def check_may_change(person: str, lead: str, name: str, *, lead_has_left: bool) -> None:
    """Refuse everybody but the programme lead, who is called `name`, while there is one."""
    if lead and person != lead and not lead_has_left:
        raise RuleBroken(
            "lead", f"{name} leads the programme and alone changes its settings. Ask {name}."
        )


def read_days(field: str, text: str) -> int:
    """Read a number of days; RuleBroken on the field for anything else."""
    return read_number(field, text, DAYS_MAX, "days", like=30)


def read_number(field: str, text: str, most: int, of: str, *, like: int) -> int:
    """Read a number of something, 1 to `most`; RuleBroken on the field for anything else."""
    if not re.fullmatch(r"[0-9]{1,9}", text.strip()) or not 1 <= int(text) <= most:
        raise RuleBroken(field, f"Write a whole number of {of} from 1 to {most}, like {like}.")
    return int(text)


def read_burning(text: str) -> int:
    """Read from how many percent on a service burns its budget."""
    return read_number("burning_percent", text, BURNING_MAX, "percent", like=75)


def read_reaction(text: str) -> str:
    """Read the name of an emoji, with or without its colons; RuleBroken for anything else."""
    found = _EMOJI.fullmatch(text.strip().lower())
    if found is None:
        raise RuleBroken(
            "reaction", "Write the emoji's name as Slack shows it between colons, like stopwatch."
        )
    return found[1]


def check_facilitators(people: Sequence[str]) -> None:
    """Refuse more facilitators than can take turns."""
    if len(people) > FACILITATORS_MAX:
        raise RuleBroken(
            "facilitators", f"Choose at most {FACILITATORS_MAX} people: turns would never come."
        )


def read_working_days(ticked: Collection[str]) -> str:
    """Read the days of the week on which people work, as digits from Monday, 1, to Sunday, 7."""
    days = "".join(day for day in "1234567" if day in ticked)
    if not days:
        raise RuleBroken("working_days", "Tick at least one day: reminders keep to these days.")
    return days


def read_hours(begins: time | None, ends: time | None) -> tuple[time, time]:
    """Read when work begins and ends, which is later on the same day."""
    if begins is None:
        raise RuleBroken("work_begins", "Choose the time at which work begins, like 09:30.")
    if ends is None:
        raise RuleBroken("work_ends", "Choose the time at which work ends, like 17:00.")
    if _since_midnight(ends) - _since_midnight(begins) < SHORTEST_HOURS:
        raise RuleBroken(
            "work_ends",
            "Work ends on the day it begins, an hour later or more. Choose a later time here, or "
            "an earlier one above.",
        )
    return begins, ends


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)


def read_holidays(text: str) -> str:
    """Read whose public holidays count: everybody's own, nobody's, or one country's letters.

    Whether there is such a country is for `check_country`.
    """
    said = text.strip()
    if said.lower() == OWN_HOLIDAYS:
        return OWN_HOLIDAYS
    if said.lower() == NO_HOLIDAYS:
        return NO_COUNTRY
    if not re.fullmatch(r"[A-Za-z]{2}", said):
        raise RuleBroken(
            "holidays",
            f"Write {OWN_HOLIDAYS}, {NO_HOLIDAYS}, or the two letters of one country, like DE.",
        )
    return said.upper()


def shown_holidays(programme: Programme) -> str:
    """Say whose public holidays count, as `read_holidays` reads it."""
    return programme.holidays or NO_HOLIDAYS


def check_country(code: str, *, is_known: bool) -> None:
    """Refuse the letters of a country whose holidays nobody has told us."""
    if not is_known and code not in {OWN_HOLIDAYS, NO_COUNTRY}:
        raise RuleBroken(
            "holidays",
            f"I know no country {code} with its holidays. Write its two letters as ISO 3166 has "
            f"them, like GB for the United Kingdom, or {OWN_HOLIDAYS}, or {NO_HOLIDAYS}.",
        )


def changes_cadence(before: Programme, after: Programme) -> bool:
    """Whether people hear of what they promised at other times from now on."""
    return any(getattr(before, name) != getattr(after, name) for name in CADENCE)
