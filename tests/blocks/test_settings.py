"""The settings form: read back as it was shown, refused where it cannot be read."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from blocks.limits import check_view
from blocks.settings import read_settings, settings_modal, stamp, uninvited_text
from domain.errors import RuleBroken
from domain.programme import Programme
from domain.settings import Settings
from tests.blocks.samples import marked_up, submitted

DEFAULTS = Settings(programme=Programme())
SET = Settings(
    programme=Programme(
        p1_due_days=7,
        accepted_risk_days=90,
        organisation_channel="C1ALL",
        engineering_channel="C2ENG",
        lead="ULENA",
        reaction="eyes",
        soak_days=14,
        remind_before_days=3,
        remind_every_days=1,
        working_days="12347",
        work_begins=time(8),
        work_ends=time(16, 45),
        holidays="IL",
    ),
    facilitators=("UFREYA", "ULENA"),
)


NOBODYS = replace(DEFAULTS, programme=Programme(holidays="", working_days="1234567"))


@pytest.mark.parametrize("settings", [DEFAULTS, SET, NOBODYS])
def test_settings_saved_untouched_read_back_the_same(settings: Settings) -> None:
    view = check_view(settings_modal(settings, "ULENA"))
    seen, read = read_settings(submitted(view), Programme())
    assert read == settings
    assert seen == stamp(settings)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("p1_due_days", "soon"),
        ("accepted_risk_days", ""),
        ("soak_days", "0"),
        ("reaction", "two words"),
        ("working_days", []),
        ("work_begins", None),
        ("work_ends", "08:59"),
        ("holidays", "Bavaria"),
    ],
)
def test_what_cannot_be_read_is_refused_where_it_stands(field: str, typed: Any) -> None:
    with pytest.raises(RuleBroken) as broken:
        read_settings(submitted(settings_modal(SET, "ULENA"), {field: typed}), Programme())
    assert broken.value.field == field


def test_settings_have_the_same_stamp_whatever_the_order_of_people() -> None:
    turned = replace(SET, facilitators=SET.facilitators[::-1])
    assert stamp(turned) == stamp(SET)
    assert stamp(replace(SET, facilitators=())) != stamp(SET) != stamp(DEFAULTS)


def test_settings_that_differ_in_an_hour_alone_have_another_stamp() -> None:
    later = replace(SET.programme, work_begins=time(8, 15))
    assert stamp(replace(SET, programme=later)) != stamp(SET)


def test_the_form_is_in_groups_with_a_title_each() -> None:
    blocks = settings_modal(SET, "ULENA")["blocks"]
    titles = [each["text"]["text"] for each in blocks if each["type"] == "header"]
    follow_up = ["Due dates", "Follow-up", "Working time", "Numbers"]
    assert titles == ["Channels", "Monthly review", *follow_up]


def test_the_form_promises_quiet_hours_of_reminders_alone() -> None:
    blocks = settings_modal(DEFAULTS, "ULENA")["blocks"]
    (hint,) = (each["hint"]["text"] for each in blocks if each.get("block_id") == "working_days")
    assert hint.startswith("Reminders keep to these days")
    assert "What a colleague does or asks reaches you at once" in hint


def test_only_public_channels_are_offered() -> None:
    blocks = settings_modal(DEFAULTS, "ULENA")["blocks"]
    (element,) = (
        each["element"] for each in blocks if each.get("block_id") == "engineering_channel"
    )
    assert element["filter"]["include"] == ["public"]


def test_the_form_says_who_may_change_it() -> None:
    assert "anybody may change this" in "".join(marked_up(settings_modal(DEFAULTS, "ULENA")))
    leads, stranger = (marked_up(settings_modal(SET, by))[0] for by in ("ULENA", "UFREYA"))
    assert leads == "You may change this because you lead the programme."
    assert stranger == "<@ULENA>, who led the programme, has left: anybody may change this."


def test_where_the_app_must_be_invited_is_said() -> None:
    assert "I am not in <#C1ALL> and <#C2ENG> yet" in uninvited_text(["C1ALL", "C2ENG"])
