"""Texts of many lines, as paragraphs: their Markdown stays, as far as it stays in its place.

Lists, tables, smaller headings and closed code are left as they are. What would end the section,
reach beyond it or act in a reader's browser becomes text.
"""

from collections.abc import Sequence

from documents.own.escapes import (
    escape,
    escape_inline,
    marks,
    unescape,
    unescape_inline,
)
from documents.own.fences import fenced, is_blank

#: Two spaces at the end of a line that another one follows: Markdown would make one line of them.
BREAK = "  "

_STRUCTURE = marks(r"\A {0,3}", r"#{1,6}(?=[ \t]|\Z)|`{3}|~{3}|=+(?=[ \t]*\Z)|-+(?=[ \t]*\Z)")


def write_prose(text: str, deepest: int = 2) -> list[str]:
    """Write a text as lines; headings in it that are no smaller than `deepest` become text."""
    raw = text.split("\n")
    code = fenced(raw)
    outside = [at for at in range(len(raw)) if at not in code]
    kept = [_structure(raw[at], raw[at - 1] if at else "", deepest) for at in outside]
    lines = dict(zip(outside, escape_inline("\n".join(kept)).split("\n"), strict=False))
    for at in code:
        lines[at] = escape_inline(escape(raw[at], _STRUCTURE, live=True), live=True)
    return [
        lines[at] + (BREAK if at not in code and _goes_on(raw, at) else "")
        for at in range(len(raw))
    ]


def read_prose(lines: Sequence[str]) -> str:
    """Read the text that `write_prose` wrote as these lines."""
    code = fenced(lines)
    broken = (
        line.removesuffix(BREAK) if at not in code and _goes_on(lines, at) else line
        for at, line in enumerate(lines)
    )
    return "\n".join(unescape(unescape_inline(line), _STRUCTURE) for line in broken)


def _goes_on(lines: Sequence[str], at: int) -> bool:
    """Whether a line and the one after it would be read as one."""
    return at + 1 < len(lines) and not is_blank(lines[at]) and not is_blank(lines[at + 1])


def _structure(line: str, before: str, deepest: int) -> str:
    found = _STRUCTURE.match(line)
    if found is None:
        return line
    mark = found["mark"]
    harmless = len(mark) > deepest if mark[0] == "#" else mark[0] == "-" and is_blank(before)
    return escape(line, _STRUCTURE, live=harmless)
