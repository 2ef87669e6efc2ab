"""A Markdown page: its blocks, its lines, and which of them have found their place."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from documents.foreign.markup import as_markdown

FRONT_MATTER_MAX = 200

#: What stands in a line is read where it is wanted: most of a page never is.
_BLOCKS = MarkdownIt("commonmark").enable("table").disable("inline")
_INLINE = MarkdownIt("commonmark")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_STYLE = re.compile(r"</?(?:span|time|p|div|u|small|font)(?:\s[^<>]*)?>", re.IGNORECASE)
_FENCE = re.compile(r"---[ \t]*")
_FENCE_END = re.compile(r"(?:---|\.\.\.)[ \t]*")


@dataclass(frozen=True, kw_only=True)
class Block:
    """One block of a page: its kind by markdown-it's name, and its lines."""

    kind: str
    tokens: tuple[Token, ...]
    first: int
    end: int

    @property
    def content(self) -> str:
        """The Markdown within a paragraph or a heading."""
        return self.tokens[1].content if len(self.tokens) > 1 else self.tokens[0].content


class Page:
    """A page that is read part by part; whoever finds a place for a line takes it."""

    def __init__(self, text: str) -> None:
        clean = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        self.lines = as_markdown(clean.replace("\0", "\ufffd")).split("\n")
        self.body_starts = _end_of_front_matter(self.lines)
        self._taken: set[int] = set()
        self._links: dict[str, Any] = {}
        self.blocks = self._parsed()

    def _parsed(self) -> list[Block]:
        body = [""] * self.body_starts + self.lines[self.body_starts :]
        tokens = _BLOCKS.parse("\n".join(body), self._links)
        return list(blocks(tokens))

    def take(self, first: int, end: int) -> None:
        """These lines have found their place."""
        self._taken.update(range(first, end))

    def is_taken(self, line: int) -> bool:
        """Whether somebody has found a place for a line."""
        return line in self._taken

    def source(self, first: int, end: int) -> str:
        """The Markdown of these lines."""
        return textwrap.dedent("\n".join(self.lines[first:end])).strip("\n").rstrip()

    def left(self, first: int, end: int) -> str:
        """The Markdown of those of these lines that have found no place."""
        runs = (
            textwrap.dedent("\n".join(self.lines[line] for line in run))
            for taken, run in groupby(range(first, end), self.is_taken)
            if not taken
        )
        return re.sub(r"\n{3,}", "\n\n", "\n".join(runs)).strip()

    def plain(self, markdown: str) -> str:
        """Words in one line: emphasis goes, links and code stay as they are written."""
        found = _INLINE.parseInline(" ".join(markdown.split()), dict(self._links))
        return " ".join("".join(_spoken(found[0].children or ())).split())


def _end_of_front_matter(lines: Sequence[str]) -> int:
    if not _FENCE.fullmatch(lines[0]):
        return 0
    ends = (at for at, line in enumerate(lines[:FRONT_MATTER_MAX]) if _FENCE_END.fullmatch(line))
    return next((at + 1 for at in ends if at), 0)


def blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    """Part tokens into the blocks that stand side by side in them."""
    start, depth = 0, 0
    for at, token in enumerate(tokens):
        depth += token.nesting
        if depth:
            continue
        first, end = tokens[start].map or (0, 0)
        kind = tokens[start].type.removesuffix("_open")
        yield Block(kind=kind, tokens=tuple(tokens[start : at + 1]), first=first, end=end)
        start = at + 1


def _spoken(tokens: Sequence[Token]) -> Iterator[str]:
    targets: list[str] = []
    for token in tokens:
        if token.type == "link_open":
            targets.append("" if token.info == "auto" else f"]({token.attrGet('href')})")
            yield "[" if targets[-1] else ""
        elif token.type == "link_close":
            yield targets.pop()
        else:
            yield _word(token)


def _word(token: Token) -> str:
    if token.type == "code_inline":
        return f"`{token.content}`"
    if token.type == "image":
        return f"![{token.content}]({token.attrGet('src')})"
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    return _STYLE.sub("", _BREAK.sub(" ", token.content))
