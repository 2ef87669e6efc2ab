"""Two people at once, one in Slack and one in the tracker: both sides end as one."""

from datetime import date

import pytest

from blocks.tickets import REOPEN_TICKET
from domain.action_items import ItemState
from domain.decisions import Decision
from domain.kept_tickets import CLOSED, FOLLOWED, KEPT, OPENED
from handlers.ticket_news import TICKET
from sandbox.seeing import find_clickable
from tests.scenarios.deciding import decided, form, history, led_by, the_item, window
from tests.scenarios.following import heard
from tests.scenarios.reviewing import DM
from tests.scenarios.shop import FIRST, Shop


async def rests(shop: Shop) -> None:
    """Assert that nothing more comes of what was done, neither here nor there."""
    before = await history(shop.slack), len(shop.github.hooks)
    for _ in range(3):
        await shop.looks()
    assert before == (await history(shop.slack), len(shop.github.hooks))


async def closes(shop: Shop) -> None:
    """Let Mei close the ticket, the webhook be heard, and the clock strike."""
    await shop.github.close(FIRST, "mei")
    await shop.github.tracker.hooks.settled()
    await shop.slack.bot.clock.strike()


async def test_one_that_is_done_here_while_it_is_closed_there(shop: Shop) -> None:
    await shop.ticketed()
    done = (await form(shop.slack, "bob", Decision.IMPLEMENT)).fill(words="Shipped")
    await shop.at_once(done.submit(), closes(shop))
    await shop.slack.settled()
    await shop.goes_on()
    item = await the_item(shop.slack)
    assert (item.state, item.ticket_closed) == (ItemState.IMPLEMENTED, False)
    assert (shop.ticket().state, len(shop.ticket().comments)) == ("done", 1)
    for asked in heard(shop.slack, "bob", TICKET):
        assert find_clickable(asked.blocks, None, REOPEN_TICKET) is None
    await rests(shop)


async def test_one_that_is_cancelled_here_while_it_is_closed_there(shop: Shop) -> None:
    await shop.ticketed()
    gone = (await form(shop.slack, "bob", Decision.CANCEL)).fill(words="No region")
    await shop.at_once(gone.submit(), closes(shop))
    await shop.slack.settled()
    await shop.goes_on()
    assert (await the_item(shop.slack)).state is ItemState.CANCELLED
    assert shop.ticket().state in {"done", "not planned"}
    assert "was closed" not in shop.slack.card().words()
    await rests(shop)


async def test_one_that_is_reopened_on_both_sides(shop: Shop) -> None:
    await shop.ticketed()
    await shop.closes_by_hand("mei")
    await shop.at_once(
        shop.slack.person("bob").click(DM, action_id=REOPEN_TICKET),
        shop.github.reopen(FIRST, "mei"),
        shop.slack.bot.clock.strike(),
    )
    await shop.slack.settled()
    await shop.goes_on()
    item = await the_item(shop.slack)
    assert (shop.ticket().state, item.ticket_closed) == ("open", False)
    assert [each.event for each in await history(shop.slack)][-2:].count(OPENED) >= 1
    await rests(shop)


async def test_one_that_is_reopened_by_two_here_is_reopened_once(shop: Shop) -> None:
    await led_by(shop.slack, "lena")
    await shop.ticketed()
    await shop.closes_by_hand("mei")
    await window(shop.slack, "bob")
    told = len(shop.github.hooks)
    await shop.at_once(
        shop.slack.person("bob").press(action_id=REOPEN_TICKET),
        shop.slack.person("bob").click(DM, action_id=REOPEN_TICKET),
    )
    await shop.slack.settled()
    await shop.goes_on()
    assert (shop.ticket().state, len(shop.github.hooks)) == ("open", told + 1)
    assert [each.event for each in await history(shop.slack)].count(OPENED) == 1


async def test_one_that_is_moved_here_while_it_is_closed_there(shop: Shop) -> None:
    await shop.ticketed()
    day = {"day": date(2027, 1, 15), "words": "The vendor is late"}
    later = (await form(shop.slack, "bob", Decision.RESCHEDULE)).fill(**day)
    await shop.at_once(later.submit(), closes(shop))
    await shop.slack.settled()
    await shop.goes_on()
    item = await the_item(shop.slack)
    assert (item.due_on, item.ticket_closed) == (date(2027, 1, 15), True)
    assert (shop.ticket().state, "15 Jan 2027" in shop.ticket().body) == ("done", True)
    assert CLOSED in [each.event for each in await history(shop.slack)]
    await rests(shop)


@pytest.mark.parametrize("is_ours", [True, False], ids=["here", "there"])
async def test_of_two_owners_the_one_who_was_named_last_wins(shop: Shop, is_ours: bool) -> None:  # noqa: FBT001 - which of two
    await shop.ticketed()
    shop.github.hooks_to = ""
    to = {"person": shop.id_of("lena"), "words": "You know it"}
    if not is_ours:
        await decided(shop.slack, "bob", Decision.REASSIGN, **to)
        await shop.passes()
    await shop.github.assign(FIRST, "mei", "ana")
    await shop.passes()
    if is_ours:
        await decided(shop.slack, "bob", Decision.REASSIGN, **to)
    await shop.looks()
    assert (await the_item(shop.slack)).proposed_owner == shop.id_of("lena" if is_ours else "mei")
    assert (await history(shop.slack))[-1].event == (KEPT if is_ours else FOLLOWED)
    await rests(shop)


async def test_whoever_is_known_here_alone_is_handed_the_item_here(shop: Shop) -> None:
    await shop.ticketed()
    await shop.github.assign(FIRST, "lena", "ana")
    await shop.goes_on()
    assert "hand the item over in Slack instead" in shop.ticket().comments[0]
    lena = shop.id_of("lena")
    await decided(shop.slack, "bob", Decision.REASSIGN, person=lena, words="You know it")
    await shop.goes_on()
    assert shop.ticket().assignee == "bob"
    await shop.answers("lena", Decision.TAKE)
    await shop.goes_on()
    assert (shop.ticket().assignee, len(shop.ticket().comments)) == ("lena", 1)
    await rests(shop)


async def test_many_that_are_closed_at_once_are_each_asked_about_once(shop: Shop) -> None:
    await shop.ticketed()
    for what in ("Alert on the pool", "Cap the retries"):
        await shop.slack.promised(what=what, owner="bob")
    await shop.goes_on()
    for number in (1, 2, 3):
        await shop.github.close(f"acme/shop/{number}", "mei")
        await shop.github.reopen(f"acme/shop/{number}", "mei")
        await shop.github.close(f"acme/shop/{number}", "mei")
    await shop.goes_on()
    assert [each.ticket_closed for each in await shop.slack.items()] == [True] * 3
    assert len(heard(shop.slack, "bob", TICKET)) == 3
    await rests(shop)
