"""The calendar file: what any calendar reads in it, over both changes of the clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from documents.calendar_file import calendar_file
from domain.programme import Programme
from domain.review_calendar import to_come
from domain.review_plan import Situation
from domain.reviews import Review
from domain.workdays import working_time

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
NOTHING_SET = Programme()
BERLIN = ZoneInfo("Europe/Berlin")
CALLED = Review(
    workspace="T1",
    facilitator="U9",
    called_by="",
    called_at=NOW,
    due_at=datetime(2026, 11, 26, 15, tzinfo=UTC),
    due_on=date(2026, 11, 26),
    channel="C9",
)


def is_holiday(day: date) -> bool:
    """New Year's Day, and Tuesday, 2 February, of which there is one."""
    return (day.month, day.day) in {(1, 1), (2, 2)}


def standing(
    programme: Programme = NOTHING_SET, zone: ZoneInfo = BERLIN, called: Review | None = None
) -> Situation:
    """How the reviews of such a workspace stand."""
    hours = working_time(programme, zone, is_holiday)
    return Situation(programme=programme, hours=hours, current=called)


def written(
    programme: Programme, zone: ZoneInfo = BERLIN, called: Review | None = None
) -> list[Event]:
    """The events in the file, read back."""
    held = to_come(standing(programme, zone, called), NOW)
    read = Calendar.from_ical(calendar_file(held, "T1", zone, NOW))
    assert read.errors == []
    return list(read.events)


def starts(events: list[Event]) -> list[datetime]:
    """When each of them begins."""
    return [event.decoded("DTSTART") for event in events]


def test_it_holds_twelve_reviews_at_the_same_hour_of_where_they_are_held() -> None:
    found = starts(written(Programme()))
    assert [f"{at:%m-%d}" for at in found] == [
        *("12-01", "01-05", "02-03", "03-02", "04-06", "05-04"),
        *("06-01", "07-06", "08-03", "09-07", "10-05", "11-02"),
    ]
    assert {at.time() for at in found} == {time(10)}


def test_the_instants_follow_the_clock_there_into_summer_and_out_of_it() -> None:
    hours = [at.astimezone(UTC).hour for at in starts(written(Programme()))]
    assert hours == [9, 9, 9, 9, 8, 8, 8, 8, 8, 8, 8, 9]


def test_south_of_the_equator_the_clock_changes_the_other_way() -> None:
    found = starts(written(Programme(), ZoneInfo("America/Santiago")))
    hours = [at.astimezone(UTC).hour for at in found]
    assert hours == [13, 13, 13, 13, 14, 14, 14, 14, 14, 13, 13, 13]


def test_what_is_read_rests_on_the_zone_that_the_file_itself_describes() -> None:
    held = to_come(standing(), NOW)
    text = calendar_file(held, "T1", BERLIN, NOW)
    assert "BEGIN:VTIMEZONE" in text
    assert "DTSTART;TZID=Europe/Berlin:20261201T100000" in text
    renamed = Calendar.from_ical(text.replace("Europe/Berlin", "Where it is held"))
    hours = [at.astimezone(UTC).hour for at in starts(renamed.events)]
    assert hours == [9, 9, 9, 9, 8, 8, 8, 8, 8, 8, 8, 9]


def test_the_one_that_is_called_comes_first_when_and_where_it_is_held() -> None:
    found = written(Programme(review_channel="C1"), called=CALLED)
    assert len(found) == 12
    assert starts(found)[0] == CALLED.due_at
    assert "team=T1&channel=C9" in found[0].description
    assert f"{found[1].start:%m-%d}" == "12-01"
    assert "team=T1&channel=C1" in found[1].description


def test_one_that_was_held_early_or_left_out_is_not_to_come() -> None:
    day, known = date(2026, 12, 1), standing()
    for gone in (replace(known, last_due_on=day), replace(known, left_out_on=day)):
        held = to_come(gone, NOW)
        assert (held[0].due_on, len(held)) == (date(2027, 1, 5), 12)


def test_each_is_an_hour_long_and_known_by_its_workspace_and_day() -> None:
    first, *_ = written(Programme())
    assert first.duration.total_seconds() == 60 * 60
    assert first.uid == "monthly-review-T1-2026-12-01@closed-loop"
    assert str(first["SUMMARY"]) == "Monthly review"
    assert len({event.uid for event in written(Programme())}) == 12


def test_the_first_names_its_chair_where_that_is_known() -> None:
    held = to_come(standing(Programme(review_channel="C1")), NOW)
    first, second, *_ = Calendar.from_ical(calendar_file(held, "T1", BERLIN, NOW, "Ada")).events
    assert "Ada chairs it." in first.description
    assert "chairs" not in second.description


def test_without_a_channel_it_says_where_one_is_said() -> None:
    assert "/postmortem settings" in written(Programme())[0].description
