"""Deciding about an item: every decision, from the window that the card opens."""

from datetime import timedelta
from typing import Any

import pytest

from blocks.item_buttons import ITEM_HISTORY, OPEN_ITEM, action_of
from domain.action_items import ItemState
from domain.decisions import Decision
from sandbox.seeing import find_clickable
from storage import accepted_risks
from tests.scenarios.deciding import (
    decided,
    form,
    history,
    pressed,
    promised,
    the_item,
    window,
)
from tests.scenarios.stage import CHANNEL, NOW, Stage

TODAY = NOW.date()
LATER = TODAY + timedelta(days=50)
PROJECT = "https://projects.example.com/7"
RISK = {"risk": "Two regions fail at once", "words": "Rare"}


async def test_the_window_says_how_an_item_stands_and_what_may_be_decided(slack: Stage) -> None:
    await promised(slack)
    shown = await window(slack, "bob")
    assert "*Drain connections first*" in shown.text()
    assert "_Done when:_ A failover in staging loses no request" in shown.text()
    for decision in set(Decision) - {Decision.VERIFY, Decision.REOPEN}:
        is_theirs = decision not in {Decision.TAKE, Decision.DECLINE}
        button = find_clickable(shown.opened.blocks, None, action_of(decision))
        assert (button is not None) is is_theirs


@pytest.mark.parametrize(
    ("decision", "typed", "said"),
    [
        (Decision.START, {"words": "half of it"}, ":construction: in progress: half of it"),
        (Decision.BLOCK, {"words": "the vendor"}, ":octagonal_sign: blocked: the vendor"),
        (Decision.IMPLEMENT, {"words": "4.2"}, ":hammer_and_wrench: *implemented*"),
        (Decision.RESCHEDULE, {"day": LATER, "words": "The freeze"}, "due 13 Jan 2027, moved once"),
        (
            Decision.RESCOPE,
            {"what": "Drain one pool", "words": "Two quarters otherwise"},
            "*1. Drain one pool*",
        ),
        (Decision.CANCEL, {"words": "No pool any more"}, ":no_entry_sign: *cancelled*"),
        (Decision.ACCEPT, RISK, ":scales: *accepted as a risk*"),
        (
            Decision.PROMOTE,
            {"words": "Storage 2027", "link": PROJECT},
            ":rocket: *promoted to a project*",
        ),
    ],
)
async def test_the_card_shows_what_was_decided(
    slack: Stage, decision: Decision, typed: dict[str, Any], said: str
) -> None:
    await promised(slack)
    shown = await decided(slack, "bob", decision, **typed)
    assert said in slack.card().words()
    assert shown.title == "PM-1/1 · Action item"
    entry = (await history(slack))[-1]
    assert (entry.event, entry.reason, entry.acting) == (decision, typed["words"], "")


async def test_the_window_beneath_shows_the_new_state(slack: Stage) -> None:
    await promised(slack)
    shown = await decided(slack, "bob", Decision.IMPLEMENT, words="4.2 <!here>", link=PROJECT)
    assert "_Shipped:_ 4.2 &lt;!here&gt; (24 Nov 2026)" in shown.text()
    assert "It soaks until 24 Dec 2026" in shown.text()
    assert find_clickable(shown.opened.blocks, None, action_of(Decision.REOPEN))
    assert not find_clickable(shown.opened.blocks, None, action_of(Decision.VERIFY))


async def test_from_the_postmortems_window_to_a_form_are_three_and_both_below_are_new(
    slack: Stage,
) -> None:
    await promised(slack)
    await slack.person("bob").command(CHANNEL, "/postmortem")
    await slack.person("bob").modal("Postmortem PM-1")
    for button in (OPEN_ITEM, action_of(Decision.BLOCK)):
        await slack.person("bob").press(action_id=button)
        await slack.settled()
    opened = await slack.person("bob").modal("Blocked")
    assert (await opened.fill(words="the vendor").submit()).closed
    await slack.settled()
    shown = await slack.person("bob").modal("PM-1/1 · Action item")
    assert "blocked: the vendor" in shown.text()
    await shown.close()
    assert "blocked: the vendor" in (await slack.person("bob").modal("Postmortem PM-1")).text()


