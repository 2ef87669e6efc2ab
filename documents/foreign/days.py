"""Days of the calendar as old documents write them, with or without a year."""

import re
from dataclasses import dataclass
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: Postmortems are younger than this, and a year beyond the other is a slip.
FIRST_YEAR, LAST_YEAR = 1970, 2099
MONTHS_OF_A_YEAR = len(MONTHS)

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})(?![0-9])"
_IN_MONTH = r"(?P<in_month>[0-3]?[0-9])(?![0-9])"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?\s+)?"
_DAYS = tuple(
    re.compile(_WEEKDAY + pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}(?P<mark>[-/.])(?P<number>[01]?[0-9])(?P=mark){_IN_MONTH}",
        rf"{_IN_MONTH}(?:st|nd|rd|th|\.)?[\s-]+(?:of\s+)?{_MONTH}(?:,?[\s-]+{_YEAR})?",
        rf"{_MONTH}\s+{_IN_MONTH}(?:st|nd|rd|th)?(?!:)(?:,?\s+{_YEAR})?",
        rf"{_IN_MONTH}\.(?P<number>[01]?[0-9])\.{_YEAR}",
        rf"(?P<one>[0-3]?[0-9])(?P<mark>[/-])(?P<other>[0-3]?[0-9])(?P=mark){_YEAR}",
    )
)


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day of the calendar; one whose year is not said has none."""

    month: int
    in_month: int
    year: int | None = None

    def on(self, year: int) -> date | None:
        """The date, with this year where none is said; None where there is no such day."""
        try:
            found = date(self.year or year, self.month, self.in_month)
        except ValueError:
            return None
        return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def read_day(text: str, at: int) -> tuple[Day, int] | None:
    """The day that stands at a place in a text, and where it ends."""
    for pattern in _DAYS:
        found = pattern.match(text, at)
        day = _as_day(found.groupdict()) if found else None
        if found and day:
            return day, found.end()
    return None


def _as_day(said: dict[str, str | None]) -> Day | None:
    year = int(said["year"] or 0) if said.get("year") else None
    if said.get("one"):
        pair = _month_and_day(int(said["one"] or 0), int(said["other"] or 0))
    elif said.get("month"):
        pair = MONTHS.index((said["month"] or "")[:3].lower()) + 1, int(said["in_month"] or 0)
    else:
        pair = int(said["number"] or 0), int(said["in_month"] or 0)
    if pair is None:
        return None
    day = Day(year=year, month=pair[0], in_month=pair[1])
    return day if day.on(2000) else None  # a leap year: any day there is


def _month_and_day(one: int, other: int) -> tuple[int, int] | None:
    """`3/4` is two days, one here and one there; `25/4` and `4/25` are the same one."""
    if one <= MONTHS_OF_A_YEAR and other <= MONTHS_OF_A_YEAR and one != other:
        return None
    return (other, one) if one > MONTHS_OF_A_YEAR else (one, other)
