"""Short lists of labelled values: `- **Owner:** Ana (U012ABC)`."""

import re
from collections.abc import Mapping, Sequence

from documents.own.phrases import read_phrase, write_phrase
from documents.own.unreadable import Unreadable

_LINE = re.compile(r"\s*- \*\*(?P<label>[^*:]+):\*\*(?: (?P<value>.*))?")


def write_labelled(values: Mapping[str, str], indent: str = "") -> list[str]:
    """Write a line for each value that is not empty."""
    return [
        f"{indent}- **{label}:** {write_phrase(value)}" for label, value in values.items() if value
    ]


def read_labelled(lines: Sequence[str], labels: Sequence[str]) -> dict[str, str]:
    """Read the values of these labels, empty where there is none; Unreadable for anything else."""
    values = dict.fromkeys(labels, "")
    for line in lines:
        found = _LINE.fullmatch(line)
        if found is None or found["label"] not in values:
            raise Unreadable(f"{line!r} is none of {', '.join(labels)}")
        values[found["label"]] = read_phrase((found["value"] or "").strip())
    return values
