"""The sprint list: how likely an incident comes again, in what order, why, and when it is told."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.action_items import Progress
from domain.programme import Priority
from domain.sprint import Candidate, in_order, monday_of, months, posted_at, risk, week_of, why
from domain.workdays import WorkingTime

TODAY = date(2026, 11, 24)
ITEM = Candidate(
    id=1,
    number=7,
    position=2,
    what="Drain connections",
    owner="U1",
    priority=Priority.P3,
    due_on=date(2026, 12, 4),
    written_on=TODAY,
    reschedules=0,
    progress=Progress.NOT_STARTED,
    link="",
    service="checkout",
    causal_class="expired credential",
)
#: A Monday, which is a holiday in the second of two weeks.
HOLIDAY = date(2026, 11, 30)
HOURS = WorkingTime(
    zone=ZoneInfo("Europe/Lisbon"),
    begins=time(9, 30),
    ends=time(17),
    weekdays=frozenset(range(1, 6)),
    is_holiday=lambda day: day == HOLIDAY,
)


@pytest.mark.parametrize(
    ("said", "total"),
    [
        ({}, 1),
        ({"priority": Priority.P2}, 2),
        ({"priority": Priority.P1}, 3),
        ({"repeats": 1}, 1 + 4),
        ({"repeats": 5}, 1 + 20),
        ({"repeats": 6}, 1 + 20),
        ({"reschedules": 2}, 1 + 4),
        ({"reschedules": 9}, 1 + 6),
        ({"written_on": date(2026, 10, 25)}, 1),
        ({"written_on": date(2026, 10, 24)}, 1 + 1),
        ({"written_on": date(2026, 8, 24)}, 1 + 3),
        ({"written_on": date(2025, 8, 24)}, 1 + 3),
        ({"burned": 24.9}, 1),
        ({"burned": 25.0}, 1 + 1),
        ({"burned": 99.0}, 1 + 3),
        ({"burned": 240.0}, 1 + 3),
        ({"burned": 82.0, "is_burning": True}, 1 + 4),
        # Of three others in the class, written two months ago, moved twice, of a P2, 60 % spent.
        (
            {
                "repeats": 3,
                "written_on": date(2026, 9, 20),
                "reschedules": 2,
                "priority": Priority.P2,
                "burned": 60.0,
            },
            4 * 3 + 2 + 2 * 2 + 2 + 2,
        ),
    ],
)
def test_the_risk_is_the_sum_of_what_it_rests_on(said: dict[str, Any], total: int) -> None:
    assert risk(replace(ITEM, **said), TODAY).total == total


@pytest.mark.parametrize(
    ("since", "today", "number"),
    [
        (date(2026, 1, 31), date(2026, 2, 27), 0),
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2026, 1, 31), date(2026, 3, 1), 1),
        (date(2026, 2, 28), date(2026, 3, 31), 1),
        (date(2025, 12, 15), date(2026, 1, 15), 1),
    ],
)
def test_a_month_is_over_on_the_same_day_of_the_next(since: date, today: date, number: int) -> None:
    assert months(since, today) == number


def test_the_riskiest_comes_first_then_what_is_due_first_then_the_oldest() -> None:
    again = replace(ITEM, id=2, repeats=3)
    sooner = replace(ITEM, id=3, due_on=TODAY)
    later = replace(ITEM, id=4)
    found = in_order([later, sooner, ITEM, again], TODAY)
    assert [each.id for each in found] == [2, 3, 1, 4]


@pytest.mark.parametrize(
    ("said", "reasons"),
    [
        ({}, ["P3"]),
        ({"repeats": 1}, ["“expired credential”: one other incident in 12 months", "P3"]),
        ({"repeats": 9}, ["“expired credential”: 9 other incidents in 12 months", "P3"]),
        ({"reschedules": 1}, ["moved once", "P3"]),
        ({"reschedules": 4, "written_on": date(2026, 9, 1)},
         ["moved 4 times", "written 2 months ago", "P3"]),
        ({"written_on": date(2026, 10, 20)}, ["written a month ago", "P3"]),
        ({"burned": 10.0}, ["P3"]),
        ({"burned": 40.5}, ["40.5 % of the error budget of checkout is spent", "P3"]),
        ({"burned": 82.0, "is_burning": True},
         ["82 % of the error budget of checkout is spent: it burns", "P3"]),
        ({"repeats": 2, "causal_class": ""}, ["its class: 2 other incidents in 12 months", "P3"]),
    ],
)  # fmt: skip
def test_each_reason_is_said_in_words(said: dict[str, Any], reasons: list[str]) -> None:
    assert why(replace(ITEM, **said), TODAY) == reasons


@pytest.mark.parametrize(
    ("day", "week"),
    [(TODAY, "2026-W48"), (date(2027, 1, 3), "2026-W53"), (date(2027, 1, 4), "2027-W01")],
)
def test_a_week_begins_on_monday(day: date, week: str) -> None:
    assert week_of(day) == week
    assert timedelta(0) <= day - monday_of(week) < timedelta(weeks=1)


@pytest.mark.parametrize(
    ("now", "at"),
    [
        ("2026-11-22T19:00", "2026-11-23T09:30"),
        ("2026-11-23T09:30", "2026-11-23T09:30"),
        ("2026-11-23T20:00", "2026-11-24T09:30"),
        ("2026-11-26T11:11", "2026-11-26T11:11"),
        ("2026-11-27T17:00", None),
        ("2026-11-29T12:00", None),
    ],
)
def test_the_list_comes_once_the_week_is_worked_in(now: str, at: str | None) -> None:
    found = posted_at("2026-W48", datetime.fromisoformat(now).replace(tzinfo=UTC), HOURS)
    assert found == (at and datetime.fromisoformat(at).replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("week", "at"),
    [
        ("2026-W44", "2026-10-26T09:30"),  # the day after summer time ended
        ("2027-W13", "2027-03-29T08:30"),  # the day after it began
        ("2026-W53", "2026-12-28T09:30"),
        ("2027-W01", "2027-01-04T09:30"),
    ],
)
def test_the_list_comes_as_work_begins_there_whatever_the_calendar_does(week: str, at: str) -> None:
    begun = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert posted_at(week, begun - timedelta(hours=20), HOURS) == begun
    new_year = replace(HOURS, is_holiday=lambda day: day < date(2027, 1, 1))
    assert posted_at("2026-W53", begun - timedelta(days=400), new_year) == datetime(
        2027, 1, 1, 9, 30, tzinfo=UTC
    )


def test_after_a_holiday_the_list_comes_on_the_first_working_day() -> None:
    sunday = datetime(2026, 11, 29, 20, tzinfo=UTC)
    assert posted_at("2026-W49", sunday, HOURS) == datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


def test_a_week_in_which_nobody_works_has_no_list() -> None:
    away = replace(HOURS, is_holiday=lambda day: day < date(2026, 12, 14))
    assert posted_at("2026-W49", datetime(2026, 11, 30, tzinfo=UTC), away) is None