async def test_what_was_implemented_soaks_and_is_verified_with_evidence(slack: Stage) -> None:
    await promised(slack)
    await decided(slack, "bob", Decision.IMPLEMENT, words="4.2")
    await slack.passes(timedelta(days=31))
    await slack.settled()
    shown = await decided(slack, "bob", Decision.VERIFY, words="Three failovers, no request lost")
    assert "Three failovers, no request lost" in shown.text()
    item = await the_item(slack)
    assert (item.state, item.shipped) == (ItemState.VERIFIED, "4.2")
    assert ":white_check_mark: *verified*" in slack.card().words()


async def test_what_did_not_work_is_open_again_with_a_new_date(slack: Stage) -> None:
    await promised(slack)
    await decided(slack, "bob", Decision.IMPLEMENT, words="4.2")
    await decided(slack, "bob", Decision.REOPEN, words="Still lost ten", day=LATER)
    item = await the_item(slack)
    assert (item.state, item.due_on, item.shipped) == (ItemState.OPEN, LATER, "")
    assert "due 13 Jan 2027" in slack.card().words()


async def test_re_scoping_keeps_the_old_text_where_it_can_be_read(slack: Stage) -> None:
    await promised(slack)
    opened = await form(slack, "bob", Decision.RESCOPE)
    assert opened.values["what"]["value"]["value"] == "Drain connections first"
    await opened.fill(what="Drain one pool", words="Two quarters otherwise").submit()
    await slack.settled()
    await slack.person("bob").press(action_id=ITEM_HISTORY)
    await slack.settled()
    thread = await slack.person("bob").modal("PM-1/1 · History")
    assert "re-scoped it: Two quarters otherwise" in thread.text()
    assert ">_Before:_ Drain connections first" in thread.text()


async def test_an_accepted_risk_belongs_to_the_item_and_ends_when_it_is_reopened(
    slack: Stage,
) -> None:
    await promised(slack)
    await decided(slack, "bob", Decision.ACCEPT, **RISK, person=slack.id_of("ana"))
    assert f"accepted by <@{slack.id_of('ana')}> until 23 May 2027" in slack.card().words()
    await decided(slack, "bob", Decision.REOPEN, words="It happened", day=LATER)
    async with slack.bot.database.sessions() as session:
        (risk,) = await accepted_risks.risks(session, 1)
    assert (risk.item_id, risk.ended_on) == (1, TODAY)


async def test_whoever_is_asked_takes_it_on_and_pressing_again_is_settled(slack: Stage) -> None:
    await promised(slack)
    shown = await decided(slack, "bob", Decision.REASSIGN, person=slack.id_of("mei"))
    mei = slack.id_of("mei")
    assert f"asked: <@{mei}>" in shown.text()
    assert (await the_item(slack)).owner == slack.id_of("bob")
    await pressed(slack, "mei", Decision.TAKE)
    item = await the_item(slack)
    assert (item.owner, item.proposed_owner) == (mei, "")
    assert f"<@{mei}> · P2" in slack.card().words()
    assert await slack.count("item_history") == 3


async def test_declining_leaves_the_item_where_it_was(slack: Stage) -> None:
    await promised(slack)
    await decided(slack, "bob", Decision.REASSIGN, person=slack.id_of("mei"))
    await (await window(slack, "mei")).close()
    await window(slack, "mei")
    await slack.person("mei").press(action_id=action_of(Decision.DECLINE))
    await slack.settled()
    item = await the_item(slack)
    assert (item.owner, item.proposed_owner) == (slack.id_of("bob"), "")
    said = (await slack.person("mei").modal()).text()
    assert "asked:" not in said
    assert f"<@{slack.id_of('bob')}>, who owns this item" in said
    assert (await history(slack))[-1].event == Decision.DECLINE
