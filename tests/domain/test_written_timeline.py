"""A timeline written as lines reads back to the same entries, whatever clocks do."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from domain.timeline import Milestone, TimelineEntry, edited, read_timeline, write_timeline

NEW_YORK = ZoneInfo("America/New_York")
STARTED = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # 10:00 in New York


def entry(minute: float, text: str) -> TimelineEntry:
    return TimelineEntry(at=STARTED + timedelta(minutes=minute), text=text)


def test_on_the_day_of_the_start_a_time_is_enough() -> None:
    entries = [entry(-30, "deploy"), entry(3, "alert"), entry(10, "UTC clocks drift")]

    assert write_timeline(entries, NEW_YORK, STARTED) == [
        "09:30 deploy",
        "10:03 alert",
        "10:10 - UTC clocks drift",
    ]


def test_a_line_that_is_taken_out_moves_no_other() -> None:
    entries = [entry(-900, "before"), entry(-600, "deploy"), entry(3, "alert"), entry(10, "fixed")]
    lines = write_timeline(entries, NEW_YORK, STARTED)

    for gone in range(len(lines)):
        left = "\n".join(lines[:gone] + lines[gone + 1 :])
        kept = read_timeline(left, NEW_YORK, STARTED, STARTED.date())
        assert kept == entries[:gone] + entries[gone + 1 :]


def test_over_several_days_every_line_has_its_date() -> None:
    entries = [
        entry(-900, "before"),
        entry(3, "alert"),
        entry(10, "UTC clocks drift"),
        entry(11, "- a dash"),
        entry(12.5, "two\nlines"),
        entry(1000, "the day after"),
    ]
    assert write_timeline(entries, NEW_YORK, STARTED) == [
        "2026-11-19 19:00 before",
        "2026-11-20 10:03 alert",
        "2026-11-20 10:10 - UTC clocks drift",
        "2026-11-20 10:11 - - a dash",
        "2026-11-20 10:12:30 two lines",
        "2026-11-21 02:40 the day after",
    ]


def test_an_hour_shown_twice_is_written_with_its_offset() -> None:
    twice = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    entries = [TimelineEntry(at=twice + timedelta(hours=hour), text="x") for hour in (0, 1, 2)]
    lines = ["01:30-04:00 x", "01:30-05:00 x", "02:30 x"]
    assert write_timeline(entries, NEW_YORK, twice) == lines
    assert read_timeline("\n".join(lines), NEW_YORK, twice, STARTED.date()) == entries


ZONES = (
    "UTC America/New_York America/St_Johns Europe/Lisbon Europe/Dublin Africa/Casablanca "
    "Asia/Kathmandu Australia/Lord_Howe Pacific/Apia Pacific/Chatham Pacific/Midway America/Caracas"
)
EPOCH = datetime(1990, 1, 1, tzinfo=UTC)
INSTANTS = st.timedeltas(timedelta(0), timedelta(days=50 * 365)).map(EPOCH.__add__)
#: Where clocks change: New York and Lisbon twice, Lord Howe, Apia's lost day, Caracas.
CHANGES = (
    datetime(2026, 3, 8, 7, tzinfo=UTC),
    datetime(2026, 11, 1, 6, tzinfo=UTC),
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2026, 4, 4, 15, tzinfo=UTC),
    datetime(2011, 12, 30, 10, tzinfo=UTC),
    datetime(2016, 5, 1, 7, tzinfo=UTC),
)
NEAR = st.timedeltas(timedelta(hours=-30), timedelta(hours=30))
MOMENTS = st.one_of(INSTANTS, st.builds(lambda at, by: at + by, st.sampled_from(CHANGES), NEAR))
STARTS = (
    "-05:00 x;UTC x;Z;pm x;a.m. x;- x;|;x |;:30 x;11:00;CET x;~;(UTC) x;UTC+1 x;UTC? x;, x;. x;ET;"
    "Eastern time;-5;+1 x;["
)
AWKWARD = st.sampled_from(STARTS.split(";"))
WORDS = st.one_of(st.text(min_size=1, max_size=30), AWKWARD).filter(lambda text: text.split())
ENTRIES = st.builds(lambda at, text: TimelineEntry(at=at, text=text), MOMENTS, WORDS)


@example([entry(-841, "midnight")], "America/New_York", STARTED, date(2026, 11, 21))
@given(st.lists(ENTRIES, max_size=8), st.sampled_from(ZONES.split()), MOMENTS, st.dates())
def test_what_is_written_reads_back_to_the_same_entries(
    entries: list[TimelineEntry], zone: str, started_at: datetime, today: date
) -> None:
    entries.sort(key=lambda entry: entry.at.replace(microsecond=0))
    entries = [replace(entry, milestone=Milestone.DETECTED, id=7) for entry in entries]
    lines = write_timeline(entries, ZoneInfo(zone), started_at)
    back = read_timeline("\n".join(lines), ZoneInfo(zone), started_at, today)
    assert [entry.text for entry in back] == [" ".join(entry.text.split()) for entry in entries]
    assert edited(entries, back) == entries
