"""Texts within a line: in a cell, after a bullet, in a heading. Their line ends become `<br>`."""

import re

from documents.own.escapes import (
    escape,
    escape_inline,
    marks,
    unescape,
    unescape_inline,
)

LINE_END = "<br>"

_LINE_ENDS = re.compile(r"(?<!\\)(?P<slashes>\\*)\n")
_WRITTEN_ENDS = re.compile(rf"(?<!\\)(?P<slashes>\\*){LINE_END}")
_START = marks(r"\A", r"[-+*](?=[ \t]|\Z)|>|#{1,6}(?=[ \t]|\Z)|`{3}|~{3}")
_PIPE = marks("", r"\|")
#: Markdown takes number signs at the end of a heading for its frame.
_FRAME = marks("", r"#+\Z")


def write_phrase(text: str) -> str:
    """Write a text to follow a bullet or a label."""
    return _on_one_line(escape_inline(escape(text, _START)))


def read_phrase(written: str) -> str:
    """Read what `write_phrase` wrote."""
    return unescape(unescape_inline(_on_its_lines(written)), _START)


def write_cell(text: str) -> str:
    """Write a text to stand in a table."""
    return escape(_on_one_line(escape_inline(text)), _PIPE)


def read_cell(written: str) -> str:
    """Read what `write_cell` wrote."""
    return unescape_inline(_on_its_lines(unescape(written, _PIPE)))


def write_title(text: str) -> str:
    """Write a text as a heading's words."""
    return escape(_on_one_line(escape_inline(text)), _FRAME)


def read_title(written: str) -> str:
    """Read what `write_title` wrote."""
    return unescape_inline(_on_its_lines(unescape(written, _FRAME)))


def _on_one_line(text: str) -> str:
    return _LINE_ENDS.sub(lambda found: found["slashes"] * 2 + LINE_END, text)


def _on_its_lines(written: str) -> str:
    def line_end(found: re.Match[str]) -> str:
        half, is_text = divmod(len(found["slashes"]), 2)
        return found[0] if is_text else found["slashes"][:half] + "\n"

    return _WRITTEN_ENDS.sub(line_end, written)
