"""Error budgets: a service that burns its own raises its items, and their owners hear why."""

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from domain.budgets import LOWERED, RAISED
from domain.decisions import Decision
from handlers.budget_items import BUDGET, Settling
from tests.scenarios.burning import (
    A_MINUTE,
    AT_ONCE,
    history,
    known,
    put,
    spent,
    token,
    told,
    told_of,
)
from tests.scenarios.deciding import decided, edited, promised, the_item, window
from tests.scenarios.following import heard, later
from tests.scenarios.stage import Stage

OTHER = "#inc-auth-tokens"


async def standing(slack: Stage) -> tuple[str, str | None]:
    """Give the item's priority, and the one it goes back to."""
    item = await the_item(slack)
    return item.priority, item.raised_from


async def test_a_burning_service_raises_its_items_and_says_why(slack: Stage) -> None:
    await promised(slack)
    status, said = await put(slack, await token(slack), 82.5)
    assert (status, said["burns"]) == (200, True)
    await later(slack, AT_ONCE)
    assert await standing(slack) == ("P1", "P2")
    words = told_of(slack, "bob")
    assert "checkout burns its error budget: 82.5 % of it is spent" in words
    assert "P2 → P1" in words
    assert "raised from P2: checkout burns its error budget" in slack.card().words()


async def test_the_history_tells_what_was_raised_and_why(slack: Stage) -> None:
    await promised(slack)
    await spent(slack, 82.5)
    await spent(slack, 40)
    entries = (await history(slack))[-2:]
    assert [each.event for each in entries] == [RAISED, LOWERED]
    assert "raised from" not in (await window(slack, "bob")).text()
    assert entries[0].reason == "checkout burns its error budget: 82.5 % is spent"
    assert entries[1].reason == "checkout has recovered: 40 % of its error budget is spent"


async def test_what_was_raised_goes_back_when_it_recovers(slack: Stage) -> None:
    await promised(slack)
    await spent(slack, 80)
    await spent(slack, 64)
    assert await standing(slack) == ("P2", None)
    words = told_of(slack, "bob")
    assert "64 % of its error budget is spent. Your open action item went back" in words
    assert "did because checkout burns its error budget: 80 % is spent" in words
    assert (await known(slack)).burning_since is None


async def test_one_that_wavers_moves_nothing(slack: Stage) -> None:
    await promised(slack)
    for burned in (74, 75, 70, 74, 66, 80):
        await spent(slack, burned)
    assert [each.event for each in await history(slack)] == ["added", RAISED]
    await spent(slack, 64)
    for burned in (66, 74):
        await spent(slack, burned)
    assert [each.event for each in await history(slack)] == ["added", RAISED, LOWERED]


async def test_whatever_a_person_chose_meanwhile_stays(slack: Stage) -> None:
    await promised(slack)
    await spent(slack, 80)
    await edited(slack, "bob", priority="P3")
    await later(slack, A_MINUTE)
    assert await standing(slack) == ("P3", None)
    await spent(slack, 10)
    assert await standing(slack) == ("P3", None)
    assert "P3 by now" in told_of(slack, "bob")


async def test_other_changes_leave_it_raised(slack: Stage) -> None:
    await promised(slack)
    await spent(slack, 80)
    await edited(slack, "bob", what="Drain all connections first")
    await decided(slack, "bob", Decision.START, words="Begun")
    assert await standing(slack) == ("P1", "P2")
    await spent(slack, 10)
    assert await standing(slack) == ("P2", None)


async def test_a_new_item_of_a_burning_service_is_raised_too(slack: Stage) -> None:
    await slack.started()
    await spent(slack, 80)
    await slack.promised()
    await later(slack, A_MINUTE)
    assert await standing(slack) == ("P1", "P2")
    assert "P2 → P1" in told_of(slack, "bob")


async def test_an_item_that_ended_is_left_alone(slack: Stage) -> None:
    await promised(slack)
    await decided(slack, "bob", Decision.IMPLEMENT, words="Shipped")
    await spent(slack, 80)
    assert await standing(slack) == ("P2", None)
    assert heard(slack, "bob", BUDGET) == []


