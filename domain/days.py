"""Days as people write them with a month's name: `Nov 20`, `20 November`, `Nov 20, 2026`."""

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_OF_MONTH = "[0-9]{1,2}(?:st|nd|rd|th)?(?![0-9:.])"
_YEAR = r"(?:,?\s+(?:19|20)[0-9]{2}(?![0-9:]))?"

#: To be compiled without regard to case.
NAMED_DAY = rf"{_MONTH}\s+{_OF_MONTH}{_YEAR}|{_OF_MONTH}\s+{_MONTH}{_YEAR}"


def read_named_day(said: str, near: date) -> date:
    """The day that was said; without a year the one nearest to `near`.

    Raises ValueError where the calendar has no such day.
    """
    words = re.findall(r"[a-z]+|[0-9]+", said.lower())
    month = next(_MONTHS.index(word[:3]) + 1 for word in words if word[:3] in _MONTHS)
    day, *year = (int(word) for word in words if word.isdecimal())
    if year:
        return date(year[0], month, day)
    found = [*_days(month, day, near.year)]
    if not found:
        raise ValueError(said)
    return min(found, key=lambda each: abs(each - near))


def _days(month: int, day: int, year: int) -> Iterator[date]:
    """That day of the year, and of those around it, as far as the calendar has it."""
    for each in (year - 1, year, year + 1):
        try:
            yield date(each, month, day)
        except ValueError:
            continue
