"""Lines whose time cannot be read: how people leave it open, and what to tell them."""

import re

from domain.days import NAMED_DAY

EXAMPLE = "Write 14:03 or 2:05pm UTC."

#: What may stand before a moment: a bullet, a table's pipe, a tilde.
LEAD = r"\s*+(?:[-*•](?!-)\s*+)?+(?:\|\s*+)?+(?:~\s*+)?+"  # possessive: spaces never backtrack
DAY = rf"(?P<day>today|yesterday|(?:19|20)[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}|{NAMED_DAY})"

_AFTER_DAY = rf"{LEAD}(?:{DAY}[\sT,|]+)?"
_OPEN_TIME = re.compile(
    rf"{_AFTER_DAY}(?P<said>(?:[-?xh]{{2}}|[0-9]{{1,2}}):[-?xm]{{2}})(?!\w)", re.IGNORECASE
)
_OPEN_DAY = re.compile(
    rf"{LEAD}(?P<said>(?=\S*\?)[0-9?]{{2,4}}(?:/[0-9?]{{2,4}})?(?:-[0-9?]{{2}}){{1,2}})"
)
_DAY_ALONE = re.compile(rf"{LEAD}{DAY}(?![0-9])", re.IGNORECASE)
#: `14.03` is like a clock; `4.2` is a version, and `10.20.30.40` an address.
_CLOCKLIKE = re.compile(
    rf"{_AFTER_DAY}(?P<said>[0-9]{{1,2}}(?:[:h][0-9]|\.[0-5][0-9](?!\.?[0-9]))\S{{,30}})",
    re.IGNORECASE,
)
_ZONE_OF_ALL = re.compile(r"\W*(?:all )?times (?:are )?in [\w/+:-]{1,40}\W*$", re.IGNORECASE)
_REASONS = (
    (_OPEN_TIME, "{said} leaves the time open. Write your best guess, like 14:00."),
    (_OPEN_DAY, "{said} leaves the day open. Write your best guess, like 2026-11-21 14:00."),
    (_ZONE_OF_ALL, "this is not read. Write the offset after each time: 14:03 UTC, 14:03+01:00."),
    (_CLOCKLIKE, f"{{said}} is not a time of day. {EXAMPLE}"),
    (_DAY_ALONE, "there is no time after {day}. Write your best guess, like {day} 14:00."),
)


class Unclear(ValueError):
    """A line says no instant, or more than one; the message tells what to write instead."""


def in_table(line: str) -> bool:
    """Tell whether a line was pasted from a table, whose last pipe says nothing."""
    return line.lstrip(" \t-*•").startswith("|")


def why_not(line: str) -> str:
    """Tell why a line that does not begin with a moment was not read, and what to write."""
    for pattern, reason in _REASONS:
        if found := pattern.match(line):
            return reason.format(**found.groupdict())
    if in_table(line):
        return "this row does not begin with a time. Delete it if it is the table's heading."
    return "this does not begin with a time. Write 14:03 or 2026-11-21 14:03, then what happened."
