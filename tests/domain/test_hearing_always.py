"""What holds of every hearing, in whatever zone, country, week and year somebody works."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.action_items import ActionItem, ItemKind, ItemState
from domain.hearing import need, next_hearing
from domain.programme import Priority, Programme
from domain.workdays import WorkingTime, working_time
from integrations.public_holidays import of_country

DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)
ZONES = (
    *("UTC", "Etc/UTC", "Europe/Berlin", "Europe/London", "America/New_York", "America/St_Johns"),
    *("Asia/Kolkata", "Asia/Tokyo", "Asia/Jerusalem", "Australia/Lord_Howe", "Pacific/Kiritimati"),
    *("Pacific/Niue", "Africa/Cairo", "America/Santiago"),
)
COUNTRIES = ("", "DE", "US", "CN", "IN", "JP", "IL", "SA", "TR", "RU", "BR")
ITEM = ActionItem(
    what="Drain connections first",
    done_when="A failover loses no request",
    owner="UANA",
    priority=Priority.P2,
    due_on=date(2026, 12, 1),
    kind=ItemKind.GUARDRAIL,
)

programmes = st.builds(
    Programme,
    remind_before_days=st.integers(1, 30),
    remind_every_days=st.integers(1, 30),
    working_days=st.sets(st.sampled_from("1234567"), min_size=1).map("".join),
    work_begins=st.times(max_value=time(22, 59)).map(
        lambda at: at.replace(second=0, microsecond=0)
    ),
    work_ends=st.just(time(23, 59)),
)
days = st.dates(date(2020, 1, 1), date(2034, 12, 31))
minutes = st.timedeltas(timedelta(), 8 * 365 * DAY).map(lambda past: past - past % A_MINUTE)
instants = minutes.map(lambda past: datetime(2024, 1, 1, tzinfo=UTC) + past)
live = st.one_of(
    days.map(lambda day: replace(ITEM, due_on=day)),
    days.map(lambda day: replace(ITEM, due_on=day, reviews_seen=2)),
    days.map(lambda day: replace(ITEM, state=ItemState.IMPLEMENTED, soaks_until=day)),
    instants.map(lambda at: replace(ITEM, state=ItemState.INEFFECTIVE, verified_at=at)),
)
calendars = st.tuples(st.sampled_from(ZONES), st.sampled_from(COUNTRIES))


def working(programme: Programme, calendar: tuple[str, str]) -> WorkingTime:
    zone, country = calendar
    return working_time(programme, ZoneInfo(zone), of_country(country))


def walk(
    item: ActionItem, when: WorkingTime, programme: Programme, after: datetime, number: int
) -> list[datetime]:
    found: list[datetime] = []
    for _ in range(number):
        following = next_hearing(item, when, programme, found[-1] if found else after)
        assert following is not None
        found.append(following)
    return found


@settings(deadline=None, max_examples=200)
@given(live, programmes, calendars, instants)
def test_every_hearing_is_on_a_later_working_morning_and_about_something(
    item: ActionItem, programme: Programme, calendar: tuple[str, str], after: datetime
) -> None:
    when = working(programme, calendar)
    found = walk(item, when, programme, after, 5)
    assert all(before < later for before, later in pairwise([after, *found]))
    for at in found:
        day = when.today(at)
        assert when.is_working_day(day)
        assert at == when.morning(day)
        assert need(item, programme, day) is not None


@settings(deadline=None, max_examples=200)
@given(days, programmes, calendars, instants)
def test_hearings_are_those_that_counting_day_by_day_finds(
    due: date, programme: Programme, calendar: tuple[str, str], after: datetime
) -> None:
    when = working(programme, calendar)
    every = programme.remind_every_days
    told = [due + number * every * DAY for number in range(6000 // every)]
    told.append(due - programme.remind_before_days * DAY)
    mornings = sorted({when.morning(when.working_day(day)) for day in told if _is_near(day, after)})
    expected = [at for at in mornings if at > after][:3]
    found = walk(replace(ITEM, due_on=due), when, programme, after, 3)
    assert found[: len(expected)] == expected


def _is_near(day: date, after: datetime) -> bool:
    return abs(day - after.date()) < 60 * DAY


@settings(deadline=None, max_examples=200)
@given(days, programmes, calendars, instants)
def test_nobody_waits_longer_than_the_day_it_is_due_or_a_cadence_and_a_break(
    due: date, programme: Programme, calendar: tuple[str, str], after: datetime
) -> None:
    when = working(programme, calendar)
    (first,) = walk(replace(ITEM, due_on=due), when, programme, after, 1)
    on_the_day = when.morning(when.working_day(due))
    latest = when.today(after) + programme.remind_every_days * DAY
    assert first <= max(on_the_day, when.morning(when.working_day(latest)))


@pytest.mark.parametrize("country", COUNTRIES)
def test_over_a_year_an_overdue_item_is_told_once_a_week_and_never_on_a_holiday(
    country: str,
) -> None:
    when = working_time(Programme(), ZoneInfo("Europe/Berlin"), of_country(country))
    item = replace(ITEM, due_on=date(2025, 12, 31))
    found = walk(item, when, Programme(), datetime(2026, 1, 1, 12, tzinfo=UTC), 51)
    told = [when.today(at) for at in found]
    assert not any(of_country(country)(day) or day.isoweekday() > 5 for day in told)
    owed = [item.due_on + number * 7 * DAY for number in range(1, 54)]
    assert set(told) <= {when.working_day(day) for day in owed}
    assert all(later - before <= 21 * DAY for before, later in pairwise(told))
