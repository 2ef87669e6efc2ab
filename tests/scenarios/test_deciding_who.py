"""Who may decide about an item: owner, lead, chair of a review; others read whom to ask."""

from dataclasses import replace
from datetime import timedelta

import pytest

from blocks.item_buttons import OPEN_ITEM, action_of
from domain.action_items import ItemState
from domain.decisions import Decision
from domain.programme import Programme
from domain.roles import Role
from handlers.find import NOT_YOURS
from sandbox.seeing import find_clickable
from storage import people, workspaces
from tests.scenarios.deciding import (
    changed,
    decided,
    form,
    history,
    led_by,
    offered,
    pressed,
    promised,
    the_item,
    window,
)
from tests.scenarios.reviewing import DM, TEAM, begun
from tests.scenarios.stage import NOW, Stage

LATER = NOW.date() + timedelta(days=50)
MOVED = {"day": LATER, "words": "The vendor"}
PRIVATE = "#inc-auth-tokens"
SECRET = "Rotate the customer's tokens"


async def left(slack: Stage, name: str) -> None:
    """Let somebody have left the workspace, as far as we know."""
    async with slack.bot.database.sessions.begin() as session:
        met = await people.known(session, TEAM, [slack.id_of(name)])
        gone = replace(met[slack.id_of(name)], is_deactivated=True)
        await people.remember(session, TEAM, [gone], NOW + timedelta(days=1))


async def test_others_read_in_the_window_whom_to_ask(slack: Stage) -> None:
    await promised(slack)
    await led_by(slack, "lena")
    shown = await window(slack, "mei")
    bob, lena = slack.id_of("bob"), slack.id_of("lena")
    assert f"<@{bob}>, who owns this item" in shown.text()
    assert f"<@{lena}>, who leads the programme" in shown.text()
    for decision in Decision:
        assert not find_clickable(shown.opened.blocks, None, action_of(decision))


@pytest.mark.parametrize("decision", list(Decision))
async def test_others_are_told_whom_to_ask_and_nothing_happens(
    slack: Stage, decision: Decision
) -> None:
    await promised(slack)
    offered(slack, "mei", decision)
    assert await pressed(slack, "mei", decision) is None
    said = await slack.told("mei", f"<@{slack.id_of('bob')}>", DM)
    assert "sk " in said
    assert await slack.count("item_history") == 1


async def test_the_lead_decides_and_the_history_says_as_what(slack: Stage) -> None:
    await promised(slack)
    await led_by(slack, "lena")
    await slack.person("lena").join("#inc-checkout-latency")
    await decided(slack, "lena", Decision.CANCEL, words="No pool any more")
    assert (await history(slack))[-1].acting == Role.LEAD


async def test_the_chair_of_a_review_decides_on_the_owners_behalf(slack: Stage) -> None:
    await begun(slack)
    await slack.promised()
    await slack.person("freya").join("#inc-checkout-latency")
    await decided(slack, "freya", Decision.RESCHEDULE, **MOVED)
    entry = (await history(slack))[-1]
    assert (entry.actor, entry.acting) == (slack.id_of("freya"), Role.FACILITATOR)
    assert not find_clickable(
        (await window(slack, "freya")).opened.blocks, None, action_of(Decision.CANCEL)
    )


async def test_without_an_owner_and_a_lead_anybody_hands_it_over(slack: Stage) -> None:
    await promised(slack)
    await left(slack, "bob")
    shown = await window(slack, "mei")
    assert find_clickable(shown.opened.blocks, None, action_of(Decision.REASSIGN))
    assert not find_clickable(shown.opened.blocks, None, action_of(Decision.CANCEL))
    await decided(slack, "mei", Decision.REASSIGN, person=slack.id_of("mei"))
    assert (await the_item(slack)).owner == slack.id_of("mei")
    assert (await history(slack))[-1].acting == Role.STAND_IN


