"""What Slack's client checks in a form before anything is sent."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from sandbox.inputs import MANY, VALUE_KEYS, every_block, state_values
from sandbox.modals import OpenView
from sandbox.refusals import Json

REQUIRED = "Please complete this required field."
#: docs.slack.dev, "Plain-text input": `max_length` is 3000 where a view states none.
LONGEST_TEXT = 3000
#: docs.slack.dev, "File input": `max_files` is 10 where a view states none.
MOST_FILES = 10
NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)\s*")
EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def unsent_errors(view: OpenView) -> dict[str, str]:
    """Why this form cannot be sent off yet: block id -> sentence."""
    errors = {}
    for block in every_block(view.blocks):
        if block.get("type") != "input":
            continue
        element = block["element"]
        value = view.values[block["block_id"]][element["action_id"]][VALUE_KEYS[element["type"]]]
        sentence = _wrong(block, element, value)
        if sentence:
            errors[block["block_id"]] = sentence
    return errors


def why_not_sent(view: OpenView) -> str | None:
    """Why there is no button to press, in a sentence; None when there is one."""
    if not view.content.get("submit"):
        return "This form has no button that sends it: close it, or use the buttons in it."
    # docs.slack.dev, "Modal views": disabled "until the user has completed one or more inputs".
    if view.content.get("submit_disabled") and view.values == _as_it_came(view):
        return "This form cannot be sent as it came: change something in it first."
    return None


def _as_it_came(view: OpenView) -> Json:
    return state_values(view.blocks, {}, view.channel)


def _wrong(block: Json, element: Json, value: Any) -> str | None:
    if value in (None, "", []):
        return None if block.get("optional") else REQUIRED
    rule = RULES.get(element["type"])
    if rule:
        return rule(element, value)
    most = element.get("max_selected_items")
    if VALUE_KEYS[element["type"]] in MANY and most and len(value) > most:
        return f"Please choose at most {most}."
    return None


def _length(element: Json, text: str) -> str | None:
    longest = element.get("max_length", LONGEST_TEXT)
    if len(text) < element.get("min_length", 0):
        least = element["min_length"]
        return f"Please enter at least {least} characters; there are {len(text)}."
    if len(text) > longest:
        return f"Please shorten this to {longest} characters; there are {len(text)}."
    return None


def _number(element: Json, text: str) -> str | None:
    if not NUMBER.fullmatch(text):
        return "Please enter a number."
    number = float(text)
    if not element.get("is_decimal_allowed") and not number.is_integer():
        return "Please enter a whole number."
    if number < float(element.get("min_value", "-inf")):
        return f"Please enter a number of at least {element['min_value']}."
    if number > float(element.get("max_value", "inf")):
        return f"Please enter a number of at most {element['max_value']}."
    return None


def _email(_element: Json, text: str) -> str | None:
    return None if EMAIL.fullmatch(text) else "Please enter a valid email address."


def _url(_element: Json, text: str) -> str | None:
    try:
        parts = urlsplit(text)
    except ValueError:  # a bracket that is never closed, for one
        parts = urlsplit("")
    good = parts.scheme and (parts.netloc or parts.path) and " " not in text
    return None if good else "Please enter a valid URL, with https:// in front."


def _files(element: Json, files: list[Json]) -> str | None:
    most = element.get("max_files", MOST_FILES)
    if len(files) > most:
        return f"Please attach at most {most} {'file' if most == 1 else 'files'}."
    kinds = [str(one).lower() for one in element.get("filetypes", [])]
    names = [str(one.get("name", "")) for one in files]
    wrong = [name for name in names if name.rpartition(".")[2].lower() not in kinds]
    if kinds and wrong:
        return f"Please attach only files of these kinds: {', '.join(kinds)}. Not {wrong[0]}."
    return None


RULES: dict[str, Callable[[Json, Any], str | None]] = {
    "plain_text_input": _length,
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _url,
    "file_input": _files,
}
