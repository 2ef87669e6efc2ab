"""What became of items and risks comes along with an import, and is followed up as far as it is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.imported_outcomes import LAST_DAY
from documents.document import Document
from domain.accepted_risks import AcceptedRisk
from domain.action_items import LINK_MAX, NOTE_MAX, ItemState, Progress
from domain.decisions import ENDED
from domain.programme import Programme
from storage import accepted_risks, action_items, inherited
from storage.engine import Sessions
from storage.statements import run
from storage.tables import AcceptedRiskRow, ActionItemRow
from tests.bot.test_imported import DOCUMENT, NOW, kept, owned

ITEM = owned("Watch it", "U1")
RISK = AcceptedRisk(risk="It ends", accepter="U1", reason="cheap", until=date(2027, 1, 1))


def with_item(**became: Any) -> Document:
    return replace(DOCUMENT, items=(replace(ITEM, **became),))


def with_risk(**became: Any) -> Document:
    return replace(DOCUMENT, items=(ITEM,), risks=(replace(RISK, **became),))


async def heard(session: AsyncSession, at: Any) -> Sequence[datetime | None]:
    return (await run(session, select(at))).scalars().all()


async def lines(sessions: Sessions, made: int) -> list[str]:
    async with sessions() as session:
        return [each.text for each in await inherited.lines(session, made)]


async def test_an_implemented_item_keeps_its_soak_and_is_asked_about_after_it(
    sessions: Sessions,
) -> None:
    soaks_until = date(2026, 12, 16)
    document = with_item(state=ItemState.IMPLEMENTED, soaks_until=soaks_until)
    made, warnings = await kept(sessions, document)
    async with sessions() as session:
        (item,) = await action_items.items(session, made)
        planned = await heard(session, col(ActionItemRow.hear_at))
    assert (warnings, item.state, item.soaks_until) == ([], ItemState.IMPLEMENTED, soaks_until)
    morning = datetime.combine(soaks_until, Programme().work_begins, UTC)
    assert planned == [morning]


@pytest.mark.parametrize("state", sorted(ENDED))
async def test_nobody_hears_of_an_item_that_has_ended(sessions: Sessions, state: ItemState) -> None:
    await kept(sessions, with_item(state=state, soaks_until=date(2026, 12, 16)))
    async with sessions() as session:
        assert await heard(session, col(ActionItemRow.hear_at)) == [None]


async def test_the_owner_hears_of_an_item_that_turned_out_to_be_ineffective(
    sessions: Sessions,
) -> None:
    await kept(sessions, with_item(state=ItemState.INEFFECTIVE, verified_at=NOW))
    async with sessions() as session:
        (planned,) = await heard(session, col(ActionItemRow.hear_at))
    assert planned is not None
    assert planned > NOW


async def test_its_first_date_and_what_somebody_noted_come_along(sessions: Sessions) -> None:
    became = {"progress": Progress.BLOCKED, "note": "Waits", "original_due_on": date(2024, 5, 1)}
    made, _ = await kept(sessions, with_item(**became))
    async with sessions() as session:
        (item,) = await action_items.items(session, made)
    assert {name: getattr(item, name) for name in became} == became


async def test_a_risk_that_stands_is_heard_of_and_one_that_ended_is_not(
    sessions: Sessions,
) -> None:
    ended = replace(RISK, renewals=2, ended_on=date(2026, 10, 1))
    made, _ = await kept(sessions, replace(DOCUMENT, risks=(RISK, ended)))
    async with sessions() as session:
        stored = await accepted_risks.risks(session, made)
        stands, none = await heard(session, col(AcceptedRiskRow.hear_at))
    assert [replace(each, id=None) for each in stored] == [RISK, ended]
    assert (stands is None, none) == (False, None)


@pytest.mark.parametrize(("named", "is_kept"), [(3, True), (2, False)])
async def test_a_risk_stands_for_the_item_in_the_place_it_names(
    sessions: Sessions, named: int, *, is_kept: bool
) -> None:
    items = (replace(owned("Test it", "U9"), position=2), replace(ITEM, position=3))
    risks = (replace(RISK, item_id=named),)
    made, _ = await kept(sessions, replace(DOCUMENT, items=items, risks=risks))
    async with sessions() as session:
        (item,) = await action_items.items(session, made)
        (risk,) = await accepted_risks.risks(session, made)
    assert risk.item_id == (item.id if is_kept else None)


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (with_item(note="x" * (NOTE_MAX + 1)), "501 characters are too many"),
        (with_item(link="x" * (LINK_MAX + 1)), "1,001 characters are too many"),
        (with_item(soaks_until=date.max), "nobody can be reminded of it on 9999-12-31."),
        (
            with_item(verified_at=datetime(2027, 1, 1, tzinfo=UTC)),
            "nobody can have verified it on 2027-01-01.",
        ),
        (
            with_item(verified_at=datetime(1, 1, 1, tzinfo=UTC)),
            "nobody can have verified it on 0001-01-01.",
        ),
        (with_risk(until=date.max), "nobody can be reminded of it on 9999-12-31."),
        (with_risk(renewals=-1), "nobody can have accepted it again -1 times."),
        (with_risk(renewals=10**30), "nobody can have accepted it again"),
    ],
)
async def test_what_cannot_have_become_of_it_makes_it_an_inherited_line(
    sessions: Sessions, document: Document, why: str
) -> None:
    made, (warning,) = await kept(sessions, document)
    assert why in warning
    assert len(await lines(sessions, made)) == 1


async def test_the_last_day_of_all_is_kept(sessions: Sessions) -> None:
    _, warnings = await kept(sessions, with_item(due_on=LAST_DAY))
    assert warnings == []


async def test_an_inherited_line_says_how_an_item_or_a_risk_ended(sessions: Sessions) -> None:
    item = replace(owned("Test it", "U9"), state=ItemState.CANCELLED)
    risk = replace(RISK, accepter="U9", ended_on=date(2026, 10, 1))
    made, _ = await kept(sessions, replace(DOCUMENT, items=(item,), risks=(risk,)))
    first, second = await lines(sessions, made)
    assert first.endswith("due: 2024-06-01; cancelled)")
    assert second.endswith("until 2027-01-01: cheap; ended on 2026-10-01)")
