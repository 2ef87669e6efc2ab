"""Tickets by hand: tried again, made again where they were deleted, opened again."""

from dataclasses import replace

from blocks.tickets import REOPEN_TICKET, TRY_TICKET, TRY_TICKETS, reopen_button, try_all_button
from domain.decisions import Decision
from domain.kept_tickets import GONE
from handlers import kept_items
from handlers.find import NOT_YOURS
from handlers.kept_items import Deed
from handlers.showing import show_again
from storage import postmortems
from tests.scenarios.deciding import decided, led_by, promised, the_item, window
from tests.scenarios.reviewing import DM, TEAM
from tests.scenarios.stage import CHANNEL, Stage
from tests.scenarios.ticketed import (
    closes,
    locked,
    offers,
    question,
    reopens,
    the_ticket,
    ticketed,
)

DELETED = "It was deleted in Jira, or our account may not see it any more. Press “Make it again”."
PRIVATE = "#inc-auth-tokens"
REFUSED = "Jira wants the field “Team” filled in."


async def goes_wrong(slack: Stage, trouble: str = REFUSED) -> None:
    """Let something be wrong with the first item's ticket."""
    async with slack.bot.database.sessions.begin() as session:
        postmortem, item = await locked(session)
        new = replace(item, ticket_trouble=trouble)
        await kept_items.remark(session, new)
        await show_again(session, postmortem, new, (), by="", now=slack.clock.now())
    await slack.settled()


async def is_deleted(slack: Stage) -> None:
    """Let Jane delete the ticket in the tracker."""
    async with slack.bot.database.sessions.begin() as session:
        _, item = await locked(session)
        deed = Deed(by="", at=slack.clock.now(), event=GONE)
        await kept_items.change(session, TEAM, item, item, deed)
    await slack.run_sql("UPDATE ticket SET is_gone = true, due_at = NULL")
    await goes_wrong(slack, DELETED)


async def on_the_card(slack: Stage, name: str, button: str, channel: str = CHANNEL) -> None:
    """Let somebody press a button of the channel's card."""
    await slack.person(name).click(channel, action_id=button)
    await slack.settled()


async def wanted(slack: Stage) -> int:
    """Give how often the first item's ticket was asked for."""
    return (await the_ticket(slack)).wanted


async def test_a_ticket_is_tried_again_from_the_items_window(slack: Stage) -> None:
    await ticketed(slack)
    await goes_wrong(slack)
    before = await wanted(slack)
    shown = await window(slack, "bob")
    assert f"<https://acme.atlassian.net/browse/SHOP-12|SHOP-12> · {REFUSED}" in shown.text()
    await slack.person("bob").press(action_id=TRY_TICKET)
    await slack.settled()
    assert await slack.told("bob", "I try the ticket of PM-1/1 again now", DM)
    assert await wanted(slack) == before + 1


async def test_all_tickets_of_a_postmortem_are_tried_again_from_its_card(slack: Stage) -> None:
    await ticketed(slack)
    await goes_wrong(slack)
    before = await wanted(slack)
    await on_the_card(slack, "ana", TRY_TICKETS)
    assert await slack.told("ana", "I try again now: PM-1/1.")
    assert await wanted(slack) == before + 1


async def test_where_all_are_well_meanwhile_that_is_said(slack: Stage) -> None:
    await ticketed(slack)
    await offered_all(slack, "ana")
    await slack.person("ana").click(DM, action_id=TRY_TICKETS)
    assert await slack.told("ana", "The tickets of PM-1 are well", DM)


async def offered_all(slack: Stage, name: str) -> None:
    """Let somebody have a button that tries all tickets of the first postmortem again."""
    async with slack.bot.database.sessions() as session:
        postmortem = await postmortems.find(session, TEAM, 1)
    assert postmortem is not None
    offers(slack, name, try_all_button(postmortem))


async def test_an_item_without_a_tracker_says_where_tickets_are_made(slack: Stage) -> None:
    await promised(slack)
    await goes_wrong(slack)
    await window(slack, "bob")
    await slack.person("bob").press(action_id=TRY_TICKET)
    assert await slack.told("bob", "PM-1/1 has no ticket", DM)


async def test_one_that_was_deleted_is_made_again_with_another_key(slack: Stage) -> None:
    await ticketed(slack)
    before = (await the_ticket(slack)).ours
    await is_deleted(slack)
    assert "Make it again" in str((await window(slack, "bob")).opened.blocks)
    await slack.person("bob").press(action_id=TRY_TICKET)
    await slack.settled()
    ticket, item = await the_ticket(slack), await the_item(slack)
    assert (ticket.is_gone, ticket.ref, ticket.due_at is None) == (False, "", False)
    assert ticket.ours != before
    assert item.ticket == ""
    assert DELETED not in slack.card().words()


async def test_a_deleted_one_is_not_reopened(slack: Stage) -> None:
    await ticketed(slack)
    await closes(slack)
    await slack.run_sql("UPDATE ticket SET is_gone = true")
    await reopens(slack, "bob")
    assert await slack.told("bob", "press “Make it again”", DM)
    assert (await the_item(slack)).ticket_closed


async def test_one_that_is_open_again_needs_nothing(slack: Stage) -> None:
    await ticketed(slack)
    offers(slack, "bob", reopen_button(1, "PM-1/1"))
    await reopens(slack, "bob")
    assert await slack.told("bob", "The ticket of PM-1/1 is open again", DM)


async def test_the_ticket_of_an_item_that_ended_stays_closed(slack: Stage) -> None:
    await ticketed(slack)
    await closes(slack)
    offers(slack, "bob", reopen_button(1, "PM-1/1"))
    await decided(slack, "bob", Decision.IMPLEMENT, words="Shipped")
    await reopens(slack, "bob")
    assert await slack.told("bob", "so its ticket stays closed. Reopen PM-1/1 instead", DM)


async def test_only_whoever_decides_about_the_item_reopens_its_ticket(slack: Stage) -> None:
    await ticketed(slack)
    await closes(slack)
    shown = await window(slack, "ana")
    assert REOPEN_TICKET not in str(shown.opened.blocks)
    offers(slack, "ana", reopen_button(1, "PM-1/1"))
    await reopens(slack, "ana")
    assert await slack.told("ana", "who owns this item", DM)
    assert (await the_item(slack)).ticket_closed


async def test_the_lead_reopens_it_from_the_items_window(slack: Stage) -> None:
    await ticketed(slack)
    await led_by(slack, "ana")
    await closes(slack)
    await window(slack, "ana")
    await slack.person("ana").press(action_id=REOPEN_TICKET)
    await slack.settled()
    assert not (await the_item(slack)).ticket_closed
    assert REOPEN_TICKET not in str((await slack.person("ana").modal()).opened.blocks)
    assert "reopened its ticket" in question(slack, "bob").words()


async def test_whoever_may_not_see_a_private_postmortem_tries_nothing_there(slack: Stage) -> None:
    await slack.started(channel=PRIVATE)
    await slack.promised(channel=PRIVATE, owner="ana")
    await offered_all(slack, "lena")
    await slack.person("lena").click(DM, action_id=TRY_TICKETS)
    assert await slack.told("lena", "private channel", DM) == NOT_YOURS
