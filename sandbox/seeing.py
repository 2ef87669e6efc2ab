"""What can be read on a screen: the visible text of blocks, and the elements one can click."""

from collections.abc import Iterator
from typing import Any

from sandbox.inputs import elements
from sandbox.refusals import Json

#: Elements that are only pressed; what they say of themselves is their value.
BUTTONS = {"button", "icon_button"}
#: Keys of a block that are never shown.
UNSEEN = {"block_id", "action_id", "value", "type", "url", "image_url", "style", "confirm"}


def visible_text(thing: Any) -> str:
    """All words of some blocks, line by line."""
    return "\n".join(visible_words(thing))


def visible_words(thing: Any) -> Iterator[str]:
    """Every piece of text that some blocks show."""
    if isinstance(thing, str):
        yield thing
        return
    if isinstance(thing, dict):
        thing = [value for key, value in thing.items() if key not in UNSEEN]
    if isinstance(thing, list):
        for one in thing:
            yield from visible_words(one)


def labels(element: Json) -> set[str]:
    """What stands on a button or in an empty select; two things on feedback buttons."""
    shown = [element.get("text") or element.get("placeholder")]
    shown += [element.get(key, {}).get("text") for key in ("positive_button", "negative_button")]
    return {str(words["text"]) for words in shown if words}


def find_clickable(
    blocks: list[Json],
    text: str | None,
    action_id: str | None,
    block_id: str | None = None,
    value: object = None,
) -> tuple[Json, Json] | None:
    """The block and element one would click: by block id, action id or visible text.

    A `value` tells buttons apart that read the same; to other elements it is what is chosen there.
    """
    for block, element in elements(blocks):
        there = block_id in (None, block["block_id"])
        if there and _is_named(element, text, action_id) and _is_valued(element, value):
            return block, element
    return None


def _is_named(element: Json, text: str | None, action_id: str | None) -> bool:
    if action_id is not None:
        return bool(element.get("action_id") == action_id)
    return text is not None and text in labels(element)


def _is_valued(element: Json, value: object) -> bool:
    return value is None or element.get("type") not in BUTTONS or element.get("value") == value
