"""The monthly review in the settings form: shown, read back, refused where it cannot be read."""

from datetime import time
from typing import Any

import pytest

from blocks.limits import check_view
from blocks.parts import Block
from blocks.settings import read_new_group, read_settings, settings_modal, uninvited_text
from domain.errors import RuleBroken
from domain.programme import Programme
from domain.settings import Settings
from tests.blocks.samples import submitted

SET = Settings(
    programme=Programme(
        review_channel="C3REV",
        review_day="last friday",
        review_time=time(14, 30),
        review_zone="Europe/Berlin",
        cards_at_once=25,
        facilitator_group="S1",
        told_days=5,
        reminded_days=1,
        escalated_days=3,
        reviews_to_live=3,
    )
)


def element(settings: Settings, field: str, handle: str = "") -> Block:
    blocks = settings_modal(settings, "ULENA", handle)["blocks"]
    (found,) = (each["element"] for each in blocks if each.get("block_id") == field)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("handle", ["", "facilitators"])
def test_settings_saved_untouched_read_back_the_same(handle: str) -> None:
    view = submitted(check_view(settings_modal(SET, "ULENA", handle)))
    assert read_settings(view, Programme(facilitator_group="S1"))[1] == SET
    assert read_new_group(view) == ""


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("review_day", None),
        ("review_time", None),
        ("review_zone", "Berlin"),
        ("cards_at_once", None),
        ("told_days", "32"),
        ("reminded_days", "0"),
        ("escalated_days", "soon"),
        ("reviews_to_live", "13"),
    ],
)
def test_what_cannot_be_read_is_refused_where_it_stands(field: str, typed: Any) -> None:
    with pytest.raises(RuleBroken) as broken:
        read_settings(submitted(settings_modal(SET, "ULENA"), {field: typed}), SET.programme)
    assert broken.value.field == field


def test_how_many_reviews_an_item_lives_through_is_asked_for_in_reviews() -> None:
    view = submitted(settings_modal(SET, "ULENA"), {"reviews_to_live": "13"})
    with pytest.raises(RuleBroken, match="whole number of reviews from 1 to 12, like 2"):
        read_settings(view, SET.programme)


def test_the_lead_is_not_asked_first() -> None:
    view = submitted(settings_modal(SET, "ULENA"), {"reminded_days": "4"})
    with pytest.raises(RuleBroken, match="Write 4 or more"):
        read_settings(view, SET.programme)


def test_a_day_is_chosen_in_two_groups() -> None:
    shown = element(SET, "review_day")
    assert shown["initial_option"]["value"] == "last friday"
    weekdays, days = shown["option_groups"]
    assert weekdays["label"]["text"] == "A weekday of the month"
    assert (len(weekdays["options"]), len(days["options"])) == (35, 29)


def test_a_group_is_shown_by_its_handle_or_else_by_its_id() -> None:
    shown = [element(SET, "facilitator_group", each) for each in ("facilitators", "")]
    assert [each["initial_value"] for each in shown] == ["@facilitators", "S1"]
    assert "initial_value" not in element(Settings(programme=Programme()), "facilitator_group")


def test_another_group_is_named_by_what_was_typed() -> None:
    opened = settings_modal(SET, "ULENA", "facilitators")
    view = submitted(opened, {"facilitator_group": " @leads "})
    assert read_new_group(view) == "@leads"


def test_no_group_is_none() -> None:
    view = submitted(settings_modal(SET, "ULENA", "facilitators"), {"facilitator_group": " "})
    assert read_new_group(view) == ""
    assert read_settings(view, SET.programme)[1].programme.facilitator_group == ""


def test_the_form_says_that_a_review_that_was_called_stands() -> None:
    blocks = settings_modal(SET, "ULENA")["blocks"]
    (hint,) = (each["hint"]["text"] for each in blocks if each.get("block_id") == "review_day")
    assert "called already keeps its day, its time and its channel" in hint


def test_three_channels_without_the_app_are_listed() -> None:
    assert "<#C1>, <#C2> and <#C3> yet" in uninvited_text(["C1", "C2", "C3"])
