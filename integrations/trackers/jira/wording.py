"""What a Jira ticket says, in the formats of Jira: documents in Cloud, wiki markup in Data Center.

A document is made of nodes, and text in one is never read as anything else
(developer.atlassian.com/cloud/jira/platform/apis/document/structure). In wiki markup what a person
typed is escaped, so that it shows as it was typed: no mention, link, heading or picture comes of it
(jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all; which characters a backslash
escapes: docs.atlassian.com/atlassian-renderer, BackslashEscapeRendererComponent).
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import quote

from domain.tickets import TITLE_MAX, Line

#: What a text of many lines may have: `jira.text.field.character.limit` is this unless somebody
#: changed it (confluence.atlassian.com/jirakb/, "character limit of text fields"). A document is
#: measured as JSON, which is longer than what Jira counts.
BODY_MAX = 32_767
#: A line is not cut shorter than this.
LINE_MIN = 40

Node = dict[str, Any]
Body = TypeVar("Body")

#: An address is left alone, for an escape would break it: nothing that could be markup is in it.
_ADDRESS = re.compile(r"(https?://[A-Za-z0-9._~:/?#@&=+,;%-]*[A-Za-z0-9/_=#-])")
#: What markup is made of. A backslash escapes a `mark`, and nothing but an entity does so with the
#: rest: a heading or quote at the start of a line, a face that has no bracket, what is an entity
#: already, and the backslash itself.
_MARKUP = re.compile(
    r"(?P<block>^[ \t]*(?:h[1-6]|bq)\.)|(?P<face>:(?=[DPp]))|(?P<entity>&(?=#?\w+;))"
    r"|(?P<backslash>\\)|(?P<mark>[-#*_+?^~|%{}\[\]()!@])",
    re.MULTILINE,
)
_ENTITIES = {"face": "&#58;", "entity": "&amp;", "backslash": "&#92;"}


def title(text: str) -> str:
    """One line, no longer than Jira takes."""
    return cut(" ".join(text.split()), TITLE_MAX)


def cut(text: str, most: int) -> str:
    """The text, or its beginning and an ellipsis."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def document(lines: Sequence[Line]) -> Node:
    """The lines as a document, a paragraph each."""
    return _fitted(lines, _document, lambda made: len(json.dumps(made)))


def plain_document(text: str) -> Node:
    """Plain text as a document; an empty line parts paragraphs."""
    parts = re.split(r"\n\s*\n", cut(text.strip(), BODY_MAX // 2))
    return _doc([_paragraph(_typed(part)) for part in parts])


def markup(lines: Sequence[Line]) -> str:
    """The lines as wiki markup, a paragraph each."""
    return _fitted(lines, lambda all_: "\n\n".join(map(_marked, all_)), len)


def escaped(text: str) -> str:
    """Plain text as wiki markup that shows it as it is."""
    parts = _ADDRESS.split(text.replace("\r\n", "\n"))
    return "".join(part if at % 2 else _escaped(part) for at, part in enumerate(parts))


def _fitted(
    lines: Sequence[Line], make: Callable[[Sequence[Line]], Body], measure: Callable[[Body], int]
) -> Body:
    """What is made of the lines, the longest of them cut until Jira takes it."""
    held = list(lines)
    while measure(made := make(held)) > BODY_MAX:
        longest = max(range(len(held)), key=lambda at: len(held[at].text))
        text = held[longest].text
        if len(text) <= LINE_MIN:
            del held[len(held) * 9 // 10 :]
        else:
            held[longest] = replace(held[longest], text=cut(text, len(text) * 3 // 4))
    return made


def _document(lines: Sequence[Line]) -> Node:
    return _doc([_paragraph(_line(line)) for line in lines])


def _doc(content: list[Node]) -> Node:
    return {"type": "doc", "version": 1, "content": content}


def _paragraph(content: list[Node]) -> Node:
    return {"type": "paragraph", "content": content}


def _line(line: Line) -> list[Node]:
    label = {"type": "text", "text": f"{line.label}: ", "marks": [{"type": "strong"}]}
    if not line.url:
        return [label, *_typed(line.text)]
    link = {"type": "link", "attrs": {"href": line.url}}
    shown = " ".join(line.text.split()) or line.url
    return [label, {"type": "text", "text": shown, "marks": [link]}]


def _typed(text: str) -> list[Node]:
    """Text with its line breaks; a node of text is never empty."""
    nodes: list[Node] = []
    for at, row in enumerate(text.splitlines()):
        nodes += [{"type": "hardBreak"}] if at else []
        nodes += [_piece(part) for part in _ADDRESS.split(row) if part]
    return nodes


def _piece(text: str) -> Node:
    """Text; an address leads where it says, as it does in wiki markup without being told to."""
    if not _ADDRESS.fullmatch(text):
        return {"type": "text", "text": text}
    return {"type": "text", "text": text, "marks": [{"type": "link", "attrs": {"href": text}}]}


def _marked(line: Line) -> str:
    label = f"*{_escaped(line.label)}:*"
    if not line.url:
        return f"{label} {escaped(line.text)}"
    shown = _escaped(" ".join(line.text.split()))
    address = quote(line.url, safe="/:?#@&=+,;%~.-_")
    return f"{label} [{shown or _escaped(line.url)}|{address}]"


def _escaped(text: str) -> str:
    return _MARKUP.sub(_as_typed, text)


def _as_typed(found: re.Match[str]) -> str:
    if found.lastgroup == "mark":
        return "\\" + found[0]
    if found.lastgroup == "block":
        return found[0][:-1] + "&#46;"
    return _ENTITIES[str(found.lastgroup)]
