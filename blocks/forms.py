"""The way back from a form: what was typed, what it was opened for, where a refusal is shown."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from blocks.inputs import PLACES, VALUE
from blocks.parts import View
from blocks.text import shorten
from domain.errors import RuleBroken

#: Longer sentences are cut: nobody reads them under an input.
REFUSAL_MAX = 2000
_WHEN = {"datepicker": date.fromisoformat, "timepicker": time.fromisoformat}


def values(view: View) -> dict[str, Any]:
    """What was typed and chosen, by field: text as `str`, days and times as such, instants in UTC.

    A text that was spread over several inputs is put together again, without the line ends after
    each part. Nothing chosen is None.
    """
    found: dict[str, Any] = {}
    for block_id in sorted(_typed(view), key=_place):
        field, value = block_id.partition(".")[0], _value(_typed(view)[block_id])
        if field in found and isinstance(value, str):
            value = "\n".join(part for part in (_part(found[field]), _part(value)) if part)
        found[field] = value
    return found


def _part(text: str) -> str:
    """Return a part of a text without the line ends after it, which would count as lines."""
    return "\n".join(text.splitlines()).rstrip("\n")


def _typed(view: View) -> dict[str, dict[str, Any]]:
    typed: dict[str, dict[str, Any]] = {
        block_id: block[VALUE]
        for block_id, block in view.get("state", {}).get("values", {}).items()
        if VALUE in block
    }
    return typed


def _place(block_id: str) -> int:
    suffix = block_id.partition(".")[2]
    return int(suffix) if suffix.isdecimal() else 1


def _value(element: dict[str, Any]) -> Any:
    kind = element["type"]
    raw = element.get(PLACES[kind][0])
    match kind:
        case "plain_text_input":
            return raw or ""
        case "static_select":
            return raw and raw["value"]
        case "checkboxes" | "multi_static_select":
            return [choice["value"] for choice in raw or []]
        case "datepicker" | "timepicker":
            return raw and _WHEN[kind](raw)
        case "datetimepicker":
            return raw and datetime.fromtimestamp(raw, UTC)
    return raw


def refusals(view: View, broken: RuleBroken) -> dict[str, str]:
    """Where and what to say when a rule refused: Slack's `errors` for this form.

    A field that this form does not have is told at its first input, so that it is told at all.
    """
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    homes = [block_id for block_id in inputs if block_id.partition(".")[0] == broken.field]
    return {_home_of_line(view, homes, str(broken)) or inputs[0]: shorten(str(broken), REFUSAL_MAX)}


def _home_of_line(view: View, homes: Sequence[str], sentence: str) -> str:
    """Of the inputs that share a text, the one with the line that the sentence names first."""
    named = re.match(r"Line (\d+)", sentence)
    line = int(named[1]) if named else 1
    for block_id in homes:
        lines = len(_part(_value(_typed(view)[block_id])).splitlines()) if len(homes) > 1 else line
        if line <= lines:
            return block_id
        line -= lines
    return homes[0] if homes else ""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What a form was opened for: the postmortem, the section's version then, the person's zone."""

    postmortem_id: int
    seen: int = 0
    zone: str = ""

    def metadata(self, **more: Any) -> str:
        """These, and what else the form must remember, as the text that Slack hands back."""
        return json.dumps(
            {"postmortem": self.postmortem_id, "seen": self.seen, "zone": self.zone} | more
        )


def remembered(view: View) -> dict[str, Any]:
    """What the form remembered since it was opened."""
    kept: dict[str, Any] = json.loads(view["private_metadata"])
    return kept


def opened(view: View) -> Opened:
    """What the form was opened for."""
    kept = remembered(view)
    return Opened(postmortem_id=kept["postmortem"], seen=kept["seen"], zone=kept["zone"])


def with_seen(view: View, seen: int) -> View:
    """The same form, opened anew on top of version `seen` of its section."""
    return view | {"private_metadata": json.dumps(remembered(view) | {"seen": seen})}