async def test_what_has_ended_and_is_nobodys_needs_a_lead_to_be_opened_again(slack: Stage) -> None:
    await promised(slack)
    await changed(slack, state=ItemState.CANCELLED)
    await left(slack, "bob")
    instead = (
        f"<@{slack.id_of('bob')}> owned this item and has left, and nobody leads the programme. "
        "Name a lead in `/postmortem settings`: the lead decides about it."
    )
    assert instead in (await window(slack, "mei")).text()
    offered(slack, "mei", Decision.REOPEN)
    assert await pressed(slack, "mei", Decision.REOPEN)
    assert await slack.told("mei", "has left", DM) == f"PM-1/1: {instead}"


async def test_where_there_is_a_lead_who_is_here_nobody_stands_in(slack: Stage) -> None:
    await promised(slack)
    await led_by(slack, "lena")
    await left(slack, "bob")
    shown = await window(slack, "mei")
    assert not find_clickable(shown.opened.blocks, None, action_of(Decision.REASSIGN))
    assert f"<@{slack.id_of('lena')}>, who leads the programme" in shown.text()


async def test_whoever_lost_the_item_meanwhile_is_refused_in_the_form(slack: Stage) -> None:
    await promised(slack)
    opened = (await form(slack, "bob", Decision.CANCEL)).fill(words="Old")
    await led_by(slack, "lena")
    await changed(slack, owner=slack.id_of("mei"))
    answer = await opened.submit()
    assert "who leads the programme, can cancel it" in answer.errors["words"]
    assert await slack.count("item_history") == 1


async def test_what_has_expired_cannot_be_moved_any_more(slack: Stage) -> None:
    await promised(slack)
    await changed(slack, reviews_seen=2)
    shown = await window(slack, "bob")
    assert "it has expired" in shown.text()
    assert not find_clickable(shown.opened.blocks, None, action_of(Decision.RESCHEDULE))
    offered(slack, "bob", Decision.RESCHEDULE)
    assert await pressed(slack, "bob", Decision.RESCHEDULE)
    assert "cannot be rescheduled" in await slack.told("bob", "has expired", DM)


async def test_before_it_has_soaked_nobody_can_say_that_it_works(slack: Stage) -> None:
    await promised(slack)
    await decided(slack, "bob", Decision.IMPLEMENT, words="4.2")
    await (await slack.person("bob").modal()).close()
    offered(slack, "bob", Decision.VERIFY)
    opened = await pressed(slack, "bob", Decision.VERIFY)
    assert opened is not None
    answer = await opened.fill(words="It works on my machine").submit()
    assert "It soaks until 24 Dec 2026" in answer.errors["words"]


async def test_a_private_item_is_shown_to_nobody_outside_its_channel(slack: Stage) -> None:
    await slack.started(channel=PRIVATE)
    await slack.promised(channel=PRIVATE, what=SECRET, owner="ana")
    await led_by(slack, "lena")
    offered(slack, "lena", Decision.RESCOPE)
    offered(slack, "lena", Decision.REASSIGN)
    assert await pressed(slack, "lena", Decision.RESCOPE) is None
    assert await slack.told("lena", "private channel", DM) == NOT_YOURS
    opened = await pressed(slack, "lena", Decision.REASSIGN)
    assert opened is not None
    assert "*PM-1/1* · a private item" in opened.text()


async def test_the_owner_of_a_private_item_reads_it_wherever_they_are(slack: Stage) -> None:
    await slack.started(channel=PRIVATE)
    await slack.promised(channel=PRIVATE, what=SECRET, owner="bob")
    offered(slack, "bob", Decision.RESCOPE)
    opened = await pressed(slack, "bob", Decision.RESCOPE)
    assert opened is not None
    assert SECRET in opened.text()


async def test_an_item_of_another_workspace_is_none(slack: Stage) -> None:
    await promised(slack)
    async with slack.bot.database.sessions.begin() as session:
        await workspaces.ensure(session, "T0OTHER")
        await workspaces.change_programme(session, "T0OTHER", Programme())
    await slack.run_sql("UPDATE action_item SET workspace_id = 'T0OTHER'")
    await slack.person("bob").click("#inc-checkout-latency", action_id=OPEN_ITEM)
    assert "not in this workspace" in await slack.told("bob", "not in this workspace")
