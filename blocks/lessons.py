"""The lessons: what went well, what went wrong, and what follows from it for others."""

from collections.abc import Mapping

from blocks.card_sections import edit_button
from blocks.forms import Opened, opened, values
from blocks.inputs import field_input, text_element
from blocks.parts import Block, View, modal, section
from blocks.room import ROOMY, Room
from blocks.text import one_line, shown
from domain.passages import Passage, Passages
from domain.postmortems import TEXT_MAX, Postmortem

LESSONS = "edit_lessons"
OPEN_LESSONS = "open_lessons"

#: The form's field for each passage.
FIELDS: Mapping[Passage, str] = {
    Passage.WENT_WELL: "went_well",
    Passage.WENT_WRONG: "went_wrong",
    Passage.LESSONS: "lessons",
}
_LABELS = {
    Passage.WENT_WELL: "What went well?",
    Passage.WENT_WRONG: "What went wrong?",
    Passage.LESSONS: "What have we learned?",
}
_EXAMPLES = {
    Passage.WENT_WELL: "The alert named the tenant, so nobody had to search",
    Passage.WENT_WRONG: "The status page said that all was well for half an hour",
    Passage.LESSONS: "A limit that is shared by everybody belongs to nobody",
}


def lessons_modal(postmortem: Postmortem, written: Passages, seen: int) -> View:
    """The form of the lessons."""
    return modal(
        f"{postmortem.key} · Lessons",
        [_input(passage, written.get(passage, "")) for passage in FIELDS],
        callback_id=LESSONS,
        submit="Save",
        metadata=Opened(postmortem_id=postmortem.id, seen=seen).metadata(),
    )


def _input(passage: Passage, text: str) -> Block:
    element = text_element(text, most=TEXT_MAX, multiline=True, placeholder=_EXAMPLES[passage])
    return field_input(FIELDS[passage], _LABELS[passage], element, optional=True)


def read_lessons(view: View) -> tuple[Opened, Passages]:
    """What the form was opened for, and each text as typed."""
    typed = values(view)
    return opened(view), {
        passage: typed.get(field, "").strip() for passage, field in FIELDS.items()
    }


def lessons_section(postmortem: Postmortem, written: Passages, room: Room = ROOMY) -> Block:
    """The first line of each on the card."""
    there = [passage for passage in FIELDS if written.get(passage, "").strip()]
    accessory = edit_button(postmortem, OPEN_LESSONS, "the lessons", empty=not there)
    if not there:
        empty = "*Lessons*\n_None yet. What went well, what went wrong, what should others know?_"
        return section(empty, accessory)
    lines = (f"_{each.capitalize()}:_ {_first_line(written[each], room.line)}" for each in there)
    return section("\n".join(["*Lessons*", *lines]), accessory)


def _first_line(text: str, most: int) -> str:
    first, *rest = (line for line in text.splitlines() if line.strip())
    more = " …" if rest else ""
    return f"{shown(one_line(first), most)}{more}"


def lessons_in_words(written: Passages) -> str:
    """All of them as plain text, for somebody who was overtaken while changing them."""
    there = [passage for passage in FIELDS if written.get(passage, "").strip()]
    return "\n".join(f"{passage.capitalize()}: {written[passage]}" for passage in there)
