"""Lists of a page: each bullet with its own words and lines, and those that hang on it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from documents.foreign.page import Block, blocks

#: The kinds of block that are lists.
LISTS = ("bullet_list", "ordered_list")

#: A bullet begins with its own words; its lines end where anything else begins.
_WORDS = ("paragraph", "heading")
_BOX = re.compile(r"\[([ xX])\]\s+")


@dataclass(frozen=True, kw_only=True)
class Bullet:
    """One bullet: its Markdown, the lines that hold it, and the bullets below it."""

    text: str
    first: int
    end: int
    is_done: bool = False
    below: tuple["Bullet", ...] = ()


def bullets(block: Block) -> list[Bullet]:
    """The bullets of a list, each with those below it."""
    return [_bullet(item) for item in blocks(block.tokens[1:-1])]


def _bullet(item: Block) -> Bullet:
    inside = list(blocks(item.tokens[1:-1]))
    own = list(takewhile(lambda each: each.kind in _WORDS, inside))
    text = " ".join(each.content for each in own)
    box = _BOX.match(text)
    return Bullet(
        text=text[box.end() :] if box else text,
        first=item.first,
        end=own[-1].end if own else item.first + 1,
        is_done=box is not None and box[1] != " ",
        below=tuple(below for each in inside if each.kind in LISTS for below in bullets(each)),
    )


def walked(found: list[Bullet] | tuple[Bullet, ...]) -> Iterator[Bullet]:
    """Each bullet, and after it those below it."""
    for each in found:
        yield each
        yield from walked(each.below)
