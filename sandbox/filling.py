"""From what a person would say they chose to what Slack keeps of it."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from sandbox.inputs import MANY, VALUE_KEYS, elements
from sandbox.modals import OpenView
from sandbox.refusals import Json


def find_input(view: OpenView, name: str) -> tuple[Json, Json]:
    """Give the block of that id (or of that id up to a '.') and the element in it."""
    fillable = [pair for pair in elements(view.blocks) if pair[1].get("type") in VALUE_KEYS]
    exact = [pair for pair in fillable if pair[0]["block_id"] == name]
    found = exact or [pair for pair in fillable if pair[0]["block_id"].split(".")[0] == name]
    if len(found) != 1:
        there = ", ".join(pair[0]["block_id"] for pair in fillable)
        raise ValueError(f"The form has no one input called {name}; it has: {there}.")
    return found[0]


def fill(view: OpenView, name: str, value: Any) -> tuple[Json, Json, Json]:
    """Put a value into one input; what stands there now comes back with block and element."""
    block, element = find_input(view, name)
    key = VALUE_KEYS[element["type"]]
    kept = {"type": element["type"], key: chosen(element, value)}
    view.values[block["block_id"]][element["action_id"]] = kept
    return block, element, kept


def keep(values: Json, block: Json, element: Json, act: Json) -> None:
    """Remember what was chosen in an element, where such an element keeps anything."""
    if act and element["type"] in VALUE_KEYS:
        kept = {"type": element["type"], **act}
        values.setdefault(block["block_id"], {})[element["action_id"]] = kept


def chosen(element: Json, value: Any) -> Any:
    """Give the value as Slack keeps it for this kind of element."""
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
    """Give the full option object, by its value, its visible text or itself; it must be offered."""
    for one in offered(element):
        if value in (one, one["value"], one["text"]["text"]):
            return one
    there = ", ".join(one["value"] for one in offered(element))
    raise ValueError(f"{value!r} is not offered; choose one of: {there}.")


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
    return int(value)


def _day(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else date.fromisoformat(value).isoformat()


def _hour(value: Any) -> str:
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)


CONVERT: dict[str, Callable[[Any], Any]] = {
    "datetimepicker": _moment,
    "datepicker": _day,
    "timepicker": _hour,
    "plain_text_input": str,
    "number_input": str,
}


def chosen_value(element: Json, value: Any) -> Json:
    """Give what an act on this element carries: nothing more for a button."""
    if isinstance(value, dict) and any(key.startswith("selected_") for key in value):
        return value
    if element["type"] == "overflow":
        return {"selected_option": option(element, value)}
    if element["type"] not in VALUE_KEYS:
        return {}
    return {VALUE_KEYS[element["type"]]: chosen(element, value)}
