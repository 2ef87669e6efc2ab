"""The tick owes a digest to whoever is to hear of something, and plans when they do next."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.accepted_risks import AcceptedRisk
from domain.people import Person
from domain.programme import Programme
from handlers import kept_items
from handlers.digests import DIGEST, digest
from handlers.hearings import hear
from handlers.kept_items import ADDED, Deed
from handlers.outgoing import Later, Outgoing
from storage import accepted_risks, deliveries, hearings, people, workspaces
from storage.engine import Sessions
from storage.statements import run
from storage.tables import ActionItemRow, DeliveryRow
from tests.storage.samples import ITEM, NOW, started

SLACK = AsyncWebClient()
ANN = Person(id="U1", name="Ann", zone="Europe/London")
#: The item is due on Friday, 4 December; it was added two weeks before.
WEEK_BEFORE = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
ON_THE_DAY = datetime(2026, 12, 4, 9, 30, tzinfo=UTC)
AN_HOUR = timedelta(hours=1)


async def promised(session: AsyncSession, workspace: str = "T1", owner: str = "U1") -> None:
    """Keep an item of a postmortem of its own."""
    made = await started(session, workspace, channel=None, submission=f"V{owner}")
    item, deed = replace(ITEM, owner=owner), Deed(by="U9", at=NOW, event=ADDED)
    await kept_items.add(session, workspace, made.id, item, deed, submission="V")


@pytest.fixture
async def anns(sessions: Sessions) -> Sessions:
    """An item that Ann is to do, who works in London."""
    async with sessions.begin() as session:
        await people.remember(session, "T1", [ANN], NOW)
        await promised(session)
    return sessions


async def owed(sessions: Sessions) -> list[str]:
    """Whose digests are owed, and for which day."""
    async with sessions() as session:
        query = select(col(DeliveryRow.subject)).where(col(DeliveryRow.due_at).is_not(None))
        return sorted((await run(session, query.where(col(DeliveryRow.kind) == DIGEST))).scalars())


async def hear_at(sessions: Sessions) -> Sequence[datetime | None]:
    async with sessions() as session:
        return (await run(session, select(col(ActionItemRow.hear_at)))).scalars().all()


async def test_an_item_is_planned_when_it_is_added_and_again_when_it_was_heard(
    anns: Sessions,
) -> None:
    assert await hear_at(anns) == [WEEK_BEFORE]
    await hear(anns, SLACK, WEEK_BEFORE)
    assert await owed(anns) == ["U1:2026-11-27"]
    assert await hear_at(anns) == [ON_THE_DAY]


async def test_what_comes_due_at_night_waits_for_the_morning(anns: Sessions) -> None:
    await hear(anns, SLACK, WEEK_BEFORE + timedelta(hours=12))
    assert await owed(anns) == []
    monday = WEEK_BEFORE + timedelta(days=3)
    assert await hear_at(anns) == [monday]
    await hear(anns, SLACK, monday)
    assert await owed(anns) == ["U1:2026-11-30"]


async def test_what_is_owed_still_says_it_all_the_next_time_too(anns: Sessions) -> None:
    for at in (WEEK_BEFORE, ON_THE_DAY):
        await hear(anns, SLACK, at)
    assert await owed(anns) == ["U1:2026-11-27"]


async def test_planned_anew_nobody_hears_of_what_was_heard(anns: Sessions) -> None:
    await hear(anns, SLACK, WEEK_BEFORE)
    async with anns.begin() as session:
        await run(session, text("UPDATE delivery SET due_at = NULL, message_ts = '1.1'"))
        await hearings.anew(session, "T1", WEEK_BEFORE + AN_HOUR)
    await hear(anns, SLACK, WEEK_BEFORE + 2 * AN_HOUR)
    assert (await owed(anns), await hear_at(anns)) == ([], [ON_THE_DAY])


async def test_an_item_of_before_the_upgrade_is_heard_of_when_its_time_has_come(
    anns: Sessions,
) -> None:
    async with anns.begin() as session:
        await run(session, text("UPDATE action_item SET hear_at = created_at"))
    await hear(anns, SLACK, NOW + AN_HOUR / 2)
    assert (await owed(anns), await hear_at(anns)) == ([], [WEEK_BEFORE])
    async with anns.begin() as session:
        await run(session, text("UPDATE action_item SET hear_at = created_at"))
    await hear(anns, SLACK, ON_THE_DAY + AN_HOUR)
    assert await owed(anns) == ["U1:2026-12-04"]


async def test_a_risk_is_heard_of_when_it_runs_out(anns: Sessions) -> None:
    async with anns.begin() as session:
        made = await started(session, channel=None, submission="VR")
        risk = AcceptedRisk(risk="r", accepter="U1", reason="w", until=date(2026, 12, 1))
        await accepted_risks.add(session, "T1", made.id, risk, by="U1", now=NOW, submission="VR")
        await run(session, text("UPDATE action_item SET hear_at = NULL"))
        await run(session, text("UPDATE accepted_risk SET hear_at = created_at"))
    await hear(anns, SLACK, NOW)
    await hear(anns, SLACK, datetime(2026, 12, 1, 9, 29, tzinfo=UTC))
    assert await owed(anns) == []
    await hear(anns, SLACK, datetime(2026, 12, 1, 9, 30, tzinfo=UTC))
    assert await owed(anns) == ["U1:2026-12-01"]


async def test_what_goes_wrong_with_one_keeps_no_other_from_hearing(anns: Sessions) -> None:
    async with anns.begin() as session:
        await promised(session, "T2", "U2")
        await workspaces.change_programme(session, "T2", Programme(working_days="never"))
        await run(session, text("UPDATE action_item SET hear_at = created_at"))
    with pytest.raises(ExceptionGroup, match="hearings not planned"):
        await hear(anns, SLACK, WEEK_BEFORE)
    assert await owed(anns) == ["U1:2026-11-27"]


async def composed(sessions: Sessions, at: datetime) -> Outgoing | Later | None:
    """What a digest that is owed to Ann says when it is claimed then."""
    async with sessions.begin() as session:
        await deliveries.enqueue(session, "T1", DIGEST, "U1:2026-11-27", channel="U1", due_at=at)
        [claimed] = await deliveries.claim(session, at, lease=AN_HOUR / 60, limit=1)
        return await digest(session, claimed)


async def test_nothing_is_sent_outside_of_working_hours(anns: Sessions) -> None:
    early = WEEK_BEFORE - timedelta(seconds=1)
    assert await composed(anns, early) == Later(at=WEEK_BEFORE)


async def test_where_nothing_needs_them_nothing_is_sent(anns: Sessions) -> None:
    assert await composed(anns, WEEK_BEFORE - timedelta(days=2)) is None


async def test_whoever_left_gets_nothing(anns: Sessions) -> None:
    async with anns.begin() as session:
        await people.remember(session, "T1", [replace(ANN, is_deactivated=True)], WEEK_BEFORE)
    assert await composed(anns, WEEK_BEFORE) is None
