"""A text longer than one input holds, spread over several and put together again.

Slack lets a person type 3,000 characters into an input. Each part is filled to 2,500 at most, so
that every one has room to grow, and a nearly full last part is followed by an empty one.
"""

import json
from collections.abc import Sequence

from blocks.inputs import field_input, text_element
from blocks.parts import Block
from domain.errors import RuleBroken

PART_MAX = 2500
NEARLY_FULL = 1500
#: Slack refuses a view of more than 250 kB (docs.slack.dev/reference/methods/views.open:
#: `view_too_large`) or 100 blocks. Measured as JSON, where a letter may take six bytes, and so
#: that parts cut short at a line of 1,000 characters stay below 100. What is read may grow a
#: little when it is shown again: times get their day.
READ_MAX = 120_000
SHOWN_MAX = 130_000


def fits(lines: Sequence[str]) -> bool:
    """Whether a form can show all of these lines."""
    return len(json.dumps("\n".join(lines))) <= SHOWN_MAX


def check_fits(text: str, field: str) -> str:
    """Return the text if a form can show all of it again, or raise RuleBroken on `field`."""
    if len(json.dumps(text)) > READ_MAX:
        raise RuleBroken(
            field,
            "This is more than one form can hold. Keep the lines that explain what happened, "
            "and link to the rest.",
        )
    return text


def parts(lines: Sequence[str]) -> list[str]:
    """The lines in as few texts of at most 2,500 characters as they need; no line is broken."""
    found = [""]
    for line in lines:
        longer = f"{found[-1]}\n{line}" if found[-1] else line
        if len(longer) > PART_MAX and found[-1]:
            found.append(line)
        else:
            found[-1] = longer
    return found


def long_inputs(
    field: str,
    label: str,
    lines: Sequence[str],
    *,
    hint: str = "",
    placeholder: str = "",
    room_to_paste: bool = False,
) -> list[Block]:
    """Inputs `field`, `field.2`, `field.3` … that hold the lines, with room for more.

    With `room_to_paste` the last one is always empty.
    """
    texts = parts(lines)
    if len(texts[-1]) > NEARLY_FULL or room_to_paste:
        texts.append("")
    return [
        field_input(
            field if number == 1 else f"{field}.{number}",
            label if number == 1 else f"{label}, continued",
            text_element(text, multiline=True, placeholder=placeholder if number == 1 else ""),
            hint=hint if number == len(texts) else "",
            optional=True,
        )
        for number, text in enumerate(texts, start=1)
    ]
