"""What a monthly review saw open when it is closed: counted at once, told in the history."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.action_items import ActionItem, HistoryEntry, ItemState
from domain.digests import as_it_was
from domain.reviews import Review
from storage import (
    action_items,
    deliveries,
    hearings,
    item_history,
    review_laying,
    reviews,
    seen_items,
)
from storage.deliveries import Delivery
from storage.engine import Sessions
from storage.seen_items import Showing
from storage.statements import columns, run
from storage.tables import DeliveryRow
from tests.storage.samples import ITEM, NOW, started
from tests.storage.test_review_entries import REVIEW

CLOSED = NOW + timedelta(hours=1)
ITEMS = {
    "new": ITEM,
    "expires": replace(ITEM, reviews_seen=1, owner="U2"),
    "expired": replace(ITEM, reviews_seen=2, owner="U3"),
    "over": replace(ITEM, state=ItemState.INEFFECTIVE),
}
SHOWING = Showing(
    of_postmortem=("card",),
    of_meeting="agenda",
    of_person="home",
    digest="digest",
    since=NOW - timedelta(days=14),
    lead="U9",
)


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


async def seen(sessions: Sessions) -> Review:
    """Let a review that has everything on its table be closed."""
    async with sessions.begin() as session:
        review = await reviews.call(session, REVIEW)
        await review_laying.lay(session, review, NOW.date())
        await seen_items.lock_postmortems(session, "T1")
        await seen_items.see(session, review, CLOSED)
    return replace(review, closed_at=CLOSED)


async def last(sessions: Sessions, item_id: int) -> tuple[ActionItem, HistoryEntry | None]:
    async with sessions() as session:
        found = await action_items.item(session, "T1", item_id)
        entries = await item_history.of_item(session, item_id)
    assert found is not None
    return found[1], entries[-1] if entries else None


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("new", {"reviews_seen": ("", "1")}),
        ("expires", {"reviews_seen": ("1", "2"), "expired": ("", "yes")}),
        ("expired", {"reviews_seen": ("2", "3"), "expired": ("yes", "yes")}),
    ],
)
async def test_an_open_item_was_seen_once_more_by_the_app(
    sessions: Sessions, kept: dict[str, int], name: str, changed: dict[str, tuple[str, str]]
) -> None:
    await seen(sessions)
    item, entry = await last(sessions, kept[name])
    assert entry is not None
    assert (entry.actor, entry.at, entry.event, entry.changes) == ("", CLOSED, "reviewed", changed)
    assert item.reviews_seen == ITEMS[name].reviews_seen + 1
    before = as_it_was(item, [entry])
    assert before is not None
    assert before.reviews_seen == ITEMS[name].reviews_seen


async def test_what_is_not_open_was_not_seen(sessions: Sessions, kept: dict[str, int]) -> None:
    await seen(sessions)
    item, entry = await last(sessions, kept["over"])
    assert (item.reviews_seen, entry) == (0, None)


async def test_whoever_owns_what_expired_just_now_is_to_hear_of_it(
    sessions: Sessions, kept: dict[str, int]
) -> None:
    await seen(sessions)
    async with sessions() as session:
        heard = {
            name
            for name, which in kept.items()
            if await action_items.is_to_be_heard_of(session, which, CLOSED)
        }
    assert heard == {"expires"}


async def test_whatever_was_to_be_heard_of_in_that_second_is_not_put_off(
    sessions: Sessions, kept: dict[str, int]
) -> None:
    del kept
    await seen(sessions)
    async with sessions.begin() as session:
        whose = hearings.Whose(workspace_id="T1", person="U2")
        (held,) = await hearings.take(session, whose, CLOSED, 9)
    assert held.since == NOW


async def owe(sessions: Sessions, *owed: tuple[str, str, str]) -> None:
    async with sessions.begin() as session:
        for kind, subject, channel in owed:
            await deliveries.enqueue(session, "T1", kind, subject, channel=channel, due_at=NOW)


async def test_all_that_shows_what_expired_just_now_is_owed_anew_once(
    sessions: Sessions, kept: dict[str, int]
) -> None:
    expires, other = kept["expires"], kept["expired"]
    again = [("card", str(expires), "C1"), ("home", "U2", "U2"), ("home", "U9", "U9")]
    again.append(("digest", "U2:2026-11-20", "U2"))
    left = [("card", str(other), "C2"), ("home", "U3", "U3"), ("digest", "U2:2026-11-13", "U2")]
    await owe(sessions, *again, *left)
    review = await seen(sessions)
    async with sessions.begin() as session:
        which = seen_items.showing_expired(review, SHOWING)
        await deliveries.again_all(session, which, now=CLOSED)
        rows = await run(session, columns(DeliveryRow, Delivery, "wanted"))
    wanted = {(row.kind, row.subject, row.channel): row.wanted for row in rows}
    assert wanted == dict.fromkeys(again, 2) | dict.fromkeys(left, 1)
