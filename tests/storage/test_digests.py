"""What a digest reads is found by an index, however many incidents there were."""

from dataclasses import replace
from datetime import date, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.accepted_risks import AcceptedRisk
from domain.action_items import HistoryEntry, ItemState
from domain.digests import KeptItem
from domain.record import Event, RecordEntry
from storage import accepted_risks, action_items, digests, heard_before, item_history, record
from storage.engine import Database, Sessions
from tests.storage.samples import ITEM, NOW, started
from tests.storage.test_plans import plans, read_whole

RISK = AcceptedRisk(risk="a node", accepter="U1", reason="rare", until=date(2026, 12, 1))
DAY = timedelta(days=1)


def entry(event: Event, risk: str, *, days: int = 0) -> RecordEntry:
    return RecordEntry(actor="U2", at=NOW + days * DAY, event=event, changes={"risk": (risk, risk)})


async def test_what_was_done_to_each_risk_since_then_is_told_from_the_record(
    sessions: Sessions,
) -> None:
    old, again = entry(Event.RISK_RENEWED, "a node"), entry(Event.RISK_RENEWED, "a node", days=2)
    other = entry(Event.RISK_ENDED, "a disk", days=2)
    async with sessions.begin() as session:
        made = await started(session)
        for each in (RISK, replace(RISK, risk="a disk", accepter="U9")):
            await accepted_risks.add(
                session, "T1", made.id, each, by="U1", now=NOW, submission=each.risk
            )
        for done in (old, again, other, RecordEntry(actor="U1", at=NOW + DAY, event=Event.TAGGED)):
            await record.append(session, "T1", made.id, done)
        [(kept, entries)] = await digests.looked_at(session, "T1", {"U1"}, NOW + DAY)
    assert (kept.risk.risk, [each.at for each in entries]) == ("a node", [again.at])


async def test_an_ineffective_item_comes_with_what_was_said_last_when_it_was_marked(
    sessions: Sessions,
) -> None:
    async with sessions.begin() as session:
        made = await started(session)
        marked = replace(ITEM, state=ItemState.INEFFECTIVE)
        for each in (marked, replace(ITEM, position=2)):
            item = await action_items.add(
                session, "T1", made.id, each, by="U1", now=NOW, submission=each.state
            )
            for event, reason in (("ineffective", "PM-8"), ("ineffective", "PM-9"), ("e", "x")):
                which = item.id or 0
                done = HistoryEntry(
                    item_id=which, actor="", at=NOW, event=event, changes={}, reason=reason
                )
                await item_history.append(session, "T1", done)
        found = await digests.kept_by(session, "T1", {"U1"})
    assert sorted(each.why for each in found if isinstance(each, KeptItem)) == ["", "PM-9"]


async def test_what_was_done_is_looked_up_by_an_index(database: Database) -> None:
    async def ask(session: AsyncSession) -> None:
        who = "T1", {"U1"}
        await digests.kept_by(session, *who)
        await digests.looked_at(session, *who, NOW)
        await digests.done_to(session, *who, NOW, naming="U1")
        await digests.asked_of(session, "T1", "U1")
        await heard_before.newest(session, "T1", "digest", "U1:2026-11-24")

    found = await plans(database, ask)
    assert [read_whole(plan) for plan in found] == [set()] * len(found)
