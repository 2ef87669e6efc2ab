"""`closedloop export items`: the action items of a workspace, for spreadsheets and programs."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass

from bot.export import which_workspace
from bot.migrating import bring_up_to_date
from documents.items_csv import LAYOUTS
from domain.action_items import ItemState
from storage import item_export
from storage.engine import open_database

#: Shows how far it is, of so many; call what it yields at each item.
Bar = Callable[[int], AbstractContextManager[Callable[[], None]]]


@dataclass(frozen=True, kw_only=True)
class WantedItems:
    """Which items: those in these states, or in any; of private channels only if `private`."""

    states: Collection[ItemState] = ()
    private: bool = False
    workspace: str = ""


async def export_items(
    url: str, wanted: WantedItems, format_name: str, write: Callable[[str], object], bar: Bar
) -> str:
    """Write the items, a batch at a time; returns what to tell of those left out.

    The database is migrated first. Raises CannotExport when it is not clear which workspace.
    """
    layout = LAYOUTS[format_name]
    database = open_database(url)
    try:
        await bring_up_to_date(database)
        async with database.sessions() as session:
            which = await which_workspace(session, wanted.workspace), wanted.states
            counted = await item_export.count(session, *which, private=wanted.private)
            write(layout.begin)
            between = ""
            with bar(counted.items) as done:
                async for batch in item_export.batches(session, *which, private=wanted.private):
                    write(between + layout.lines(batch))
                    between = layout.between
                    for _ in batch:
                        done()
            write(layout.end)
    finally:
        await database.close()
    return _left_out(counted.left_out)


def _left_out(number: int) -> str:
    if not number:
        return ""
    items = f"{number} item{'' if number == 1 else 's'}"
    return f"Left out: {items} of private channels. Add --private for these."
