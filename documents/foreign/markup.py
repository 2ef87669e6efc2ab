"""Tables, lists and headings that wikis leave in HTML, as the Markdown that they would be."""

import re
from collections.abc import Iterator

from documents.foreign.markup_reader import read_markup
from documents.own.fences import fenced

_FRAME = re.compile(
    r"<(?P<end>/?)(?:table|ul|ol|ac:task-list)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^ {0,3}<h([1-6])\b[^<>\n]*>([^\n]*?)</h\1>[ ]*$", re.MULTILINE | re.I)
_PARAGRAPH = re.compile(r"^ {0,3}<p\b[^<>\n]*>([^\n]*?)</p>[ ]*$", re.MULTILINE | re.I)


def as_markdown(text: str) -> str:
    """The page with those in Markdown; no word is lost.

    What stands in fenced code, or does not begin on a line of its own, stays as it is.
    """
    if "<" not in text:
        return text
    pieces, at = [], 0
    for first, end in _framed(text):
        pieces += [_in_lines(text[at:first]), f"\n{read_markup(text[first:end])}\n"]
        at = end
    return "".join([*pieces, _in_lines(text[at:])])


def _in_lines(text: str) -> str:
    """The headings and paragraphs that fill a line each."""
    headed = _HEADING.sub(lambda found: f"\n{'#' * int(found[1])} {found[2]}\n", text)
    return _PARAGRAPH.sub(r"\n\1\n", headed)


def _framed(text: str) -> Iterator[tuple[int, int]]:
    """Where the outermost tables and lists begin and end."""
    code = _in_code(text)
    depth, first = 0, 0
    for found in _FRAME.finditer(text):
        line = text.rfind("\n", 0, found.start()) + 1
        is_first = not text[line : found.start()].strip() and line not in code
        if depth or (is_first and not found["end"]):
            first = first if depth else found.start()
            depth += -1 if found["end"] else 1
            if not depth:
                yield first, found.end()


def _in_code(text: str) -> set[int]:
    """Where the lines of fenced code begin."""
    lines = text.split("\n")
    code, at, begins = fenced(lines), 0, set()
    for number, line in enumerate(lines):
        begins.update({at} if number in code else ())
        at += len(line) + 1
    return begins
