"""Tables of a page: their headings, and the cells of each row."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from documents.foreign.headings import bare
from documents.foreign.page import Block, Page, blocks


@dataclass(frozen=True, kw_only=True)
class Row:
    """The cells of one row, as Markdown, and the line it is on."""

    cells: tuple[str, ...]
    line: int


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table's headings and rows, and the lines before the first row."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    first: int
    end: int

    def take_head(self, page: Page) -> None:
        """Take the headings once every row has found its place."""
        if all(page.is_taken(row.line) for row in self.rows):
            page.take(self.first, self.end)


def read_table(block: Block) -> Table:
    """Read a table's cells."""
    rows = [
        Row(cells=tuple(_cells(row)), line=row.first)
        for group in blocks(block.tokens[1:-1])
        for row in blocks(group.tokens[1:-1])
    ]
    return Table(headings=rows[0].cells, rows=tuple(rows[1:]), first=block.first, end=block.end)


def _cells(row: Block) -> list[str]:
    return [cell.content for cell in blocks(row.tokens[1:-1])]


def named(headings: Sequence[str], names: Sequence[str]) -> int | None:
    """The column that bears the first of these names that any bears."""
    words = [bare(heading).split() for heading in headings]
    for name in names:
        for at, said in enumerate(words):
            if name in (" ".join(said), *said[:2]):
                return at
    return None


def asides(page: Page, table: Table, row: Row, used: Collection[int]) -> str:
    """What the columns that nobody used say, each with its heading: ` (Who: Ana; Ticket: 12)`."""
    said = [
        f"{page.plain(heading)}: {page.plain(cell)}" if heading else page.plain(cell)
        for at, (heading, cell) in enumerate(zip(table.headings, row.cells, strict=False))
        if at not in used and cell.strip()
    ]
    return f" ({'; '.join(said)})" if said else ""
