import asyncio
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from domain.accepted_risks import AcceptedRisk
from domain.action_items import DONE_WHEN_MAX, MAX_ITEMS, WHAT_MAX, ActionItem, free_position
from domain.contributing_factors import ContributingFactor, FactorKind
from domain.errors import RuleBroken
from domain.postmortems import Postmortem
from storage import accepted_risks, action_items, contributing_factors, postmortems
from storage.engine import Sessions
from storage.statements import run
from storage.tables import ActionItemRow
from tests.storage.samples import ITEM, NOW, started

FACTOR = ContributingFactor(kind=FactorKind.MADE_POSSIBLE, text="No job renews them")
RISK = AcceptedRisk(
    risk="It expires again", accepter="U1", reason="We move away", until=date(2027, 5, 1)
)


async def _begun(sessions: Sessions) -> Postmortem:
    async with sessions.begin() as session:
        return await started(session)


async def _add(sessions: Sessions, postmortem: Postmortem, submission: str) -> ActionItem:
    """Add an item as a handler does: lock, look, decide, write."""
    async with sessions.begin() as session:
        locked = await postmortems.lock(session, "T1", postmortem.id)
        taken = [item.position or 0 for item in await action_items.items(session, locked.id)]
        placed = replace(ITEM, position=free_position(locked.facts.tier, taken))
        return await action_items.add(
            session, "T1", locked.id, placed, by="U1", now=NOW, submission=submission
        )


async def test_of_six_people_at_once_exactly_three_add_an_item(sessions: Sessions) -> None:
    made = await _begun(sessions)

    outcomes = await asyncio.gather(
        *(_add(sessions, made, f"V{person}") for person in range(6)), return_exceptions=True
    )

    assert sum(isinstance(outcome, RuleBroken) for outcome in outcomes) == 3
    async with sessions() as session:
        kept = await action_items.items(session, made.id)
        locked = await postmortems.find(session, "T1", made.id)
    assert [item.position for item in kept] == [1, 2, 3]
    assert locked is not None
    assert locked.version == 4


async def test_an_item_is_found_with_its_postmortem_in_its_own_workspace(
    sessions: Sessions,
) -> None:
    made = await _begun(sessions)
    item = await _add(sessions, made, "V2")

    async with sessions() as session:
        found = await action_items.item(session, "T1", item.id or 0)
        elsewhere = await action_items.item(session, "T2", item.id or 0)
    assert found is not None
    assert (found[0].id, found[1]) == (made.id, item)
    assert elsewhere is None


async def test_a_changed_item_keeps_its_place(sessions: Sessions) -> None:
    made = await _begun(sessions)
    item = await _add(sessions, made, "V2")
    changed = replace(item, what="Renew them by hand", owner="U2", position=3)
    async with sessions.begin() as session:
        await action_items.change(session, changed)

    async with sessions() as session:
        assert await action_items.items(session, made.id) == [replace(changed, position=1)]


async def test_items_say_which_factor_they_answer_until_it_is_gone(sessions: Sessions) -> None:
    made = await _begun(sessions)
    async with sessions.begin() as session:
        await contributing_factors.replace(session, "T1", made.id, [FACTOR], by="U1", now=NOW)
        [factor] = await contributing_factors.factors(session, made.id)
    item = await _add(sessions, made, "V2")
    async with sessions.begin() as session:
        await action_items.change(session, replace(item, factor_id=factor.id))
        assert await action_items.answers(session, made.id) == {factor.id: [1]}
        await contributing_factors.replace(session, "T1", made.id, [], by="U1", now=NOW)
        assert await action_items.answers(session, made.id) == {}


async def test_a_factor_of_another_postmortem_or_of_none_is_left_out(sessions: Sessions) -> None:
    made = await _begun(sessions)
    async with sessions.begin() as session:
        other = await started(session, channel="C2")
        await contributing_factors.replace(session, "T1", other.id, [FACTOR], by="U1", now=NOW)
        [theirs] = await contributing_factors.factors(session, other.id)
        for place, factor in ((1, theirs.id), (2, 12345)):
            item = replace(ITEM, factor_id=factor, position=place)
            kept = await action_items.add(
                session, "T1", made.id, item, by="U1", now=NOW, submission=""
            )
            assert kept.factor_id is None
        assert await action_items.answers(session, made.id) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"position": MAX_ITEMS + 1},
        {"position": 0},
        {"position": 1},
        {"owner": " "},
        {"what": ""},
        {"what": "x" * (WHAT_MAX + 1)},
        {"done_when": "x" * (DONE_WHEN_MAX + 1)},
    ],
    ids=["fourth", "zeroth", "taken", "nobody's", "empty", "long", "long to check"],
)
async def test_the_database_itself_refuses_a_broken_item(
    sessions: Sessions, wrong: dict[str, str | int]
) -> None:
    made = await _begun(sessions)
    await _add(sessions, made, "V2")
    await _add(sessions, made, "V3")
    second = update(ActionItemRow).where(ActionItemRow.position == 2)  # type: ignore[arg-type] # SQLModel calls it an int
    with pytest.raises(IntegrityError):
        async with sessions.begin() as session:
            await run(session, second.values(**wrong))


async def test_the_same_submission_can_add_only_one_item_or_risk(sessions: Sessions) -> None:
    made = await _begun(sessions)
    await _add(sessions, made, "V2")
    with pytest.raises(IntegrityError):
        await _add(sessions, made, "V2")

    async with sessions() as session:
        assert await action_items.submitted(session, made.id, "V2")
        assert not await action_items.submitted(session, made.id, "V3")
        assert not await accepted_risks.submitted(session, made.id, "V2")


async def test_accepted_risks_come_back_in_the_order_they_were_accepted(
    sessions: Sessions,
) -> None:
    made = await _begun(sessions)
    async with sessions.begin() as session:
        kept = [
            await accepted_risks.add(
                session, "T1", made.id, risk, by="U1", now=NOW, submission=submission
            )
            for submission, risk in (("V2", RISK), ("V3", replace(RISK, risk="Another")))
        ]

    async with sessions() as session:
        assert await accepted_risks.risks(session, made.id) == kept
        assert await accepted_risks.submitted(session, made.id, "V2")
