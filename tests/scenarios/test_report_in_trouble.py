"""The report where Slack draws no charts, clicks come too late, or words make no sense."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from blocks.report_window import POST, TURN_TAB
from tests.scenarios.numbers import (
    HERE,
    kinds,
    pressed,
    recorded,
    reported,
)
from tests.scenarios.reviewing import DM
from tests.scenarios.stage import Stage, staged

HEADLINE = "3 of 5 tagged incidents repeated a known class: 60 %; before: 0 of 1."
ITEMS, TIMES = f"{TURN_TAB}.items", f"{TURN_TAB}.times"


@pytest.fixture
async def refusing(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Stage]:
    """The app in a workspace where Slack may refuse what it says."""
    database = tmp_path / "closedloop.sqlite3"
    shutil.copyfile(sqlite_template, database)
    async with staged(database) as stage:
        yield stage
        await stage.settled()
        assert stage.sandbox.complaints == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("nonsense <!channel>", "of a service called “nonsense &lt;!channel&gt;”."),
        ("9m", "A report is over 3, 6 or 12 months"),
        ("6m nonsense", "No postmortem is of a service called “nonsense”."),
    ],
)
async def test_what_it_cannot_read_gets_a_sentence(slack: Stage, words: str, sentence: str) -> None:
    await slack.person("bob").command(HERE, f"/postmortem report {words}")
    await slack.settled()
    assert sentence in await slack.told("bob", sentence, HERE)


async def test_an_unknown_service_is_answered_with_those_there_are(slack: Stage) -> None:
    await recorded(slack)
    await slack.person("bob").command(HERE, "/postmortem report banana")
    await slack.settled()
    said = await slack.told("bob", "banana", HERE)
    assert (
        "There are checkout, payments, search. Write one of these, or `/postmortem report`" in said
    )
    assert "A period stands before the service" in said


async def test_without_charts_it_opens_with_tables(refusing: Stage) -> None:
    slack = refusing
    await recorded(slack)
    slack.sandbox.faults.refuse("views.open", "invalid_blocks")
    window = await reported(slack)
    assert "data_visualization" not in kinds(window)
    assert "table" in kinds(window)
    slack.sandbox.faults.refuse("views.update", "invalid_blocks")
    window = await pressed(slack, action_id=TIMES)
    assert "data_visualization" not in kinds(window)


async def test_of_two_clicks_at_once_the_first_is_shown(slack: Stage) -> None:
    await recorded(slack)
    window = await reported(slack)
    bob, view = slack.person("bob"), window.opened.id
    slack.sandbox.faults.delay("views.update", 1)
    await bob.press(action_id=TIMES, view=view)
    await bob.press(action_id=ITEMS, view=view)
    await slack.settled()
    assert slack.logged("window_overtaken")
    assert not slack.logged("form_not_opened")
    assert (await bob.modal()).title == "Report"


async def test_a_click_in_a_window_that_was_closed_is_no_trouble(slack: Stage) -> None:
    await recorded(slack)
    window = await reported(slack)
    slack.sandbox.faults.delay("views.update", 0.2)
    await slack.person("bob").press(action_id=TIMES)
    await window.close()
    await slack.settled()
    assert not slack.logged("form_not_opened")


async def test_where_the_app_is_not_it_says_how_to_post(slack: Stage) -> None:
    await recorded(slack)
    await reported(slack, by="mei", where="#inc-search-index")
    await slack.person("mei").press(action_id=POST)
    await slack.settled()
    assert "Invite me with `/invite`" in await slack.told("mei", "I am not in that channel", DM)