async def test_items_of_other_services_stay(slack: Stage) -> None:
    await promised(slack)
    await spent(slack, 80, "auth")
    assert await standing(slack) == ("P2", None)


async def test_a_service_is_the_same_however_its_letters_are_cased(slack: Stage) -> None:
    await promised(slack, service="Checkout")
    await spent(slack, 80, "checkout")
    assert await standing(slack) == ("P1", "P2")


async def test_an_owner_of_several_hears_once(slack: Stage) -> None:
    await promised(slack)
    await slack.promised(what="Alert on the pool")
    await slack.started(channel=OTHER)
    await slack.promised(channel=OTHER, what="Renew by a job")
    await spent(slack, 80)
    words = told_of(slack, "bob")
    assert "Your 3 open action items went up one priority" in words
    assert all(key in words for key in ("PM-1/1", "PM-1/2", "PM-2/1"))
    calls = [call for call in slack.sandbox.calls if call.method == "chat.update"]
    assert not [call for call in calls if f"/{BUDGET}/" in str(call.args)]


async def test_two_replicas_raise_an_item_once(slack: Stage) -> None:
    await promised(slack)
    await told(slack, 80)
    sessions, now = slack.bot.database.sessions, slack.clock.now()
    replicas = [Settling(), Settling()]
    await asyncio.gather(*(each(sessions, None, now) for each in replicas))  # type: ignore[arg-type] # it asks Slack nothing
    assert [each.event for each in await history(slack)] == ["added", RAISED]


async def test_a_crash_in_the_middle_is_made_up_for(slack: Stage) -> None:
    await promised(slack)
    await slack.started(channel=OTHER)
    await slack.promised(channel=OTHER)
    # Before it is told: else a tick may raise them while nothing is broken yet.
    await slack.run_sql(
        "CREATE TRIGGER broken BEFORE UPDATE OF raised_in ON action_item WHEN old.postmortem_id = 1"
        " BEGIN SELECT RAISE(ABORT, 'crashed'); END"
    )
    await told(slack, 80)
    await later(slack, AT_ONCE)
    assert await raised(slack) == ["P2", "P1"]
    assert heard(slack, "bob", BUDGET) == []
    await slack.run_sql("DROP TRIGGER broken")
    await later(slack, AT_ONCE)
    assert await raised(slack) == ["P1", "P1"]
    assert "Your 2 open action items" in told_of(slack, "bob")


async def raised(slack: Stage) -> list[Any]:
    """Give the priorities of all items, by their incident."""
    async with slack.bot.database.sessions() as session:
        connection = await session.connection()
        query = text("SELECT priority FROM action_item ORDER BY postmortem_id")
        return list((await connection.execute(query)).scalars())


async def test_outside_their_hours_an_owner_hears_in_the_morning_or_never(slack: Stage) -> None:
    await promised(slack)
    await slack.passes(timedelta(hours=12))
    await spent(slack, 80)
    assert heard(slack, "bob", BUDGET) == []
    await spent(slack, 10)
    await later(slack, timedelta(hours=24))
    assert heard(slack, "bob", BUDGET) == []


async def test_an_incident_of_another_service_now_goes_back_too(slack: Stage) -> None:
    await promised(slack)
    await spent(slack, 80)
    await slack.run_sql("UPDATE postmortem SET service = 'payments'")
    await spent(slack, 10)
    assert await standing(slack) == ("P2", None)


async def test_of_two_services_that_burn_the_incident_is_raised_by_one(slack: Stage) -> None:
    await promised(slack, service="checkout")
    await told(slack, 80, "payments")
    await spent(slack, 80)
    await slack.run_sql("UPDATE postmortem SET service = 'payments'")
    await spent(slack, 10)
    assert await standing(slack) == ("P1", "P2")
    await spent(slack, 10, "payments")
    assert await standing(slack) == ("P2", None)
