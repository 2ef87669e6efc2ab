"""What `closedloop doctor` found, one thing a line, and how it is printed."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from bot.terminal import printable


class State(StrEnum):
    """How a thing is."""

    OK = "ok"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was looked at; of one that is wrong `says` tells how it is mended."""

    about: str
    state: State
    says: str


def ok(about: str, says: str) -> Finding:
    """It is as it should be."""
    return Finding(about=about, state=State.OK, says=says)


def note(about: str, says: str) -> Finding:
    """It does no harm as it is; whoever wants more reads how."""
    return Finding(about=about, state=State.NOTE, says=says)


def wrong(about: str, says: str) -> Finding:
    """It keeps something from working."""
    return Finding(about=about, state=State.WRONG, says=says)


def is_well(found: Sequence[Finding]) -> bool:
    """Whether nothing is wrong."""
    return all(each.state is not State.WRONG for each in found)


def as_json(found: Sequence[Finding]) -> str:
    """The same as a program reads it."""
    told = {"well": is_well(found), "checks": [asdict(each) for each in found]}
    return json.dumps(told, ensure_ascii=False, indent=2)


def as_table(found: Sequence[Finding]) -> str:
    """A line for each, and a sentence at the end."""
    first = max(len(each.state) for each in found)
    second = max(len(printable(each.about)) for each in found)
    lines = [
        f"{each.state:<{first}}  {printable(each.about):<{second}}  {printable(each.says)}"
        for each in found
    ]
    return "\n".join([*lines, "", _summary(found)])


def _summary(found: Sequence[Finding]) -> str:
    number = Counter(each.state for each in found)[State.WRONG]
    if not number:
        return "All is well."
    return f"{number} of {len(found)} {'is' if number == 1 else 'are'} wrong."
