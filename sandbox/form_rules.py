"""What Slack's client checks in a form before anything is sent."""

from typing import Any

from sandbox.inputs import MANY, VALUE_KEYS
from sandbox.modals import OpenView
from sandbox.refusals import Json


def unsent_errors(view: OpenView) -> dict[str, str]:
    """Why this form cannot be sent off yet: block id -> sentence."""
    errors = {}
    for block in view.blocks:
        if block.get("type") != "input":
            continue
        element = block["element"]
        value = view.values[block["block_id"]][element["action_id"]][VALUE_KEYS[element["type"]]]
        sentence = _wrong(block, element, value)
        if sentence:
            errors[block["block_id"]] = sentence
    return errors


def _wrong(block: Json, element: Json, value: Any) -> str | None:
    if value in (None, "", []):
        return None if block.get("optional") else "Please complete this required field."
    if element["type"] == "plain_text_input":
        return _wrong_length(element, value)
    most = element.get("max_selected_items")
    if VALUE_KEYS[element["type"]] in MANY and most and len(value) > most:
        return f"Please choose at most {most}."
    return None


def _wrong_length(element: Json, value: str) -> str | None:
    if len(value) < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    if len(value) > element.get("max_length", 3000):
        return f"Please enter at most {element.get('max_length', 3000)} characters."
    return None
