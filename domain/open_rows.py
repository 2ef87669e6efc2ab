"""An open action item as a table tells of it."""

from dataclasses import dataclass
from datetime import date

from domain.programme import Priority


@dataclass(frozen=True, kw_only=True)
class OpenRow:
    """One row: `overdue` and `age` are in days, `stands` is how it stands in a word or two.

    Of a private channel's item neither `what` nor `service` is told.
    """

    id: int
    key: str
    what: str
    service: str
    owner: str
    priority: Priority
    due_on: date
    overdue: int
    reschedules: int
    age: int
    stands: str
    is_private: bool = False
