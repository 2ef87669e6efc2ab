"""What a person sees who saves a form after somebody else changed the same section."""

from collections.abc import Sequence
from typing import Any

from blocks.forms import with_seen
from blocks.inputs import PLACES, VALUE, preset
from blocks.parts import Block, View, divider, section
from blocks.text import escape, mention, moment, quoted
from domain.postmortems import SectionEdit

#: Block ids of the warning, so that a second one replaces the first.
_WARNING = "changed_meanwhile"
#: What one section quotes, escaped (a section holds 3,000 characters), and how many there are:
#: fewer than the blocks a view holds beside the longest form's own.
_QUOTE_MAX = 2700
_QUOTES_MAX = 40


def conflict(view: View, mine: View, edit: SectionEdit, theirs: str) -> View:
    """The person's own text once more, under a warning that shows what it would replace.

    `view` is the form as it would open now, `mine` what Slack sent, `theirs` the section as it
    stands. The form then rests on that version: pressing Save again replaces it.
    """
    own = [as_typed(block, mine) for block in mine["blocks"] if not _is_warning(block)]
    return with_seen(shown_again(view, [*_warning(edit, theirs), *own]), edit.version)


def shown_again(view: View, blocks: Sequence[Block]) -> View:
    """The form with these blocks, without what only Slack may say of a view."""
    kept = ("type", "callback_id", "title", "submit", "close", "private_metadata")
    return {name: view[name] for name in kept if name in view} | {"blocks": list(blocks)}


def _is_warning(block: Block) -> bool:
    return str(block.get("block_id", "")).startswith(_WARNING)


def _warning(edit: SectionEdit, theirs: str) -> list[Block]:
    words = (
        f":warning: *{mention(edit.edited_by)} changed the {edit.section} "
        f"{moment(edit.edited_at)}, while you had this open.* It now says:"
    )
    quotes, hidden = _quotes(theirs)
    more = f"There are {hidden} more lines: close this form to see them all. " if hidden else ""
    advice = (
        f"{more}What you typed is below, untouched. Take over what you want to keep of theirs, "
        "then press Save: yours replaces it."
    )
    blocks = [section(words), *map(section, quotes), section(advice), divider()]
    return [
        block | {"block_id": f"{_WARNING}.{number}"} for number, block in enumerate(blocks, start=1)
    ]


def _quotes(theirs: str) -> tuple[list[str], int]:
    """All of it, in as many quotations as it takes; and how many lines are left out even so."""
    lines = [line for line in theirs.splitlines() if line.strip()]
    quotes: list[list[str]] = [[]]
    weight = 0
    for line in lines:
        weight += len(escape(line)) + 5
        if weight > _QUOTE_MAX and quotes[-1]:
            quotes.append([])
            weight = len(escape(line)) + 5
        quotes[-1].append(line)
    shown = quotes[:_QUOTES_MAX]
    said = [quoted("\n".join(each), _QUOTE_MAX + 200) for each in shown if each]
    hidden = sum(map(len, quotes[_QUOTES_MAX:]))
    return said or ["_nothing: it was emptied_"], hidden


def as_typed(block: Block, mine: View) -> Block:
    """The block, an input holding what was typed or chosen in it when Slack sent `mine`."""
    if block["type"] != "input":
        return block
    element = block["element"]
    state: dict[str, Any] = mine["state"]["values"].get(block["block_id"], {}).get(VALUE, {})
    chosen = state.get(PLACES[element["type"]][0])
    return block | {"element": preset(element, _as_offered(element, chosen))}


def _as_offered(element: Block, chosen: Any) -> Any:
    """The element's own options instead of Slack's echo of them, which need not be the same.

    Slack refuses an initial option that differs from the one offered, be it by a description.
    """
    offered = {choice["value"]: choice for choice in element.get("options", [])}
    match element["type"]:
        case "static_select":
            return chosen and offered.get(chosen["value"])
        case "checkboxes" | "multi_static_select":
            return [offered[one["value"]] for one in chosen or [] if one["value"] in offered]
    return chosen
