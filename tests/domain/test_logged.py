"""A line that is logged while it happens, or soon after."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.errors import RuleBroken
from domain.logged import read_logged
from domain.postmortems import Facts, Severity
from domain.timeline import Milestone, Source
from domain.unclear import Unclear

LONDON, TOKYO = ZoneInfo("Europe/London"), ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


def facts(started: timedelta, lasted: timedelta | None = None) -> Facts:
    """Give those of an incident that started so long ago."""
    began = NOW - started
    over = began + lasted if lasted else None
    return Facts(title="x", service="y", severity=Severity.P1, started_at=began, recovered_at=over)


def read(line: str, about: Facts | None = None, zone: ZoneInfo = LONDON) -> str:
    [entry] = read_logged(line, zone, NOW, about)
    assert entry.source is Source.LOGGED
    return f"{entry.at:%d %H:%M} {entry.text}"


@pytest.mark.parametrize(
    ("line", "zone", "wanted"),
    [
        ("13:59 up", LONDON, "24 13:59 up"),
        ("01:30 up", LONDON, "24 01:30 up"),
        ("14:04 up", LONDON, "24 14:04 up"),
        ("15:03 up", LONDON, "24 15:03 up"),  # in the future: to be refused, not guessed
        ("22:50 up", TOKYO, "24 13:50 up"),
        ("13:03 UTC up", TOKYO, "24 13:03 up"),
        ("08:03 UTC-5 up", TOKYO, "24 13:03 up"),
        ("yesterday 23:50 up", LONDON, "23 23:50 up"),
        ("2026-11-20 14:03 up", LONDON, "20 14:03 up"),
        ("up again", LONDON, "24 14:00 up again"),
        ("3 pods are up", LONDON, "24 14:00 3 pods are up"),
        ("4.2 is rolled back", LONDON, "24 14:00 4.2 is rolled back"),
        ("10.20.30.40 is down", LONDON, "24 14:00 10.20.30.40 is down"),
        ("at 13:59 up", LONDON, "24 13:59 up"),
        ("@1:59pm up", LONDON, "24 13:59 up"),
        ("at 10 nodes we saw errors", LONDON, "24 14:00 at 10 nodes we saw errors"),
        ("10 minutes ago: up", LONDON, "24 13:50 up"),
        ("2h ago up", LONDON, "24 12:00 up"),
        ("10 months ago it was fine", LONDON, "24 14:00 10 months ago it was fine"),
    ],
)
def test_without_a_postmortem_a_time_is_todays(line: str, zone: ZoneInfo, wanted: str) -> None:
    assert read(line, zone=zone) == wanted


def test_just_after_midnight_a_late_time_is_the_night_before() -> None:
    after = datetime(2026, 11, 25, 0, 20, tzinfo=UTC)
    assert read_logged("23:50 up", LONDON, after)[0].at == after - timedelta(minutes=30)


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("began", "lasted", "line", "wanted"),
    [
        (3 * HOUR, None, "13:30 up", "24 13:30 up"),
        (3 * HOUR, None, "10:30 deploy", "24 10:30 deploy"),
        (15 * HOUR, None, "23:10 up", "23 23:10 up"),
        (15 * HOUR, None, "22:30 deploy", "23 22:30 deploy"),
        (15 * HOUR, None, "12:30 up", "24 12:30 up"),
        (96 * HOUR, 2 * HOUR, "15:00 up", "20 15:00 up"),
        (96 * HOUR, 2 * HOUR, "13:30 deploy", "20 13:30 deploy"),
        (96 * HOUR, 20 * HOUR, "02:00 up", "21 02:00 up"),
        (2400 * HOUR, HOUR, "15:10 up", "16 14:10 up"),
    ],
)
def test_with_a_postmortem_a_time_is_the_one_within_the_incident(
    began: timedelta, lasted: timedelta | None, line: str, wanted: str
) -> None:
    assert read(line, facts(began, lasted)) == wanted


@pytest.mark.parametrize("began", [30 * HOUR, 96 * HOUR, 2400 * HOUR])
def test_a_time_that_came_on_several_days_is_asked_about(began: timedelta) -> None:
    with pytest.raises(Unclear, match="more than one day of the incident"):
        read("13:30 up", facts(began))
    assert read("today 13:30 up", facts(began)) == "24 13:30 up"
    assert read("up", facts(began)) == "24 14:00 up"


@pytest.mark.parametrize(
    "line", ["25:00 up", "14:?? up", "yesterday up", "13:30", "13:30 MST up", "14.03 up"]
)
def test_a_time_that_cannot_be_read_is_not_taken_for_words(line: str) -> None:
    with pytest.raises(Unclear):
        read(line)


@pytest.mark.parametrize("line", ["13:30 [Detected] up", "[detected] up"])
def test_a_milestone_stands_in_brackets_as_in_the_form(line: str) -> None:
    [entry] = read_logged(line, LONDON, NOW)
    assert (entry.text, entry.milestone) == ("up", Milestone.DETECTED)


def test_a_line_that_is_too_long_is_refused() -> None:
    with pytest.raises(RuleBroken, match="1,001 characters are too many"):
        read("x" * 1001)


def test_several_lines_are_read_like_the_form() -> None:
    found = read_logged("23:50 down\n\n00:10 up", LONDON, NOW, facts(15 * HOUR))
    assert [f"{one.at:%d %H:%M} {one.text}" for one in found] == ["23 23:50 down", "24 00:10 up"]
    assert [one.source for one in found] == [Source.LOGGED] * 2
    alone = read_logged("01:30 down\n01:40 up", LONDON, NOW)
    assert [f"{one.at:%d %H:%M}" for one in alone] == ["24 01:30", "24 01:40"]
    with pytest.raises(RuleBroken, match="Line 2, “up”"):
        read_logged("13:30 down\nup", LONDON, NOW)
