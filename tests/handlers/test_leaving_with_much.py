"""Somebody leaves who owns sixty items: the lead gets one message, and nobody else any."""

from sqlalchemy import select
from sqlmodel import col

from domain.people import Person
from domain.programme import Programme
from handlers import comings, kept_items
from handlers.kept_items import ADDED, Deed
from storage import people, workspaces
from storage.engine import Sessions
from storage.statements import run
from storage.tables import DeliveryRow
from tests.storage.samples import ITEM, NOW, started

BEN = Person(id="U3", name="Ben", is_deactivated=True)
GONE = Person(id="U1", name="Ann", is_deactivated=True)


async def owed(sessions: Sessions) -> list[tuple[str, str, str]]:
    """Give what is owed beside the cards: kind, whom it goes to, and what it is about."""
    names = (col(DeliveryRow.kind), col(DeliveryRow.channel), col(DeliveryRow.subject))
    query = select(*names).where(col(DeliveryRow.kind) != "card")
    async with sessions() as session:
        return [(row[0], row[1], row[2]) for row in await run(session, query)]


async def test_an_owner_of_sixty_items_leaves_with_one_message(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T1")
        await workspaces.change_programme(session, "T1", Programme(lead="U2"))
        await people.remember(session, "T1", [BEN], NOW)
        for number in range(60):
            made = await started(session, channel=f"C{number}", submission=f"V{number}")
            deed = Deed(by="U1", at=NOW, event=ADDED)
            await kept_items.add(session, "T1", made.id, ITEM, deed)

    async with sessions.begin() as session:
        for each in (GONE, BEN):
            await comings.take_over(session, "T1", each, NOW)

    assert await owed(sessions) == [("orphans", "U2", "U1:U2")]
