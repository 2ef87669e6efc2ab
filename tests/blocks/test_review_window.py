"""The window of `/postmortem review`, and the form in it that begins one."""

from dataclasses import replace
from datetime import UTC, date, datetime

from blocks.limits import check_view
from blocks.parts import View
from blocks.review_window import (
    BeginRequest,
    Idle,
    called_window,
    idle_window,
    read_begin,
    under_way_window,
)
from domain.review_calendar import Held
from domain.reviews import Counts, Review, Why
from tests.blocks.samples import submitted

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
REVIEW = Review(
    workspace="T1",
    facilitator="U1",
    called_by="",
    called_at=NOW,
    due_at=NOW,
    due_on=date(2026, 12, 1),
    channel="C1",
    id=5,
)
HELD = Held(due_on=date(2026, 12, 1), due_at=NOW, channel="C1")
IDLE = Idle(held=HELD, cadence="on the first Tuesday", counts={Why.OPEN: 2}, channel="C2")
REFUSAL = "Ask <!channel> first."


def words(view: View) -> str:
    return str(check_view(view)["blocks"])


def test_under_way_it_says_how_far_and_what_is_owed() -> None:
    counts = Counts(by_why={Why.OVERDUE: 14}, settled=4, shown=5, owed=2)
    begun = replace(REVIEW, started_at=NOW)
    said = words(under_way_window(begun, counts, "https://x.slack.com/archives/C1/p1"))
    assert "4 of 14 decided.\\n*2 must still be decided*" in said
    assert "<https://x.slack.com/archives/C1/p1|Go to its thread>" in said
    assert "thread" not in words(under_way_window(begun, replace(counts, owed=0), ""))


def test_one_that_is_called_can_be_begun() -> None:
    view = check_view(called_window(REVIEW, {Why.OPEN: 2, Why.LINE: 1}, ""))
    said = "On that day 3 things will be on its table if nothing is decided before: 2 items (2 open"
    assert said in words(view)
    read = read_begin(submitted(view))
    assert read == BeginRequest(review_id=5, channel="C1", facilitator="U1")


def test_whoever_may_not_begin_it_reads_why_and_has_no_form() -> None:
    for view in (called_window(REVIEW, {}, REFUSAL), idle_window(replace(IDLE, refusal=REFUSAL))):
        assert "submit" not in view
        assert "Ask &lt;!channel&gt; first." in words(view)


def test_while_none_is_called_one_can_be_begun() -> None:
    view = check_view(idle_window(replace(IDLE, suggested="U3")))
    assert read_begin(submitted(view)) == BeginRequest(
        review_id=None, channel="C2", facilitator="U3"
    )
    assert "on the first Tuesday" in words(view)
    assert "A review begun today would walk 2 items (2 open)." in words(view)
    assert "Begun now, it is held in <#C2>" in words(view)


def test_without_a_channel_it_says_where_to_name_one() -> None:
    assert "Nobody has said in which channel" in words(idle_window(replace(IDLE, held=None)))
