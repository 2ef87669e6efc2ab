"""The notes: what has no place anywhere else, as many an imported document has.

They are Markdown and kept to the letter. Slack's inputs are too small for them, and a text that is
put together again must not lose the blank lines between its parts: the form remembers what stood
between each two.
"""

import json
from collections.abc import Iterator, Sequence

from blocks.forms import Opened, opened, remembered
from blocks.inputs import VALUE, field_input, text_element
from blocks.long_text import NEARLY_FULL, PART_MAX, check_fits, fits
from blocks.notices import sorry_modal
from blocks.parts import Block, View, actions, button, context, modal, section
from blocks.text import plain
from domain.postmortems import Postmortem

NOTES = "edit_notes"
OPEN_NOTES = "open_notes"
READ_NOTES = "read_notes"

_FIELD = "notes"
_SECTION_MAX = 3000
#: A window holds 100 blocks and 250 kB; letters of other scripts take up to twelve bytes.
_SECTIONS_MAX = 90
_BYTES_MAX = 200_000
#: What stood between two parts, as a letter: so many line ends, a space, or nothing.
_GAPS = {"0": "", "s": " "} | {str(ends): "\n" * ends for ends in range(1, 10)}
_PARAGRAPH = "2"
_QUOTED_MAX = 5000


def notes_section(postmortem: Postmortem, notes: str) -> list[Block]:
    """How much there is, on the card; nothing where there are none."""
    if not notes.strip():
        return []
    spoken = f"Read the notes of {postmortem.key}"
    read = button("Read", READ_NOTES, str(postmortem.id), spoken=spoken)
    return [section(f"*Notes* · {len(notes):,} characters", read)]


def notes_window(postmortem: Postmortem, notes: str) -> View:
    """All of the notes to read, as far as a window can show them."""
    texts = [text for text, _ in _parts(notes, _SECTION_MAX) if text.strip()]
    kept = _within_limits(texts)
    pages: list[Block] = [{"type": "section", "text": plain(text)} for text in kept]
    if len(kept) < len(texts):
        cut = "This is as much as a window can show. The Markdown export has all of it."
        pages.append(context(cut))
    edit = button("Edit", OPEN_NOTES, str(postmortem.id), spoken=f"Edit notes of {postmortem.key}")
    empty = [] if texts else [section("_No notes yet._")]
    return modal(f"{postmortem.key} · Notes", [*empty, *pages, actions([edit])], close="Close")


def _within_limits(texts: Sequence[str]) -> list[str]:
    kept: list[str] = []
    weight = 0
    for text in texts[:_SECTIONS_MAX]:
        weight += len(json.dumps(text))
        if weight > _BYTES_MAX:
            break
        kept.append(text)
    return kept


def notes_modal(postmortem: Postmortem, notes: str, seen: int) -> View:
    """The form that holds all of the notes."""
    if not fits([notes]):
        return sorry_modal(
            "Notes",
            f"These notes have {len(notes):,} characters, more than a form can show. "
            "All of them are kept, and the Markdown export has them.",
        )
    parts = list(_parts(notes, PART_MAX)) or [("", _PARAGRAPH)]
    texts = [text for text, _ in parts]
    if len(texts[-1]) > NEARLY_FULL:
        texts.append("")
    return modal(
        f"{postmortem.key} · Edit notes",
        [_input(number, text) for number, text in enumerate(texts, start=1)],
        callback_id=NOTES,
        submit="Save",
        metadata=Opened(postmortem_id=postmortem.id, seen=seen).metadata(
            gaps="".join(gap for _, gap in parts)
        ),
    )


def _input(number: int, text: str) -> Block:
    field = _FIELD if number == 1 else f"{_FIELD}.{number}"
    label = "Notes" if number == 1 else "Notes, continued"
    return field_input(field, label, text_element(text, multiline=True), optional=True)


def _parts(text: str, most: int) -> Iterator[tuple[str, str]]:
    """Texts of at most so many characters, each with the letter of the gap that follows it.

    A paragraph stays whole where it can, else a line, else a word.
    """
    rest = text.strip("\n")
    while len(rest) > most:
        end = _end_of_part(rest, most)
        following = rest[end:].lstrip("\n")
        ends = len(rest) - end - len(following)
        if not ends and following.startswith(" "):
            following, gap = following[1:], "s"
        else:
            gap = str(min(ends, 9))
        yield rest[:end], gap
        rest = following
    if rest:
        yield rest, _PARAGRAPH


def _end_of_part(text: str, most: int) -> int:
    for boundary in ("\n\n", "\n", " "):
        at = text.rfind(boundary, most // 2, most + 1)
        if at > 0:
            return len(text[:at].rstrip("\n"))
    return most


def read_notes(view: View) -> tuple[Opened, str]:
    """What the form was opened for, and the notes as typed, put together as they came apart.

    Raises RuleBroken on `notes` when it is more than the form could show again.
    """
    gaps = remembered(view)["gaps"]
    typed = {
        int(block_id.partition(".")[2] or 1): block[VALUE].get("value") or ""
        for block_id, block in view["state"]["values"].items()
        if block_id.partition(".")[0] == _FIELD
    }
    whole = ""
    for number in sorted(typed):
        gap = gaps[number - 2] if 1 < number <= len(gaps) + 1 else _PARAGRAPH
        text = typed[number].strip("\n")
        whole = f"{whole}{_GAPS[gap]}{text}" if whole and text else whole or text
    return opened(view), check_fits(whole, _FIELD)


def notes_in_words(notes: str) -> str:
    """The beginning of the notes, for somebody who was overtaken while changing them."""
    more = len(notes) - _QUOTED_MAX
    rest = f"\n… and {more:,} more characters, under Read on the card" if more > 0 else ""
    return f"{notes[:_QUOTED_MAX]}{rest}"
