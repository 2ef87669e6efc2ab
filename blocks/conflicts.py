"""What a person sees who saves a form after somebody else changed the same section."""

from typing import Any

from blocks.forms import with_seen
from blocks.inputs import PLACES, VALUE, preset
from blocks.parts import Block, View, divider, section
from blocks.text import mention, moment, quoted
from domain.postmortems import SectionEdit

#: Block ids of the warning, so that a second one replaces the first.
_WARNING = "changed_meanwhile"
_THEIRS_MAX = 2400


def conflict(view: View, mine: View, edit: SectionEdit, theirs: str) -> View:
    """The person's own text once more, under a warning that shows what it would replace.

    `view` is the form as it would open now, `mine` what Slack sent, `theirs` the section as it
    stands. The form then rests on that version: pressing Save again replaces it.
    """
    own = [_as_typed(block, mine) for block in mine["blocks"] if not _is_warning(block)]
    kept = ("type", "callback_id", "title", "submit", "close", "private_metadata")
    fresh = {name: view[name] for name in kept if name in view}
    return with_seen(fresh | {"blocks": [*_warning(edit, theirs), *own]}, edit.version)


def _is_warning(block: Block) -> bool:
    return str(block.get("block_id", "")).startswith(_WARNING)


def _warning(edit: SectionEdit, theirs: str) -> list[Block]:
    said = quoted(theirs, _THEIRS_MAX)
    words = (
        f":warning: *{mention(edit.edited_by)} changed the {edit.section} "
        f"{moment(edit.edited_at)}, while you had this open.* It now says:\n"
        f"{said or '_nothing: it was emptied_'}"
    )
    advice = (
        "What you typed is below, untouched. Take over what you want to keep of theirs, "
        "then press Save: yours replaces it."
    )
    return [
        section(words) | {"block_id": _WARNING},
        section(advice) | {"block_id": f"{_WARNING}.advice"},
        divider() | {"block_id": f"{_WARNING}.end"},
    ]


def _as_typed(block: Block, mine: View) -> Block:
    if block["type"] != "input":
        return block
    element = block["element"]
    state: dict[str, Any] = mine["state"]["values"].get(block["block_id"], {}).get(VALUE, {})
    return block | {"element": preset(element, state.get(PLACES[element["type"]][0]))}
