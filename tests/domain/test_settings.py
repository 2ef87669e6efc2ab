"""What a workspace may set, and who may set it."""

from collections.abc import Callable

import pytest

from domain.errors import RuleBroken
from domain.settings import check_facilitators, check_may_change, read_days, read_reaction


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
