"""The notes: shown to read, and edited without losing a line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks.conflicts import conflict
from blocks.forms import Opened
from blocks.limits import check_message, check_view
from blocks.notes import (
    OPEN_NOTES,
    READ_NOTES,
    notes_in_words,
    notes_modal,
    notes_section,
    notes_window,
    read_notes,
)
from domain.errors import RuleBroken
from domain.passages import NOTES_MAX
from tests.blocks.samples import EDIT, POSTMORTEM, submitted

PARAGRAPHS = "\n\n".join(f"Paragraph {n} says a little more than that." for n in range(900))
#: Texts whose parts end in different ways: at a paragraph, a line, a word, nowhere.
LONG = [
    PARAGRAPHS,
    "\n".join(f"- line {n}" for n in range(4000)),
    "words " * 9000 + "end",
    "x" * 40_000,
    ("# Heading\n\n" + "y" * 3000 + "\n\n\n") * 9 + "end",
    "😀" * 8000,
]


def page_texts(notes: str) -> list[str]:
    """What the window shows of the notes."""
    blocks = check_view(notes_window(POSTMORTEM, notes))["blocks"]
    return [block["text"]["text"] for block in blocks if block["type"] == "section"]


@pytest.mark.parametrize("notes", ["", "One line", "Two\n\nparagraphs & <mark-up>", *LONG])
def test_notes_saved_untouched_read_back_the_same(notes: str) -> None:
    view = submitted(check_view(notes_modal(POSTMORTEM, notes, 3)))

    assert read_notes(view) == (Opened(postmortem_id=41, seen=3), notes)


@given(st.text(alphabet="ab \n", min_size=2400, max_size=9000))
def test_no_text_loses_anything_but_a_long_run_of_blank_lines(notes: str) -> None:
    notes = re.sub(r"\n{9,}", "\n" * 9, notes.strip("\n"))
    _, read = read_notes(submitted(check_view(notes_modal(POSTMORTEM, notes, 3))))

    assert read == notes


def test_a_part_that_was_emptied_leaves_a_paragraph_between_the_others() -> None:
    view = submitted(notes_modal(POSTMORTEM, PARAGRAPHS[:7000], 3), {"notes.2": ""})
    _, read = read_notes(view)

    assert "\n\n\n" not in read
    assert read.startswith("Paragraph 0")


def test_more_than_a_form_can_show_again_is_refused() -> None:
    view = submitted(notes_modal(POSTMORTEM, "😀" * 10_000, 3), {"notes": "😀" * 3000})

    with pytest.raises(RuleBroken) as refused:
        read_notes(view)
    assert refused.value.field == "notes"


def test_notes_too_heavy_for_a_form_are_never_shown_in_part() -> None:
    view = check_view(notes_modal(POSTMORTEM, "😀" * NOTES_MAX, 3))

    assert "submit" not in view
    assert "100,000 characters" in view["blocks"][0]["text"]["text"]


def test_a_window_shows_all_of_what_people_write() -> None:
    notes = "\n\n".join(LONG[:2])
    texts = page_texts(notes)

    assert "".join("".join(texts).split()) == "".join(notes.split())


def test_a_window_that_cannot_show_all_says_where_the_rest_is() -> None:
    view = check_view(notes_window(POSTMORTEM, "😀" * NOTES_MAX))
    said = view["blocks"][-2]["elements"][0]["text"]

    assert said == "This is as much as a window can show. The Markdown export has all of it."
    assert view["blocks"][-1]["elements"][0]["action_id"] == OPEN_NOTES


def test_typed_marks_stay_as_they_are_in_the_window() -> None:
    assert page_texts("<!channel> *bold* & more") == ["<!channel> *bold* & more"]
    assert notes_window(POSTMORTEM, "a")["blocks"][0]["text"]["type"] == "plain_text"
    assert page_texts("") == ["_No notes yet._"]


def test_the_card_says_how_much_there_is_to_read() -> None:
    (block,) = notes_section(POSTMORTEM, "a" * 1200)

    assert block["text"]["text"] == "*Notes* · 1,200 characters"
    assert block["accessory"]["action_id"] == READ_NOTES
    assert notes_section(POSTMORTEM, " \n") == []
    check_message({"text": "x", "blocks": [block]})


def test_an_overtaken_form_shows_how_theirs_begin() -> None:
    mine = submitted(notes_modal(POSTMORTEM, "é" * 20_000, 3))
    said = notes_in_words("é" * 90_000)

    assert said.endswith("… and 85,000 more characters, under Read on the card")
    check_view(conflict(mine, mine, EDIT, said))
