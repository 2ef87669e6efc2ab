"""Public holidays by country, as the `holidays` library keeps them."""

import warnings
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

import holidays

from domain.workdays import NO_COUNTRY, Holidays


def of_zone(zone: ZoneInfo) -> Holidays:
    """The public holidays of the country a time zone lies in; none where it lies in no country.

    A zone says no region: only what the whole country keeps counts.
    """
    return of_country(_countries().get(zone.key, NO_COUNTRY))


@cache
def of_country(code: str) -> Holidays:
    """The public holidays of a country by its two letters (ISO 3166); none of an unknown one."""
    if not is_known(code):
        return frozenset[date]().__contains__
    calendar = holidays.country_holidays(code)

    def is_holiday(day: date) -> bool:
        if day.year not in calendar.years:  # it works out a year when it is first asked of it
            with warnings.catch_warnings():  # of some countries it knows a few decades only
                warnings.simplefilter("ignore")
                return day in calendar
        return day in calendar

    return is_holiday


def is_known(code: str) -> bool:
    """Whether the library has this country's holidays."""
    return code in _supported()


@cache
def _supported() -> frozenset[str]:
    return frozenset(holidays.list_supported_countries(include_aliases=False))


@cache
def _countries() -> Mapping[str, str]:
    """Zone → country, from the time zone database's own tables; an old name is its new one's.

    A name of no place, like EST, is no country's.
    """
    rows = (line.split("\t") for line in _lines("zone.tab") if not line.startswith("#"))
    countries = {zone: code for code, _place, zone, *_remarks in rows}
    links = (line.split() for line in _lines("tzdata.zi") if line.startswith("L "))
    renamed = {old: countries[new] for _link, new, old in links if new in countries and "/" in old}
    return renamed | countries


def _lines(table: str) -> Iterator[str]:
    text = resources.files("tzdata").joinpath("zoneinfo", table).read_text("utf-8")
    return iter(text.splitlines())
