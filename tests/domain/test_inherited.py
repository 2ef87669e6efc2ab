"""Inherited lines: which are the same, where what becomes of them is kept, and who decides."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.accepted_risks import REASON_MAX, RISKS_MAX
from domain.errors import RuleBroken
from domain.inherited import (
    Inheritance,
    InheritedLine,
    LineState,
    Origin,
    check_decides,
    check_dropped,
    check_undecided,
    sameness,
)
from domain.postmortems import Tier

NOW = datetime(2026, 11, 20, tzinfo=UTC)
NAMES = {"U1": "ana", "U2": "mei"}


def origin(number: int, **other: object) -> Origin:
    """A postmortem with room, the higher its number the later."""
    known = {"postmortem_id": number, "number": number, "tier": Tier.STANDARD, "channel": None}
    of = {"started_at": NOW + timedelta(days=number), "is_private": False, "items": 0, "risks": 0}
    return Origin(**{**known, **of, **other})  # type: ignore[arg-type] # a test's own words


def of(*origins: Origin, line: InheritedLine | None = None) -> Inheritance:
    """A line of these postmortems, as storage gives them: the latest first."""
    line = line or InheritedLine(text="Add a canary", id=1)
    return Inheritance(line=line, ids=(1,), home=origins[-1].postmortem_id, origins=origins)


def test_two_lines_are_the_same_whatever_their_case_and_marks() -> None:
    assert sameness("Add a  Canary!") == sameness("add a canary.") != sameness("Add canaries")


def test_an_item_goes_to_the_latest_postmortem_that_has_room() -> None:
    full, paragraph, roomy = (
        origin(9, items=3),
        origin(8, items=1, tier=Tier(3)),
        origin(7, items=2),
    )
    assert of(full, paragraph, roomy).home_of_item() == roomy


def test_where_none_has_room_the_sentence_says_what_to_do_instead() -> None:
    lines = of(origin(9, items=3, risks=RISKS_MAX), origin(3, items=4, risks=RISKS_MAX))
    with pytest.raises(RuleBroken, match=r"^PM-3 and PM-9: .* Accept this line as a risk, or drop"):
        lines.home_of_item()
    with pytest.raises(RuleBroken, match="Adopt this line as an action item, or drop it"):
        lines.home_of_risk()


def test_many_postmortems_are_counted_and_the_first_two_named() -> None:
    assert of(*(origin(number) for number in (9, 8, 7, 3))).keys == "PM-3, PM-7 and 2 more"
    assert of(origin(3)).keys == "PM-3"


def test_one_private_postmortem_makes_the_line_private() -> None:
    assert of(origin(9), origin(3, is_private=True)).is_private
    assert not of(origin(9), origin(3)).is_private


def test_the_chair_and_the_lead_decide_and_others_are_told_who_does() -> None:
    check_decides("U1", "U1", "U2", NAMES)
    check_decides("U2", "U1", "U2", NAMES)
    with pytest.raises(RuleBroken, match=r"ana chairs this review .* so does mei, who leads"):
        check_decides("U3", "U1", "U2", NAMES)


@pytest.mark.parametrize("lead", ["", "U1"])
def test_where_nobody_else_leads_only_the_chair_is_named(lead: str) -> None:
    with pytest.raises(RuleBroken, match=r"^ana chairs this review and decides about inherited "):
        check_decides("U3", "U1", lead, NAMES)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (LineState.ADOPTED, "ana has adopted this line already (PM-3/1)."),
        (LineState.ACCEPTED, "ana has accepted this line as a risk already (PM-3/1)."),
        (LineState.DROPPED, "ana has dropped this line already (PM-3/1)."),
    ],
)
def test_whoever_comes_second_learns_who_decided_what(state: LineState, said: str) -> None:
    line = InheritedLine(text="x", state=state, reason="PM-3/1", decided_by="U1", decided_at=NOW)
    with pytest.raises(RuleBroken, match=re.escape(said)):
        check_undecided(line, "ana", of(origin(3), line=line).told_reason())
    check_undecided(InheritedLine(text="x"), "", "")


def test_why_a_private_line_was_dropped_is_told_to_nobody() -> None:
    line = InheritedLine(text="x", state=LineState.DROPPED, reason="secret", decided_by="U1")
    lines = of(origin(3, is_private=True), line=line)
    assert lines.told_reason() == ""
    adopted = replace(line, state=LineState.ADOPTED, reason="PM-3/1")
    assert replace(lines, line=adopted).told_reason() == "PM-3/1"


@pytest.mark.parametrize("reason", ["", " \n", "x" * (REASON_MAX + 1)])
def test_a_line_is_dropped_for_a_reason_of_some_length(reason: str) -> None:
    with pytest.raises(RuleBroken):
        check_dropped(reason)
    assert check_dropped(" gone ") == "gone"
