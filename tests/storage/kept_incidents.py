"""Incidents as chance has them: many at once, at ends of windows, of every kind there is."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.counting import Incident
from domain.postmortems import Severity, Tier
from domain.quarters import quarter_of
from domain.windows import Scope, Window, before, last_months, months_of, of_quarters
from storage import causal_classes, workspaces
from storage.engine import Sessions
from storage.statements import run
from storage.tables import PostmortemRow

BASE = datetime(2025, 9, 30, 22, tzinfo=UTC)
#: Six months to the microsecond, and what lies beside; the hours in which clocks are changed.
_DAYS = (0, 1, 25, 26, 182, 183, 184, 366, 549)
_MOMENTS = (0, 0, 1, -1, 999_999, 999_600, 3_600_000_000)
_ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
SERVICES = {"checkout": "C1", "Search": "C2", "mail": ""}
CLASSES = 4
#: Each example is a workspace of its own: the others in the same database must not matter.
ALWAYS = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
_TABLES = SQLModel.metadata.tables
_numbers = itertools.count(1)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """An incident to store; its classes are places, `is_meta` makes it a meta-review's own."""

    incident: Incident
    is_private: bool = False
    is_meta: bool = False


@dataclass(frozen=True, kw_only=True)
class Stored:
    """What was stored in a workspace of its own: what counts, those private, and the classes.

    `numbers` are those of all by their ids.
    """

    workspace: str
    incidents: list[Incident]
    private: frozenset[int]
    numbers: dict[int, int]
    classes: tuple[int, ...]

    def scoped(self, scope: Scope) -> Scope:
        """The scope with the id of its class, of which it has the place."""
        place = scope.class_id
        return scope if place is None else replace(scope, class_id=self.classes[place])


instants = st.builds(
    lambda days, moment: BASE + timedelta(days=days, microseconds=moment),
    st.sampled_from(_DAYS),
    st.sampled_from(_MOMENTS),
)
_spans = st.none() | st.timedeltas(timedelta(seconds=-2), timedelta(seconds=9))
services = st.sampled_from([*SERVICES, "CHECKOUT", "nobody's"])


@st.composite
def _incidents(draw: st.DrawFn) -> Incident:
    began = draw(instants)
    detect, recover = draw(_spans), draw(_spans)
    return Incident(
        id=0,
        started_at=began,
        classes=draw(st.frozensets(st.integers(0, CLASSES - 1), max_size=3)),
        detected_at=None if detect is None else began + detect,
        recovered_at=None if recover is None else began + recover,
        severity=draw(st.sampled_from(Severity)),
        service=draw(services),
        tier=draw(st.sampled_from(Tier)),
    )


_rarely = st.integers(0, 7).map(lambda number: number == 0)
kept = st.lists(
    st.builds(Kept, incident=_incidents(), is_private=_rarely, is_meta=_rarely), max_size=25
)
#: Whose class is a place among those of the workspace.
scopes = st.builds(
    Scope,
    service=st.just("") | services,
    class_id=st.none() | st.integers(0, CLASSES - 1),
    tier=st.none() | st.sampled_from(Tier),
    channel=st.sampled_from(["", "", "", "C1", "C2"]),
)


@st.composite
def windows(draw: st.DrawFn) -> list[Window]:
    """Windows of a report, or any two."""
    zone, until = ZoneInfo(draw(st.sampled_from(_ZONES))), draw(instants)
    last = last_months(draw(st.sampled_from([3, 6, 12])), until, zone)
    quarter = quarter_of(last.end_day)
    quarters = of_quarters([quarter.before.before, quarter.before, quarter], zone)
    ends = sorted([draw(instants), draw(instants)])
    any_two = Window(since=ends[0], until=ends[1], zone=zone)
    return [last, before(last, 3), *quarters, any_two, *months_of(last)[:2]]


async def store(sessions: Sessions, those: Sequence[Kept]) -> Stored:
    """Store them in a new workspace, the first at the front."""
    workspace = f"T{next(_numbers)}"
    async with sessions.begin() as session:
        classes = await _begin(session, workspace)
        rows = [_row(workspace, number, each) for number, each in enumerate(those, 1)]
        await _add(session, "postmortem", rows)
        mine = col(PostmortemRow.workspace_id) == workspace
        ids = select(col(PostmortemRow.id)).where(mine).order_by(col(PostmortemRow.number))
        found = list(zip((await run(session, ids)).scalars().all(), those, strict=True))
        incidents = [_stored(which, each.incident, classes) for which, each in found]
        tags = [_tag(workspace, one, each) for one in incidents for each in one.classes]
        await _add(session, "tagging", tags)
        metas = [which for which, each in found if each.is_meta]
        await _add(session, "meta_review", [_meta(workspace, *it) for it in enumerate(metas)])
    return Stored(
        workspace=workspace,
        incidents=[one for one in incidents if one.id not in metas],
        numbers={which: number for number, (which, _) in enumerate(found, 1)},
        private=frozenset(which for which, each in found if each.is_private),
        classes=classes,
    )


async def _add(session: AsyncSession, table: str, rows: Sequence[dict[str, object]]) -> None:
    if rows:
        await run(session, insert(_TABLES[table]), rows)


async def _begin(session: AsyncSession, workspace: str) -> tuple[int, ...]:
    """Its services and classes; gives the ids of these."""
    await workspaces.ensure(session, workspace)
    service: dict[str, object] = {
        "workspace_id": workspace,
        "query": "",
        "source": "nobody",
        "told_by": "",
    }
    teams = [
        service | {"name": name, "channel": where, "trouble": ""}
        for name, where in SERVICES.items()
    ]
    await _add(session, "service", teams)
    return tuple(each.id for each in (await causal_classes.taxonomy(session, workspace))[:CLASSES])


def _row(workspace: str, number: int, each: Kept) -> dict[str, object]:
    one = each.incident
    return {
        "workspace_id": workspace,
        "number": number,
        "channel_name": "",
        "is_private": each.is_private,
        "title": f"Incident {number}",
        "service": one.service,
        "severity": one.severity,
        "started_at": one.started_at,
        "detected_at": one.detected_at,
        "recovered_at": one.recovered_at,
        "tier": int(one.tier),
        "created_by": "U1",
        "created_at": BASE,
    }


def _stored(which: int, one: Incident, classes: Sequence[int]) -> Incident:
    team = SERVICES.get(one.service, "C1" if one.service == "CHECKOUT" else "")
    ids = frozenset(classes[place] for place in one.classes)
    return replace(one, id=which, classes=ids, channel=team)


def _tag(workspace: str, one: Incident, class_id: int) -> dict[str, object]:
    return {
        "workspace_id": workspace,
        "postmortem_id": one.id,
        "class_id": class_id,
        "tagged_by": "U1",
        "tagged_at": BASE,
    }


def _meta(workspace: str, place: int, which: int) -> dict[str, object]:
    return {
        "workspace_id": workspace,
        "postmortem_id": which,
        "quarter": quarter_of(date(2000 + place, 1, 1)).key,
        "facilitator": "U1",
        "channel": "C9",
        "called_at": BASE,
    }
