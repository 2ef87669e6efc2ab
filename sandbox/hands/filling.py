"""From what a person would say they chose to what Slack keeps of it."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from sandbox.files import File
from sandbox.hands.rich_writing import rich_text
from sandbox.inputs import MANY, VALUE_KEYS, elements
from sandbox.modals import OpenView
from sandbox.refusals import Json
from sandbox.sharing import shown_file
from sandbox.workspace import Workspace

FEEDBACK = ("positive_button", "negative_button")
#: Keys of what a page says was chosen, of which it gives one.
CHOSEN = {*VALUE_KEYS.values()}


def find_input(view: OpenView, name: str) -> tuple[Json, Json]:
    """The block of that id (or of that id up to a '.') and the element in it."""
    fillable = [pair for pair in elements(view.blocks) if pair[1].get("type") in VALUE_KEYS]
    exact = [pair for pair in fillable if pair[0]["block_id"] == name]
    found = exact or [pair for pair in fillable if pair[0]["block_id"].split(".")[0] == name]
    if len(found) != 1:
        there = ", ".join(pair[0]["block_id"] for pair in fillable)
        raise ValueError(f"The form has no one input called {name}; it has: {there}.")
    return found[0]


def fill(workspace: Workspace, view: OpenView, name: str, value: Any) -> tuple[Json, Json, Json]:
    """Put a value into one input; what stands there now comes back with block and element."""
    block, element = find_input(view, name)
    kept = {"type": element["type"], VALUE_KEYS[element["type"]]: chosen(element, value)}
    kept = as_kept(workspace, kept)
    view.values[block["block_id"]][element["action_id"]] = kept
    return block, element, kept


def type_in(workspace: Workspace, held: Json, values: Json) -> None:
    """Take over what was typed on the page, where a form or message has such an input."""
    for block_id, typed in values.items():
        for action_id, value in typed.items():
            if action_id in held.get(block_id, {}):
                held[block_id][action_id] = as_kept(workspace, value)


def as_kept(workspace: Workspace, value: Json) -> Json:
    """A value as Slack keeps it: typed rich text as a block, files as file objects."""
    if isinstance(value.get("rich_text_value"), str):
        return {**value, "rich_text_value": rich_text(value["rich_text_value"])}
    if value.get("files"):
        if not isinstance(value["files"], list):
            raise ValueError("A form holds a list of files: choose them again.")
        return {**value, "files": [shown_file(workspace, _id(one)) for one in value["files"]]}
    return value


def _id(file: object) -> str:
    """The id of a file as a page names it; nobody's when it names none."""
    return str(file.get("id")) if isinstance(file, dict) else str(file)


def keep(values: Json, block: Json, element: Json, act: Json) -> None:
    """Remember what was chosen in an element, where such an element keeps anything."""
    if act and element["type"] in VALUE_KEYS:
        kept = {"type": element["type"], **act}
        values.setdefault(block["block_id"], {})[element["action_id"]] = kept


def chosen(element: Json, value: Any) -> Any:
    """The value as Slack keeps it for this kind of element."""
    key = VALUE_KEYS[element["type"]]
    if value is None:
        return [] if key in MANY else None
    if key in MANY:
        values = value if isinstance(value, (list, tuple, set)) else [value]
        return [_one(element, key, one) for one in values]
    return _one(element, key, value)


def offered(element: Json) -> list[Json]:
    """Every option of a select, in groups or not."""
    options = list(element.get("options", []))
    for group in element.get("option_groups", []):
        options += group["options"]
    return options


def option(element: Json, value: Any) -> Json:
    """The full option object, by its value, its visible text or itself; it must be offered."""
    if "external" in element["type"]:
        return _suggested(value)
    for one in offered(element):
        if value in (one, one["value"], one["text"]["text"]):
            return one
    there = ", ".join(one["value"] for one in offered(element))
    raise ValueError(f"{value!r} is not offered; choose one of: {there}.")


def _suggested(value: Any) -> Json:
    if isinstance(value, dict) and {"text", "value"} <= value.keys():
        return value
    raise ValueError(f"{value!r} is no option: ask for some with `suggest` and choose one of them.")


def _one(element: Json, key: str, value: Any) -> Any:
    if key in ("selected_option", "selected_options"):
        return option(element, value)
    convert = CONVERT.get(element["type"])
    return convert(value) if convert else value


def _moment(value: Any) -> int:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("A date and time needs its zone: give an aware datetime.")
        return int(value.timestamp())
    return int(str(value))


def _day(value: Any) -> str:
    return (value if isinstance(value, date) else date.fromisoformat(str(value))).isoformat()


def _hour(value: Any) -> str:
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)


def _file(value: Any) -> Json:
    if isinstance(value, dict):
        return value
    return {"id": value.id if isinstance(value, File) else value}


CONVERT: dict[str, Callable[[Any], Any]] = {
    "datetimepicker": _moment,
    "datepicker": _day,
    "timepicker": _hour,
    "plain_text_input": str,
    "number_input": str,
    "file_input": _file,
}


def chosen_value(element: Json, value: Any) -> Json:
    """What an act on this element carries: nothing more for a button."""
    if element["type"] == "feedback_buttons":
        return _feedback(element, value)
    if isinstance(value, dict) and value.keys() <= CHOSEN:
        return value
    if element["type"] == "overflow":
        return {"selected_option": option(element, value)}
    if element["type"] not in VALUE_KEYS:
        return {}
    return {VALUE_KEYS[element["type"]]: chosen(element, value)}


def _feedback(element: Json, value: Any) -> Json:
    """The text and value of the thumb pressed, named by either."""
    wanted = value.get("value") if isinstance(value, dict) else value
    buttons: list[Json] = [element[key] for key in FEEDBACK]
    for one in buttons:
        if wanted in (one["value"], one["text"]["text"]):
            return {"text": one["text"], "value": one["value"]}
    there = ", ".join(one["value"] for one in buttons)
    raise ValueError(f"{wanted!r} is no such feedback; choose one of: {there}.")
