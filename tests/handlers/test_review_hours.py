"""A monthly review is held by the clock that is set, else the programme lead's, else UTC's."""

from datetime import date

import pytest

from domain.people import Person
from domain.programme import Programme
from handlers.review_hours import hours_here, zone_of
from storage import people, workspaces
from storage.engine import Sessions
from tests.storage.samples import NOW

THANKSGIVING = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("zone", "lead", "expected"),
    [
        ("Asia/Tokyo", "U9", "Asia/Tokyo"),
        ("", "U9", "America/New_York"),
        ("", "U8", "UTC"),  # whom nobody has met
        ("", "", "UTC"),
        ("Mars/Olympus", "U9", "UTC"),
    ],
)
async def test_its_clock_is_the_one_that_is_set_or_the_leads(
    sessions: Sessions, zone: str, lead: str, expected: str
) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        await workspaces.change_programme(session, "T1", Programme(review_zone=zone, lead=lead))
        ann = Person(id="U9", name="Ann", zone="America/New_York")
        await people.remember(session, "T1", [ann], NOW)
        assert (await zone_of(session, "T1")).key == expected


@pytest.mark.parametrize(("holidays", "works"), [("own", False), ("GB", True), ("", True)])
async def test_its_holidays_are_those_of_where_it_is_held(
    sessions: Sessions,
    holidays: str,
    works: bool,  # noqa: FBT001 - a column of the table
) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        programme = Programme(review_zone="America/New_York", holidays=holidays)
        await workspaces.change_programme(session, "T1", programme)
        assert (await hours_here(session, "T1")).is_working_day(THANKSGIVING) is works
