"""Timelines of old documents: tables, bullets or lines, each with what is read of its moment."""

import re
from collections.abc import Callable, Iterator, Sequence

from documents.foreign.instants import Moment, read_moment
from documents.foreign.lists import LISTS, Bullet, bullets
from documents.foreign.outline import Chapter
from documents.foreign.page import Block, Page
from documents.foreign.timeline_lines import NOWHERE, Line, aside, only_day, told_line
from documents.foreign.timeline_tables import in_table

_PASTED = ("fence", "code_block")
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})")


def read_lines(page: Page, chapters: Sequence[Chapter]) -> list[Line]:
    """Read what timelines say, in the page's order; nothing is taken from the page yet."""
    return [line for chapter in chapters for line in _chapter(page, chapter)]


def _chapter(page: Page, chapter: Chapter) -> Iterator[Line]:
    moment = read_moment(chapter.title)
    if moment is not None and moment.clock is not None:
        words = f"{aside(moment)}{moment.rest} {page.plain(page.source(chapter.body, chapter.end))}"
        yield told_line(moment, words.strip(), chapter.first, chapter.end)
        return
    if moment is not None and only_day(moment):
        yield Line(moment=moment, text="", first=chapter.first, end=chapter.body)
    read = [(each.kind, [*_READERS[each.kind](page, each)]) for each in _told(chapter)]
    written = [line for kind, lines in read if kind not in _PASTED for line in lines]
    is_log = any(line.moment.clock for line in written)  # what is pasted beside a timeline
    for kind, lines in read:
        if not (is_log and kind in _PASTED):
            yield from lines


def _told(chapter: Chapter) -> Iterator[Block]:
    return (block for block in chapter.blocks if block.kind in _READERS)


def _list(page: Page, block: Block) -> Iterator[Line]:
    for bullet in bullets(block):
        yield from _bullet(page, bullet)


def _bullet(page: Page, bullet: Bullet) -> Iterator[Line]:
    moment = read_moment(page.plain(bullet.text))
    below = [line for each in bullet.below for line in _bullet(page, each)]
    is_told = moment is not None and _tells(moment)
    timed = [line for line in below if line.moment.clock is not None]
    if moment is not None and is_told:
        told = "; ".join(filter(None, (moment.rest, *(line.text for line in below if not timed))))
        end = bullet.end if timed else max([bullet.end, *(line.end for line in below)])
        yield told_line(moment, f"{aside(moment)}{told}", bullet.first, end)
    elif moment is not None and only_day(moment):
        yield Line(moment=moment, text="", first=bullet.first, end=bullet.end)
    else:
        words = page.plain(bullet.text)
        yield Line(moment=NOWHERE, text=words, first=bullet.first, end=bullet.end)
    if timed or not is_told:
        yield from below


def _tells(moment: Moment) -> bool:
    """Whether something happened at it; a day alone is the day of the lines below it."""
    return moment.clock is not None or not only_day(moment)


def _lines(page: Page, block: Block) -> Iterator[Line]:
    """Lines of a paragraph, or of a pasted log; one without a moment goes on from the last."""
    told: Line | None = None
    for at in range(block.first, block.end):
        words = page.plain(page.lines[at])
        said = _said(words, at)
        if said is None and told is not None and words and told.text:
            told = told_line(told.moment, f"{told.text} {words}", told.first, at + 1)
            continue
        if told is not None:
            yield told
        told = said
    if told is not None:
        yield told


def _said(words: str, at: int) -> Line | None:
    moment = read_moment(words) or NOWHERE
    if only_day(moment):
        return Line(moment=moment, text="", first=at, end=at + 1)
    if moment.clock is not None or (moment.day is not None and moment.day.year is not None):
        return told_line(moment, f"{aside(moment)}{moment.rest}", at, at + 1)
    return None


def _fence(page: Page, block: Block) -> Iterator[Line]:
    first = block.first + bool(_FENCE.match(page.lines[block.first]))
    end = block.end - bool(_FENCE.match(page.lines[block.end - 1]))
    inside = Block(kind="paragraph", tokens=block.tokens, first=first, end=max(first, end))
    yield from _lines(page, inside)


_READERS: dict[str, Callable[[Page, Block], Iterator[Line]]] = {
    "table": in_table,
    "paragraph": _lines,
    "fence": _fence,
    "code_block": _lines,
    **dict.fromkeys(LISTS, _list),
}
