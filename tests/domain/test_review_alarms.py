"""When somebody is alarmed because no monthly review was closed."""

from dataclasses import replace
from datetime import date

from domain.programme import Programme
from domain.review_plan import Situation, Step, next_occasion, steps
from tests.domain.standing import at, standing, under_way


def alerts(situation: Situation, now: str) -> list[tuple[int, str]]:
    """Which alerts come next, and when."""
    found = steps(situation, at(now))
    return [(each.number, f"{each.at:%Y-%m-%d}") for each in found if each.step is Step.ALERT]


def test_one_that_was_left_out_alarms_nobody_before_the_next_could_be_closed() -> None:
    left_out = standing(left_out_on=date(2026, 12, 1))
    assert alerts(left_out, "2026-12-20") == [(0, "2027-01-12")]


def test_five_weeks_between_two_first_tuesdays_alarm_nobody() -> None:
    september = at("2026-09-01 11:00")
    known = standing(last_closed_at=september, last_due_on=september.date())
    assert next_occasion(known, at("2026-10-02")).due_on == date(2026, 10, 6)
    assert alerts(known, "2026-10-06") == [(0, "2026-10-13")]
    current = under_way(at("2026-10-06 10:00"))
    assert alerts(replace(known, current=current), "2026-10-12") == [(0, "2026-10-13")]


def test_a_month_is_counted_from_the_first_item_where_none_was_ever_closed() -> None:
    new = standing(last_closed_at=None, last_due_on=None, first_written_at=at("2026-11-20"))
    assert alerts(new, "2026-11-21") == [(0, "2026-12-21")]
    assert alerts(replace(new, first_written_at=None), "2027-11-21") == []


def test_after_a_quarter_it_is_said_plainly_and_after_every_further_one_again() -> None:
    current = under_way(at("2026-12-01 10:00"))
    known = standing(current=current)
    assert alerts(known, "2026-12-01 12:00") == [(0, "2026-12-08")]
    assert alerts(replace(known, alerted=0), "2027-02-02") == [(1, "2027-02-03")]
    assert alerts(replace(known, alerted=1), "2027-02-04") == [(2, "2027-05-06")]


def test_what_came_while_nobody_was_there_to_say_it_is_said_once_by_its_last() -> None:
    known = standing(current=under_way(at("2026-12-01 10:00")))
    assert alerts(known, "2027-05-07") == [(2, "2027-05-06"), (3, "2027-08-06")]
    assert alerts(replace(known, alerted=2), "2027-05-07") == [(3, "2027-08-06")]


def test_without_a_channel_a_month_is_a_month_and_the_days_until_the_lead_would_hear() -> None:
    assert alerts(standing(Programme()), "2026-12-01") == [(0, "2026-12-08")]
