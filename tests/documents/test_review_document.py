"""A closed monthly review as a file and as a canvas."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from documents.review_document import (
    CANVAS_MOST,
    decision_line,
    left_line,
    review_canvas,
    review_markdown,
)
from domain.decisions import Decision
from domain.review_summary import ASKED, Line, OfService, Often, Old, Summary, Tally
from domain.reviews import Review, Why
from sandbox.canvases import unsupported

AT = datetime(2026, 12, 1, 10, tzinfo=UTC)
REVIEW = Review(
    workspace="T1",
    facilitator="UCHAIR",
    called_by="",
    called_at=AT,
    due_at=AT,
    due_on=AT.date(),
    channel="C1",
    started_at=AT,
    closed_at=AT.replace(hour=11),
    closed_by="UCHAIR",
    learnt="We promise too much.\n> - # Fewer",
)
LINE = Line(
    key="PM-7/2",
    why=Why.OVERDUE,
    owner="UOWNER",
    position=1,
    words="Drain *connections* first",
    event=Decision.ACCEPT,
    by="UOWNER",
    reason="Too dear",
    on=date(2027, 6, 1),
    person="ULEAD",
)
SUMMARY = Summary(
    review=REVIEW,
    tally=Tally(total=3, by_event={Decision.ACCEPT: 1}, still_open=2, expired=1),
    absent=["UAWAY"],
    expired=["PM-9/1"],
    often=[Often(key="PM-7/2", owner="UOWNER", words="Drain", moved=1)],
    oldest=[Old(key="PM-1/1", owner="UOWNER", words="", since=date(2026, 3, 3))],
    services=[OfService(name="", total=2, still_open=1, late=1)],
)
NAMES = {"UCHAIR": "Freya", "UOWNER": "Ben", "ULEAD": "Lena"}
WHOLE = """\
# Monthly review of 1 Dec 2026

- **Chair:** Freya
- **Begun:** 2026-12-01 10:00 UTC
- **Closed:** 2026-12-01 11:00 UTC by Freya
- **On the table:** 3
- **Decided:** 1 (1 accepted as a risk)
- **Still open:** 2
- **Expired now:** 1: PM-9/1
- **Not here:** UAWAY

## What was decided

- one

## What nobody decided

- two

## What it says about the programme

### Moved most often

- **PM-7/2** Drain (Ben), 1 time

### Open longest

- **PM-1/1** private (Ben), from an incident of 3 Mar 2026

### By service

- private incidents: 1 of 2 open, 1 of them overdue or expired

## What it taught, in the chair's words

We promise too much.

\\> - # Fewer
"""


def test_the_file_holds_all_of_it() -> None:
    assert review_markdown(SUMMARY, ["- one"], ["- two"], NAMES) == WHOLE


def test_a_decision_is_one_line_with_who_why_and_the_next_date() -> None:
    assert decision_line(LINE, NAMES) == (
        "- **PM-7/2** Drain *connections* first: accepted as a risk until 1 Jun 2027 "
        "by Ben; Lena answers for it: Too dear"
    )


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (Decision.IMPLEMENT, "implemented by Ben; evidence is asked for on 1 Jun 2027"),
        (Decision.REASSIGN, "handed over to Lena by Ben"),
        (ASKED, "Lena was asked to take it on by Ben"),
        (Decision.CANCEL, "cancelled by Ben"),
        (Decision.REOPEN, "opened again by Ben, due 1 Jun 2027"),
        ("no risk any more", "the risk is ended by Ben"),
        ("dropped", "dropped by Ben"),
        ("something new", "something new by Ben"),
    ],
)
def test_each_decision_has_words_of_its_own(event: str, words: str) -> None:
    assert decision_line(replace(LINE, event=event, reason=""), NAMES).endswith(f": {words}")


def test_an_accepted_line_names_no_date() -> None:
    accepted = replace(LINE, on=None, person="", reason="")
    assert decision_line(accepted, NAMES).endswith(": accepted as a risk by Ben")


def test_a_private_item_is_its_key_and_what_became_of_it() -> None:
    private = replace(LINE, is_private=True, words="", reason="", event=Decision.CANCEL)
    assert decision_line(private, NAMES) == "- **PM-7/2** private: cancelled by Ben"


def test_what_is_left_says_whose_it_is_and_how_it_stands() -> None:
    left = replace(LINE, event="", seen=2, has_expired=True, is_absent=True)
    assert left_line(left, NAMES).endswith(
        ": Ben, expired, seen open by 2 reviews, the owner was not here"
    )
    assert left_line(replace(left, has_expired=False, seen=0, is_absent=False), NAMES).endswith(
        ": Ben, overdue"
    )


def test_a_canvas_begins_with_the_heading_by_which_it_is_found() -> None:
    written = review_canvas(SUMMARY, ["- one"], ["- two"], NAMES)
    assert written.startswith("# Monthly review of 1 Dec 2026\n")
    assert sorted(written.split("\n")) == sorted(WHOLE.split("\n"))
    assert unsupported(written) is None


def test_ten_thousand_decisions_fit_into_a_canvas_which_says_how_many_more_there_are() -> None:
    lines = [decision_line(LINE, NAMES)] * 10_000
    written = review_canvas(SUMMARY, lines, lines, NAMES)
    assert len(written) < CANVAS_MOST + 500
    assert "more: the file that the summary's button sends holds them all." in written
    assert review_markdown(SUMMARY, lines, [], NAMES).count("\n- **PM-7/2** Drain *") == 10_000


def test_an_empty_table_is_said() -> None:
    empty = Summary(review=replace(REVIEW, learnt=""), tally=Tally(total=0, by_event={}))
    written = review_markdown(empty, [], [], NAMES)
    assert written.endswith("\n\nNothing was on the table. The review was closed at once.\n")


def test_a_line_says_the_old_words_the_risk_and_the_accepter_once() -> None:
    said = decision_line(replace(LINE, was="Drain", risk="Two fail", person="UOWNER"), NAMES)
    assert "**PM-7/2** “Drain” → “Drain" in said
    assert "accepted as a risk until 1 Jun 2027 by Ben · risk “Two fail”: Too dear" in said


def test_a_line_names_the_ticket_of_its_item_and_where_it_is() -> None:
    line = replace(LINE, ticket="SHOP-12", ticket_url="https://acme.example/SHOP-12")
    said = " · ticket SHOP-12 (https://acme.example/SHOP-12)"
    assert decision_line(line, NAMES).endswith(said)
    assert left_line(line, NAMES).endswith(said)
    assert left_line(replace(line, ticket_url=""), NAMES).endswith(" · ticket SHOP-12")
