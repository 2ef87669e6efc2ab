"""What was found in a channel's history, as it is looked through; and menus and pages beside it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from blocks.backfill import nothing_found, proposal_form, read_ticks, reading_window
from blocks.forms import Opened
from blocks.limits import check_view
from blocks.milestones import milestones_modal, read_milestones, remarks
from blocks.whole_timeline import timeline_window
from domain.candidates import Candidate
from domain.proposals import Proposal
from domain.timeline import Milestone, Source, SourceState, TimelineEntry
from tests.blocks.samples import ENTRY, FACTS, POSTMORTEM, STARTED, marked_up, submitted

LISBON = "Europe/Lisbon"
ABOUT = Opened(postmortem_id=41, zone=LISBON)
EMOJI = "\U0001f9ef"


def candidate(number: int, text: str = "p99 above 8 s", source: Source = Source.ALERT) -> Candidate:
    return Candidate(
        at=STARTED + timedelta(minutes=number),
        text=text,
        source=source,
        message_ts=f"1764000000.{number:06}",
        is_sure=True,
    )


def proposal(number: int, text: str = "p99 above 8 s") -> Proposal:
    return Proposal(candidates=[candidate(n, text) for n in range(number)], messages_read=5000)


def entry(number: int, text: str = "p99 above 8 s", **more: Any) -> TimelineEntry:
    return replace(ENTRY, at=STARTED + timedelta(hours=number), text=text, id=number + 1, **more)


@pytest.mark.parametrize("text", ["a" * 1000, EMOJI * 1000, "\u05d0" * 1000, "<!channel> & *b*"])
@pytest.mark.parametrize("page", range(6))
def test_three_hundred_candidates_fit_page_by_page(text: str, page: int) -> None:
    found = replace(proposal(300, text), unread_before="1764000000.000100")

    view = check_view(proposal_form(ABOUT, "PM-7", 9, found, found.sure, page=page))
    assert f"Page {page + 1} of 6" in "\n".join(marked_up(view))


def test_ticks_of_every_page_are_read_back() -> None:
    found = proposal(120)
    wanted = [found.candidates[n].message_ts for n in (0, 49, 50, 99, 119)]
    for page in range(3):
        view = submitted(proposal_form(ABOUT, "PM-7", 9, found, wanted, page=page))
        assert read_ticks(view, found) == wanted


def test_a_box_says_when_what_and_where_it_is_known_from() -> None:
    noisy = replace(
        candidate(0), times=12, last_at=STARTED + timedelta(hours=1), milestone=Milestone.DETECTED
    )
    pinned = replace(candidate(1, "disk full", Source.PIN), marked_by="U2BEN")
    view = proposal_form(
        ABOUT, "PM-7", 9, Proposal(candidates=[noisy, pinned]), [], names={"U2BEN": "Ben"}
    )
    first, second = view["blocks"][1]["element"]["options"]

    assert first["text"]["text"] == "14:03 p99 above 8 s"
    assert first["description"]["text"] == "alert, 12 times until 15:03 · detected"
    assert second["description"]["text"] == "pinned by Ben"


def test_over_several_days_every_box_has_its_day() -> None:
    found = Proposal(candidates=[candidate(0), candidate(1440)])
    view = proposal_form(ABOUT, "PM-7", 9, found, [])

    texts = [each["text"]["text"] for each in view["blocks"][1]["element"]["options"]]
    assert [text[:12] for text in texts] == ["21 Nov 14:03", "22 Nov 14:03"]


def test_one_message_in_one_minute_is_told_as_one() -> None:
    found = replace(proposal(1), messages_read=1)
    view = check_view(proposal_form(ABOUT, "PM-7", 9, found, found.sure))

    assert marked_up(view)[0].startswith("Of 1 message this one may belong into the timeline.")
    assert view["blocks"][1]["label"]["text"] == "21 Nov 14:03"


def test_the_windows_before_and_instead_are_slacks() -> None:
    check_view(reading_window())
    assert "in 30 s" in marked_up(check_view(reading_window(1200, 30)))[0]
    assert (
        "I read 5,000 messages" in marked_up(check_view(nothing_found(POSTMORTEM, proposal(0))))[0]
    )
    assert "submit" not in check_view(proposal_form(ABOUT, "PM-7", 9, proposal(0), []))


@pytest.mark.parametrize("text", ["a" * 1000, EMOJI * 1000])
def test_milestones_of_five_hundred_entries_fit_and_read_back(text: str) -> None:
    entries = [entry(n, text) for n in range(500)]
    entries[250] = replace(entries[250], milestone=Milestone.RECOVERED)
    view = check_view(milestones_modal(POSTMORTEM, entries, LISBON, 3))

    opened, chosen = read_milestones(submitted(view))
    assert opened == Opened(postmortem_id=41, seen=3, zone=LISBON)
    assert {milestone: each for milestone, each in chosen.items() if each} == {
        Milestone.RECOVERED: 251
    }
    assert "likeliest of 500 entries" in marked_up(view)[0]


def test_milestones_of_an_empty_timeline_say_what_to_do_first() -> None:
    assert "still empty" in marked_up(check_view(milestones_modal(POSTMORTEM, [], LISBON, 0)))[0]


def test_the_remarks_are_few_and_those_that_cannot_be_come_first() -> None:
    odd = [
        entry(0, milestone=Milestone.STARTED),
        entry(-1, milestone=Milestone.RECOVERED),
        entry(-2, milestone=Milestone.ALL_CLEAR),
        entry(-3, milestone=Milestone.DETECTED),
    ]

    assert [each.split()[0] for each in remarks(odd, FACTS)] == [":warning:"] * 3
    assert remarks([], FACTS) == []
    odd[0] = replace(odd[0], at=STARTED + timedelta(minutes=30))
    assert "different times for “started”" in remarks(odd, FACTS)[0]
    (question,) = remarks([entry(0)], FACTS)
    assert question.startswith(":grey_question: What happened between <!date^")


@pytest.mark.parametrize("text", ["a" * 1000, EMOJI * 1000, "<!channel> & *b*"])
def test_all_of_a_timeline_can_be_read_page_by_page(text: str) -> None:
    entries = [entry(n, f"{n} {text}"[:1000]) for n in range(300)]
    pages = [timeline_window(POSTMORTEM, entries, ZoneInfo(LISBON), page) for page in range(40)]

    words = ["\n".join(marked_up(check_view(page))) for page in pages]
    for place in range(300):
        assert any(f"  {place} " in page for page in words)
    assert "  299 " in words[-1]
    assert "Next page" not in str(pages[-1])


def test_days_have_their_date_and_entries_their_source() -> None:
    link = "https://x.slack.com/archives/C1/p1"
    entries = [
        entry(0, source=Source.ALERT, permalink=link, milestone=Milestone.DETECTED),
        entry(12, source=Source.SHORTCUT, source_state=SourceState.DELETED),
    ]
    view = check_view(timeline_window(POSTMORTEM, entries, ZoneInfo(LISBON)))

    days = [one["text"]["text"] for one in view["blocks"] if one["type"] == "header"]
    assert days == ["Saturday, 21 November 2026", "Sunday, 22 November 2026"]
    first, second = marked_up(view)
    assert f"*detected* · p99 above 8 s\n_<{link}|alert>_" in first
    assert second.endswith("_message, deleted since_")
