"""The forms of the timeline, the contributing factors and the root cause."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from blocks.contributing_factors import factors_modal, read_factors_form
from blocks.forms import Opened
from blocks.limits import check_view
from blocks.root_causes import read_root_cause, root_cause_modal
from blocks.timeline import read_timeline_form, timeline_modal
from domain.contributing_factors import ContributingFactor, FactorKind
from domain.postmortems import Severity
from domain.timeline import TimelineEntry, read_timeline
from tests.blocks.samples import POSTMORTEM, STARTED, marked_up, submitted, titled

LISBON = "Europe/Lisbon"


def an_hour_apart(texts: list[str]) -> list[TimelineEntry]:
    """Entries with these texts."""
    return [
        TimelineEntry(at=STARTED + timedelta(hours=n), text=text) for n, text in enumerate(texts)
    ]


def test_a_timeline_saved_untouched_reads_back_the_same() -> None:
    entries = an_hour_apart([f"{n} failover & <retry>" for n in range(120)])
    view = submitted(check_view(timeline_modal(POSTMORTEM, entries, LISBON, 2)))

    about, text = read_timeline_form(view)

    assert about == Opened(postmortem_id=41, seen=2, zone=LISBON)
    read = read_timeline(text, ZoneInfo(about.zone), STARTED, date(2026, 11, 30))
    assert [(entry.at, entry.text) for entry in read] == [(e.at, e.text) for e in entries]


def test_an_empty_timeline_shows_how_to_write_one_and_in_whose_time() -> None:
    view = check_view(timeline_modal(POSTMORTEM, [], LISBON, 0))
    words = "\n".join(marked_up(view))

    assert "`14:03 failover started`" in words
    assert "`2:05pm UTC first alert`" in words
    assert "`yesterday 23:50" in words
    assert LISBON in words
    assert read_timeline_form(submitted(view))[1] == ""


def test_the_examples_are_times_the_form_understands() -> None:
    words = marked_up(timeline_modal(POSTMORTEM, [], LISBON, 0))[0]
    examples = [line.strip("`") for line in words.splitlines() if line.startswith("`")]

    assert len(examples) == 4
    assert read_timeline("\n".join(examples), ZoneInfo(LISBON), STARTED, date(2026, 11, 21))


def test_a_timeline_too_long_for_a_form_is_never_shown_in_part() -> None:
    entries = an_hour_apart(["a" * 1000] * 400)
    view = check_view(timeline_modal(POSTMORTEM, entries, LISBON, 0))

    assert "submit" not in view
    assert "400 entries" in marked_up(view)[0]


def test_factors_saved_untouched_read_back_the_same() -> None:
    factors = [
        ContributingFactor(kind=kind, text=f"{n} & <{kind}>", id=n)
        for kind in FactorKind
        for n in range(3)
    ]
    view = submitted(check_view(factors_modal(POSTMORTEM, factors, 1)))

    about, texts = read_factors_form(view)

    assert about == Opened(postmortem_id=41, seen=1)
    for kind in FactorKind:
        assert texts[kind].splitlines() == [f.text for f in factors if f.kind is kind]


def test_thirty_factors_at_their_longest_fit_the_form() -> None:
    factors = [ContributingFactor(kind=FactorKind.MADE_POSSIBLE, text="a" * 500)] * 30

    check_view(factors_modal(POSTMORTEM, factors, 1))


def test_no_factors_are_three_empty_texts() -> None:
    view = submitted(check_view(factors_modal(POSTMORTEM, [], 0)))

    assert read_factors_form(view)[1] == dict.fromkeys(FactorKind, "")


@pytest.mark.parametrize("cause", ["", "The pool was small.\n\nAnd & <so> on", "a" * 3000])
def test_a_root_cause_saved_untouched_reads_back_the_same(cause: str) -> None:
    view = submitted(check_view(root_cause_modal(replace(POSTMORTEM, root_cause=cause), 6)))

    assert read_root_cause(view) == (Opened(postmortem_id=41, seen=6), cause)


def test_a_paragraph_is_not_called_a_root_cause() -> None:
    view = check_view(root_cause_modal(titled(severity=Severity.P3), 0))

    assert view["title"]["text"] == "PM-7 · What happened"
