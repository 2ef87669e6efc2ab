"""Turning the clock: a stop at everything due, in order, and a list of what came."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from sandbox import Clock
from sandbox.diary import HORIZON, REMEMBERED, Diary, Due

START = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def due(hours: float, what: str = "digest to Ana", *, is_review: bool = False) -> Due:
    return Due(at=START + hours * HOUR, zone="Europe/Lisbon", what=what, is_review=is_review)


class Plan:
    """An app that knows what comes, and notes at what time it was let catch up."""

    def __init__(self, clock: Clock, *dues: Due) -> None:
        self.dues = list(dues)
        self.caught_up: list[datetime] = []
        self._clock = clock

    async def coming(self, after: datetime, until: datetime) -> Sequence[Due]:
        """Say what comes."""
        return [one for one in self.dues if after < one.at <= until]

    async def catch_up(self) -> None:
        """Note the time."""
        self.caught_up.append(self._clock.now())


def diary(*dues: Due) -> tuple[Diary, Plan, Clock]:
    clock = Clock(START)
    made = Diary(clock, lambda: None)
    plan = made.planner = Plan(clock, *dues)
    return made, plan, clock


async def test_the_clock_stops_at_everything_due_on_its_way() -> None:
    pages, plan, clock = diary(due(2), due(5, "review"), due(5, "digest to Bob"), due(30))

    came = await pages.turn(24 * HOUR)

    assert [one.what for one in came] == ["digest to Ana", "review", "digest to Bob"]
    stops = [START, START + 2 * HOUR, START + 5 * HOUR, START + 24 * HOUR]
    assert sorted({*plan.caught_up}) == stops
    assert clock.now() == START + 24 * HOUR


async def test_it_turns_to_the_next_thing_due_and_to_the_next_review() -> None:
    pages, _, clock = diary(due(2), due(40, is_review=True))

    assert [one.at for one in await pages.turn_to("next")] == [START + 2 * HOUR]
    assert [one.is_review for one in await pages.turn_to("review")] == [True]
    assert clock.now() == START + 40 * HOUR


async def test_what_is_next_is_shown_and_what_came_is_remembered() -> None:
    pages, _, _ = diary(due(2), due(40, "the review", is_review=True))
    await pages.look()
    assert pages.to_page()["next"]["at"] == "2026-11-24T11:30:00+00:00"
    assert pages.to_page()["next_review"]["what"] == "the review"

    await pages.turn(3 * HOUR)

    assert [one["what"] for one in pages.to_page()["came"]] == ["digest to Ana"]
    assert pages.to_page()["next"]["what"] == "the review"


async def test_something_planned_meanwhile_is_met_on_the_way() -> None:
    pages, plan, clock = diary(due(2))
    begun = plan.catch_up

    async def plans_more() -> None:
        await begun()
        if clock.now() == START + 2 * HOUR and len(plan.dues) == 1:
            plan.dues.append(due(3, "answer"))

    plan.catch_up = plans_more  # type: ignore[method-assign] # this plan grows
    assert [one.what for one in await pages.turn(5 * HOUR)] == ["digest to Ana", "answer"]


async def test_while_the_clock_turns_its_diary_is_read_for_that_alone() -> None:
    pages, plan, clock = diary(due(2), due(5))
    read: list[datetime] = []
    turned, asked = plan.catch_up, plan.coming

    async def looks_again() -> None:
        await turned()
        await pages.look()

    async def noted(after: datetime, until: datetime) -> Sequence[Due]:
        read.append(until)
        return await asked(after, until)

    plan.catch_up = looks_again  # type: ignore[method-assign] # a page that hears of a change
    plan.coming = noted  # type: ignore[method-assign] # and what it reads
    goal = clock.now() + 3 * HOUR
    await pages.turn(3 * HOUR)

    assert set(read[:-1]) == {goal}
    assert read[-1] == clock.now() + HORIZON
    assert pages.to_page()["next"]["at"] == due(5).to_page()["at"]


async def test_an_app_that_goes_away_while_the_clock_turns_lets_it_stand_there() -> None:
    pages, plan, clock = diary(due(2), due(5))
    turned = plan.catch_up

    async def closes() -> None:
        await turned()
        if clock.now() > START:
            pages.planner = None

    plan.catch_up = closes  # type: ignore[method-assign] # the demo is ended meanwhile
    with pytest.raises(LookupError, match="is closing"):
        await pages.turn(24 * HOUR)
    assert clock.now() == START + 2 * HOUR


async def test_without_anything_planned_there_is_nothing_to_turn_to() -> None:
    pages, _, clock = diary()

    with pytest.raises(LookupError, match="start a postmortem"):
        await pages.turn_to("next")
    assert clock.now() == START


async def test_a_workspace_without_an_app_turns_its_clock_all_the_same() -> None:
    clock = Clock(START)
    pages = Diary(clock, lambda: None)

    assert await pages.turn(HOUR) == []
    assert clock.now() == START + HOUR


async def test_two_hands_do_not_turn_at_once() -> None:
    pages, plan, _ = diary(due(1))
    begun = plan.catch_up

    async def other_hand() -> None:
        await begun()
        with pytest.raises(LookupError, match="wait until it stands"):
            await pages.turn(HOUR)

    plan.catch_up = other_hand  # type: ignore[method-assign] # somebody is quicker
    assert len(await pages.turn(2 * HOUR)) == 1


async def test_what_comes_is_remembered_at_once_while_the_clock_turns() -> None:
    pages, plan, _ = diary(due(1, "digest"), due(2, "review"))
    seen: list[tuple[bool, list[str]]] = []

    async def look() -> None:
        shown = pages.to_page()
        seen.append((shown["turning"], [one["what"] for one in shown["came"]]))

    plan.catch_up = look  # type: ignore[method-assign] # looks on while the app catches up
    await pages.turn(2 * HOUR)

    once = [one for place, one in enumerate(seen) if one not in seen[:place]]
    assert once == [(True, []), (True, ["digest"]), (True, ["digest", "review"])]
    assert pages.to_page()["turning"] is False


async def test_whoever_looks_on_is_told_that_the_clock_begins_to_turn() -> None:
    clock, seen = Clock(START), list[bool]()
    pages = Diary(clock, lambda: seen.append(pages.to_page()["turning"]))
    await pages.turn(HOUR)

    assert (seen[0], seen[-1]) == (True, False)


async def test_only_the_newest_that_came_are_remembered() -> None:
    pages, _, _ = diary(*(due(hours, f"digest {hours}") for hours in range(1, REMEMBERED + 11)))

    await pages.turn((REMEMBERED + 20) * HOUR)

    assert len(pages.came) == REMEMBERED
    assert pages.came[-1].what == f"digest {REMEMBERED + 10}"


async def test_what_comes_while_nobody_turns_the_clock_is_remembered_too() -> None:
    pages, _, clock = diary(due(2), due(40))
    await pages.look()
    clock.turn(3 * HOUR)  # as the wall does

    await pages.look()
    await pages.look()

    assert [one.at for one in pages.came] == [START + 2 * HOUR]
    assert pages.next is not None
    assert pages.next.at == START + 40 * HOUR
