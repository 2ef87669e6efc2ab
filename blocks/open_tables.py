"""The open action items as a table, and how many of them it shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from blocks.data_tables import Cell, data_table, fitting, plain_table
from blocks.parts import Block, context
from blocks.text import day, shorten
from domain.open_rows import OpenRow

HEADS = (
    *("Item", "What", "Service", "Owner", "Priority"),
    *("Due", "Days overdue", "Moved", "Days old", "Stands"),
)
#: As many as a window has room for: beside more, words break letter by letter.
NARROW = ("Item", "What", "Owner", "Due", "Moved")
#: So many letters all cells may have: Slack counts them with the rest of the message.
ROOM = 8_000
_WHAT_MAX = 100
#: What the button says that sends the numbers and the open items.
SEND_FILES = "Send me CSV files"
_PRIVATE = "of a private channel"


@dataclass(frozen=True, kw_only=True)
class OpenTable:
    """The first of the open items, how many there are, and what their owners are called."""

    rows: Sequence[OpenRow]
    total: int
    names: Mapping[str, str]


def open_table(
    table: OpenTable,
    heads: Sequence[str] = HEADS,
    *,
    with_data_table: bool = True,
    room: int = ROOM,
) -> list[Block]:
    """The table and a line where it does not show all; a plain one where Slack has no other.

    It has the columns with these heads. Nothing where no item is open.
    """
    if not table.rows:
        return []
    lines = fitting(heads, [_line(each, table.names, heads) for each in table.rows], room)
    made = (
        data_table(_caption(table), heads, lines) if with_data_table else plain_table(heads, lines)
    )
    return [made, *_rest(len(lines), table.total)]


def _caption(table: OpenTable) -> str:
    return f"Open action items: {table.total}, what needs somebody first"


def _line(row: OpenRow, names: Mapping[str, str], heads: Sequence[str]) -> list[Cell]:
    what = f"({_PRIVATE})" if row.is_private else row.what
    cells: list[Cell] = [
        *(row.key, shorten(what, _WHAT_MAX), row.service, names.get(row.owner, row.owner)),
        *(row.priority.value, day(row.due_on), row.overdue, row.reschedules, row.age, row.stands),
    ]
    told = dict(zip(HEADS, cells, strict=True))
    return [told[head] for head in heads]


def _rest(shown: int, total: int) -> list[Block]:
    if shown >= total:
        return []
    return [context(f"The first {shown} of {total}: the CSV file has them all.")]
