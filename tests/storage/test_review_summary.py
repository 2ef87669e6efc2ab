"""What a closed monthly review came to: counted, told line by line, the same for good."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.accepted_risks import AcceptedRisk
from domain.action_items import HistoryEntry, ItemState
from domain.decisions import Decision
from domain.inherited import InheritedLine
from domain.programme import Programme
from domain.review_summary import Line, OfService, Summary
from domain.reviews import Review
from handlers.review_hours import zone_of
from storage import (
    accepted_risks,
    action_items,
    inherited,
    item_history,
    review_laying,
    review_lines,
    review_settling,
    review_summary,
    reviews,
    seen_items,
    workspaces,
)
from storage.engine import Sessions
from tests.storage.samples import FACTS, ITEM, NOW, started
from tests.storage.test_review_entries import REVIEW

CLOSED = NOW + timedelta(hours=1)
YESTERDAY = NOW.date() - timedelta(days=1)
MOVED_TO = date(2027, 1, 15)
TICKET: dict[str, Any] = {"ticket": "SHOP-1", "ticket_url": "https://acme.example/SHOP-1"}
ITEMS = {
    "late": replace(ITEM, due_on=YESTERDAY, reschedules=2, **TICKET),
    "expires": replace(ITEM, reviews_seen=1, owner="U2"),
    "secret": replace(ITEM, due_on=YESTERDAY, owner="U3", **TICKET),
    "left": replace(ITEM, owner="U4"),
}


@dataclass
class Held:
    """A review that is closed, and the ids of the items that it had on its table."""

    review: Review
    ids: dict[str, int]


async def move(session: AsyncSession, item_id: int, at: datetime) -> None:
    """Let the chair move an item for its owner, and whatever review has it know."""
    found = await action_items.item(session, "T1", item_id)
    assert found is not None
    moves = found[1].reschedules
    await action_items.change(session, replace(found[1], due_on=MOVED_TO, reschedules=moves + 1))
    changes = {
        "due_on": (str(found[1].due_on), str(MOVED_TO)),
        "reschedules": (str(moves), str(moves + 1)),
    }
    entry = HistoryEntry(
        item_id=item_id,
        actor="U9",
        at=at,
        event=Decision.RESCHEDULE,
        changes=changes,
        reason="The vendor",
        acting="facilitator",
    )
    entry_id = await item_history.append(session, "T1", entry)
    await review_settling.settle(session, by="U9", at=at, item_id=item_id, history_id=entry_id)


@pytest.fixture
async def held(sessions: Sessions) -> Held:
    """A review of four items, a risk and a line: of these one was moved, one ended, one dropped."""
    ids: dict[str, int] = {}
    async with sessions.begin() as session:
        for name, item in ITEMS.items():
            facts = replace(FACTS, service="search" if name == "left" else "Checkout")
            made = await started(
                session, channel=None, submission=name, facts=facts, is_private=name == "secret"
            )
            stored = await action_items.add(
                session, "T1", made.id, item, by="U1", now=NOW, submission=name
            )
            ids[name] = stored.id or 0
        risk = AcceptedRisk(risk="Two fail", accepter="U5", reason="Rare", until=YESTERDAY)
        kept = await accepted_risks.add(
            session, "T1", made.id, risk, by="U5", now=NOW, submission="r"
        )
        await inherited.add(session, "T1", made.id, [InheritedLine(text="Add a canary.")])
        review = await reviews.call(session, REVIEW)
        await review_laying.lay(session, review, NOW.date())
        for name in ("late", "secret"):
            await move(session, ids[name], NOW)
        await accepted_risks.change(session, replace(kept, ended_on=NOW.date()))
        await review_settling.settle(session, by="U5", at=NOW, risk_id=kept.id, reason="Gone")
        await seen_items.see(session, review, CLOSED)
        review = replace(review, started_at=NOW, closed_at=CLOSED, closed_by="U9")
        await reviews.change(session, review)
    return Held(review=review, ids=ids)


async def told(sessions: Sessions, held: Held) -> Summary:
    async with sessions() as session:
        zone = await zone_of(session, "T1")
        return await review_summary.summary(session, held.review, zone)


async def lines(sessions: Sessions, held: Held, *, decided: bool) -> list[Line]:
    async with sessions() as session:
        return await review_lines.lines(session, held.review, decided=decided)


async def test_it_is_counted_what_was_decided_and_what_is_open(
    sessions: Sessions, held: Held
) -> None:
    said = await told(sessions, held)
    assert (said.tally.total, said.tally.decided, said.tally.undecided) == (6, 3, 3)
    assert said.tally.in_order() == [("moved", 2), ("risk ended", 1)]
    assert (said.tally.still_open, said.tally.expired) == (4, 1)
    assert said.expired == ["PM-2/1"]
    assert said.undecided == ["PM-2/1", "PM-4/1", "PM-4 (inherited line)"]


async def test_what_the_programme_can_learn_is_named(sessions: Sessions, held: Held) -> None:
    said = await told(sessions, held)
    assert [(each.key, each.moved, each.words) for each in said.often] == [
        ("PM-1/1", 3, ITEM.what),
        ("PM-3/1", 1, ""),
    ]
    assert [each.key for each in said.oldest] == ["PM-1/1", "PM-3/1", "PM-2/1"]
    assert said.services == [
        OfService(name="Checkout", total=2, still_open=2, late=1),
        OfService(name="", total=1, still_open=1, late=0),
        OfService(name="search", total=1, still_open=1, late=0),
    ]


async def test_every_decision_is_a_line(sessions: Sessions, held: Held) -> None:
    moved, secret, risk = await lines(sessions, held, decided=True)
    assert (moved.ticket, moved.ticket_url) == ("SHOP-1", "https://acme.example/SHOP-1")
    assert (secret.ticket, risk.ticket) == ("", "")
    assert (moved.key, moved.event, moved.on) == ("PM-1/1", "rescheduled", MOVED_TO)
    assert (moved.by, moved.acting, moved.reason) == ("U9", "facilitator", "The vendor")
    assert (secret.is_private, secret.words, secret.reason, secret.on) == (True, "", "", MOVED_TO)
    assert (risk.key, risk.event, risk.words, risk.reason) == (
        "PM-4",
        "no risk any more",
        "Two fail",
        "Gone",
    )


async def test_so_is_everything_that_nobody_decided(sessions: Sessions, held: Held) -> None:
    expired, left, line = await lines(sessions, held, decided=False)
    assert (expired.key, expired.seen, expired.has_expired) == ("PM-2/1", 2, True)
    assert (left.key, left.seen, left.has_expired, left.owner) == ("PM-4/1", 1, False, "U4")
    assert (line.key, line.words, line.owner) == ("PM-4", "Add a canary.", "")


async def test_lines_are_read_by_the_page(sessions: Sessions, held: Held) -> None:
    async with sessions() as session:
        first = await review_lines.lines(session, held.review, decided=False, most=2)
        rest = await review_lines.lines(
            session, held.review, decided=False, after=first[-1].position
        )
    assert [each.key for each in (*first, *rest)] == ["PM-2/1", "PM-4/1", "PM-4"]


async def test_it_is_told_the_same_whatever_happens_later(sessions: Sessions, held: Held) -> None:
    before = (await told(sessions, held), await lines(sessions, held, decided=True))
    async with sessions.begin() as session:
        for which in held.ids.values():
            await move(session, which, CLOSED + timedelta(days=1))
            found = await action_items.item(session, "T1", which)
            assert found is not None
            await action_items.change(session, replace(found[1], state=ItemState.CANCELLED))
    assert (await told(sessions, held), await lines(sessions, held, decided=True)) == before


async def test_what_is_owed_is_named_by_its_key(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        for number in range(2):
            made = await started(session, channel=None, submission=f"V{number}")
            item = replace(ITEM, due_on=YESTERDAY)
            await action_items.add(session, "T1", made.id, item, by="U1", now=NOW, submission="i")
        review = await reviews.call(session, REVIEW)
        await review_laying.lay(session, review, NOW.date())
        assert await review_lines.owed_keys(session, review.id or 0) == ["PM-1/1", "PM-2/1"]


async def test_a_line_that_a_private_incident_inherited_too_has_no_words(
    sessions: Sessions, held: Held
) -> None:
    async with sessions.begin() as session:
        made = await started(session, channel=None, submission="Vtoo", is_private=True)
        await inherited.add(session, "T1", made.id, [InheritedLine(text="Add a CANARY")])
    line = (await lines(sessions, held, decided=False))[-1]
    assert (line.key, line.words, line.is_private) == ("PM-4", "", True)


@pytest.mark.parametrize(
    ("zone", "late"), [("UTC", 0), ("America/Los_Angeles", 0), ("Pacific/Kiritimati", 1)]
)
async def test_what_was_due_before_the_day_of_closing_there_is_late(
    sessions: Sessions, held: Held, zone: str, late: int
) -> None:
    async with sessions.begin() as session:
        await workspaces.change_programme(session, "T1", Programme(review_zone=zone))
        found = await action_items.item(session, "T1", held.ids["left"])
        assert found is not None
        await action_items.change(session, replace(found[1], due_on=CLOSED.date()))
    assert (await told(sessions, held)).services[-1] == OfService(
        name="search", total=1, still_open=1, late=late
    )


async def test_what_was_late_when_it_was_closed_is_late_though_it_is_moved_afterwards(
    sessions: Sessions, held: Held
) -> None:
    async with sessions.begin() as session:
        found = await action_items.item(session, "T1", held.ids["left"])
        assert found is not None
        await action_items.change(session, replace(found[1], due_on=YESTERDAY))
    before = await told(sessions, held)
    assert before.services[-1].late == 1
    async with sessions.begin() as session:
        await move(session, held.ids["left"], CLOSED + timedelta(days=1))
    assert await told(sessions, held) == before
