"""What a workspace may set for its monthly review."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from domain.errors import RuleBroken
from domain.programme import Programme
from domain.settings_reviews import (
    Group,
    check_asked_in_order,
    find_group,
    is_another_occasion,
    read_at_once,
    read_review_day,
    read_review_time,
    read_review_zone,
)

GROUPS = [Group(id="S1", handle="facilitators"), Group(id="S2", handle="sre-leads")]


def refused(check: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(RuleBroken) as broken:
        check()
    return broken.value.field, str(broken.value)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("", ""),
        ("  ", ""),
        ("Europe/Berlin", "Europe/Berlin"),
        (" europe/berlin ", "Europe/Berlin"),
        ("america/new york", "America/New_York"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_read_by_its_name_however_it_is_cased(text: str, zone: str) -> None:
    assert read_review_zone(text) == zone


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Berlin", "Did you mean Europe/Berlin?"),
        ("Europe/Berlim", "Did you mean Europe/Berlin"),
        ("New York", "America/New_York"),
        ("Amsterdm", "Europe/Amsterdam"),
    ],
)
def test_of_a_zone_that_is_not_known_close_names_are_said(text: str, meant: str) -> None:
    field, sentence = refused(lambda: read_review_zone(text))
    assert field == "review_zone"
    assert sentence.startswith(f"I know no time zone {text}. ")
    assert meant in sentence


@pytest.mark.parametrize("text", ["../etc/passwd", "/", "UTC+5", "<!channel>", "x" * 3000, "\0"])
def test_what_is_no_zone_is_refused_saying_how_to_write_one(text: str) -> None:
    field, sentence = refused(lambda: read_review_zone(text))
    assert field == "review_zone"
    assert sentence.endswith("like Europe/Berlin, or leave this empty for the lead's zone.")
    assert len(sentence) < 300


@pytest.mark.parametrize("day", ["first tuesday", "last friday", "15", "last"])
def test_a_day_of_the_month_is_read(day: str) -> None:
    assert read_review_day(day) == day


@pytest.mark.parametrize("day", ["", "29", "fifth monday", "someday"])
def test_what_not_every_month_has_is_refused(day: str) -> None:
    assert refused(lambda: read_review_day(day))[0] == "review_day"


def test_a_review_begins_at_some_time() -> None:
    assert read_review_time(time(14, 30)) == time(14, 30)
    assert refused(lambda: read_review_time(None))[0] == "review_time"


def test_items_come_one_by_one_or_a_page_at_a_time() -> None:
    assert [read_at_once("1"), read_at_once("25")] == [1, 25]


@pytest.mark.parametrize("forged", ["", "2", "1000", "all"])
def test_another_number_of_items_at_a_time_is_refused(forged: str) -> None:
    assert refused(lambda: read_at_once(forged))[0] == "cards_at_once"


def test_the_lead_is_not_asked_before_those_who_owe_a_decision() -> None:
    check_asked_in_order(5, 5)
    field, sentence = refused(lambda: check_asked_in_order(5, 4))
    assert (field, "Write 5 or more" in sentence) == ("escalated_days", True)


@pytest.mark.parametrize("text", ["@facilitators", "facilitators", " @Facilitators ", "S1"])
def test_a_group_is_found_by_its_handle(text: str) -> None:
    assert find_group(text, GROUPS) == "S1"


def test_of_a_group_that_is_not_there_close_handles_are_said() -> None:
    field, sentence = refused(lambda: find_group("@facilitator", GROUPS))
    assert field == "facilitator_group"
    assert "no user group @facilitator here. Did you mean @facilitators?" in sentence


@pytest.mark.parametrize("text", ["@nobody", "Facil itators xyz", "@", "x" * 3000])
def test_a_group_nobody_knows_is_refused_saying_how_to_write_one(text: str) -> None:
    field, sentence = refused(lambda: find_group(text, []))
    assert (field, "like @facilitators" in sentence) == ("facilitator_group", True)
    assert "Did you mean" not in sentence


@pytest.mark.parametrize(
    ("change", "is_another"),
    [
        ({"review_channel": "C1"}, True),
        ({"review_day": "15"}, True),
        ({"review_time": time(11)}, True),
        ({"review_zone": "UTC"}, True),
        ({"told_days": 1, "holidays": "DE", "working_days": "1234", "lead": "U1"}, False),
        ({"cards_at_once": 25, "facilitator_group": "S1", "soak_days": 3}, False),
    ],
)
def test_only_where_and_when_makes_it_another_review(
    change: dict[str, Any],
    is_another: bool,  # noqa: FBT001 - a column of the table
) -> None:
    before, after = Programme(), replace(Programme(), **change)
    assert is_another_occasion(before, after) is is_another
