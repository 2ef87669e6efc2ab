"""The forms of the timeline and the contributing factors."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from blocks.contributing_factors import factors_modal, read_factors_form
from blocks.forms import Opened
from blocks.limits import check_view
from blocks.timeline import read_timeline_form, timeline_modal
from blocks.timeline_parts import splits
from domain.contributing_factors import ContributingFactor, FactorKind
from domain.timeline import TimelineEntry, read_timeline
from tests.blocks.samples import ENTRY, POSTMORTEM, STARTED, marked_up, submitted

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


def test_a_timeline_too_long_for_a_form_is_shown_part_by_part() -> None:
    entries = an_hour_apart([f"{n} {'a' * 990}" for n in range(400)])
    views = [check_view(timeline_modal(POSTMORTEM, entries, LISBON, 0, part)) for part in range(7)]

    assert "part 7 of 7" in "\n".join(marked_up(views[-1]))
    held = [splits(view, entries)[0] for view in views]
    assert [entry for part in held for entry in part] == entries
    for view, part in zip(views, held, strict=True):
        text = read_timeline_form(submitted(view))[1]
        read = read_timeline(text, ZoneInfo(LISBON), STARTED, date(2026, 12, 30))
        assert [entry.text for entry in read] == [entry.text for entry in part]


def test_too_much_within_one_second_is_never_shown_in_part() -> None:
    view = check_view(
        timeline_modal(POSTMORTEM, [replace(ENTRY, text="a" * 1000)] * 400, LISBON, 0)
    )

    assert "submit" not in view
    assert "400 entries" in marked_up(view)[0]


def test_no_two_parts_share_an_input_which_would_keep_what_stands_in_it() -> None:
    entries = an_hour_apart(["\u05d0" * 150] * 300)
    found = [timeline_modal(POSTMORTEM, entries, LISBON, 0, part)["blocks"] for part in (0, 1)]
    first, second = ({one.get("block_id") for one in blocks} - {None} for blocks in found)

    assert first
    assert not first & second


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
