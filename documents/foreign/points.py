"""Lists of points: what contributed, and what was asked for, one line each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.foreign.lists import LISTS, Bullet, bullets
from documents.foreign.outline import Chapter
from documents.foreign.page import Block, Page
from documents.foreign.placeholders import is_placeholder
from documents.foreign.tables import Row, Table, asides, named, read_table

WHAT = (
    *("action item", "action items", "action", "follow up", "what", "task", "item", "description"),
    *("title", "summary", "todo", "recommendation", "change", "factor", "cause", "details"),
)

_GROUP = re.compile(r"(?:\*\*|__).*(?:\*\*|__):?|.*:", re.DOTALL)
_DETAIL = re.compile(
    r"(?:owners?|assignees?|assigned to|responsible|who|due|due date|deadline|eta|when|ticket|"
    r"tickets|jira|issue|bug|link|tracking|status|state|priority|type|done when|team)\s*:",
    re.IGNORECASE,
)
_HAND_MADE = re.compile(r"\s*(?:[\u2022\u00b7\u25aa\u25e6\u2013\u2014]|\(?[0-9]{1,2}[.)])\s*(?=\S)")
_NOTHING = re.compile(r"\W*(?:n/?a|none|nothing|no action items?|not applicable)\W*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Point:
    """One line, and the page's lines it stands in."""

    text: str
    first: int
    end: int


def read_points(page: Page, chapters: Sequence[Chapter]) -> list[Point]:
    """Every point of these chapters, in their order; nothing is taken yet."""
    return [point for chapter in chapters for point in _chapter(page, chapter)]


def _chapter(page: Page, chapter: Chapter) -> Iterator[Point]:
    group = "" if chapter.is_own else f"{chapter.title.rstrip(':')}: "
    told = [each for each in chapter.blocks if each.kind in {*LISTS, "table"}]
    for block in told or [each for each in chapter.blocks if each.kind == "paragraph"]:
        if block.kind in LISTS:
            for bullet in bullets(block):
                yield from _bullet(page, bullet, group)
        elif block.kind == "table":
            yield from _table(page, read_table(block), group)
        else:
            yield from _paragraph(page, block, group)


def _point(text: str, first: int, end: int) -> Iterator[Point]:
    if not is_placeholder(text) and not _NOTHING.fullmatch(text):
        yield Point(text=text, first=first, end=end)


def _bullet(page: Page, bullet: Bullet, group: str) -> Iterator[Point]:
    details = [each for each in bullet.below if _DETAIL.match(page.plain(each.text))]
    below = [each for each in bullet.below if each not in details]
    words = page.plain(bullet.text)
    if below and _GROUP.fullmatch(bullet.text.strip()):
        group = f"{group}{words.rstrip(':')}: "
    else:
        told = "; ".join(page.plain(each.text) for each in details)
        done = " (done)" if bullet.is_done else ""
        text = f"{group}{words}{done}{f' ({told})' if told else ''}"
        end = max([bullet.end, *(each.end for each in details)]) if not below else bullet.end
        yield from _point(text if words else "", bullet.first, end)
        group = ""
    for each in below:
        yield from _bullet(page, each, group)


def _table(page: Page, table: Table, group: str) -> Iterator[Point]:
    what = _main_column(table)
    for row in table.rows:
        words = page.plain(row.cells[what])
        text = f"{group}{words}{asides(page, table, row, {what})}"
        if not is_placeholder(words):
            yield from _point(text, row.line, row.line + 1)


def _main_column(table: Table) -> int:
    """The column that says what: by its name, else the one with most to say."""
    by_name = named(table.headings, WHAT)
    if by_name is not None and any(row.cells[by_name].strip() for row in table.rows):
        return by_name
    return max(range(len(table.headings)), key=lambda at: _length(table.rows, at))


def _length(rows: Sequence[Row], at: int) -> int:
    return sum(len(row.cells[at]) for row in rows)


def _paragraph(page: Page, block: Block, group: str) -> Iterator[Point]:
    """A paragraph is one point, or one a line where each begins with a bullet made by hand."""
    lines = range(block.first, block.end)
    if all(_HAND_MADE.match(page.lines[at]) for at in lines):
        for at in lines:
            words = page.plain(_HAND_MADE.sub("", page.lines[at], count=1))
            yield from _point(f"{group}{words}", at, at + 1)
    else:
        yield from _point(f"{group}{page.plain(block.content)}", block.first, block.end)
