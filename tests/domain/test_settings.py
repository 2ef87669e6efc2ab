"""What a workspace may set, and who may set it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from domain.errors import RuleBroken
from domain.programme import Programme
from domain.settings import (
    changes_cadence,
    check_country,
    check_facilitators,
    check_may_change,
    read_days,
    read_holidays,
    read_hours,
    read_reaction,
    read_working_days,
    shown_holidays,
)


def refused(check: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(RuleBroken) as broken:
        check()
    return broken.value.field, str(broken.value)


@pytest.mark.parametrize(
    ("person", "lead", "has_left"), [("U1", "", False), ("U1", "U1", False), ("U2", "U1", True)]
)
def test_anybody_may_until_there_is_a_lead_who_is_here(
    person: str,
    lead: str,
    has_left: bool,  # noqa: FBT001 - a column of the table
) -> None:
    check_may_change(person, lead, "Lena", lead_has_left=has_left)


def test_nobody_but_the_lead_may() -> None:
    said = refused(lambda: check_may_change("U2", "U1", "Lena", lead_has_left=False))
    assert said == ("lead", "Lena leads the programme and alone changes its settings. Ask Lena.")


@pytest.mark.parametrize(("text", "days"), [("1", 1), (" 30 ", 30), ("366", 366)])
def test_a_number_of_days_is_read(text: str, days: int) -> None:
    assert read_days("p1_due_days", text) == days


@pytest.mark.parametrize("text", ["", "0", "367", "-3", "1.5", "two", "९", "1" * 5000])
def test_what_is_no_number_of_days_is_refused_where_it_stands(text: str) -> None:
    assert refused(lambda: read_days("p1_due_days", text)) == (
        "p1_due_days",
        "Write a whole number of days from 1 to 366, like 30.",
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("stopwatch", "stopwatch"),
        (" :Stopwatch: ", "stopwatch"),
        ("+1", "+1"),
        (":wave::skin-tone-3:", "wave"),
        ("e-mail_2", "e-mail_2"),
    ],
)
def test_an_emoji_is_read_by_its_name(text: str, name: str) -> None:
    assert read_reaction(text) == name


@pytest.mark.parametrize("text", ["", "::", "⏱", "two words", "a" * 101, "<!channel>"])
def test_what_is_no_name_of_an_emoji_is_refused(text: str) -> None:
    field, sentence = refused(lambda: read_reaction(text))
    assert (field, "between colons" in sentence) == ("reaction", True)


def test_there_are_no_more_facilitators_than_take_turns() -> None:
    check_facilitators(["U1"] * 30)
    assert refused(lambda: check_facilitators(["U1"] * 31))[0] == "facilitators"


@pytest.mark.parametrize(
    ("ticked", "days"), [(["1", "2", "3", "4", "5"], "12345"), (["7", "1"], "17"), (["7"], "7")]
)
def test_working_days_are_read_from_monday_on(ticked: list[str], days: str) -> None:
    assert read_working_days(ticked) == days


@pytest.mark.parametrize("ticked", [[], ["0", "8", "monday"]])
def test_a_week_without_a_working_day_is_refused(ticked: list[str]) -> None:
    assert refused(lambda: read_working_days(ticked))[0] == "working_days"


@pytest.mark.parametrize(
    ("begins", "ends"),
    [(time(9, 30), time(17)), (time(0), time(1)), (time(0), time(23, 59)), (time(22), time(23))],
)
def test_work_that_ends_an_hour_after_it_begins_is_read(begins: time, ends: time) -> None:
    assert read_hours(begins, ends) == (begins, ends)


@pytest.mark.parametrize(
    ("begins", "ends", "field"),
    [
        (time(9), time(9, 59), "work_ends"),
        (time(9), time(9), "work_ends"),
        (time(22), time(6), "work_ends"),
        (time(9), None, "work_ends"),
        (None, time(17), "work_begins"),
    ],
)
def test_hours_in_which_nobody_could_hear_of_anything_are_refused(
    begins: time | None, ends: time | None, field: str
) -> None:
    said = refused(lambda: read_hours(begins, ends))
    assert (said[0], "Choose" in said[1]) == (field, True)


@pytest.mark.parametrize(
    ("text", "kept"), [("own", "own"), (" Own ", "own"), ("NONE", ""), ("de", "DE"), ("DE ", "DE")]
)
def test_whose_holidays_count_is_read_and_shown_again(text: str, kept: str) -> None:
    assert read_holidays(text) == kept
    assert read_holidays(shown_holidays(Programme(holidays=kept))) == kept


@pytest.mark.parametrize("text", ["", " ", "Germany", "D", "D3", "<@", "ß1", "ÄÖ"])
def test_what_names_nobodys_holidays_is_refused(text: str) -> None:
    said = ("holidays", "Write own, none, or the two letters of one country, like DE.")
    assert refused(lambda: read_holidays(text)) == said


def test_a_country_nobody_knows_is_refused() -> None:
    for code in ("own", "", "DE"):
        check_country(code, is_known=code == "DE")
    field, sentence = refused(lambda: check_country("UK", is_known=False))
    assert (field, "like GB for the United Kingdom" in sentence) == ("holidays", True)


@pytest.mark.parametrize(
    ("change", "hears"),
    [
        ({"work_begins": time(8)}, True),
        ({"work_ends": time(18)}, True),
        ({"working_days": "71234"}, True),
        ({"holidays": ""}, True),
        ({"remind_before_days": 3}, True),
        ({"remind_every_days": 3}, True),
        ({"soak_days": 3, "p1_due_days": 3, "lead": "U1", "reaction": "eyes"}, False),
    ],
)
def test_only_what_says_when_people_hear_changes_when_they_do(
    change: dict[str, Any],
    hears: bool,  # noqa: FBT001 - a column of the table
) -> None:
    before = Programme()
    assert changes_cadence(before, replace(before, **change)) is hears
