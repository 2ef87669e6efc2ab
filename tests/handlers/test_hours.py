"""When somebody works follows from their own zone and what their workspace has set."""

from datetime import UTC, date, datetime, time

import pytest

from domain.people import Person
from domain.programme import Programme
from handlers.hours import hours_of, working_hours
from storage import workspaces
from storage.engine import Sessions

GERMAN_UNITY = date(2025, 10, 3)
THANKSGIVING = date(2025, 11, 27)


@pytest.mark.parametrize(
    ("zone", "holidays", "german", "american"),
    [
        ("Europe/Berlin", "own", True, False),
        ("America/New_York", "own", False, True),
        ("America/New_York", "DE", True, False),
        ("Europe/Berlin", "", False, False),
        ("Etc/UTC", "own", False, False),
        ("", "own", False, False),
        ("Mars/Base", "own", False, False),
        ("Europe/Berlin", "XX", False, False),
    ],
)
def test_holidays_are_the_persons_or_the_workspaces(
    zone: str,
    holidays: str,
    german: bool,  # noqa: FBT001 - a column of the table
    american: bool,  # noqa: FBT001 - a column of the table
) -> None:
    hours = hours_of(Programme(holidays=holidays), Person(id="U1", name="Ana", zone=zone))
    found = [not hours.is_working_day(day) for day in (GERMAN_UNITY, THANKSGIVING)]
    assert found == [german, american]


@pytest.mark.parametrize(
    ("zone", "utc"), [("Asia/Tokyo", 23), ("Etc/UTC", 8), ("", 8), ("Mars/Base", 8)]
)
async def test_the_workspaces_hours_are_by_everybodys_own_clock(
    sessions: Sessions, zone: str, utc: int
) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        await workspaces.change_programme(session, "T1", Programme(work_begins=time(8)))
        hours = await working_hours(session, "T1", Person(id="U1", name="Ana", zone=zone))
    before = datetime(2025, 10, 6, 22, tzinfo=UTC)  # a Monday; in Tokyo it is Tuesday
    assert hours.next_at_work(before).hour == utc
