"""What a postmortem still lacks for its tier (rule 5)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.action_items import ActionItem, ItemKind, ItemState
from domain.completeness import ASKED_SECTIONS, MILESTONES_WANTED, Filled, filled, missing
from domain.passages import Passage
from domain.postmortems import Facts, Postmortem, Section, Severity, Tier
from domain.programme import Priority
from domain.timeline import Milestone, TimelineEntry

FULL, STANDARD, PARAGRAPH = Tier
STARTED = datetime(2026, 11, 20, 14, 3, tzinfo=UTC)
NOTHING = Filled(
    timeline_entries=0,
    factors=0,
    root_cause=False,
    decisions=0,
    detected=False,
    recovered=False,
    impact=False,
)
ALL = Filled(
    timeline_entries=3,
    factors=1,
    root_cause=True,
    decisions=2,
    detected=True,
    recovered=True,
    impact=True,
    milestones=frozenset(MILESTONES_WANTED),
    whys=5,
    past_a_person=True,
    classes=1,
    passages=frozenset({Passage.WENT_WELL, Passage.WENT_WRONG, Passage.LESSONS}),
)
ITEM = ActionItem(
    what="w",
    done_when="d",
    owner="U1",
    priority=Priority.P1,
    due_on=date(2026, 12, 5),
    kind=ItemKind.GUARDRAIL,
)
BARE = Postmortem(
    id=1,
    workspace="T1",
    number=1,
    channel="C1",
    channel_name="c",
    is_private=False,
    facts=Facts(title="t", service="s", severity=Severity.P1, started_at=STARTED),
    root_cause=" ",
    created_by="U1",
    created_at=STARTED,
)


@pytest.mark.parametrize(
    ("tier", "gaps"),
    [
        (
            FULL,
            [
                "impact",
                "when it was detected",
                "when it was recovered",
                "timeline",
                "contributing factors",
                "five whys",
                "root cause",
                "causal class",
                "what went well",
                "what went wrong",
                "lessons",
                "2 action items",
            ],
        ),
        (
            STANDARD,
            [
                "impact",
                "when it was recovered",
                "timeline",
                "root cause",
                "causal class",
                "2 action items",
            ],
        ),
        (
            PARAGRAPH,
            [
                "when it was recovered",
                "one paragraph on what happened",
                "causal class",
                "an action item",
            ],
        ),
    ],
)
def test_an_empty_postmortem_lacks_what_its_tier_asks_for(tier: Tier, gaps: list[str]) -> None:
    assert missing(tier, NOTHING) == gaps


@pytest.mark.parametrize("tier", Tier)
def test_a_complete_postmortem_lacks_nothing(tier: Tier) -> None:
    assert missing(tier, ALL) == []
    assert missing(tier, replace(ALL, decisions=3)) == []


def test_one_of_two_decisions_is_still_missing() -> None:
    assert missing(STANDARD, replace(ALL, decisions=1)) == ["an action item"]
    assert missing(PARAGRAPH, replace(ALL, decisions=1)) == []


@pytest.mark.parametrize(
    ("whys", "past_a_person", "gap"),
    [
        (2, True, ["3 more whys"]),
        (4, False, ["one more why"]),
        (5, False, ["a why that goes past a person"]),
        (7, True, []),
    ],
)
def test_a_full_postmortem_asks_why_five_times_and_past_people(
    whys: int, gap: list[str], *, past_a_person: bool
) -> None:
    assert missing(FULL, replace(ALL, whys=whys, past_a_person=past_a_person)) == gap
    assert missing(STANDARD, replace(ALL, whys=whys, past_a_person=past_a_person)) == []


@pytest.mark.parametrize(
    ("there", "gap"),
    [
        ((), "timeline entries marked started, detected and recovered"),
        ((Milestone.DETECTED,), "timeline entries marked started and recovered"),
        ((Milestone.STARTED, Milestone.DETECTED), "timeline entry marked recovered"),
    ],
)
def test_a_full_timeline_shows_its_milestones(there: tuple[Milestone, ...], gap: str) -> None:
    some = replace(ALL, milestones=frozenset(there))

    assert missing(FULL, some) == [gap]
    assert missing(STANDARD, some) == []


def test_what_is_filled_in_is_read_off_the_postmortem_and_its_parts() -> None:
    nothing = filled(BARE, entries=(), factors=0, decisions=0, written={}, classes=0)
    told = replace(BARE.facts, impact="i", detected_at=STARTED, recovered_at=STARTED)
    whys = "It was full\nNo limit\nNever set\nNo default\nThe library has none"
    written = dict.fromkeys((Passage.WENT_WELL, Passage.WENT_WRONG, Passage.LESSONS), "x")
    full = filled(
        replace(BARE, root_cause="r", facts=told),
        entries=[TimelineEntry(at=STARTED, text="t", milestone=m) for m in MILESTONES_WANTED],
        factors=1,
        decisions=2,
        written=written | {Passage.WHYS: whys},
        classes=1,
    )
    assert nothing == NOTHING
    assert replace(full, passages=ALL.passages) == ALL


def test_a_tier_asks_for_fewer_sections_the_smaller_it_is() -> None:
    assert ASKED_SECTIONS[FULL] == set(Section) - {Section.NOTES}
    assert ASKED_SECTIONS[FULL] > ASKED_SECTIONS[STANDARD] > ASKED_SECTIONS[PARAGRAPH]
    assert Section.TIMELINE not in ASKED_SECTIONS[PARAGRAPH]


@pytest.mark.parametrize(
    ("places", "gap"),
    [
        ((1,), ["item 1 answers no factor"]),
        ((1, 3), ["items 1 and 3 answer no factor"]),
        ((1, 2, 3), ["items 1, 2 and 3 answer no factor"]),
    ],
)
def test_the_items_of_a_full_postmortem_answer_its_factors(
    places: tuple[int, ...], gap: list[str]
) -> None:
    some = replace(ALL, without_factor=places)

    assert missing(FULL, some) == gap
    assert missing(STANDARD, some) == []


def test_no_item_answers_a_factor_where_there_is_none() -> None:
    gaps = missing(FULL, replace(ALL, factors=0, without_factor=(1,)))

    assert gaps == ["contributing factors"]


def test_an_item_that_has_ended_is_asked_for_no_factor() -> None:
    items = [replace(ITEM, factor_id=3), replace(ITEM, state=ItemState.CANCELLED), ITEM]
    there = filled(BARE, entries=(), factors=1, decisions=3, written={}, classes=0, items=items)

    assert there.without_factor == (3,)
