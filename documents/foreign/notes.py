"""What found no place in a postmortem, as Markdown under its own headings."""

from collections.abc import Iterator, Sequence

from documents.foreign.headings import bare
from documents.foreign.outline import Chapter, Outline
from documents.foreign.page import Page
from documents.foreign.tables import read_table

#: A longer heading says more than which part it is.
NAME_MAX = 4


def notes(page: Page, found: Outline, extra: Sequence[str]) -> str:
    """Everything that nobody took, in the order of the page; `extra` comes last."""
    for block in (block for chapter in found.chapters for block in chapter.blocks):
        if block.kind == "table" and (table := read_table(block)).rows:
            table.take_head(page)
    kept = [page.left(1, page.body_starts - 1), *_chapters(page, found), *extra]
    return "\n\n".join(filter(None, kept))


def _chapters(page: Page, found: Outline) -> Iterator[str]:
    title = found.title_lines
    for chapter in found.chapters:
        if chapter.level == 0:
            yield page.left(page.body_starts, title.start if title else chapter.end)
            yield page.left(title.start, max(title.stop, chapter.end)) if title else ""
        else:
            yield _chapter(page, chapter)


def _chapter(page: Page, chapter: Chapter) -> str:
    below = page.left(chapter.body, chapter.end)
    if below or not _says_no_more(page, chapter):
        return f"{chapter.heading}\n\n{below}".rstrip()
    return ""


def _says_no_more(page: Page, chapter: Chapter) -> bool:
    """Whether a heading with nothing below it said its part and nothing else."""
    if page.is_taken(chapter.first):
        return True
    return chapter.is_own and len(bare(chapter.title).split()) <= NAME_MAX
