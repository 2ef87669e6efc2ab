"""Public holidays: by country, and by the country a time zone lies in."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from integrations.public_holidays import is_known, of_country, of_zone

CHRISTMAS = date(2026, 12, 25)


@pytest.mark.parametrize(
    ("zone", "holiday", "workday"),
    [
        ("Europe/Berlin", date(2026, 10, 3), date(2026, 7, 14)),
        ("Europe/Paris", date(2026, 7, 14), date(2026, 10, 3)),
        ("America/New_York", date(2026, 11, 26), date(2026, 10, 3)),
        ("America/Indiana/Indianapolis", date(2026, 11, 26), CHRISTMAS.replace(day=28)),
        ("Asia/Tokyo", date(2026, 5, 5), CHRISTMAS),
        ("Asia/Shanghai", date(2026, 2, 17), CHRISTMAS),
        ("Europe/Stockholm", date(2026, 6, 6), date(2026, 10, 3)),
    ],
)
def test_a_zone_has_the_holidays_of_its_country(zone: str, holiday: date, workday: date) -> None:
    is_holiday = of_zone(ZoneInfo(zone))
    assert (is_holiday(holiday), is_holiday(workday)) == (True, False)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("US/Pacific", "America/Los_Angeles"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
    ],
)
def test_an_old_name_of_a_zone_has_the_same_holidays(old: str, new: str) -> None:
    assert of_zone(ZoneInfo(old)) is of_zone(ZoneInfo(new))


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "Etc/GMT+5", "GMT", "EST", "CST6CDT"])
def test_a_zone_of_no_country_has_no_holidays(zone: str) -> None:
    assert not of_zone(ZoneInfo(zone))(CHRISTMAS)


@pytest.mark.parametrize("code", ["", "XX", "de", "UK", "own", "date"])
def test_what_is_no_countrys_code_has_no_holidays(code: str) -> None:
    assert not is_known(code)
    assert not of_country(code)(CHRISTMAS)


def test_a_countrys_holidays_are_worked_out_once() -> None:
    assert is_known("DE")
    assert of_country("DE") is of_country("DE") is of_zone(ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize("year", [1, 1800, 2040, 2300, 9999])
@pytest.mark.parametrize("code", ["DE", "US", "CN", "IN", "SA", "TR", "IR", "IL"])
def test_a_year_far_away_is_answered_without_complaint(code: str, year: int) -> None:
    assert of_country(code)(date(year, 5, 20)) in {True, False}
