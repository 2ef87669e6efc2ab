"""When somebody hears of what they promised: before, on the day, then weekly (rule 11)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.action_items import ActionItem, ItemKind, ItemState
from domain.hearing import Need, need, next_hearing, next_risk_hearing
from domain.programme import Priority, Programme
from domain.workdays import WorkingTime, working_time

PROGRAMME = Programme()
TODAY = date(2026, 11, 24)
#: A Tuesday.
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ITEM = ActionItem(
    what="Drain connections first",
    done_when="A failover loses no request",
    owner="UANA",
    priority=Priority.P2,
    due_on=TODAY,
    kind=ItemKind.GUARDRAIL,
)
IMPLEMENTED = replace(ITEM, state=ItemState.IMPLEMENTED, soaks_until=TODAY)
INEFFECTIVE = replace(ITEM, state=ItemState.INEFFECTIVE, verified_at=NOW - 30 * DAY)
WEEKEND_WORKERS = replace(PROGRAMME, working_days="71234")


def hours(programme: Programme = PROGRAMME, zone: str = "UTC", *off: date) -> WorkingTime:
    return working_time(programme, ZoneInfo(zone), frozenset(off).__contains__)


def heard(
    item: ActionItem, after: datetime, when: WorkingTime, number: int = 4, before: int = 7
) -> list[str]:
    """The next so many hearings, by the clock of whoever hears."""
    said = []
    for _ in range(number):
        found = next_hearing(item, when, replace(PROGRAMME, remind_before_days=before), after)
        assert found is not None
        after = found
        said.append(f"{found.astimezone(when.zone):%a %d %b %H:%M}")
    return said


@pytest.mark.parametrize(
    ("item", "days", "expected"),
    [
        (ITEM, -8, None),
        (ITEM, -7, Need.DUE_SOON),
        (ITEM, -1, Need.DUE_SOON),
        (ITEM, 0, Need.DUE_TODAY),
        (ITEM, 1, Need.OVERDUE),
        (ITEM, 5000, Need.OVERDUE),
        (replace(ITEM, reviews_seen=2), 1, Need.EXPIRED),
        (replace(ITEM, reviews_seen=2), -8, Need.EXPIRED),
        (IMPLEMENTED, -1, None),
        (IMPLEMENTED, 0, Need.EVIDENCE),
        (IMPLEMENTED, 400, Need.EVIDENCE),
        (replace(IMPLEMENTED, soaks_until=None), 400, None),
        (INEFFECTIVE, -400, Need.INEFFECTIVE),
    ],
)
def test_what_an_owner_has_to_look_at_follows_from_the_item_and_the_day(
    item: ActionItem, days: int, expected: Need | None
) -> None:
    assert need(item, PROGRAMME, TODAY + days * DAY) is expected


@pytest.mark.parametrize("state", [ItemState.VERIFIED, ItemState.CANCELLED, ItemState.ACCEPTED])
def test_nobody_hears_of_an_item_that_has_ended(state: ItemState) -> None:
    ended = replace(ITEM, state=state)
    assert need(ended, PROGRAMME, TODAY + 9 * DAY) is None
    assert next_hearing(ended, hours(), PROGRAMME, NOW) is None


def test_an_owner_hears_a_week_before_on_the_day_and_then_weekly() -> None:
    item = replace(ITEM, due_on=date(2026, 12, 10))
    assert heard(item, NOW, hours()) == [
        "Thu 03 Dec 09:30",
        "Thu 10 Dec 09:30",
        "Thu 17 Dec 09:30",
        "Thu 24 Dec 09:30",
    ]


def test_of_what_has_expired_an_owner_hears_weekly_though_it_is_due_later() -> None:
    item = replace(ITEM, due_on=date(2027, 1, 7), reviews_seen=2)
    said = ["Thu 26 Nov 09:30", "Thu 03 Dec 09:30", "Thu 10 Dec 09:30"]
    assert heard(item, NOW, hours(), 3) == said
    assert heard(replace(item, due_on=date(2026, 11, 19)), NOW, hours(), 3) == said


def test_what_falls_on_a_weekend_or_a_holiday_is_told_on_the_next_working_day() -> None:
    item = replace(ITEM, due_on=date(2026, 12, 19))
    off = hours(PROGRAMME, "UTC", date(2026, 12, 28), date(2027, 1, 4))
    said = heard(item, NOW, off, 5)
    assert said[:2] == ["Mon 14 Dec 09:30", "Mon 21 Dec 09:30"]
    assert said[2:] == ["Tue 29 Dec 09:30", "Tue 05 Jan 09:30", "Mon 11 Jan 09:30"]


def test_the_day_before_and_the_day_that_fall_on_one_morning_are_told_once() -> None:
    item = replace(ITEM, due_on=date(2026, 12, 6))
    said = heard(item, NOW, hours(), 3, before=1)
    assert said == ["Mon 07 Dec 09:30", "Mon 14 Dec 09:30", "Mon 21 Dec 09:30"]


def test_where_people_work_on_sundays_they_hear_on_sundays() -> None:
    item = replace(ITEM, due_on=date(2026, 12, 11))
    when = hours(WEEKEND_WORKERS, "Asia/Jerusalem")
    assert heard(item, NOW, when, 2) == ["Sun 06 Dec 09:30", "Sun 13 Dec 09:30"]


def test_whoever_is_late_by_years_hears_within_the_week() -> None:
    asked: list[date] = []

    def is_holiday(day: date) -> bool:
        asked.append(day)
        return False

    item = replace(ITEM, due_on=date(1999, 1, 2))
    when = working_time(PROGRAMME, ZoneInfo("UTC"), is_holiday)
    found = next_hearing(item, when, PROGRAMME, NOW)
    assert found == datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
    assert len(asked) < 12


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
@pytest.mark.parametrize("due", [date.min, date(1, 1, 9), date(9999, 12, 31)])
def test_a_date_that_is_a_typing_error_does_no_harm(zone: str, due: date) -> None:
    found = next_hearing(replace(ITEM, due_on=due), hours(PROGRAMME, zone), PROGRAMME, NOW)
    assert found is not None
    assert found > NOW


def test_an_item_that_is_added_on_its_day_is_told_of_that_morning_or_a_week_later() -> None:
    early, late = NOW.replace(hour=9, minute=29), NOW.replace(hour=9, minute=30)
    assert heard(ITEM, early, hours(), 1) == ["Tue 24 Nov 09:30"]
    assert heard(ITEM, late, hours(), 1) == ["Tue 01 Dec 09:30"]


def test_evidence_is_asked_for_when_it_has_soaked_and_then_weekly() -> None:
    item = replace(IMPLEMENTED, soaks_until=date(2026, 12, 5))
    assert heard(item, NOW, hours(), 2) == ["Mon 07 Dec 09:30", "Mon 14 Dec 09:30"]
    assert next_hearing(replace(item, soaks_until=None), hours(), PROGRAMME, NOW) is None


def test_what_proved_ineffective_is_told_weekly_whenever_it_is_asked() -> None:
    assert heard(INEFFECTIVE, NOW, hours(), 2) == ["Mon 30 Nov 09:30", "Mon 07 Dec 09:30"]
    asked_anew = [heard(INEFFECTIVE, NOW + hour * DAY / 24, hours(), 1) for hour in range(100)]
    assert set(map(str, asked_anew)) == {"['Mon 30 Nov 09:30']"}
    unknown = replace(INEFFECTIVE, verified_at=None)
    assert heard(unknown, NOW, hours(), 1) == ["Tue 01 Dec 09:30"]


def test_whoever_accepted_a_risk_hears_when_it_runs_out_and_then_weekly() -> None:
    first = next_risk_hearing(date(2026, 12, 5), hours(), PROGRAMME, NOW)
    assert first == datetime(2026, 12, 7, 9, 30, tzinfo=UTC)
    again = next_risk_hearing(date(2026, 12, 5), hours(), PROGRAMME, first)
    assert again == first + 7 * DAY


@pytest.mark.parametrize(
    ("zone", "due", "utc"),
    [
        ("Europe/London", date(2026, 3, 27), [9, 9, 8, 8]),
        ("Europe/London", date(2026, 10, 23), [8, 8, 9, 9]),
        ("America/New_York", date(2026, 3, 6), [14, 14, 13, 13]),
        ("America/New_York", date(2026, 10, 30), [13, 13, 14, 14]),
        ("Australia/Sydney", date(2026, 4, 3), [22, 22, 23, 23]),
    ],
)
def test_it_is_told_at_the_same_hour_of_the_clock_whatever_the_clock_does(
    zone: str, due: date, utc: list[int]
) -> None:
    item, after = replace(ITEM, due_on=due), datetime(2026, 1, 1, tzinfo=UTC)
    found = []
    for _ in utc:
        following = next_hearing(item, hours(PROGRAMME, zone), PROGRAMME, after)
        assert following is not None
        found.append(after := following)
    assert [at.hour for at in found] == utc
    assert {f"{at.astimezone(ZoneInfo(zone)):%H:%M}" for at in found} == {"09:30"}


def test_whoever_begins_at_another_hour_hears_at_that_hour() -> None:
    early = replace(PROGRAMME, work_begins=time(7, 15))
    assert heard(ITEM, NOW, hours(early, "Asia/Kolkata"), 1) == ["Tue 01 Dec 07:15"]
