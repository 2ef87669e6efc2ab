"""Incidents by the ten thousand, told at length: two classes each and three action items."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import insert, select, text
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ItemKind, ItemState, Progress
from domain.decisions import Decision
from domain.postmortems import Facts, Severity
from domain.programme import Priority
from storage import causal_classes, postmortems, workspaces
from storage.statements import run

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
#: They began within so many days, evenly.
DAYS = 5 * 365
SERVICES = [f"service-{number:02}" for number in range(40)]
#: One of the owners: each has about 500 items, 80 of them open, however many owners there are.
OWNER = "U0OWNER0"
_ITEMS_EACH = 500
#: Sections of a full postmortem are this long, so that rows are as wide as they get.
_TOLD = "The pool was exhausted after the failover, and nobody was paged for it. " * 8
_STATES = (*[ItemState.OPEN] * 2, *[ItemState.VERIFIED] * 5, ItemState.IMPLEMENTED)
_ENDED = (ItemState.CANCELLED, ItemState.ACCEPTED, ItemState.PROMOTED, ItemState.INEFFECTIVE)
_TABLES = SQLModel.metadata.tables
_EMPTY = ("note", "shipped", "evidence", "link", "proposed_owner", "proposed_by")


async def fill(session: AsyncSession, workspace: str, size: int) -> None:
    """Let a new workspace have so many incidents, written down about as they began."""
    first = await _first(session, workspace)
    table = _TABLES["postmortem"]
    row = (await run(session, table.select().where(table.c.id == first))).one()._asdict()
    del row["id"]
    rows = [row | _told(number, size) for number in range(2, size + 1)]
    await run(session, insert(table), rows)
    mine = table.c.workspace_id == workspace
    kept = (
        await run(session, select(table.c.id, table.c.number, table.c.started_at).where(mine))
    ).all()
    known = [each.id for each in await causal_classes.taxonomy(session, workspace)]
    tags = [tag for which, number, _ in kept for tag in _tags(workspace, which, number, known)]
    await run(session, insert(_TABLES["tagging"]), tags)
    items = [
        _item(workspace, which, number, began, position)
        | {"owner": _owner(3 * number + position, size)}
        for which, number, began in kept
        for position in (1, 2, 3)
    ]
    await run(session, insert(_TABLES["action_item"]), items)
    of_items = select(_TABLES["action_item"].c.id, _TABLES["action_item"].c.due_on)
    decided = (await run(session, of_items.where(_TABLES["action_item"].c.position == 1))).all()
    await run(
        session, insert(_TABLES["item_history"]), [_decision(workspace, *it) for it in decided]
    )
    await run(session, text("ANALYZE"))


async def _first(session: AsyncSession, workspace: str) -> int:
    """Its services and its first incident; gives that one's id."""
    await workspaces.ensure(session, workspace)
    teams = [
        {"workspace_id": workspace, "name": name, "channel": f"C0TEAM{number % 8}", "query": ""}
        | {"source": "nobody", "told_by": "", "trouble": ""}
        for number, name in enumerate(SERVICES)
    ]
    await run(session, insert(_TABLES["service"]), teams)
    made = await postmortems.start(
        session,
        workspace,
        channel=None,
        channel_name="",
        is_private=False,
        facts=Facts(
            title="Checkout was slow",
            service=SERVICES[0],
            severity=Severity.P2,
            started_at=NOW - timedelta(days=DAYS),
        ),
        created_by="U1",
        submission="V1",
        now=NOW,
    )
    return made.id


def _told(number: int, size: int) -> dict[str, object]:
    """What differs: primes spread it, so that no two things go together."""
    ago = DAYS * 86_400 * (size - number) // size + number * 7919 % (3 * 86_400)
    began = NOW - timedelta(seconds=ago, microseconds=number)
    severity = (*[Severity.P3] * 5, *[Severity.P2] * 3, Severity.P1)[number % 9]
    return {
        "number": number,
        "submission": f"V{number}",
        "title": f"Checkout took eight seconds after change {number}",
        "service": SERVICES[number % 37],
        "severity": severity,
        "tier": int(severity[1]),
        "started_at": began,
        "detected_at": None if number % 7 == 0 else began + timedelta(seconds=number % 3_601),
        "recovered_at": None if number % 11 == 0 else began + timedelta(seconds=number % 90_001),
        "is_private": number % 19 == 0,
        "impact": _TOLD[: number % 400],
        "root_cause": _TOLD[: number % 570],
    }


def _tags(workspace: str, which: int, number: int, known: list[int]) -> list[dict[str, object]]:
    """Two classes or three, some of them rare; every tenth incident has none."""
    if number % 10 == 0:
        return []
    places = {number % 13 % len(known), number % 5, *([number % 6] if number % 10 == 1 else [])}
    return [
        {"workspace_id": workspace, "postmortem_id": which, "class_id": known[place]}
        | {"tagged_by": "U1", "tagged_at": NOW}
        for place in places
    ]


def _owner(turn: int, size: int) -> str:
    """They take turns after each has one item in each state."""
    return f"U0OWNER{turn // 12 % max(1, 3 * size // _ITEMS_EACH)}"


def _item(
    workspace: str, which: int, number: int, began: datetime, position: int
) -> dict[str, object]:
    turn = number * 3 + position
    written = began + timedelta(days=turn % 3)
    state = (*_STATES, *_ENDED)[turn % 12]
    due = written.date() + timedelta(days=(14, 30, 60)[turn % 3])
    is_done = state in {ItemState.VERIFIED, ItemState.IMPLEMENTED, ItemState.INEFFECTIVE}
    return {
        "workspace_id": workspace,
        "postmortem_id": which,
        "position": position,
        "what": f"Drain connections of pool {number} before a failover",
        "done_when": "A failover under load loses no request",
        "priority": (Priority.P1, Priority.P2, Priority.P3)[turn % 3],
        "due_on": due,
        "original_due_on": due,
        "kind": ItemKind.GUARDRAIL,
        "state": state,
        "created_by": "U1",
        "created_at": written,
        "implemented_on": due + timedelta(days=turn % 9 - 6) if is_done else None,
        "reschedules": turn % 5,
        "reviews_seen": turn % 3,
        "progress": Progress.NOT_STARTED,
        "hear_at": None,
    } | dict.fromkeys(_EMPTY, "")


def _decision(workspace: str, item: int, day: date) -> dict[str, object]:
    """What was decided about it on the day on which it was due."""
    return {
        "workspace_id": workspace,
        "item_id": item,
        "actor": OWNER,
        "at": datetime.combine(day, time(12), UTC),
        "event": tuple(Decision)[item % len(Decision)],
        "changes": {},
        "reason": "It waits for the new pool",
    }
