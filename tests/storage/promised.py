"""Random histories of promises, to be counted by the rules and by a database alike."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from sqlalchemy import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemKind, ItemState
from domain.counting import Incident, Promise
from domain.meta_reviews import MetaReview
from domain.postmortems import Severity, Tier
from domain.programme import Priority
from domain.windows import EVERYTHING, Scope, Window
from storage import causal_classes, meta_reviews, workspaces
from storage.statements import run
from storage.tables import ActionItemRow, PostmortemRow, ServiceRow, TaggingRow

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
A_DAY = timedelta(days=1)
CHANNELS = {"checkout": "C1", "payments": "C2", "search": ""}
_ids = itertools.count(1)


@dataclass(frozen=True, kw_only=True)
class Item:
    """A promise in days from today; `created` is in hours, `implemented` in days from the due."""

    state: ItemState
    due: int
    created: int
    implemented: int | None
    moved: int
    reviews: int = 0


@dataclass(frozen=True, kw_only=True)
class Past:
    """An incident, its classes by their place in the taxonomy, and what was promised."""

    service: str
    classes: frozenset[int]
    tier: Tier
    is_private: bool
    is_meta: bool
    items: Sequence[Item]


_NEAR = st.integers(-2, 2)
#: Midnight is twelve hours before in UTC, and seven in Havana.
_CREATED = st.sampled_from([-26, -18, -13, -12, -11, -7, -1, 0])
_AGES = st.sampled_from([0, 30, 60, 90, 91, 400])
ITEMS = st.builds(
    Item,
    state=st.sampled_from(ItemState),
    due=_NEAR,
    created=st.builds(lambda days, hours: -24 * days + hours, _AGES, _CREATED),
    implemented=st.sampled_from([None, -1, 0, 1]),
    moved=st.integers(0, 5),
    reviews=st.just(0),
)
PASTS = st.builds(
    Past,
    service=st.sampled_from(["checkout", "Checkout", "PAYMENTS", "search", "unknown"]),
    classes=st.frozensets(st.integers(0, 2), max_size=3),
    tier=st.sampled_from(Tier),
    is_private=st.booleans(),
    is_meta=st.booleans(),
    items=st.lists(ITEMS, min_size=1, max_size=3),
)
HISTORIES = st.lists(PASTS, min_size=2, max_size=6)
ZONES = st.sampled_from(["UTC", "America/Havana", "Asia/Kathmandu"]).map(ZoneInfo)
_HOURS = st.integers(0, 100).map(lambda hours: timedelta(hours=hours))
WINDOWS = st.lists(
    st.builds(
        lambda past, ahead, zone: Window(since=NOON - past, until=NOON + ahead, zone=zone),
        *(_HOURS, _HOURS, ZONES),
    ),
    min_size=1,
    max_size=3,
)
SCOPES = st.just(EVERYTHING) | st.builds(
    Scope,
    service=st.sampled_from(["", "", "CHECKOUT", "payments"]),
    class_id=st.none() | st.integers(0, 2),
    tier=st.none() | st.sampled_from(Tier),
    channel=st.sampled_from(["", "", "C1", "C2"]),
)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What was stored: a workspace of its own, its promises, and the ids of its classes."""

    workspace: str
    promises: list[Promise]
    classes: list[int]

    def scope(self, drawn: Scope) -> Scope:
        """The scope with the id of its class in place of that class's place."""
        which = None if drawn.class_id is None else self.classes[drawn.class_id]
        said = (drawn.service, drawn.tier, drawn.channel)
        return Scope(class_id=which, service=said[0], tier=said[1], channel=said[2])


async def kept(session: AsyncSession, pasts: Sequence[Past], zone: ZoneInfo) -> Kept:
    """Store what happened, in a workspace of its own; what day it was then is this zone's."""
    workspace = f"T{next(_ids)}"
    await workspaces.ensure(session, workspace)
    classes = [each.id for each in await causal_classes.taxonomy(session, workspace)]
    services = [
        {"workspace_id": workspace, "name": name.title(), "channel": channel}
        | {"query": "", "source": "nobody", "told_by": "", "trouble": ""}
        for name, channel in CHANNELS.items()
    ]
    await run(session, insert(ServiceRow), services)
    promises: list[Promise] = []
    for number, past in enumerate(pasts, 1):
        which = await _incident(session, workspace, number, past)
        tags = [{"postmortem_id": which, "class_id": classes[each]} for each in past.classes]
        said = {"workspace_id": workspace, "tagged_by": "U1", "tagged_at": NOON}
        if tags:
            await run(session, insert(TaggingRow), [each | said for each in tags])
        rows = [_row(workspace, which, place, each) for place, each in enumerate(past.items, 1)]
        if rows:
            await run(session, insert(ActionItemRow), rows)
        incident = Incident(
            id=which,
            started_at=NOON,
            classes=frozenset(classes[each] for each in past.classes),
            service=past.service,
            tier=past.tier,
            channel=CHANNELS.get(past.service.lower(), ""),
        )
        promises += [_promise(incident, row, zone) for row in rows]
    return Kept(workspace=workspace, promises=promises, classes=classes)


async def _incident(session: AsyncSession, workspace: str, number: int, past: Past) -> int:
    which = next(_ids)
    row = PostmortemRow(
        id=which,
        workspace_id=workspace,
        number=number,
        channel_name="inc",
        is_private=past.is_private,
        title="It broke",
        service=past.service,
        severity=Severity.P2,
        started_at=NOON,
        tier=past.tier,
        created_by="U1",
        created_at=NOON,
    )
    await run(session, insert(PostmortemRow).values(**row.model_dump()))
    if past.is_meta:
        meta = MetaReview(
            postmortem_id=which,
            workspace_id=workspace,
            quarter=f"2026-Q{number}",
            facilitator="U1",
            channel="C9",
            called_at=NOON,
        )
        await meta_reviews.begin(session, meta)
    return which


def _row(workspace: str, which: int, place: int, item: Item) -> dict[str, Any]:
    due_on, done = TODAY + item.due * A_DAY, item.implemented
    row = ActionItemRow(
        id=next(_ids),
        workspace_id=workspace,
        postmortem_id=which,
        position=place,
        what="Drain connections",
        done_when="None is lost",
        owner="U1",
        priority=Priority.P2,
        due_on=due_on + item.moved * A_DAY,
        original_due_on=due_on,
        kind=ItemKind.GUARDRAIL,
        state=item.state,
        created_by="U1",
        created_at=NOON + timedelta(hours=item.created),
        reschedules=item.moved,
        reviews_seen=item.reviews,
        implemented_on=None if done is None else due_on + done * A_DAY,
    )
    return row.model_dump()


def _promise(incident: Incident, row: dict[str, Any], zone: ZoneInfo) -> Promise:
    return Promise(
        incident=incident,
        original_due_on=row["original_due_on"],
        created_on=row["created_at"].astimezone(zone).date(),
        state=row["state"],
        implemented_on=row["implemented_on"],
        reschedules=row["reschedules"],
    )
