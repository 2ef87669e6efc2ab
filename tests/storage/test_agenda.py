from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ActionItem, HistoryEntry, ItemState
from domain.agenda import Pattern
from domain.meetings import Meeting
from domain.postmortems import Postmortem
from storage import action_items, agenda, causal_classes, item_history, meetings, workspaces
from storage.engine import Sessions
from tests.storage.samples import FACTS, ITEM, NOW, started

YEAR = timedelta(days=365)
EARLIER = FACTS.started_at - timedelta(days=30)

GOING_ON = {ItemState.OPEN, ItemState.IMPLEMENTED, ItemState.INEFFECTIVE}


async def incident(
    session: AsyncSession,
    channel: str,
    *items: ActionItem,
    classes: tuple[str, ...] = (),
    is_private: bool = False,
    **facts: Any,
) -> Postmortem:
    """Start one with these items and classes; it is earlier unless told otherwise."""
    about = replace(FACTS, **({"started_at": EARLIER} | facts))
    made = await started(session, channel=channel, facts=about, is_private=is_private)
    for place, item in enumerate(items, start=1):
        stored = replace(item, position=place)
        await action_items.add(session, "T1", made.id, stored, by="U1", now=NOW, submission="")
    await workspaces.ensure(session, "T1")
    known = await causal_classes.by_name(session, "T1", classes)
    await causal_classes.tag(
        session, "T1", made.id, [each.id for each in known.values()], by="U1", now=NOW
    )
    return made


async def keys(session: AsyncSession, now: Postmortem) -> list[str]:
    """What the review of this one looks back on."""
    own = [each.id for each in await causal_classes.of_postmortem(session, now.id)]
    return [each.key for each in await agenda.earlier_items(session, now, own)]


async def test_items_of_the_same_service_are_found_whatever_its_case(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await incident(session, "C1", ITEM, service="Checkout")
        await incident(session, "C2", ITEM, service="search")
        now = await incident(session, "C3", ITEM, started_at=FACTS.started_at)

    async with sessions() as session:
        (found,) = await agenda.earlier_items(session, now, [])
    assert (found.key, found.channel, found.owner) == ("PM-1/1", "C1", "U1")
    assert (found.what, found.due_on) == (ITEM.what, ITEM.due_on)


async def test_items_of_another_service_count_when_a_class_is_shared(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await incident(session, "C1", ITEM, service="a", classes=("capacity", "missing alert"))
        await incident(session, "C2", ITEM, service="b", classes=("untested failover",))
        at = FACTS.started_at
        both = ("missing alert", "capacity")
        now = await incident(session, "C3", service="c", classes=both, started_at=at)
        assert await keys(session, now) == ["PM-1/1"]


async def test_it_is_told_which_items_are_of_the_same_service(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await incident(session, "C1", ITEM, service="a", classes=("capacity",))
        await incident(session, "C2", ITEM, service="B", classes=("capacity",))
        now = await incident(session, "C3", service="b", started_at=FACTS.started_at)
        [capacity] = (await causal_classes.by_name(session, "T1", ["capacity"])).values()
        found = await agenda.earlier_items(session, now, [capacity.id])
    assert {each.key: each.same_service for each in found} == {"PM-1/1": False, "PM-2/1": True}


@pytest.mark.parametrize(
    ("state", "is_shown"),
    [(each, each in GOING_ON) for each in ItemState],
)
async def test_only_what_nobody_has_closed_is_walked_through(
    sessions: Sessions,
    state: ItemState,
    is_shown: bool,  # noqa: FBT001 - a column of the table
) -> None:
    async with sessions.begin() as session:
        await incident(session, "C1", replace(ITEM, state=state))
        now = await incident(session, "C2", started_at=FACTS.started_at)
        assert await keys(session, now) == (["PM-1/1"] if is_shown else [])


async def test_private_and_later_incidents_are_left_out(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        now = await incident(session, "C1", ITEM)
        await incident(session, "C2", ITEM, is_private=True)
        await incident(session, "C3", ITEM, started_at=FACTS.started_at)
        assert await keys(session, now) == []


async def test_what_was_ended_since_the_review_began_stays_on_its_agenda(
    sessions: Sessions,
) -> None:
    ended = replace(ITEM, state=ItemState.CANCELLED)
    async with sessions.begin() as session:
        await incident(session, "C1", ended)
        now = await incident(session, "C2", started_at=FACTS.started_at)
        said = HistoryEntry(item_id=1, actor="U1", at=NOW, event="cancelled", changes={})
        await item_history.append(session, "T1", said)
        during = await agenda.earlier_items(session, now, [], since=NOW)
        assert [each.has_ended for each in during] == [True]
        assert await agenda.earlier_items(session, now, [], since=NOW + YEAR) == []


async def in_review(session: AsyncSession, *reviewed: Postmortem, **stage: Any) -> None:
    """Let the reviews of these have begun."""
    for each in reviewed:
        begun = Meeting(facilitator="U1", called_by="U1", called_at=NOW, started_at=NOW)
        await meetings.call(session, "T1", each.id, replace(begun, **stage))


async def test_reviews_under_way_that_look_back_on_an_item_are_found(sessions: Sessions) -> None:
    later: dict[str, Any] = {"started_at": FACTS.started_at}
    async with sessions.begin() as session:
        old = await incident(session, "C1", ITEM, service="a", classes=("capacity",))
        same = await incident(session, "C2", service="A", **later)
        alike = await incident(session, "C3", service="b", classes=("capacity",), **later)
        other = await incident(session, "C4", service="b", **later)
        await in_review(session, old, same, alike, other)
        assert await agenda.reviews_of(session, old) == [old.id, same.id, alike.id]
        assert await agenda.reviews_of(session, same) == [same.id]


async def test_reviews_not_under_way_look_back_on_nothing(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        secret = await incident(session, "C1", ITEM, is_private=True)
        called = await incident(session, "C2", started_at=FACTS.started_at)
        over = await incident(session, "C3", started_at=FACTS.started_at)
        running = await incident(session, "C4", started_at=FACTS.started_at)
        await in_review(session, called, started_at=None)
        await in_review(session, over, signed_off_at=NOW)
        await in_review(session, running)
        assert await agenda.reviews_of(session, called) == [running.id]
        assert await agenda.reviews_of(session, secret) == []


async def test_classes_add_up_over_a_year_with_their_open_items(sessions: Sessions) -> None:
    done = replace(ITEM, state=ItemState.VERIFIED)
    both = ("capacity", "missing alert")
    async with sessions.begin() as session:
        await incident(session, "C1", ITEM, ITEM, done, classes=both)
        await incident(session, "C2", ITEM, classes=("capacity",))
        await incident(session, "C3", ITEM, classes=("capacity",), started_at=NOW - YEAR - YEAR)
        now = await incident(session, "C4", started_at=FACTS.started_at)
        found = await agenda.patterns(session, now, NOW - YEAR, NOW)

    assert found == [
        Pattern(class_id=found[0].class_id, name="capacity", incidents=2, open_items=3),
        Pattern(class_id=found[1].class_id, name="missing alert", incidents=1, open_items=2),
    ]


async def test_of_private_incidents_only_this_one_counts(sessions: Sessions) -> None:
    private: dict[str, Any] = {"classes": ("capacity",), "is_private": True}
    async with sessions.begin() as session:
        await incident(session, "C1", ITEM, **private)
        now = await incident(session, "C2", **private)
        (found,) = await agenda.patterns(session, now, NOW - YEAR, NOW)
    assert (found.incidents, found.open_items) == (1, 0)
