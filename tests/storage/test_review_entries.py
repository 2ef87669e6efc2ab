"""What is on the table of a monthly review: laid in order, settled, and counted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, HistoryEntry, ItemState
from domain.inherited import InheritedLine
from domain.reviews import Entry, Review, Why
from storage import accepted_risks, action_items, inherited, item_history, review_entries, reviews
from storage.engine import Sessions
from tests.storage.samples import ITEM, NOW, started

TODAY = NOW.date()
REVIEW = Review(
    workspace="T1",
    facilitator="U9",
    called_by="",
    called_at=NOW - timedelta(days=3),
    due_at=NOW,
    due_on=TODAY,
    channel="C1",
)
YESTERDAY = TODAY - timedelta(days=1)
NEXT_YEAR = date(TODAY.year + 1, 1, 4)
ITEMS = {
    "later": ITEM,
    "older": replace(ITEM, due_on=YESTERDAY - timedelta(days=30), owner="U2"),
    "late": replace(ITEM, due_on=YESTERDAY),
    "expired": replace(ITEM, due_on=NEXT_YEAR, reviews_seen=2),
    "soaked": replace(ITEM, state=ItemState.IMPLEMENTED, soaks_until=YESTERDAY),
    "soaks": replace(ITEM, state=ItemState.IMPLEMENTED, soaks_until=NEXT_YEAR),
    "in vain": replace(ITEM, state=ItemState.INEFFECTIVE),
    "over": replace(ITEM, state=ItemState.CANCELLED),
}


@pytest.fixture
async def kept(sessions: Sessions) -> dict[str, int]:
    """One item of each sort, each of a postmortem of its own: its name → its id."""
    found: dict[str, int] = {}
    async with sessions.begin() as session:
        for name, item in ITEMS.items():
            made = await started(session, channel=None, submission=f"V{name}")
            stored = await action_items.add(
                session, "T1", made.id, item, by="U1", now=NOW, submission=name
            )
            found[name] = stored.id or 0
    return found


async def laid(sessions: Sessions) -> list[Entry]:
    async with sessions.begin() as session:
        review = await reviews.call(session, REVIEW)
        await review_entries.lay(session, review, TODAY)
        return await review_entries.of_review(session, review.id or 0)


async def test_expired_ones_come_first_then_the_longest_overdue_then_the_rest(
    sessions: Sessions, kept: dict[str, int]
) -> None:
    names = {item_id: name for name, item_id in kept.items()}
    entries = await laid(sessions)
    walked = ["expired", "older", "late", "in vain", "soaked", "later"]
    assert [names[each.item_id or 0] for each in entries] == walked
    assert [each.position for each in entries] == [1, 2, 3, 4, 5, 6]
    assert [each.why for each in entries][:3] == [Why.EXPIRED, Why.OVERDUE, Why.OVERDUE]


async def test_everybody_is_called_by_one_card(sessions: Sessions, kept: dict[str, int]) -> None:
    del kept
    entries = await laid(sessions)
    review_id = entries[0].review_id
    async with sessions.begin() as session:
        for page in (entries[:1], entries[1:]):
            await review_entries.bring_up(session, page, NOW)
        up = await review_entries.of_review(session, review_id)
    assert [(each.owner, each.position) for each in up if each.mentions] == [
        (ITEM.owner, 1),
        ("U2", 2),
    ]


async def test_risks_that_ran_out_come_after_items_and_lines_once_each(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        made = await started(session, channel=None, submission="V1")
        other = await started(session, channel=None, submission="V2")
        for until in (YESTERDAY, NEXT_YEAR):
            risk = AcceptedRisk(risk="r", accepter="U3", reason="w", until=until)
            await accepted_risks.add(
                session, "T1", made.id, risk, by="U1", now=NOW, submission=f"{until}"
            )
        for each in (made, other):
            await inherited.add(session, "T1", each.id, [InheritedLine(text="Add a canary.")])
    whys = [each.why for each in await laid(sessions)]
    assert whys == [Why.RISK, Why.LINE]


async def decide(sessions: Sessions, item_id: int, event: str, days_ago: int = 0) -> None:
    entry = HistoryEntry(
        item_id=item_id, actor="U7", at=NOW - timedelta(days=days_ago), event=event, changes={}
    )
    async with sessions.begin() as session:
        await item_history.append(session, "T1", entry)


@pytest.mark.parametrize(
    ("event", "days_ago", "found"),
    [("cancelled", 1, 1), ("rescheduled", 1, 1), ("cancelled", 9, 0), ("blocked", 1, 0)],
)
async def test_what_was_decided_since_it_was_called_lies_there_settled(
    sessions: Sessions, kept: dict[str, int], event: str, days_ago: int, found: int
) -> None:
    await decide(sessions, kept["over"], event, days_ago)
    there = [each for each in await laid(sessions) if each.item_id == kept["over"]]
    assert [(each.is_settled, each.settled_by) for each in there] == [(True, "U7")] * found


@pytest.mark.parametrize(("name", "why"), [("soaks", Why.OPEN), ("soaked", Why.EVIDENCE)])
async def test_what_was_implemented_early_waits_for_evidence_once_it_has_soaked(
    sessions: Sessions, kept: dict[str, int], name: str, why: Why
) -> None:
    await decide(sessions, kept[name], "implemented", 1)
    (there,) = [each for each in await laid(sessions) if each.item_id == kept[name]]
    assert (there.why, there.is_settled) == (why, True)


@pytest.mark.parametrize(
    ("events", "is_settled"),
    [
        (("handed over", "declined"), False),
        (("rescheduled", "handed over", "returned"), False),
        (("handed over", "rescheduled", "declined"), True),
        (("handed over", "taken on"), True),
    ],
)
async def test_what_was_handed_over_and_came_back_is_decided_only_by_something_else(
    sessions: Sessions, kept: dict[str, int], events: tuple[str, ...], *, is_settled: bool
) -> None:
    for event in events:
        await decide(sessions, kept["late"], event)
    (late,) = [each for each in await laid(sessions) if each.item_id == kept["late"]]
    assert late.is_settled is is_settled


async def test_what_must_be_decided_is_owed_until_it_is(
    sessions: Sessions, kept: dict[str, int]
) -> None:
    review_id = (await laid(sessions))[0].review_id
    async with sessions.begin() as session:
        owed = await review_entries.owed(session, review_id)
        assert [each.item_id for each in owed] == [kept[n] for n in ("expired", "older", "late")]
        [told] = await review_entries.settle(
            session, by="U2", at=NOW, item_id=kept["older"], history_id=None
        )
        assert (told.review_id, told.was_shown) == (review_id, False)
        counted = await review_entries.counts(session, review_id)
    assert (counted.total, counted.settled, counted.owed) == (6, 1, 2)


async def test_what_is_settled_before_its_turn_is_not_brought_up(
    sessions: Sessions, kept: dict[str, int]
) -> None:
    review_id = (await laid(sessions))[0].review_id
    async with sessions.begin() as session:
        await review_entries.settle(session, by="U1", at=NOW, item_id=kept["expired"])
        up = await review_entries.next_up(session, review_id, 1)
        await review_entries.bring_up(session, up, NOW)
        rest = await review_entries.next_up(session, review_id, 9)
    assert [each.item_id for each in up] == [kept["older"]]
    assert len(rest) == 4


async def test_a_workspace_holds_one_review_at_a_time(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await started(session, channel=None, submission="V1")
        review = await reviews.call(session, REVIEW)
        assert await reviews.open_review(session, "T1") == review
        closed = replace(review, started_at=NOW, closed_at=NOW)
        await reviews.change(session, closed)
        assert await reviews.open_review(session, "T1") is None
        assert (
            await reviews.last_closed(session, "T1") == closed == await reviews.last(session, "T1")
        )


def test_an_item_lives_as_long_as_its_workspace_says() -> None:
    item: ActionItem = replace(ITEM, reviews_seen=2, reviews_to_live=3)
    assert not item.has_expired
    assert replace(item, reviews_seen=3).has_expired


async def test_the_first_card_of_theirs_that_comes_up_calls_an_owner(
    sessions: Sessions, kept: dict[str, int]
) -> None:
    review_id = (await laid(sessions))[0].review_id
    async with sessions.begin() as session:
        await review_entries.settle(session, by="U1", at=NOW, item_id=kept["expired"])
        for most in (2, 9):
            page = await review_entries.next_up(session, review_id, most)
            await review_entries.bring_up(session, page, NOW)
        entries = await review_entries.of_review(session, review_id)
    up = [(each.item_id, each.owner) for each in entries if each.mentions and each.shown_at]
    assert up == [(kept["older"], "U2"), (kept["late"], ITEM.owner)]


async def test_whoever_is_absent_is_so_for_all_that_is_theirs(
    sessions: Sessions, kept: dict[str, int]
) -> None:
    del kept
    review_id = (await laid(sessions))[0].review_id
    async with sessions.begin() as session:
        page = await review_entries.next_up(session, review_id, 1)
        await review_entries.bring_up(session, page, NOW)
        shown = await review_entries.mark_absent(session, review_id, ITEM.owner, NOW)
        assert await review_entries.mark_absent(session, review_id, ITEM.owner, NOW) == []
        assert shown == [page[0].id]
        assert await review_entries.number_of_the_absent(session, review_id) == 5
        waits = await review_entries.of_the_absent(session, review_id, 2)
    assert [each.position for each in waits] == [1, 3]


async def test_only_what_was_handed_over_comes_back(
    sessions: Sessions, kept: dict[str, int]
) -> None:
    await laid(sessions)
    async with sessions.begin() as session:
        for name, event in (("late", "handed over"), ("older", "rescheduled")):
            entry = HistoryEntry(item_id=kept[name], actor="U1", at=NOW, event=event, changes={})
            which = await item_history.append(session, "T1", entry)
            await review_entries.settle(
                session, by="U1", at=NOW, item_id=kept[name], history_id=which
            )
        back = [await review_entries.unsettle(session, kept[n]) for n in ("late", "older")]
    assert [len(each) for each in back] == [1, 0]
