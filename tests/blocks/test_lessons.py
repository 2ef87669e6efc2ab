"""The lessons: a form of three texts, and their first lines on the card."""

import pytest

from blocks.forms import Opened
from blocks.lessons import (
    OPEN_LESSONS,
    lessons_in_words,
    lessons_modal,
    lessons_section,
    read_lessons,
)
from blocks.limits import check_message, check_view
from domain.passages import Passage
from tests.blocks.samples import POSTMORTEM, submitted

WRITTEN = {
    Passage.WENT_WELL: "The alert named the tenant\nand more",
    Passage.WENT_WRONG: "<!channel> & so on",
    Passage.LESSONS: "One limit for all belongs to nobody",
}


@pytest.mark.parametrize("written", [{}, WRITTEN, dict.fromkeys(WRITTEN, "é" * 3000)])
def test_lessons_saved_untouched_read_back_the_same(written: dict[Passage, str]) -> None:
    view = submitted(check_view(lessons_modal(POSTMORTEM, written, 2)))

    about, read = read_lessons(view)

    assert about == Opened(postmortem_id=41, seen=2)
    assert {passage: text for passage, text in read.items() if text} == written


def test_the_card_shows_the_first_line_of_each() -> None:
    block = lessons_section(POSTMORTEM, WRITTEN)

    assert block["text"]["text"] == (
        "*Lessons*\n"
        "_What went well:_ The alert named the tenant …\n"
        "_What went wrong:_ &lt;!channel&gt; &amp; so on\n"
        "_Lessons:_ One limit for all belongs to nobody"
    )
    assert block["accessory"]["text"]["text"] == "Edit"


def test_empty_lessons_ask_for_some() -> None:
    block = lessons_section(POSTMORTEM, {Passage.LESSONS: " \n", Passage.NOTES: "old"})

    assert "None yet" in block["text"]["text"]
    assert block["accessory"] | {"text": "", "accessibility_label": ""} == {
        "type": "button",
        "text": "",
        "accessibility_label": "",
        "action_id": OPEN_LESSONS,
        "value": "41",
    }


def test_the_longest_lessons_are_a_block_that_slack_takes() -> None:
    block = lessons_section(POSTMORTEM, dict.fromkeys(WRITTEN, "&" * 3000))

    check_message({"text": "x", "blocks": [block]})
    assert len(block["text"]["text"]) < 600


def test_they_can_be_said_in_words() -> None:
    assert lessons_in_words(WRITTEN).splitlines()[2:] == [
        "What went wrong: <!channel> & so on",
        "Lessons: One limit for all belongs to nobody",
    ]
