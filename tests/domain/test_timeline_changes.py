"""What became of a timeline, in words and for the record."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.timeline import Milestone, Source, SourceState, TimelineEntry
from domain.timeline_changes import Change, difference, fingerprint, together

AT = datetime(2026, 11, 20, 14, 3, tzinfo=UTC)
FAILOVER = TimelineEntry(at=AT, text="failover started", id=1)
ALERT = TimelineEntry(at=AT + timedelta(minutes=4), text="first alert", id=2)
CLEAR = TimelineEntry(at=AT + timedelta(minutes=77), text="all clear")


def test_lines_that_came_went_and_changed_are_told_apart() -> None:
    reworded = replace(FAILOVER, text="failover began")
    change = difference([FAILOVER, ALERT], [reworded, CLEAR])

    assert change == Change(added=(CLEAR,), changed=((FAILOVER, reworded),), removed=(ALERT,))
    assert change.in_words() == "added 1 line, changed 1 line, removed 1 line"


def test_the_record_keeps_the_lines_old_and_new() -> None:
    later = replace(ALERT, at=AT + timedelta(minutes=5), milestone=Milestone.DETECTED)
    assert difference([FAILOVER, ALERT], [later]).in_fields() == {
        "changed": (
            "2026-11-20 14:07 UTC first alert",
            "2026-11-20 14:08 UTC detected: first alert",
        ),
        "removed": ("2026-11-20 14:03 UTC failover started", ""),
    }


def test_many_and_long_lines_are_shortened_for_the_record() -> None:
    change = Change(added=tuple(replace(CLEAR, text="long " * 100) for _ in range(60)))
    _, said = change.in_fields()["added"]

    assert change.in_words() == "added 60 lines"
    assert said.splitlines()[-1] == "and 57 more"
    assert len(said) < 400


@pytest.mark.parametrize(
    "same",
    [
        replace(FAILOVER, id=9),
        replace(FAILOVER, source=Source.REACTION, permalink="https://example.com/1"),
        replace(FAILOVER, source_state=SourceState.DELETED),
        replace(FAILOVER, milestone=Milestone.STARTED),
    ],
)
def test_where_an_entry_is_known_from_and_what_it_marks_is_nothing_to_agree_to(
    same: TimelineEntry,
) -> None:
    assert fingerprint([FAILOVER, ALERT]) == fingerprint([ALERT, same])


@pytest.mark.parametrize(
    "other",
    [
        replace(FAILOVER, text="Failover started"),
        replace(FAILOVER, at=AT + timedelta(seconds=1)),
    ],
)
def test_words_and_instant_are_what_people_agree_to(other: TimelineEntry) -> None:
    assert fingerprint([FAILOVER]) != fingerprint([other])


def test_a_line_that_became_a_milestone_was_not_changed() -> None:
    assert difference([FAILOVER], [replace(FAILOVER, milestone=Milestone.STARTED)]) == Change()


def test_any_text_has_a_fingerprint() -> None:
    odd = [replace(FAILOVER, text=text) for text in ("\ud83d", "\0", "مرحبا 👩‍🚒")]
    assert len({fingerprint([each]) for each in odd}) == 3


def test_several_changes_are_told_as_one() -> None:
    assert together(["added 1 line", "added 12 lines, removed 1 line", "odd"]) == (
        "added 13 lines, removed 1 line"
    )
    assert together([""]) == "changed it"
