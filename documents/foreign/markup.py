"""Tables, lists, headings and paragraphs that wikis leave in HTML, as they are in Markdown."""

import re
from collections.abc import Iterator
from itertools import accumulate

from documents.own.fences import fenced

#: Nobody's list is deeper.
DEEPEST = 20

_I = re.IGNORECASE
_FRAME = re.compile(r"<(?P<end>/?)(?P<tag>table|ul|ol|ac:task-list)(?:\s[^<>]*)?>", _I)
_HEADING = re.compile(r"^ {0,3}<h([1-6])(?:\s[^<>\n]*)?>([^\n]*?)</h\1>[ ]*$", re.MULTILINE | _I)
_PARAGRAPH = re.compile(r"^ {0,3}<p(?:\s[^<>\n]*)?>([^\n]*?)</p>[ ]*$", re.MULTILINE | _I)
_ROW = re.compile(r"<tr(?:\s[^<>]*)?>", _I)
_CELL = re.compile(r"<(?P<tag>t[dh])(?:\s[^<>]*)?>", _I)
_POINT = re.compile(r"<(?P<end>/?)(?P<tag>ul|ol|ac:task-list|li|ac:task)(?:\s[^<>]*)?>", _I)
_SAID = (
    (re.compile(r"(?:&nbsp;|\s)+"), " "),
    (re.compile(r'<a\s[^<>]*?href="(?P<to>[^"<>]*)"[^<>]*>(?P<said>[^<>]*)</a>', _I), r"[\2](\1)"),
    (re.compile(r'<time\s[^<>]*?datetime="([^"<>]*)"[^<>]*(?:/>|>\s*</time>)', _I), r"\1"),
    (re.compile(r"<ac:task-status>\s*(?:complete)\s*</ac:task-status>", _I), "[x] "),
    (re.compile(r"<ac:task-status>[^<>]*</ac:task-status>", _I), "[ ] "),
    (re.compile(r"<ac:task-(?:uu)?id>[^<>]*</ac:task-(?:uu)?id>", _I), ""),
    (re.compile(r"</?(?:strong|b)>", _I), "**"),
    (re.compile(r"</?(?:em|i)>", _I), "*"),
    (re.compile(r"</?code>", _I), "`"),
    (re.compile(r" ?(?:<br ?/?>|</?(?:p|div|li)(?: [^<>]*)?>) ?", _I), "<br>"),
    (
        re.compile(
            r"</?(?:table|t(?:head|body|foot|r|d|h)|col(?:group)?|span|time|[uo]l|ac:task[\w-]*)"
            r"(?:\s[^<>]*)?>",
            _I,
        ),
        "",
    ),
    (re.compile(r"(?:<br>){2,}"), "<br>"),
    (re.compile(r"^ ?(?:<br>)? ?| ?(?:<br>)? ?$"), ""),
)


def as_markdown(text: str) -> str:
    """The page with those in Markdown; other tags stay, and no word is lost.

    What stands in fenced code, or does not begin on a line of its own, stays as it is.
    """
    if "<" not in text:
        return text
    pieces, at = [], 0
    for first, end in _framed(text):
        markup = text[first:end]
        written = _table(markup) if markup[:6].lower() == "<table" else _list(markup)
        pieces += [_in_lines(text[at:first]), "\n", *(f"{line}\n" for line in written)]
        at = end
    return "".join([*pieces, _in_lines(text[at:])])


def _in_lines(text: str) -> str:
    """The headings and paragraphs that fill a line each."""
    headed = _HEADING.sub(lambda found: f"\n{'#' * int(found[1])} {found[2]}\n", text)
    return _PARAGRAPH.sub(r"\n\1\n", headed)


def _framed(text: str) -> Iterator[tuple[int, int]]:
    """Where the outermost tables and lists begin and end."""
    begins = _begins(text)
    depth, first = 0, 0
    for found in _FRAME.finditer(text):
        if depth or (found.start() in begins and not found["end"]):
            first = first if depth else found.start()
            depth += -1 if found["end"] else 1
            if not depth:
                yield first, found.end()


def _begins(text: str) -> set[int]:
    """Where the words of each line begin, but for fenced code."""
    lines = text.split("\n")
    code = fenced(lines)
    at = accumulate((len(line) + 1 for line in lines), initial=0)
    return {
        first + len(line) - len(line.lstrip())
        for number, (line, first) in enumerate(zip(lines, at, strict=False))
        if number not in code
    }


def _said(markup: str) -> str:
    """What is within a cell or a point, in one line."""
    for pattern, written in _SAID:
        markup = pattern.sub(written, markup)
    return markup


def _table(markup: str) -> Iterator[str]:
    """A row for each row; where the first has no headings, empty ones, for Markdown wants some."""
    before, *rows = _ROW.split(markup)
    if caption := _said(before):
        yield f"{caption}\n"
    cells = [_CELL.split(row)[1:] for row in rows]
    told = [[_said(cell).replace("|", r"\|") for cell in row[1::2]] for row in cells]
    width = max((len(row) for row in told), default=0)
    if not width:
        return
    if not cells[0] or {tag.lower() for tag in cells[0][::2]} != {"th"}:
        told.insert(0, [""] * width)
    told.insert(1, ["---"] * width)
    for row in told:
        yield f"| {' | '.join([*row, *[''] * (width - len(row))])} |"


def _list(markup: str) -> Iterator[str]:
    """A bullet for each point, below the one it hangs on."""
    depth, at, is_point = 0, 0, False
    for found in _POINT.finditer(markup):
        if told := _said(markup[at : found.start()]).replace("<br>", " "):
            yield f"{'  ' * min(depth - 1, DEEPEST)}{'- ' if is_point else '  '}{told}"
        is_point = not found["end"] and found["tag"].lower() in {"li", "ac:task"}
        if found["tag"].lower() not in {"li", "ac:task"}:
            depth += -1 if found["end"] else 1
        at = found.end()
    if after := _said(markup[at:]):
        yield after
