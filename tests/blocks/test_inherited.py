"""Inherited lines: on the table of a review, in the forms that decide them, and on a card."""

from dataclasses import replace
from typing import Any

import pytest

from blocks.accepted_risks import read_risk
from blocks.action_items import read_item
from blocks.forms import opened
from blocks.inherited import inherited_blocks
from blocks.inherited_cards import ACCEPT_LINE, line_card, line_outcome
from blocks.inherited_forms import (
    LineDraft,
    accept_modal,
    adopt_modal,
    drop_modal,
    entry_in,
    read_reason,
)
from blocks.limits import check_message, check_view
from blocks.parts import View
from domain.accepted_risks import REASON_MAX
from domain.action_items import WHAT_MAX
from domain.inherited import LINE_MAX, Inheritance, InheritedLine, LineState
from tests.blocks.samples import FACTOR, POSTMORTEM, PROGRAMME, STARTED, TODAY, submitted
from tests.domain.test_inherited import of, origin

LINES = of(origin(9, channel="C9"), origin(3))
PRIVATE = of(origin(9, is_private=True, channel="C9"), origin(3))
HOSTILE = ["<!channel>", "&", "> \n", "🔥", "x"]


def draft(lines: Inheritance) -> LineDraft:
    return LineDraft(
        entry_id=5,
        lines=lines,
        home=POSTMORTEM,
        programme=PROGRAMME,
        today=TODAY,
        factors=[FACTOR],
    )


def saying(text: str, lines: Inheritance = LINES, **other: Any) -> Inheritance:
    return replace(lines, line=InheritedLine(text=text, **other))


def decided(state: LineState, lines: Inheritance = LINES, reason: str = "PM-9/1") -> Inheritance:
    of_whom = {"decided_by": "U1ANA", "decided_at": STARTED}
    return saying("Add a canary", lines, state=state, reason=reason, **of_whom)


def words_of(blocks: list[dict[str, Any]]) -> str:
    return "\n".join(str(block.get("text", {}).get("text", "")) for block in blocks)


def test_a_card_says_what_of_which_postmortems_and_offers_three_ways() -> None:
    said, told, buttons = line_card(LINES, 5)
    assert "An imported document asked for this" in str(told)
    assert said["text"]["text"].splitlines() == [
        ":scroll: *Inherited line* of *PM-3* and *PM-9* (<#C9>)",
        ">Add a canary",
    ]
    labels = [each["text"]["text"] for each in buttons["elements"]]
    assert labels == ["Adopt", "Accept as a risk", "Drop"]
    assert {each["value"] for each in buttons["elements"]} == {"5"}


def test_a_private_line_shows_no_words_and_no_channel() -> None:
    words = words_of(line_card(PRIVATE, 5))
    assert "canary" not in words
    assert "<#C9>" not in words
    assert "of *PM-3* and *PM-9*\nPrivate line" in words


@pytest.mark.parametrize("letter", HOSTILE)
def test_a_line_of_any_letters_is_a_card_that_slack_takes(letter: str) -> None:
    lines = saying((letter * LINE_MAX)[:LINE_MAX])
    card = check_message({"text": "line", "blocks": line_card(lines, 5)})
    assert "<!channel>" not in words_of(card["blocks"])


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (LineState.ADOPTED, ":inbox_tray: “Add a canary” of {} adopted as *PM-9/1* by <@U1ANA>"),
        (
            LineState.ACCEPTED,
            ":scales: “Add a canary” of {} accepted as a risk by <@U1ANA>: PM-9/1",
        ),
        (LineState.DROPPED, ":wastebasket: “Add a canary” of {} dropped by <@U1ANA>: PM-9/1"),
    ],
)
def test_a_decided_line_is_one_line(state: LineState, said: str) -> None:
    assert line_outcome(decided(state)) == said.format("PM-3 and PM-9")


def test_a_decided_private_line_keeps_its_words_and_its_reason() -> None:
    dropped = line_outcome(decided(LineState.DROPPED, PRIVATE, "secret"))
    assert dropped == ":wastebasket: Private line of PM-3 and PM-9 dropped by <@U1ANA>"
    adopted = line_outcome(decided(LineState.ADOPTED, PRIVATE))
    assert adopted.endswith("adopted as *PM-9/1* by <@U1ANA>")


def test_adopting_holds_the_words_and_reads_back_as_an_item() -> None:
    view = submitted(check_view(adopt_modal(draft(LINES))))
    request = read_item(view)
    assert (request.what, request.item_id, request.postmortem_id) == ("Add a canary", None, 41)
    assert entry_in(view) == 5


def test_whoever_finds_no_owner_goes_on_to_accept_the_same_line() -> None:
    [row] = [each for each in adopt_modal(draft(LINES))["blocks"] if each["type"] == "actions"]
    assert [(each["action_id"], each["value"]) for each in row["elements"]] == [(ACCEPT_LINE, "5")]


def test_accepting_says_what_nobody_is_going_to_do() -> None:
    view = submitted(check_view(accept_modal(draft(LINES))))
    assert read_risk(view).reason == "Nobody owns this change: Add a canary"
    assert (read_risk(view).risk, entry_in(view), opened(view).postmortem_id) == ("", 5, 41)


@pytest.mark.parametrize("letter", HOSTILE)
@pytest.mark.parametrize("draw", [adopt_modal, accept_modal, drop_modal])
def test_a_line_of_any_letters_fits_into_each_form(draw: Any, letter: str) -> None:
    view: View = check_view(draw(draft(saying((letter * LINE_MAX)[:LINE_MAX]))))
    for block in (each for each in view["blocks"] if each["type"] == "input"):
        element = block["element"]
        assert len(element.get("initial_value", "")) <= element.get("max_length", WHAT_MAX)


def test_dropping_asks_why_and_of_a_private_line_says_nothing() -> None:
    view = check_view(drop_modal(draft(PRIVATE)))
    assert "canary" not in words_of(view["blocks"])
    assert "canary" in words_of(drop_modal(draft(LINES))["blocks"])
    assert read_reason(submitted(view)) == ""
    assert view["blocks"][-1]["element"]["max_length"] == REASON_MAX


def test_a_card_shows_what_waits_first_and_what_became_of_the_rest() -> None:
    gone = decided(LineState.DROPPED, reason="shut down").line
    waits = [InheritedLine(text=f"Line {number}") for number in range(2)]
    [said] = inherited_blocks([gone, *waits])
    assert said["text"]["text"].splitlines() == [
        "*Inherited lines* · 2 to be decided at the next monthly review, 1 dropped",
        "•  Line 0",
        "•  Line 1",
        "•  Add a canary · dropped by <@U1ANA>: shut down",
    ]
    assert inherited_blocks([]) == []


def test_a_form_says_in_which_postmortem_the_answer_is_kept() -> None:
    adopting, accepting, dropping = (
        words_of(draw(draft(LINES))["blocks"]) for draw in (adopt_modal, accept_modal, drop_modal)
    )
    assert "of *PM-3 and PM-9*:\n>Add a canary\nThe action item will belong to *PM-7*." in adopting
    assert "The accepted risk will be recorded in *PM-7*." in accepting
    assert "PM-7" not in dropping
