"""An organisation of owners all over the world, and the days on which nothing works."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OWNERS = 300
BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
END = datetime(2027, 1, 5, tzinfo=UTC)
#: Where they live, and which country's holidays they keep: both hemispheres, four zones without
#: daylight saving, two that are half an hour off.
ZONES = {
    "Europe/London": "GB",
    "Europe/Berlin": "DE",
    "Europe/Madrid": "ES",
    "America/New_York": "US",
    "America/Los_Angeles": "US",
    "America/Toronto": "CA",
    "America/Sao_Paulo": "BR",
    "Africa/Johannesburg": "ZA",
    "Asia/Kolkata": "IN",
    "Asia/Tokyo": "JP",
    "Australia/Adelaide": "AU",
    "Pacific/Auckland": "NZ",
}
#: Where this hangs over the app, Slack is as it should be.
IS_STOPPED = "is stopped"


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Somebody who promises things."""

    handle: str
    id: str
    zone: str

    @property
    def country(self) -> str:
        """Whose holidays they keep."""
        return ZONES[self.zone]

    def instant(self, day: date, at: time) -> datetime:
        """When their clock shows this."""
        return datetime.combine(day, at, ZoneInfo(self.zone)).astimezone(UTC)

    def today(self, now: datetime) -> date:
        """The date where they are."""
        return now.astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True, kw_only=True)
class Down:
    """A time without Slack, or without the app; `how` says what a call meets."""

    how: str
    begin: datetime
    end: datetime

    def covers(self, at: datetime) -> bool:
        """Whether nothing can be sent then."""
        return self.begin <= at < self.end


def owners() -> list[Owner]:
    """Everybody who promises things, as many in each zone."""
    zones = list(ZONES)
    names = [f"o{number:03d}" for number in range(OWNERS)]
    return [
        Owner(handle=name, id=f"U0{name.upper():0<9}", zone=zones[number % len(zones)])
        for number, name in enumerate(names)
    ]


def outages() -> list[Down]:
    """Slack is away for an hour of a morning, for a night and a morning, and for three days."""
    hour = datetime(2026, 3, 4, 8, 10, tzinfo=UTC)
    night = datetime(2026, 6, 9, 19, 45, tzinfo=UTC)
    friday = datetime(2026, 10, 16, 6, 20, tzinfo=UTC)
    return [
        Down(how="hangs up", begin=hour, end=hour + timedelta(hours=1)),
        Down(how="answers 503", begin=night, end=night + timedelta(hours=15)),
        Down(how="refuses", begin=friday, end=friday + timedelta(days=3)),
    ]


def stops(chance: random.Random) -> list[Down]:
    """The app itself is away: for a day once, and ten times for half an hour."""
    day = datetime(2026, 8, 11, 5, 40, tzinfo=UTC)
    found = [Down(how=IS_STOPPED, begin=day, end=day + timedelta(hours=26))]
    for month in (1, 2, 4, 5, 6, 7, 9, 11, 11, 12):
        begin = datetime(2026, month, chance.randint(20, 28), chance.randint(0, 23), 10, tzinfo=UTC)
        found.append(Down(how=IS_STOPPED, begin=begin, end=begin + timedelta(minutes=37)))
    return sorted(found, key=lambda down: down.begin)
