"""Items that a burning service raised, and what becomes of them and of it meanwhile."""

from datetime import timedelta
from typing import Any

import pytest

from domain.budgets import LOWERED, RAISED
from domain.decisions import Decision
from domain.services import KNOWN_FOR
from handlers.budget_items import BUDGET
from tests.scenarios.burning import A_MINUTE, AT_ONCE, history, known, spent, told_of
from tests.scenarios.deciding import changed, decided, promised, the_item
from tests.scenarios.following import DAY, heard, later, leaves
from tests.scenarios.monthly import set_up
from tests.scenarios.stage import NOW, Stage

NEXT_WEEK = (NOW + timedelta(days=7)).date()
REOPENED = [
    (Decision.IMPLEMENT, {"words": "Shipped"}),
    (Decision.REOPEN, {"words": "Still lost ten", "day": NEXT_WEEK}),
]


async def standing(slack: Stage) -> tuple[str, str | None]:
    """Give the item's priority, and the one it goes back to."""
    item = await the_item(slack)
    return item.priority, item.raised_from


@pytest.mark.parametrize(
    "decisions",
    [
        [(Decision.RESCHEDULE, {"words": "Vendor is late", "day": NEXT_WEEK})],
        [(Decision.PROMOTE, {"words": "Storage", "link": "https://projects.example.com/7"})],
        REOPENED[:1],
        REOPENED,
    ],
)
async def test_whatever_is_decided_it_goes_back_to_where_it_was(
    slack: Stage, decisions: list[tuple[Decision, dict[str, Any]]]
) -> None:
    await promised(slack)
    await spent(slack, 80)
    for decision, typed in decisions:
        await decided(slack, "bob", decision, **typed)
    await later(slack, A_MINUTE)
    assert await standing(slack) == ("P1", "P2")
    await spent(slack, 10)
    assert await standing(slack) == ("P2", None)


async def test_an_incident_put_down_to_another_service_goes_back_soon(slack: Stage) -> None:
    await promised(slack)
    await spent(slack, 80)
    await slack.run_sql("UPDATE postmortem SET service = 'payments'")
    await later(slack, A_MINUTE)
    assert await standing(slack) == ("P2", None)
    why = "its incident is not put down to checkout any more, which burns its error budget"
    assert (await history(slack))[-1].reason == why
    assert "It raises no item of yours any more." in told_of(slack, "bob")


async def test_one_put_down_to_another_that_burns_stays_where_it_is(slack: Stage) -> None:
    await promised(slack)
    await spent(slack, 80)
    await slack.passes(A_MINUTE)
    await spent(slack, 80, "payments")
    await slack.run_sql("UPDATE postmortem SET service = 'payments'")
    await later(slack, A_MINUTE)
    assert [each.event for each in await history(slack)] == ["added", RAISED]
    await spent(slack, 10)
    assert await standing(slack) == ("P1", "P2")
    assert "checkout has recovered" in told_of(slack, "bob")


async def test_whoever_handed_it_over_reads_that_it_is_over_too(slack: Stage) -> None:
    await promised(slack)
    await spent(slack, 80)
    await changed(slack, owner=slack.id_of("mei"))
    await spent(slack, 10)
    assert "checkout has recovered: 10 % of its error budget is spent." in told_of(slack, "bob")


async def test_of_who_has_left_the_lead_hears(slack: Stage) -> None:
    await set_up(slack)
    await promised(slack)
    await leaves(slack, "bob")
    await spent(slack, 80)
    assert f"of <@{slack.id_of('bob')}>, who has left, went up" in told_of(slack, "lena")
    await spent(slack, 10)
    assert "who has left, went back" in told_of(slack, "lena")


async def test_of_who_has_left_nobody_hears_where_nobody_leads(slack: Stage) -> None:
    await set_up(slack, lead="")
    await promised(slack)
    await leaves(slack, "bob")
    await spent(slack, 80)
    assert [heard(slack, name, BUDGET) for name in ("bob", "lena")] == [[], []]
    assert await standing(slack) == ("P1", "P2")


async def test_a_number_nobody_tells_any_more_raises_nothing_after_a_week(slack: Stage) -> None:
    await promised(slack)
    await spent(slack, 80)
    await later(slack, KNOWN_FOR - DAY)
    assert await standing(slack) == ("P1", "P2")
    await later(slack, DAY)
    assert await standing(slack) == ("P2", None)
    assert "Nobody has told for 7 days" in told_of(slack, "bob")
    last = (await history(slack))[-1]
    assert (last.event, last.reason) == (
        LOWERED,
        "nobody has told for 7 days how much of checkout's error budget is spent",
    )
    service = await known(slack)
    assert (service.burned, service.burning_since) == (None, None)
    await spent(slack, 90)
    await later(slack, AT_ONCE)
    assert await standing(slack) == ("P1", "P2")
