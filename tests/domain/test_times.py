"""The grammar of a moment: every form that is read, every form that is refused and why."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.times import Bearings, read_moment
from domain.unclear import Unclear

NO_TIME = "this does not begin with a time. Write 14:03 or 2026-11-21 14:03, then what happened."
NEW_YORK = ZoneInfo("America/New_York")
BEARINGS = Bearings(
    zone=NEW_YORK, before=datetime(2026, 11, 20, 15, tzinfo=UTC), today=date(2026, 11, 21)
)


@pytest.mark.parametrize(
    ("line", "instant"),
    [
        ("14:03 failover", "2026-11-20 19:03:00"),
        ("14:03:22 failover", "2026-11-20 19:03:22"),
        ("14:03:22.518 failover", "2026-11-20 19:03:22"),
        ("9:05 failover", "2026-11-20 14:05:00"),
        ("2pm failover", "2026-11-20 19:00:00"),
        ("2:05pm failover", "2026-11-20 19:05:00"),
        ("2:05 PM failover", "2026-11-20 19:05:00"),
        ("2:05 p.m. failover", "2026-11-20 19:05:00"),
        ("12pm failover", "2026-11-20 17:00:00"),
        ("yesterday 12:10am failover", "2026-11-20 05:10:00"),
        ("today 00:10 failover", "2026-11-21 05:10:00"),
        ("Yesterday 23:50 failover", "2026-11-21 04:50:00"),
        ("2026-11-18 14:03 failover", "2026-11-18 19:03:00"),
        ("2026-11-18T14:03 failover", "2026-11-18 19:03:00"),
        ("2026-11-18T14:03:00Z failover", "2026-11-18 14:03:00"),
        ("2026-11-18, 14:03 failover", "2026-11-18 19:03:00"),
        ("14:03 UTC failover", "2026-11-20 14:03:00"),
        ("14:03 gmt failover", "2026-11-20 14:03:00"),
        ("14:03Z failover", "2026-11-20 14:03:00"),
        ("14:03+02:00 failover", "2026-11-20 12:03:00"),
        ("14:03 +0530 failover", "2026-11-20 08:33:00"),
        ("14:03 UTC-05:00 failover", "2026-11-20 19:03:00"),
        ("14:03-05:00 failover", "2026-11-20 19:03:00"),
        ("14:03 UTC+1 failover", "2026-11-20 13:03:00"),
        ("14:03 UTC+01 failover", "2026-11-20 13:03:00"),
        ("14:03 UTC+5:30 failover", "2026-11-20 08:33:00"),
        ("14:03 utc+0530: failover", "2026-11-20 08:33:00"),
        ("14:03 GMT-5 failover", "2026-11-20 19:03:00"),
        ("14:03 UTC\u22125 failover", "2026-11-20 19:03:00"),
        ("14:03 (UTC) failover", "2026-11-20 14:03:00"),
        ("14:03 [UTC] failover", "2026-11-20 14:03:00"),
        ("14:03 (UTC+1) - failover", "2026-11-20 13:03:00"),
        ("14:03 UTC, failover", "2026-11-20 14:03:00"),
        ("14:03 ( UTC )failover", "2026-11-20 14:03:00"),
        ("14:03 UTC. failover", "2026-11-20 14:03:00"),
        ("02:03-05:00 failover", "2026-11-20 07:03:00"),
        ("10:30:00-11:00 failover", "2026-11-20 21:30:00"),
        ("2026-11-01 1:30am-04:00 failover", "2026-11-01 05:30:00"),
        ("2026-11-01 01:30-05:00 failover", "2026-11-01 06:30:00"),
        ("[14:03] failover", "2026-11-20 19:03:00"),
        ("[14:03 UTC] failover", "2026-11-20 14:03:00"),
        ("- [2026-11-18 14:03:22] - failover", "2026-11-18 19:03:22"),
        ("1403 UTC failover", "2026-11-20 14:03:00"),
        ("1403Z failover", "2026-11-20 14:03:00"),
        ("2026-11-18 1403 (UTC) failover", "2026-11-18 14:03:00"),
    ],
)
def test_a_moment_is_read(line: str, instant: str) -> None:
    at, text = read_moment(line, BEARINGS)
    assert (f"{at:%Y-%m-%d %H:%M:%S}", at.tzinfo, text) == (instant, UTC, "failover")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("- 14:03 failover", "failover"),
        ("* 14:03 - failover", "failover"),
        ("•14:03 \u2013 failover", "failover"),
        ("14:03: failover", "failover"),
        ("14:03\u00a0failover", "failover"),
        ("~14:03 | failover", "failover"),
        ("| 14:03 | failover |", "failover"),
        ("| 2026-11-18 | 14:03 | failover |", "failover"),
        ("14:03 | failover |", "failover |"),
        ("14:03 - - failover", "- failover"),
        ("14:03 - UTC failover", "UTC failover"),
        ("14:03 z-index failover", "z-index failover"),
        ("14:03 amazing failover", "amazing failover"),
        ("14:03 west failover", "west failover"),
        ("14:03 et al. failover", "et al. failover"),
        ("14:03 pt failover", "pt failover"),
        ("14:03 ist failover", "ist failover"),
        ("14:03 pt-online failover", "pt-online failover"),
        ("14:03 UTC-aligned failover", "UTC-aligned failover"),
        ("14:03 (UTC failover)", "(UTC failover)"),
        ("14:03 (eu) failover", "(eu) failover"),
        ("14:03 DB failover", "DB failover"),
        ("14:03 eastern failover", "eastern failover"),
        ("14:03 pst-proxy failover", "pst-proxy failover"),
        ("14:03 - ET failover", "ET failover"),
        ("14:03, failover", "failover"),
        ("14:03 +1099 requests", "+1099 requests"),
        ("[14:03] [eu] failover", "[eu] failover"),
        ("[14:03]: failover", "failover"),
    ],
)
def test_what_stands_around_the_moment_is_not_the_text(line: str, text: str) -> None:
    assert read_moment(line, BEARINGS)[1] == text


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("25:10 failover", "25:10 is not a time of day. Write 14:03 or 2:05pm UTC."),
        ("14:60 failover", "14:60 is not a time of day. Write 14:03 or 2:05pm UTC."),
        ("13:00pm failover", "13:00pm is not a time of day. Write 14:03 or 2:05pm UTC."),
        ("0am failover", "0am is not a time of day. Write 14:03 or 2:05pm UTC."),
        ("14.03 failover", "14.03 is not a time of day. Write 14:03 or 2:05pm UTC."),
        ("14h03 failover", "14h03 is not a time of day. Write 14:03 or 2:05pm UTC."),
        ("14:033 failover", "14:033 is not a time of day. Write 14:03 or 2:05pm UTC."),
        (
            "All times in CET.",
            "this is not read. Write the offset after each time: 14:03 UTC, 14:03+01:00.",
        ),
        (
            "2026-02-30 14:03 x",
            "2026-02-30 is not a day of the calendar. Write it like 2026-11-21.",
        ),
        ("14:03", "say after the time what happened."),
        ("| 14:03 | |", "say after the time what happened."),
        ("--:-- x", "--:-- leaves the time open. Write your best guess, like 14:00."),
        (
            "| 2026-11-18 HH:mm | x",
            "HH:mm leaves the time open. Write your best guess, like 14:00.",
        ),
        ("12:?? x", "12:?? leaves the time open. Write your best guess, like 14:00."),
        (
            "| 2026/27-??-?? ??:?? | x |",
            "2026/27-??-?? leaves the day open. Write your best guess, like 2026-11-21 14:00.",
        ),
        (
            "2026-11-18 certificate expires",
            "there is no time after 2026-11-18. Write your best guess, like 2026-11-18 14:00.",
        ),
        (
            "yesterday it began",
            "there is no time after yesterday. Write your best guess, like yesterday 14:00.",
        ),
        (
            "14:03 CET failover",
            (
                "CET is not read. Leave it out for America/New_York time, "
                "or write the offset, like 14:03+01:00. Where it is a word, write 14:03 - CET."
            ),
        ),
        (
            "14:03 UTC+25 failover",
            "UTC+25 is no offset from UTC. Write it like 14:03 UTC+5:30.",
        ),
        (
            "14:03 UTC-15:00 failover",
            "UTC-15:00 is no offset from UTC. Write it like 14:03 UTC+5:30.",
        ),
        (
            "14:03 UTC +1 from the team",
            "UTC +1 may be an offset or words. Write 14:03 UTC+1, or 14:03 UTC - +1.",
        ),
        (
            "12:26-12:40 failover",
            "this reads like a span. Write 12:26, and its end in the words after it.",
        ),
        (
            "10:30-11:00 failover",
            (
                "10:30-11:00 may be a span. Write 10:30 UTC-11:00 if it is an offset, "
                "else 10:30, and 11:00 in the words after it."
            ),
        ),
        (
            "| Time | Event |",
            "this row does not begin with a time. Delete it if it is the table's heading.",
        ),
        ("1403 failover", NO_TIME),
        ("1403 UTC-aligned nodes", NO_TIME),
        ("1403 utc nodes", NO_TIME),
        ("[14:03 failover", NO_TIME),
        ("2460 UTC x", "2460 is not a time of day. Write 14:03 or 2:05pm UTC."),
        (
            "Feb 30 14:03 x",
            "Feb 30 is not a day of the calendar. Write it like 2026-11-21.",
        ),
        (
            "Nov 20 certificate expires",
            "there is no time after Nov 20. Write your best guess, like Nov 20 14:00.",
        ),
        ("May the 4th be", NO_TIME),
        (
            "14 nodes down",
            NO_TIME,
        ),
        (
            "2026-03-08 02:30 failover",
            (
                "02:30 did not exist on 2026-03-08 in America/New_York: clocks went forward. "
                "Write the time with UTC, or an offset like 02:30-05:00."
            ),
        ),
        (
            "2026-11-01 01:30 failover",
            (
                "01:30 happened twice on 2026-11-01 in America/New_York: "
                "write 01:30-04:00 or 01:30-05:00."
            ),
        ),
    ],
)
def test_an_unclear_moment_is_refused_with_what_to_write(line: str, reason: str) -> None:
    with pytest.raises(Unclear) as unclear:
        read_moment(line, BEARINGS)
    assert str(unclear.value) == reason


OTHERS = (
    "ET CT MT PT EST EDT CST CDT MST MDT PST PDT CET CEST EET EEST BST IST JST AEST AEDT MSK WEST "
    "pst Pst est cet bst (ET) [PST] (cest) EST/EDT ET/PT EST-5 IST. PST? Eastern_time UTC/GMT "
    "Europe/Berlin America/Argentina/Salta Pacific_Standard_Time"
)


@pytest.mark.parametrize("zone", OTHERS.split())
@pytest.mark.parametrize("clock", ["14:03 ", "2:05 pm ", "14:03"])
def test_any_other_name_of_a_clock_is_refused_never_read_as_ones_own(clock: str, zone: str) -> None:
    with pytest.raises(Unclear, match=r"is not read\. Leave it out for America/New_York time, or"):
        read_moment(f"2026-11-18 {clock}{zone.replace('_', ' ')} failover", BEARINGS)


@pytest.mark.parametrize("offset", ["+1x", "+5.5", "+1/2", "+1-based", "\u00b11", "+1:3", "+15"])
def test_an_offset_that_nobody_has_is_refused(offset: str) -> None:
    with pytest.raises(Unclear, match="is no offset from UTC"):
        read_moment(f"14:03 UTC{offset} failover", BEARINGS)


@pytest.mark.parametrize("zone", ["America/St_Johns", "America/Caracas", "Pacific/Midway"])
def test_an_offset_that_the_zone_shows_itself_is_never_a_span(zone: str) -> None:
    bearings = Bearings(
        zone=ZoneInfo(zone), before=datetime(2016, 5, 1, 12, tzinfo=UTC), today=date(2016, 5, 1)
    )
    offset = datetime(2016, 5, 1, 12, tzinfo=ZoneInfo(zone)).isoformat()[-6:]
    assert read_moment(f"01:30{offset} failover", bearings)[1] == "failover"
