"""Milestones: what they say about the facts, and what about them is wrong or worth a question."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.milestones import (
    AT_ONCE,
    Gap,
    began_unnoticed,
    begun,
    disagreements,
    filled_in,
    gaps,
    impossible,
    reached,
    suggested,
)
from domain.postmortems import Facts, Severity
from domain.timeline import Milestone, Source, TimelineEntry

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
FACTS = Facts(title="Latency", service="checkout", severity=Severity.P2, started_at=START)


def at(minute: float) -> datetime:
    return START + timedelta(minutes=minute)


def entry(minute: float, milestone: Milestone | None = None, text: str = "x") -> TimelineEntry:
    return TimelineEntry(at=at(minute), text=text, milestone=milestone)


def test_the_first_entry_that_carries_a_milestone_counts() -> None:
    late, early = entry(9, Milestone.DETECTED), entry(3, Milestone.DETECTED)

    assert reached([late, early, entry(1)]) == {Milestone.DETECTED: early}


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        (
            [entry(5, Milestone.STARTED), entry(3, Milestone.RECOVERED)],
            "“recovered” cannot come before “started”",
        ),
        (
            [entry(5, Milestone.DETECTED), entry(3, Milestone.ACKNOWLEDGED)],
            "“acknowledged” cannot come before “detected”",
        ),
        (
            [entry(5, Milestone.RECOVERED), entry(3, Milestone.ALL_CLEAR)],
            "“all clear” cannot come before “recovered”",
        ),
        (
            [entry(5, Milestone.STARTED), entry(3, Milestone.STARTED)],
            "“started” stands at 2 entries: choose one of them.",
        ),
    ],
)
def test_what_cannot_be_is_said(entries: list[TimelineEntry], sentence: str) -> None:
    (said,) = impossible(entries)

    assert said.startswith(sentence)


def test_an_incident_may_be_over_before_anybody_notices() -> None:
    seen_late = [entry(0, Milestone.STARTED), entry(3, Milestone.RECOVERED)]

    assert impossible([*seen_late, entry(60, Milestone.DETECTED)]) == []


def test_a_long_silence_in_the_incident_is_found() -> None:
    entries = [entry(-300), entry(0), entry(10), entry(70), entry(75), entry(900)]
    facts = replace(FACTS, recovered_at=at(80))

    assert gaps(entries, facts) == [Gap(start=at(10), end=at(70))]


def test_the_silence_before_the_first_entry_and_after_the_last_counts_too() -> None:
    facts = replace(FACTS, recovered_at=at(100))

    assert gaps([entry(50)], facts) == [
        Gap(start=at(0), end=at(50)),
        Gap(start=at(50), end=at(100)),
    ]


@pytest.mark.parametrize("minutes", [[], [0, 29, 58], [0, 60, 119, 180, 239, 300]])
def test_short_silences_are_no_gap(minutes: list[int]) -> None:
    assert gaps([entry(minute) for minute in minutes], FACTS) == []


def test_what_the_facts_leave_open_is_taken_from_the_milestones() -> None:
    entries = [entry(4, Milestone.DETECTED), entry(72, Milestone.RECOVERED)]

    filled = filled_in(FACTS, entries)
    assert (filled.detected_at, filled.recovered_at) == (at(4), at(72))


def test_what_a_person_said_is_never_overwritten() -> None:
    facts = replace(FACTS, detected_at=at(1), recovered_at=at(50))

    assert filled_in(facts, [entry(4, Milestone.DETECTED), entry(72, Milestone.RECOVERED)]) == facts


PREFILLED = replace(FACTS, detected_at=START, recovered_at=at(72))


def test_a_start_that_is_still_the_alerts_moves_to_the_marked_entry() -> None:
    old = [entry(-6), entry(0, Milestone.DETECTED)]
    new = [entry(-6, Milestone.STARTED), entry(0, Milestone.DETECTED)]

    assert begun(PREFILLED, old, new) == replace(PREFILLED, started_at=at(-6))


@pytest.mark.parametrize(
    ("facts", "old", "new"),
    [
        (replace(PREFILLED, started_at=at(-3)), [], [entry(-6, Milestone.STARTED)]),
        (FACTS, [], [entry(-6, Milestone.STARTED)]),
        (PREFILLED, [], [entry(4, Milestone.STARTED)]),
        (PREFILLED, [], [entry(-6, Milestone.DETECTED)]),
        (PREFILLED, [entry(-6, Milestone.STARTED)], [entry(-6, Milestone.STARTED), entry(9)]),
        (PREFILLED, [], [entry(-6, Milestone.STARTED), entry(-7, Milestone.DETECTED)]),
    ],
)
def test_a_start_that_somebody_chose_or_that_cannot_be_stays(
    facts: Facts, old: list[TimelineEntry], new: list[TimelineEntry]
) -> None:
    assert begun(facts, old, new) == facts


def test_a_milestone_before_the_start_fills_in_nothing() -> None:
    assert filled_in(FACTS, [entry(-4, Milestone.DETECTED)]) == FACTS


def test_facts_and_timeline_that_differ_are_pointed_out() -> None:
    facts = replace(FACTS, detected_at=at(1), recovered_at=at(72))
    entries = [
        entry(0, Milestone.STARTED),
        entry(4, Milestone.DETECTED),
        entry(72.5, Milestone.RECOVERED),
    ]

    (said,) = disagreements(facts, entries)
    assert said.startswith("The facts and the timeline give different times for “detected”")


def test_entries_whose_words_say_a_milestone_are_suggested() -> None:
    entries = [
        entry(0, text="customers report timeouts"),
        entry(1, text="users see errors"),
        entry(5, text="rolled back"),
        entry(9, text="rolled back once more", milestone=Milestone.FIX_DEPLOYED),
        entry(10, text="recovered"),
        entry(11, text="resolved"),
        replace(entry(12, text="[FIRING] p99 above 8 s"), source=Source.ALERT),
    ]

    assert suggested(entries) == {Milestone.DETECTED: 0, Milestone.RECOVERED: 5}


@pytest.mark.parametrize(
    ("detected", "marked", "asked"),
    [
        (0.5, [Milestone.DETECTED], [AT_ONCE]),
        (0.5, [Milestone.DETECTED, Milestone.STARTED], []),
        (5, [Milestone.DETECTED], []),
        (None, [Milestone.DETECTED], []),
        (0, [], []),
    ],
)
def test_an_incident_that_began_with_its_alert_is_asked_about(
    detected: float | None, marked: list[Milestone], asked: list[str]
) -> None:
    facts = replace(FACTS, detected_at=None if detected is None else at(detected))
    assert began_unnoticed(facts, [entry(0, each) for each in marked]) == asked


def test_what_cannot_be_fills_in_nothing() -> None:
    entries = [entry(3, Milestone.RECOVERED), entry(5, Milestone.STARTED)]
    assert filled_in(FACTS, entries) == FACTS
