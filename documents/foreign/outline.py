"""What a page is made of: its title, and a chapter under each heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from documents.foreign.headings import Part, part_of
from documents.foreign.page import Block, Page

#: Our own sections stand at the second level; what is kept of another page goes below them.
HIGHEST_KEPT = 3
LOWEST = 6
#: A line in bold, or with a colon, that names a part stands below every real heading.
PSEUDO_LEVEL = 7

_PSEUDO = re.compile(
    r"(?:(\*\*|__)(?P<bold>[^*_]{2,60}?):?\1:?|(?P<said>[^:*_|]{2,40}):)(?:\[\^[^\]]+\])*\s*"
)


@dataclass(kw_only=True)
class Chapter:
    """What stands under one heading, up to the next one; the first of a page has no heading.

    `part` is what its own heading announces, or else the one that it stands under; `heading` is
    the Markdown of its heading as it can stand within a section of ours.
    """

    title: str
    level: int
    part: Part | None
    is_own: bool = False
    heading: str = ""
    first: int = 0
    body: int = 0
    end: int = 0
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Outline:
    """A page's title (empty where it has none), the line it is on, and its chapters."""

    title: str
    title_lines: range
    chapters: tuple[Chapter, ...]


def outline(page: Page) -> Outline:
    """Part a page into chapters; its first heading of the first level is the title."""
    title = _title(page)
    found = [Chapter(title="", level=0, part=None)]
    above: list[Chapter] = []
    for block in page.blocks:
        heading = None if block is title else _heading(page, block)
        if heading is not None:
            found.append(_opened(above, heading, block))
        elif block is not title:
            found[-1].blocks.append(block)
    for chapter, after in pairwise(found):
        chapter.end = after.first
    found[-1].end = len(page.lines)
    _lower(found)
    return Outline(
        title="" if title is None else page.plain(title.content),
        title_lines=range(0) if title is None else range(title.first, title.end),
        chapters=tuple(found),
    )


def _title(page: Page) -> Block | None:
    """The heading that names the incident; a page may begin with one of its parts instead."""
    headings = [block for block in page.blocks if block.kind == "heading"]
    if not headings or headings[0].tokens[0].tag != "h1":
        return None
    others = [block for block in headings[1:] if block.tokens[0].tag == "h1"]
    return None if others and part_of(page.plain(headings[0].content)) else headings[0]


def _heading(page: Page, block: Block) -> tuple[str, int] | None:
    if block.kind == "heading":
        return page.plain(block.content), int(block.tokens[0].tag[1:])
    if block.kind != "paragraph":
        return None
    pseudo = _PSEUDO.fullmatch(block.content)
    words = pseudo and (pseudo["bold"] or pseudo["said"])
    return (words, PSEUDO_LEVEL) if words and part_of(words) else None


def _lower(chapters: Sequence[Chapter]) -> None:
    """Put the headings below our own, as far apart from each other as they were."""
    real = [each for each in chapters if 0 < each.level < PSEUDO_LEVEL]
    down = max([0, *(HIGHEST_KEPT - each.level for each in real)])
    for each in real:
        each.heading = f"{'#' * min(each.level + down, LOWEST)} {each.heading}".rstrip()


def _opened(above: list[Chapter], heading: tuple[str, int], block: Block) -> Chapter:
    """The chapter under a heading; `above` are those it may stand under, and it joins them."""
    title, level = heading
    while above and above[-1].level >= level:
        above.pop()
    own = part_of(title)
    opened = Chapter(
        title=title,
        level=level,
        part=own or (above[-1].part if above else None),
        is_own=own is not None,
        heading=" ".join(block.content.split("\n")).strip(),
        first=block.first,
        body=block.end,
    )
    above.append(opened)
    return opened
