"""The form that closes a monthly review, and the summary that its channel reads."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from blocks.history_words import deed_words
from blocks.limits import check_message, check_view
from blocks.review_closing import closing_modal, read_closing
from blocks.review_lines import mentioned_in
from blocks.review_summary import LINES_MOST, review_summary
from domain.action_items import HistoryEntry
from domain.decisions import Decision
from domain.review_summary import Line, OfService, Often, Old, Summary, Tally
from domain.reviews import LEARNT_MAX, Counts, Review, Why
from tests.blocks.samples import submitted

HOSTILE = "<!channel> & <@U1> " * 200
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
    closed_at=AT,
    closed_by="ULEAD",
    learnt="We promise too much.",
    id=5,
)
LINE = Line(
    key="PM-7/2",
    why=Why.OVERDUE,
    owner="UOWNER",
    position=1,
    words="Drain connections first",
    event=Decision.RESCHEDULE,
    by="UCHAIR",
    acting="facilitator",
    reason="The vendor is late",
    on=date(2027, 1, 15),
)
SUMMARY = Summary(
    review=REVIEW,
    tally=Tally(
        total=14, by_event={Decision.RESCHEDULE: 3, Decision.CANCEL: 1}, still_open=9, expired=2
    ),
    absent=["UAWAY"],
    expired=["PM-7/2", "PM-9/1"],
    often=[Often(key="PM-7/2", owner="UOWNER", words="Drain", moved=3)],
    oldest=[Old(key="PM-1/1", owner="UOWNER", words="", since=date(2026, 3, 3))],
    services=[OfService(name="checkout", total=8, still_open=5, late=2)],
)


def said(summary: Summary = SUMMARY, *lines: Line) -> str:
    message = check_message(review_summary(summary, lines or [LINE], {}))
    return "\n".join(_texts(message["blocks"]))


def _texts(blocks: list[dict[str, Any]]) -> list[str]:
    parts = [part for block in blocks for part in (block.get("text"), *block.get("elements", ()))]
    return [part["text"] for part in parts if part and isinstance(part["text"], str)]


def test_a_summary_tells_who_chaired_and_what_was_decided() -> None:
    words = said()
    assert "Chaired by <@UCHAIR>" in words
    assert "by <@ULEAD>" in words
    assert "*4 of 14 decided.* 3 moved · 1 cancelled" in words
    assert "9 items are still open. :hourglass: Expired now: PM-7/2, PM-9/1" in words
    assert "Not here: <@UAWAY>." in words
    assert (
        "• *PM-7/2* Drain connections first · moved to 15 Jan 2027 by <@UCHAIR>, chairing "
        "for <@UOWNER>: The vendor is late" in words
    )


def test_a_summary_says_what_the_programme_can_learn() -> None:
    words = said()
    assert "_Moved most often:_ *PM-7/2* Drain (<@UOWNER>), 3 times" in words
    oldest = "*PM-1/1* private item (<@UOWNER>), from an incident of 3 Mar 2026"
    assert f"_Open longest:_ {oldest}" in words
    assert "_By service:_ checkout 5 of 8 open, 2 of them overdue or expired" in words
    assert ">We promise too much." in words


def test_a_private_item_has_no_words_in_the_summary() -> None:
    words = said(SUMMARY, replace(LINE, is_private=True))
    assert "• *PM-7/2* private item · moved to 15 Jan 2027" in words
    assert "Drain connections" not in words
    assert "vendor" not in words


@pytest.mark.parametrize("number", [1, LINES_MOST, 100])
def test_the_longest_summary_fits_and_nothing_in_it_calls_anybody(number: int) -> None:
    line = replace(LINE, words=HOSTILE, reason=HOSTILE)
    long = replace(
        SUMMARY,
        review=replace(REVIEW, learnt=HOSTILE[:LEARNT_MAX]),
        tally=replace(SUMMARY.tally, by_event={Decision.RESCHEDULE: 10_000}),
        expired=[f"PM-{each}/1" for each in range(10)],
        absent=[f"U{each:010}" for each in range(500)],
        often=[Often(key="PM-7/2", owner="UOWNER", words=HOSTILE, moved=3)] * 3,
        oldest=[Old(key="PM-1/1", owner="UOWNER", words=HOSTILE, since=AT.date())] * 3,
        services=[OfService(name=HOSTILE, total=8, still_open=5, late=2)] * 5,
    )
    names = dict.fromkeys(mentioned_in(review_summary(long, [line], {})), "n" * 80)
    quiet = check_message(review_summary(long, [line] * number, names))
    assert "<!channel>" not in str(quiet)
    assert "<@" not in str(quiet)


def test_short_decisions_of_people_with_long_names_fit() -> None:
    line = replace(LINE, words="x", reason="", event=Decision.ACCEPT, person="UOWNER")
    names = dict.fromkeys(("UCHAIR", "ULEAD", "UOWNER", "UAWAY"), "n" * 80)
    message = check_message(review_summary(SUMMARY, [line] * LINES_MOST, names))
    assert str(message).count(f"accepted as a risk until 15 Jan 2027 by {'n' * 80}") > 10


def test_what_does_not_fit_into_the_message_is_counted() -> None:
    many = replace(SUMMARY, tally=replace(SUMMARY.tally, by_event={Decision.RESCHEDULE: 400}))
    assert "… and 370 more: the canvas and the file tell them all." in said(many, *[LINE] * 40)


def test_a_review_that_decided_nothing_says_no_more_than_that() -> None:
    bare = Summary(review=replace(REVIEW, learnt=""), tally=Tally(total=2, by_event={}))
    message = check_message(review_summary(bare, [], {}))
    assert message["text"] == "Monthly review of 1 Dec 2026 is closed: 0 of 2 decided."
    assert "No item is open any more." in str(message)
    assert "What was decided" not in str(message)


def test_the_form_reads_back_what_it_taught() -> None:
    counts = Counts(by_why={Why.OPEN: 3}, settled=2, shown=3, owed=0)
    view = check_view(closing_modal(replace(REVIEW, learnt="x" * LEARNT_MAX), counts))
    assert read_closing(submitted(view)) == (5, "x" * LEARNT_MAX)
    assert "2 of 3 decided. 1 is left undecided." in str(view)


@pytest.mark.parametrize(
    ("seen", "expired", "words"),
    [
        ("1", ("", ""), "for the first time"),
        ("2", ("", "yes"), "for the second time: it has expired"),
        ("3", ("yes", "yes"), "for the third time; it had expired before"),
        ("12", ("yes", "yes"), "for the 12th time; it had expired before"),
        ("22", ("yes", "yes"), "for the 22nd time; it had expired before"),
    ],
)
def test_an_items_history_says_that_a_review_saw_it_open(
    seen: str, expired: tuple[str, str], words: str
) -> None:
    changes = {"reviews_seen": ("", seen)} | ({"expired": expired} if expired[1] else {})
    entry = HistoryEntry(item_id=1, actor="", at=AT, event="reviewed", changes=changes)
    assert deed_words(entry, "U1") == f"The monthly review saw it open, {words}"


def test_what_was_left_undecided_is_named_and_then_counted() -> None:
    left = [f"PM-{each}/1" for each in range(10)]
    words = said(replace(SUMMARY, undecided=left, tally=replace(SUMMARY.tally, total=16)))
    assert "Left undecided: PM-0/1, " in words
    assert "PM-9/1 and 2 more." in words
    counts = Counts(by_why={Why.OPEN: 12}, settled=0, shown=3, owed=0)
    form = check_view(closing_modal(REVIEW, counts, left))
    assert "12 are left undecided: PM-0/1, " in str(form)
    assert "PM-9/1 and 2 more." in str(form)


def test_a_decision_says_the_old_words_and_the_risk() -> None:
    reworded = said(SUMMARY, replace(LINE, event=Decision.RESCOPE, was="Drain by <hand>"))
    assert "*PM-7/2* “Drain by &lt;hand&gt;” → “Drain connections first” · re-scoped" in reworded
    accepted = replace(LINE, event=Decision.ACCEPT, person="UCHAIR", risk="Two regions fail")
    assert "for <@UOWNER> · risk “Two regions fail”: The vendor is late" in said(SUMMARY, accepted)
