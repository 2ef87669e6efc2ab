"""Somebody closes a ticket: its item's owner is asked what was done (rule 14)."""

from datetime import timedelta

from blocks.item_buttons import action_of
from blocks.tickets import REOPEN_TICKET
from domain.decisions import Decision
from domain.kept_tickets import OPENED
from domain.tickets import TicketState
from handlers.ticket_news import TICKET
from sandbox.seeing import find_clickable
from tests.scenarios.deciding import decided, history, led_by, the_item
from tests.scenarios.following import heard, later, leaves
from tests.scenarios.reviewing import DM
from tests.scenarios.stage import Stage
from tests.scenarios.ticketed import (
    URL,
    closes,
    opens_again,
    question,
    reopens,
    the_ticket,
    ticketed,
)

ASKS = "was closed by Jane (Jira), and PM-1/1 is open: what was done, and where can it be seen?"
OVERNIGHT = timedelta(hours=12)


async def test_the_owner_is_asked_for_evidence_and_the_item_stays_open(slack: Stage) -> None:
    await ticketed(slack)
    await closes(slack)
    said = question(slack, "bob").words()
    assert f"<{URL}|SHOP-12> {ASKS}" in said
    assert (await the_item(slack)).is_open
    assert "was closed: what was done, and where can it be seen?" in slack.card().words()


async def test_what_the_owner_says_settles_the_question(slack: Stage) -> None:
    await ticketed(slack)
    await closes(slack)
    await slack.person("bob").click(DM, action_id=action_of(Decision.IMPLEMENT))
    form = await slack.person("bob").modal()
    assert (await form.fill(words="Shipped in 4.2").submit()).closed
    await slack.settled()
    said = question(slack, "bob")
    assert f"<@{slack.id_of('bob')}> says it is implemented: Shipped in 4.2" in said.words()
    assert find_clickable(said.blocks, None, REOPEN_TICKET) is None
    assert "was closed:" not in slack.card().words()


async def test_the_owner_reopens_the_ticket_and_the_tracker_is_told(slack: Stage) -> None:
    await ticketed(slack)
    await closes(slack)
    await reopens(slack, "bob")
    assert f"<@{slack.id_of('bob')}> reopened its ticket." in question(slack, "bob").words()
    item, ticket = await the_item(slack), await the_ticket(slack)
    assert (item.is_open, item.ticket_closed) == (True, False)
    assert ticket.told is not None
    assert (ticket.told.state, ticket.due_at is None) == (TicketState.DONE, False)
    assert (await history(slack))[-1].event == OPENED


async def test_one_that_is_reopened_in_the_tracker_asks_no_more(slack: Stage) -> None:
    await ticketed(slack)
    await closes(slack)
    await opens_again(slack)
    assert "SHOP-12 was opened again by Jane (Jira)." in question(slack, "bob").words()
    assert "was closed:" not in slack.card().words()


async def test_one_that_is_closed_once_more_is_asked_about_anew(slack: Stage) -> None:
    await ticketed(slack)
    await closes(slack)
    await opens_again(slack)
    await closes(slack)
    before, after = heard(slack, "bob", TICKET)
    assert ASKS in after.words()
    assert "SHOP-12 was opened again" in before.words()


async def test_it_waits_for_the_owners_working_hours(slack: Stage) -> None:
    await ticketed(slack)
    await later(slack, OVERNIGHT)
    await closes(slack)
    assert heard(slack, "bob", TICKET) == []
    await later(slack, OVERNIGHT)
    assert ASKS in question(slack, "bob").words()


async def test_what_was_settled_overnight_is_not_asked(slack: Stage) -> None:
    await ticketed(slack)
    await later(slack, OVERNIGHT)
    await closes(slack)
    await opens_again(slack)
    await later(slack, OVERNIGHT)
    assert heard(slack, "bob", TICKET) == []


async def test_of_an_owner_who_has_left_the_lead_is_asked(slack: Stage) -> None:
    await ticketed(slack)
    await led_by(slack, "freya")
    await leaves(slack, "bob")
    await closes(slack)
    assert heard(slack, "bob", TICKET) == []
    said = question(slack, "freya")
    assert "who owns it, has left" in said.words()
    assert find_clickable(said.blocks, None, action_of(Decision.REASSIGN)) is not None


async def test_where_an_owner_leaves_later_the_lead_is_asked_then(slack: Stage) -> None:
    await ticketed(slack)
    await led_by(slack, "freya")
    await closes(slack)
    await leaves(slack, "bob")
    await later(slack, timedelta(0))
    assert ASKS in question(slack, "freya").words()


async def test_whoever_gets_the_item_is_asked_in_turn(slack: Stage) -> None:
    await ticketed(slack)
    await closes(slack)
    await decided(slack, "bob", Decision.REASSIGN, person=slack.id_of("lena"), words="Yours")
    await slack.person("lena").click(DM, action_id=action_of(Decision.TAKE))
    await slack.settled()
    assert f"<@{slack.id_of('lena')}> answers for it now." in question(slack, "bob").words()
    assert ASKS in question(slack, "lena").words()


async def test_an_item_that_is_reopened_later_is_not_asked_about_again(slack: Stage) -> None:
    await ticketed(slack)
    await closes(slack)
    await decided(slack, "bob", Decision.IMPLEMENT, words="Shipped")
    on = (slack.clock.now() + timedelta(days=7)).date()
    await decided(slack, "bob", Decision.REOPEN, words="Not quite", day=on)
    assert "says it is implemented: Shipped" in question(slack, "bob").words()
