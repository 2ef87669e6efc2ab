"""What waits for one person beside their items: found by rows that name them, and no others."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.accepted_risks import AcceptedRisk
from domain.action_items import HistoryEntry
from domain.home import Chaired, Looking
from domain.meetings import Meeting
from domain.meta_reviews import MetaReview
from domain.news import CONFIRMED
from domain.postmortems import Postmortem, Severity, Tier
from domain.publishing import Publication
from domain.record import Event, RecordEntry
from domain.timeline import TimelineEntry
from storage import (
    accepted_risks,
    action_items,
    agreements,
    item_history,
    meetings,
    meta_reviews,
    publishing,
    record,
    timeline,
    waiting,
)
from storage.engine import Database, Sessions
from tests.storage.samples import FACTS, ITEM, NOW, started
from tests.storage.test_plans import plans, read_whole

MEETING = Meeting(facilitator="U7", called_by="U1", called_at=NOW)
ASKED = RecordEntry(actor="U1", at=NOW, event=Event.AGREEMENT_ASKED)
ENTRY = TimelineEntry(at=NOW, text="failover started")


async def asked(session: AsyncSession, channel: str = "C1", **other: Any) -> Postmortem:
    """A postmortem with a timeline to which U1 and U2 were asked to agree."""
    made = await started(session, channel=channel, **other)
    await timeline.replace(session, "T1", made.id, [ENTRY], by="U1", now=NOW)
    await record.append(session, "T1", made.id, ASKED)
    return made


async def owed(session: AsyncSession, person: str = "U1", most: int = 5) -> list[str]:
    found, total = await waiting.agreements_owed(session, "T1", person, most)
    return [*(each.key for each in found), *(["…"] if total > len(found) else [])]


async def test_whoever_responded_owes_agreement_until_they_give_it(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await asked(session)
        assert [await owed(session, each) for each in ("U1", "U2", "U3")] == [
            ["PM-1"],
            ["PM-1"],
            [],
        ]
        await agreements.agree(session, "T1", made.id, "U1", NOW)
        assert [await owed(session, each) for each in ("U1", "U2")] == [[], ["PM-1"]]
        assert await waiting.agreements_owed(session, "T2", "U2", 5) == ([], 0)


async def test_nobody_is_waited_for_whom_nobody_asked(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session)
        await timeline.replace(session, "T1", made.id, [ENTRY], by="U1", now=NOW)
        assert await owed(session) == []


async def test_an_empty_timeline_is_not_waited_for(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session)
        await record.append(session, "T1", made.id, ASKED)
        assert await owed(session) == []


async def test_once_it_is_published_or_reviewed_nobody_is_waited_for(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        published, reviewed = await asked(session), await asked(session, "C2")
        said = Publication(published_by="U1", published_at=NOW)
        await publishing.publish(session, "T1", published.id, said)
        over = replace(MEETING, started_at=NOW, signed_off_at=NOW)
        await meetings.call(session, "T1", reviewed.id, over)
        assert await owed(session) == []


async def test_a_paragraph_needs_no_agreement(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await asked(session, facts=replace(FACTS, severity=Severity.P3))
        assert await owed(session) == []


async def test_the_latest_come_first_and_the_others_are_counted(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        for number in range(4):
            await asked(session, f"C{number}")
        assert await owed(session, most=2) == ["PM-4", "PM-3", "…"]


CHAIRED = Chaired(
    postmortem_id=1,
    number=1,
    title="Checkout latency",
    channel="C0",
    tier=Tier.STANDARD,
    meeting=MEETING,
)


async def test_what_somebody_has_to_chair_still_is_told(sessions: Sessions) -> None:
    others = replace(MEETING, signed_off_at=NOW), replace(MEETING, facilitator="U8")
    async with sessions.begin() as session:
        for number, meeting in enumerate((MEETING, *others)):
            made = await started(session, channel=f"C{number}")
            await meetings.call(session, "T1", made.id, meeting)
        assert await waiting.chaired(session, "T1", "U7", 5) == ([CHAIRED], 1)


META = MetaReview(
    postmortem_id=1,
    workspace_id="T1",
    quarter="2026-Q3",
    facilitator="U7",
    channel="C7",
    called_at=NOW,
)


async def test_a_meta_review_is_its_chairs_until_it_is_closed(sessions: Sessions) -> None:
    looking = Looking(postmortem_id=1, quarter="2026-Q3", channel="C7")
    async with sessions.begin() as session:
        await started(session, channel=None)
        await meta_reviews.begin(session, META)
        assert await waiting.looking_back(session, "T1", "U7") == [looking]
        await meta_reviews.close(session, 1, "U7", NOW)
        assert await waiting.looking_back(session, "T1", "U7") == []


async def named(session: AsyncSession, by: str, **other: Any) -> int:
    """A risk that U3 accepts instead of an item, as somebody said; the item's id."""
    made = await started(session)
    item = await action_items.add(session, "T1", made.id, ITEM, by="U1", now=NOW, submission="")
    said = AcceptedRisk(risk="It may", accepter="U3", reason="rare", until=ITEM.due_on)
    risk = replace(said, item_id=item.id, **other)
    await accepted_risks.add(session, "T1", made.id, risk, by=by, now=NOW, submission="")
    return item.id or 0


async def to_confirm(session: AsyncSession) -> list[str]:
    return [each.key for each in await waiting.to_confirm(session, "T1", "U3")]


async def test_a_risk_that_somebody_else_named_one_for_is_to_confirm(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        item_id = await named(session, "U1")
        assert await to_confirm(session) == ["PM-1/1"]
        said = HistoryEntry(item_id=item_id, actor="U3", at=NOW, event=CONFIRMED, changes={})
        await item_history.append(session, "T1", said)
        assert await to_confirm(session) == []


@pytest.mark.parametrize("other", [{"ended_on": NOW.date()}, {"renewals": 1}])
async def test_what_was_looked_at_since_is_not(sessions: Sessions, other: dict[str, Any]) -> None:
    async with sessions.begin() as session:
        await named(session, "U1", **other)
        assert await to_confirm(session) == []


async def test_what_one_accepted_oneself_is_not(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await named(session, "U3")
        assert await to_confirm(session) == []


async def test_only_rows_that_name_the_person_are_read(database: Database) -> None:
    async with database.sessions.begin() as session:
        await asked(session)

    async def ask(session: AsyncSession) -> None:
        await waiting.agreements_owed(session, "T1", "U1", 5)
        await waiting.chaired(session, "T1", "U7", 5)
        await waiting.to_confirm(session, "T1", "U3")

    found: Sequence[str] = await plans(database, ask)
    for index in ("ix_responder_workspace_id_person", "ix_meeting_workspace_id_facilitator"):
        assert any(index in plan for plan in found), found
    for plan in found:
        assert not read_whole(plan), plan
