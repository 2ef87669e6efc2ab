"""Typed text as the `rich_text` block that a rich text input holds.

The signs are those of a message (docs.slack.dev, "Formatting message text"): *bold*, _italic_,
~struck~, `code`, <https://a.example|links>, "- " and "1. " for lists, "> " for quotes.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from sandbox.refusals import Json

STYLES = {"*": "bold", "_": "italic", "~": "strike", "`": "code"}
#: A link, a bare address, or a word between two like signs that touch it.
PIECE = re.compile(
    r"<(?P<link>https?://[^|>\s]+)(?:\|(?P<shown>[^>]*))?>"
    r"|(?P<bare>https?://[^\s<>]+)"
    r"|(?<!\w)(?P<sign>[*_~`])(?P<inner>\S|\S.*?\S)(?P=sign)(?!\w)"
)
LINES = (
    ("quote", re.compile(r"^> ?(?P<rest>.*)$")),
    ("bullet", re.compile(r"^[-*•] +(?P<rest>.*)$")),
    ("ordered", re.compile(r"^\d+[.)] +(?P<rest>.*)$")),
)


def rich_text(text: str) -> Json | None:
    """The block that Slack makes of typed text; None of nothing."""
    if not text.strip():
        return None
    lines = [_kind(line) for line in text.split("\n")]
    parts: list[Json] = []
    for kind, group in groupby(lines, key=lambda line: line[0]):
        parts.append(_part(kind, [rest for _, rest in group]))
    return {"type": "rich_text", "elements": parts}


def _kind(line: str) -> tuple[str, str]:
    for kind, pattern in LINES:
        found = pattern.match(line)
        if found:
            return kind, found["rest"]
    return "section", line


def _part(kind: str, lines: list[str]) -> Json:
    if kind in ("bullet", "ordered"):
        items = [{"type": "rich_text_section", "elements": list(_pieces(line))} for line in lines]
        return {"type": "rich_text_list", "style": kind, "indent": 0, "elements": items}
    return {"type": f"rich_text_{kind}", "elements": list(_pieces("\n".join(lines)))}


def _pieces(text: str) -> Iterator[Json]:
    end = 0
    for found in PIECE.finditer(text):
        if found.start() > end:
            yield {"type": "text", "text": text[end : found.start()]}
        yield _piece(found)
        end = found.end()
    if text[end:]:
        yield {"type": "text", "text": text[end:]}


def _piece(found: re.Match[str]) -> Json:
    if found["sign"]:
        return {"type": "text", "text": found["inner"], "style": {STYLES[found["sign"]]: True}}
    link = {"type": "link", "url": found["link"] or found["bare"]}
    return link | ({"text": found["shown"]} if found["shown"] else {})
