"""What the clock must not do while it turns: age what is on its way, leap, or run for ever."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from sandbox import Clock
from sandbox.diary import Diary, Due
from tests.sandbox.test_diary import HOUR, START, Plan, diary, due


class Busy(Plan):
    """An app to which somebody gives something to do while it is asked what comes."""

    on_its_way = 0

    async def coming(self, after: datetime, until: datetime) -> Sequence[Due]:
        """Begin to send something."""
        self.on_its_way += 1
        return await super().coming(after, until)

    async def catch_up(self) -> None:
        """Send it."""
        self.on_its_way = 0


async def test_nothing_is_on_its_way_when_the_clock_turns() -> None:
    clock = Clock(START)
    pages = Diary(clock, lambda: None)
    plan = pages.planner = Busy(clock, due(2), due(5))
    aged: list[int] = []
    clock.on_turn(lambda: aged.append(plan.on_its_way))

    await pages.turn(24 * HOUR)

    assert aged == [0, 0, 0]


async def test_what_catching_up_plans_is_met_even_when_nothing_was_planned() -> None:
    pages, plan, clock = diary()
    begun = plan.catch_up

    async def plans() -> None:
        await begun()
        plan.dues = [due(3, "answer")]

    plan.catch_up = plans  # type: ignore[method-assign] # this plan grows
    assert [one.what for one in await pages.turn(5 * HOUR)] == ["answer"]
    assert clock.now() == START + 5 * HOUR


@pytest.mark.parametrize("days", [-1, 401])
async def test_the_clock_turns_neither_back_nor_too_far(days: int) -> None:
    pages, plan, clock = diary()
    with pytest.raises(ValueError, match="0 to 400 days at once: choose"):
        await pages.turn(timedelta(days=days))
    assert (clock.now(), plan.caught_up) == (START, [])


async def test_a_goal_that_is_none_is_refused() -> None:
    pages, _, _ = diary(due(1))
    with pytest.raises(ValueError, match="one of: next, review"):
        await pages.turn_to("banana")  # type: ignore[arg-type] # a page may say anything


async def test_a_plan_without_an_end_stops_the_clock_and_says_so() -> None:
    clock = Clock(START)
    pages = Diary(clock, lambda: None, most_stops=3)
    pages.planner = Plan(clock, *(due(step) for step in range(1, 9)))
    with pytest.raises(LookupError, match="stopped on its way: turn it again"):
        await pages.turn(24 * HOUR)
    assert clock.now() == START + 3 * HOUR
