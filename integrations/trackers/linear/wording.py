"""A ticket's text as Linear's Markdown, in which what people typed shows as they typed it."""

import re
from collections.abc import Sequence
from urllib.parse import quote

from domain.tickets import TITLE_MAX, Line

#: Linear names no limit of a description; this much is safely taken.
BODY_MAX = 60_000

#: A backslash before punctuation is never seen (spec.commonmark.org, 2.4). With `:` no bare address
#: is left, which Linear may make a mention of (linear.app/developers/graphql), and with `-` no key
#: of an issue, as ENG-12.
_MEANT = re.compile(r"[\\`*_{}\[\]()<>#+\-~|&:=^$@!]")
_NUMBERED = re.compile(r"^(\d+)(?=\.)")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
#: How an address is told from the words around it; what is odd is shown, and leads nowhere.
_URL = re.compile(r"https?://[^\s<>\"'`|\\^{}&]*[\w/=#]", re.IGNORECASE)
_SAFE = "/:?&=#%@!$*+,;~-._"


def title(text: str) -> str:
    """One line that Linear takes as a title, which is no Markdown."""
    return cut(" ".join(_CONTROLS.sub("", text).split()), TITLE_MAX)


def cut(text: str, most: int) -> str:
    """At most so many characters, the last an ellipsis where some are left out."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def escaped(text: str) -> str:
    """What somebody typed, so that it shows as typed; its lines stay lines."""
    lines = (line.strip() for line in _CONTROLS.sub("", text).splitlines())
    return "\\\n".join(_NUMBERED.sub(r"\1\\", _line(line)) for line in lines if line)


def description(lines: Sequence[Line]) -> str:
    """The description: a paragraph for each line, cut where it is longer than Linear takes."""
    whole = "\n\n".join(_paragraph(line, BODY_MAX) for line in lines)
    if len(whole) <= BODY_MAX:
        return whole
    most = BODY_MAX // (3 * len(lines))  # escaped text is at most twice as long, and has a label
    return "\n\n".join(_paragraph(line, most) for line in lines)


def reworded(current: str, lines: Sequence[Line]) -> str:
    """The description for the current one: paragraphs that people wrote stay, below ours.

    Ours are known by their labels, for Linear writes Markdown anew in its own way.
    """
    ours = tuple(_bare(f"{line.label}:") for line in lines)
    theirs = [
        paragraph
        for paragraph in re.split(r"\n\s*\n", current.replace("\r\n", "\n"))
        if paragraph.strip() and not _bare(paragraph).startswith(ours)
    ]
    return "\n\n".join([description(lines), *theirs])


def comment(text: str) -> str:
    """A comment of plain text."""
    return escaped(cut(text, BODY_MAX // 2))


def _line(text: str) -> str:
    shown, at = "", 0
    for found in _URL.finditer(text):
        if not _is_linears(found[0]):
            shown += _inert(text[at : found.start()]) + f"<{found[0]}>"
            at = found.end()
    return shown + _inert(text[at:])


def _inert(text: str) -> str:
    return _MEANT.sub(r"\\\g<0>", text)


def _is_linears(url: str) -> bool:
    """Whether Linear might make a mention of this address."""
    return "linear.app" in url.casefold()


def _paragraph(line: Line, most: int) -> str:
    text = cut(line.text, most)
    if address := _address(line.url):
        one_line = " ".join((text or line.url).split())
        shown = f"[{_inert(_CONTROLS.sub('', one_line))}]({address})"
    else:
        shown = escaped(text)
    return f"**{_inert(line.label)}:** {shown}" if line.label else shown


def _address(url: str) -> str:
    """An address that ends no link before its end; empty where it is none of the web."""
    return quote(url, safe=_SAFE) if url.startswith(("https://", "http://")) else ""


def _bare(text: str) -> str:
    """The text without what Markdown may write in several ways."""
    return re.sub(r"[\\*_\s]", "", text)
