"""What is not decided: said twice, refused by a rule, pressed too late; and what then stands."""

from datetime import date, timedelta
from typing import Any

import pytest

from blocks.item_buttons import OPEN_ITEM, action_of
from blocks.postmortems import ADD_ITEM
from domain.action_items import ItemState, Progress
from domain.decisions import Decision
from tests.scenarios.deciding import (
    changed,
    decided,
    form,
    offered,
    pressed,
    promised,
    the_item,
    window,
)
from tests.scenarios.reviewing import DM
from tests.scenarios.stage import CHANNEL, NOW, Stage

TODAY = NOW.date()
LATER = TODAY + timedelta(days=50)
RISK = {"risk": "Two regions fail at once", "words": "Rare"}


@pytest.mark.parametrize("decision", [Decision.TAKE, Decision.DECLINE])
async def test_answering_for_what_is_theirs_already_says_so(
    slack: Stage, decision: Decision
) -> None:
    await promised(slack)
    offered(slack, "bob", decision)
    await pressed(slack, "bob", decision)
    said = await slack.told("bob", "yours already", DM)
    assert said == "PM-1/1: This item is yours already. If you cannot do it, hand it over."


async def test_a_double_press_of_a_form_decides_once(slack: Stage) -> None:
    await promised(slack)
    opened = (await form(slack, "bob", Decision.RESCHEDULE)).fill(day=LATER, words="The vendor")
    answers = await slack.at_once(opened.submit(), opened.submit())
    assert [answer.closed for answer in answers] == [True, True]
    assert (await the_item(slack)).reschedules == 1
    assert await slack.count("item_history") == 2
    assert slack.logged("form_overtaken") == []


async def test_saving_a_note_unchanged_adds_nothing_to_the_history(slack: Stage) -> None:
    await promised(slack)
    for _ in range(2):
        await decided(slack, "bob", Decision.START, words="half of it")
    assert await slack.count("item_history") == 2
    assert (await the_item(slack)).progress is Progress.IN_PROGRESS


@pytest.mark.parametrize(
    ("decision", "typed", "field"),
    [
        (Decision.RESCHEDULE, {"day": date(2026, 11, 1), "words": "x"}, "day"),
        (Decision.PROMOTE, {"words": "x", "link": "no address"}, "link"),
        (Decision.ACCEPT, RISK | {"day": TODAY}, "day"),
        (Decision.RESCOPE, {"words": "Nothing"}, "what"),
        (Decision.REASSIGN, {"person": "pager"}, "person"),
        (Decision.CANCEL, {"words": " "}, "words"),
    ],
)
async def test_what_a_rule_refuses_is_said_at_its_input(
    slack: Stage, decision: Decision, typed: dict[str, Any], field: str
) -> None:
    await promised(slack)
    if "person" in typed:
        typed = typed | {"person": slack.id_of(typed["person"])}
    answer = await (await form(slack, "bob", decision)).fill(**typed).submit()
    assert list(answer.errors) == [field]
    assert await slack.count("item_history") == 1


async def test_vague_new_words_get_their_hint_once(slack: Stage) -> None:
    await promised(slack)
    opened = await form(slack, "bob", Decision.RESCOPE)
    opened.fill(what="Improve monitoring", words="Smaller")
    assert not (await opened.submit()).closed
    assert len(slack.logged("form_hinted")) == 1
    assert (await opened.submit()).closed


async def test_an_item_can_be_found_by_its_new_words(slack: Stage) -> None:
    await promised(slack)
    await decided(slack, "bob", Decision.RESCOPE, what="Throttle the crawler", words="Smaller")
    await slack.person("mei").command("#general", "/postmortem search crawler")
    await slack.settled()
    assert "PM-1" in (await slack.person("mei").modal()).text()


async def test_an_item_of_three_is_opened_by_its_own_button(slack: Stage) -> None:
    await slack.started()
    for number in range(3):
        await slack.saved("ana", ADD_ITEM, **slack.promise(what=f"Change {number}"))
    await slack.person("bob").click(CHANNEL, action_id=OPEN_ITEM, value="2")
    assert "*Change 1*" in (await slack.person("bob").modal("PM-1/2 · Action item")).text()


async def test_on_a_third_window_a_form_takes_its_place(slack: Stage) -> None:
    await promised(slack)
    shown = await window(slack, "bob")
    views, bob = slack.sandbox.workspace.views, slack.id_of("bob")
    for _ in range(2):
        views.push(bob, shown.opened.content)
    await slack.person("bob").press(action_id=action_of(Decision.BLOCK))
    await slack.settled()
    assert (await slack.person("bob").modal()).title == "Blocked"
    assert len(views.of(bob)) == 3


async def test_a_button_that_came_too_late_shows_how_things_stand(slack: Stage) -> None:
    await promised(slack)
    await window(slack, "bob")
    await changed(slack, state=ItemState.CANCELLED)
    await slack.person("bob").press(action_id=action_of(Decision.BLOCK))
    await slack.settled()
    assert "*cancelled*" in (await slack.person("bob").modal()).text()
    assert "cancelled" in await slack.told("bob", "PM-1/1: This item is cancelled", DM)
