"""`/postmortem report`: the numbers are those of what was told, of the parts asked for."""

import asyncio

from blocks.definitions import HOW_COUNTED
from blocks.report_window import CSV, PERIOD, POST, SERVICE, TURN_TAB
from storage.reports import REPORT
from tests.scenarios.numbers import (
    HERE,
    happened,
    kinds,
    pressed,
    recorded,
    reported,
)
from tests.scenarios.reviewing import DM
from tests.scenarios.stage import Stage

HEADLINE = "3 of 5 tagged incidents repeated a known class: 60 %; before: 0 of 1."
ITEMS, TIMES = f"{TURN_TAB}.items", f"{TURN_TAB}.times"


async def test_the_headline_counts_what_was_told(slack: Stage) -> None:
    await happened(slack)
    said = (await reported(slack)).text()
    assert HEADLINE in said
    assert "1 more incident is untagged and not counted." in said
    assert "Of all incidents older than six months, whatever the period: 1 of 1 tagged" in said
    assert "Last 6 months, as of" in said


async def test_a_number_of_few_is_no_percentage(slack: Stage) -> None:
    await happened(slack, 2)
    said = (await reported(slack)).text()
    assert "1 of 1 tagged incident repeated a known class, too few for a percentage." in said


async def test_with_nothing_told_it_says_so(slack: Stage) -> None:
    assert "No incident in the last 6 months." in (await reported(slack)).text()


async def test_it_is_of_the_service_that_is_named_however_cased(slack: Stage) -> None:
    await recorded(slack)
    said = (await reported(slack, "12m CheckOut")).text()
    assert "1 of 3 tagged incidents repeated a known class, too few for a percentage." in said
    assert "Last 12 months of checkout" in said


async def test_another_period_and_service_are_chosen_in_the_window(slack: Stage) -> None:
    await recorded(slack)
    await reported(slack)
    assert "Last 3 months, as of" in (await pressed(slack, action_id=PERIOD, value="3")).text()
    said = (await pressed(slack, action_id=SERVICE, value="search")).text()
    assert "1 of 2 tagged incidents repeated a known class" in said
    assert "Last 3 months of search" in said
    assert HEADLINE not in said


async def test_the_tab_stays_when_something_else_is_chosen(slack: Stage) -> None:
    await recorded(slack)
    await reported(slack)
    assert "Time to recover: median 1 h 12 min" in (await pressed(slack, action_id=TIMES)).text()
    said = (await pressed(slack, action_id=SERVICE, value="payments")).text()
    assert "Time to detect: median 4 min, mean 4 min, of 2 incidents." in said
    assert "Time to recover: 2 do not say." in said


async def test_with_charts_it_has_two_in_a_tab_at_most(slack: Stage) -> None:
    await recorded(slack)
    assert kinds(await reported(slack)).count("data_visualization") == 1
    assert kinds(await pressed(slack, action_id=TIMES)).count("data_visualization") == 1


async def test_how_it_is_counted_opens_on_top(slack: Stage) -> None:
    await reported(slack)
    said = (await pressed(slack, action_id=HOW_COUNTED)).text()
    assert "share one with any earlier incident" in said
    assert "Six months are 183 days." in said


async def test_the_files_come_by_direct_message(slack: Stage) -> None:
    await recorded(slack)
    await reported(slack)
    assert "Sent to you as a direct message" in (await pressed(slack, action_id=CSV)).text()
    assert slack.person("bob").messages(DM)


async def test_it_is_posted_once_where_it_was_asked_for(slack: Stage) -> None:
    await recorded(slack)
    window = await reported(slack)
    bob, view = slack.person("bob"), window.opened.id
    await asyncio.gather(bob.press(action_id=POST, view=view), bob.press(action_id=POST, view=view))
    await slack.settled()
    (posted,) = slack.posted(REPORT, HERE)
    assert HEADLINE.rstrip(".") in posted.text
    assert "Posted by Bob " in str(posted.blocks)
    said = (await bob.modal()).text()
    assert "The standard report of the last 6 months is on its way to" in said
