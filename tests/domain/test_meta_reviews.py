"""The quarterly look across postmortems: when it is due, what is a pattern, who may do what."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.errors import RuleBroken
from domain.meta_reviews import (
    CAUGHT_UP,
    FIX_MAX,
    Fix,
    MetaReview,
    Trend,
    due_at,
    facts_of,
    is_due,
    may_be_due,
    patterns,
    unanswered,
)
from domain.meta_rules import (
    check_anything,
    check_fix,
    check_has_classes,
    check_is_reviewed,
    check_leads,
    check_open,
)
from domain.postmortems import Tier, check_facts
from domain.programme import Programme
from domain.quarters import Quarter
from domain.workdays import working_time

Q3 = Quarter(2026, 3)
DUE = datetime(2026, 10, 13, 10, tzinfo=UTC)
UTC_ZONE = ZoneInfo("UTC")
META = MetaReview(
    postmortem_id=5,
    workspace_id="T1",
    quarter=Q3.key,
    facilitator="U1",
    channel="C1",
    called_at=DUE,
)
A_SECOND = timedelta(seconds=1)


def due(*holidays: date, **settings: str | time) -> datetime:
    """When the meta-review of the third quarter of 2026 is due, in UTC."""
    programme = replace(Programme(), **settings)  # type: ignore[arg-type] # what a test sets
    return due_at(Q3, programme, working_time(programme, UTC_ZONE, set(holidays).__contains__))


def trend(name: str, *counts: int) -> Trend:
    """A class with these numbers of incidents, in the order of the quarters."""
    return Trend(class_id=len(name), name=name, counts=counts)


def test_it_is_due_a_week_after_the_first_monthly_review_of_the_next_quarter() -> None:
    assert due() == DUE
    assert due(review_day="15", review_time=time(14)) == datetime(2026, 10, 22, 14, tzinfo=UTC)


def test_a_holiday_moves_it_to_the_next_working_day() -> None:
    assert due(date(2026, 10, 13)) == DUE + timedelta(days=1)
    assert due(date(2026, 10, 6)) == DUE + timedelta(days=1)


def test_one_that_was_missed_is_caught_up_for_two_weeks() -> None:
    assert not is_due(DUE, None, DUE - A_SECOND)
    assert is_due(DUE, None, DUE)
    assert is_due(DUE, None, DUE + CAUGHT_UP)
    assert not is_due(DUE, None, DUE + CAUGHT_UP + A_SECOND)


def test_what_was_due_before_the_cadence_was_set_was_never_promised() -> None:
    assert is_due(DUE, DUE, DUE)
    assert not is_due(DUE, DUE + A_SECOND, DUE + timedelta(days=1))


@pytest.mark.parametrize("day", ["first monday", "first tuesday", "1", "15", "28", "last"])
def test_it_is_looked_for_whenever_one_can_be_due(day: str) -> None:
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        programme = Programme(review_day=day)
        hours = working_time(programme, ZoneInfo(zone), lambda _day: False)
        for number in (1, 2, 3, 4):
            at = due_at(Quarter(2026, number), programme, hours)
            assert may_be_due(at)
            assert may_be_due(at + CAUGHT_UP)


def test_in_the_first_days_of_a_quarter_nobody_has_to_look() -> None:
    assert not may_be_due(datetime(2026, 10, 6, 12, tzinfo=UTC))
    assert not may_be_due(datetime(2026, 12, 28, 12, tzinfo=UTC))


def test_a_class_of_two_incidents_is_a_pattern_the_weightiest_comes_first() -> None:
    once, old, new = trend("once", 0, 0, 0, 1), trend("old", 4, 0, 0, 0), trend("news", 0, 0, 1, 1)
    assert patterns([once, old, new]) == [new, old]
    assert (new.now, new.before, new.total) == (1, 1, 2)


def test_patterns_without_a_fix_are_known() -> None:
    one, other = trend("one", 2), trend("other", 2)
    fix = Fix(class_id=one.class_id, fix="A job", proposed_by="U1", proposed_at=DUE)
    assert unanswered([one, other], {one.class_id: fix}) == [other]


def test_its_postmortem_holds_three_items_by_the_rules() -> None:
    facts = check_facts(facts_of(Q3, DUE), DUE)
    assert facts.title == "Meta-review of 2026 Q3"
    assert facts.tier is Tier.STANDARD


def test_its_chair_and_the_lead_propose_and_nobody_else() -> None:
    for person in ("U1", "U2"):
        check_leads(META, person, "U2", (), "Ana")
    with pytest.raises(RuleBroken, match="Ana chairs this meta-review"):
        check_leads(META, "U3", "U2", ("U2",), "Ana")


def test_where_the_chair_has_left_the_lead_is_to_be_asked() -> None:
    with pytest.raises(RuleBroken, match="Ana chaired this meta-review and has left"):
        check_leads(META, "U3", "U2", ("U1",), "Ana")


def test_where_chair_and_lead_have_left_anybody_may() -> None:
    check_leads(META, "U3", "U2", ("U1", "U2"), "Ana")
    check_leads(META, "U3", "", ("U1",), "Ana")


def test_a_closed_one_takes_nothing_more() -> None:
    check_open(META)
    with pytest.raises(RuleBroken, match="The meta-review of 2026 Q3 is closed"):
        check_open(replace(META, closed_at=DUE))


def test_a_fix_says_something_and_not_too_much() -> None:
    assert check_fix(" A job renews them ") == "A job renews them"
    for text in (" ", "x" * (FIX_MAX + 1)):
        with pytest.raises(RuleBroken):
            check_fix(text)


def test_where_nothing_is_tagged_there_is_nothing_to_count() -> None:
    check_anything(1, Q3)
    with pytest.raises(RuleBroken, match="nothing to count"):
        check_anything(0, Q3)


def test_it_has_neither_classes_nor_a_review_of_its_own() -> None:
    check_has_classes(None)
    check_is_reviewed(None)
    with pytest.raises(RuleBroken, match="classes belong to the incidents"):
        check_has_classes(META)
    with pytest.raises(RuleBroken, match="walked by the monthly review"):
        check_is_reviewed(META)
