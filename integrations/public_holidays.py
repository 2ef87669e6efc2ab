"""Public holidays by country, as the `holidays` library keeps them."""

from collections.abc import Mapping
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
    calendar = holidays.country_holidays(code)  # it works out a year when it is first asked of it
    return calendar.__contains__


@cache
def is_known(code: str) -> bool:
    """Whether the library has this country's holidays."""
    return code in holidays.list_supported_countries(include_aliases=False)


@cache
def _countries() -> Mapping[str, str]:
    """Zone → country, from the time zone database's own table."""
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    return {zone: code for code, _place, zone, *_remarks in rows}
