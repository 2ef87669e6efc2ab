"""Timelines in tables, whatever their columns are called and however they are ordered."""

from collections.abc import Iterator

from documents.foreign.instants import Moment, read_moment
from documents.foreign.milestones import milestone_in, milestone_named
from documents.foreign.page import Block, Page
from documents.foreign.placeholders import is_placeholder
from documents.foreign.tables import Row, Table, asides, named, read_table
from documents.foreign.timeline_lines import NOWHERE, Line, aside, told_line

EVENTS = (
    *("event", "events", "what happened", "what", "description", "happening", "entry"),
    *(
        "action",
        "actions",
        "activity",
        "details",
        "detail",
        "update",
        "message",
        "notes",
        "comment",
    ),
)
WHEN = ("date and time", "timestamp", "datetime", "time", "when", "date", "day")


def in_table(page: Page, block: Block) -> Iterator[Line]:
    """The lines of a table; none where none of its columns tells when."""
    table = read_table(block)
    day, clock = _columns(page, table)
    if day is None and clock is None:
        return
    for row in _rows(page, table, clock):
        yield _table_row(page, table, row, tuple(at for at in (day, clock) if at is not None))


def _rows(page: Page, table: Table, clock: int | None) -> Iterator[Row]:
    """The rows; one that was made the heading, for Markdown wants one, is a row too."""
    if clock is not None and _moment(page, table.headings[clock]).clock is not None:
        yield Row(cells=table.headings, line=table.first)
    yield from table.rows


def _columns(page: Page, table: Table) -> tuple[int | None, int | None]:
    """The columns of the day and of the time: those that hold most of them, else by their names."""
    read = [[_moment(page, cell) for cell in row.cells] for row in table.rows]
    width = range(len(table.headings))
    clocks = [sum(row[at].clock is not None for row in read if at < len(row)) for at in width]
    days = [
        sum(row[at].day is not None and row[at].clock is None for row in read if at < len(row))
        for at in width
    ]
    clock = clocks.index(max(clocks)) if any(clocks) else named(table.headings, WHEN)
    days = [0 if at == clock else count for at, count in enumerate(days)]
    return (days.index(max(days)) if any(days) else None), clock


def _moment(page: Page, cell: str) -> Moment:
    return read_moment(page.plain(cell)) or NOWHERE


def _table_row(page: Page, table: Table, row: Row, when: tuple[int, ...]) -> Line:
    moment = _moment(page, " ".join(row.cells[at] for at in when))
    left = [at for at in range(len(row.cells)) if at not in when]
    event = named(
        [table.headings[at] if at in left else "" for at in range(len(row.cells))], EVENTS
    )
    if event is None:
        event = left[-1] if left else None
    kind_at = named(table.headings, ("milestone", "phase"))
    kind = None if kind_at is None else milestone_named(row.cells[kind_at])
    used = {at for at in (*when, event, kind_at if kind else None) if at is not None}
    words = page.plain(row.cells[event]) if event is not None else ""
    if not (words or any(cell.strip() for at, cell in enumerate(row.cells) if at not in when)):
        return Line(moment=moment, text="", first=row.line, end=row.line + 1)
    more = "" if is_placeholder(moment.rest) else f"({moment.rest}) "
    told = f"{aside(moment)}{more}{words}{asides(page, table, row, used)}"
    return told_line(moment, told, row.line, row.line + 1, kind or milestone_in(words))
