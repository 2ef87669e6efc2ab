"""A monthly review goes on where it was when the app is started anew: nothing lost or doubled."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from blocks.review_buttons import NEXT_CARD
from domain.decisions import Decision
from tests.sandbox.on_the_wire import on_the_wire
from tests.scenarios import monthly
from tests.scenarios.monthly import REVIEWS, cards, parent
from tests.scenarios.restarting import Machine, switched_on
from tests.scenarios.trouble import A_WHILE, POST, WHY, keys, three, ways_on


@pytest.fixture
async def machine(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Machine]:
    """A workspace in which the app can be started, and started anew."""
    database = tmp_path / "closedloop.sqlite3"
    shutil.copyfile(sqlite_template, database)
    async with switched_on(database) as opened:
        yield opened


async def test_a_review_goes_on_where_it_was_when_the_app_is_started_anew(
    machine: Machine,
) -> None:
    async with machine.app() as slack:
        first, *_ = await three(slack)
        form = await monthly.form_of(slack, "bob", Decision.RESCHEDULE, first)
        await slack.settled()
    async with machine.app() as slack:
        assert (await form.fill(**WHY).submit()).closed
        await monthly.next_pressed(slack)
        assert "moved it to" in cards(slack)[0].words()
        assert "1 of 3 decided" in parent(slack).words()
        assert keys(slack) == ["PM-1/1", "PM-2/1"]
        assert ways_on(slack) == [False, True]


async def test_a_card_that_the_app_was_stopped_in_stands_once(machine: Machine) -> None:
    async with machine.app(patience=0.1) as slack:
        await three(slack)
        machine.sandbox.faults.delay(POST, 2)
        await slack.person("freya").click(REVIEWS, action_id=NEXT_CARD)
        await on_the_wire(machine.sandbox.traffic, POST, "PM-2/1")
    assert slack.logged("deliveries_given_back")
    await slack.person("mei").message(REVIEWS, "PM-2/1")  # Slack takes it all the same
    machine.sandbox.faults.clear()
    async with machine.app() as slack:
        machine.clock.turn(A_WHILE)
        await slack.settled()
        await monthly.next_pressed(slack)
        assert slack.logged("delivery_found_in_channel")
        assert keys(slack) == ["PM-1/1", "PM-2/1", "PM-3/1"]


async def test_what_was_owed_when_the_app_was_stopped_arrives_afterwards(machine: Machine) -> None:
    async with machine.app() as slack:
        await three(slack)
        machine.sandbox.faults.api_down()
        await monthly.next_pressed(slack)
        assert keys(slack) == ["PM-1/1"]
    machine.sandbox.faults.clear()
    machine.clock.turn(A_WHILE)
    async with machine.app() as slack:
        await slack.settled()
        assert keys(slack) == ["PM-1/1", "PM-2/1"]
        assert ways_on(slack) == [False, True]
