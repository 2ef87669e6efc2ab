"""An item and its ticket, from the form to the evidence: made, closed, reopened, and ended."""

from datetime import date

import pytest

from blocks.tickets import REOPEN_TICKET
from domain.action_items import ItemState
from domain.decisions import Decision
from domain.kept_tickets import CLOSED, FOLLOWED, KEPT
from handlers.ticket_news import TICKET
from sandbox.seeing import find_clickable
from tests.scenarios.deciding import decided, edited, history, promised, the_item, window
from tests.scenarios.following import heard, the_news
from tests.scenarios.shop import FIRST, SECOND, Shop
from tests.scenarios.test_items_list import looking

ASKS = "was closed by mei (GitHub), and PM-1/1 is open: what was done, and where can it be seen?"
LINK = "https://example.com/changes/42"


def bobs_first(shop: Shop) -> str:
    """Give what Bob was told when the item became his, as it says now."""
    return heard(shop.slack, "bob", "item_news")[0].words()


@pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
async def test_an_item_has_its_ticket_within_a_strike(shop: Shop) -> None:
    await shop.opens()
    await promised(shop.slack)
    assert "GitHub" not in shop.slack.card().words()
    await shop.strikes()
    made = shop.ticket()
    assert (made.title, made.assignee, made.state) == ("Drain connections first", "bob", "open")
    assert (made.labels, made.sprint) == (("closedloop", "P2"), "Release 12")
    assert "**Done when:** A failover in staging loses no request" in made.body
    assert made.body.count("**Due:** 24 Dec 2026") == 1
    assert "[PM-1 Checkout latency](<http" in made.body


async def test_its_key_is_wherever_the_item_is(shop: Shop) -> None:
    await shop.ticketed()
    link = f"<{shop.address()}|acme/shop#1>"
    assert f":ticket: {link}" in shop.slack.card().words()
    assert f"*PM-1/1 is yours:* Drain connections first, due 24 Dec 2026, {link}." in bobs_first(
        shop
    )
    assert link in (await looking(shop.slack, "bob")).text()
    await (await shop.slack.person("bob").modal()).close()
    assert link in (await window(shop.slack, "bob")).text()


async def test_what_we_wrote_ourselves_comes_back_and_ends_there(shop: Shop) -> None:
    await shop.ticketed()
    told, before = len(shop.github.hooks), await history(shop.slack)
    for _ in range(3):
        await shop.goes_on()
    assert shop.github.calls == []
    assert (len(shop.github.hooks), await history(shop.slack)) == (told, before)


async def test_of_a_closed_ticket_the_owner_is_asked_and_the_item_stays_open(shop: Shop) -> None:
    await shop.ticketed()
    await shop.github.close(FIRST, "mei")
    await shop.strikes()
    assert f"<{shop.address()}|acme/shop#1> {ASKS}" in shop.question().words()
    assert "was closed: what was done, and where can it be seen?" in shop.slack.card().words()
    assert (await the_item(shop.slack)).state is ItemState.OPEN
    newest = (await history(shop.slack))[-1]
    assert (newest.event, newest.reason) == (CLOSED, "acme/shop#1 was closed by mei (GitHub).")


async def test_the_owner_reopens_it_there_and_may_be_asked_anew(shop: Shop) -> None:
    await shop.ticketed()
    await shop.closes_by_hand("mei")
    await shop.presses("bob", REOPEN_TICKET)
    assert shop.ticket().state == "open"
    assert "reopened its ticket" in shop.question().words()
    assert "was closed" not in shop.slack.card().words()
    await shop.closes_by_hand("mei")
    before, after = heard(shop.slack, "bob", TICKET)
    assert find_clickable(before.blocks, None, REOPEN_TICKET) is None
    assert ASKS in after.words()


async def test_what_shows_that_it_works_ends_the_item_and_is_written_there(shop: Shop) -> None:
    await shop.ticketed()
    await shop.closes_by_hand("mei")
    await shop.answers("bob", Decision.IMPLEMENT, words="Shipped in @4.2", link=LINK)
    await shop.goes_on()
    assert (await the_item(shop.slack)).state is ItemState.IMPLEMENTED
    [comment] = shop.ticket().comments
    assert comment.startswith(f"The item is implemented: Shipped in @<!-- -->4.2 <{LINK}>")
    assert (shop.ticket().state, "PM-1/1, implemented" in shop.ticket().body) == ("done", True)
    assert "says it is implemented" in shop.question().words()
    assert "was closed" not in shop.slack.card().words()


async def test_whoever_says_in_slack_that_it_is_done_closes_the_ticket(shop: Shop) -> None:
    await shop.ticketed()
    await decided(shop.slack, "bob", Decision.IMPLEMENT, words="Shipped", link=LINK)
    await shop.goes_on()
    assert shop.ticket().state == "done"
    assert heard(shop.slack, "bob", TICKET) == []
    await shop.goes_on()
    assert len(shop.ticket().comments) == 1


async def test_one_that_is_cancelled_is_closed_as_not_planned_and_opens_with_it(shop: Shop) -> None:
    await shop.ticketed()
    await decided(shop.slack, "bob", Decision.CANCEL, words="The region is gone")
    await shop.goes_on()
    assert shop.ticket().state == "not planned"
    on = date(2026, 12, 30)
    await decided(shop.slack, "bob", Decision.REOPEN, words="It is not", day=on)
    await shop.goes_on()
    assert (shop.ticket().state, "**Due:** 30 Dec 2026" in shop.ticket().body) == ("open", True)
    said = [each.partition("\n")[0] for each in shop.ticket().comments]
    assert said == [
        "The item is cancelled: The region is gone",
        "The item is open again: It is not",
    ]


async def test_a_later_date_is_written_there(shop: Shop) -> None:
    await shop.ticketed()
    later = {"day": date(2027, 1, 15), "words": "The vendor is late"}
    await decided(shop.slack, "bob", Decision.RESCHEDULE, **later)
    await shop.goes_on()
    assert shop.ticket().body.count("**Due:** 15 Jan 2027") == 1
    [comment] = shop.ticket().comments
    said = "The item was moved from 24 Dec 2026 to 15 Jan 2027: The vendor is late"
    assert comment.startswith(said)


async def test_other_words_are_written_there_and_those_of_people_stay(shop: Shop) -> None:
    await shop.ticketed()
    shop.github.tracker.hands.comment(FIRST, "We do it on Monday.", "mei")
    await edited(shop.slack, "ana", what="Drain them <all>")
    await shop.goes_on()
    assert shop.ticket().title == "Drain them <all>"
    assert shop.ticket().comments == ("We do it on Monday.",)


async def test_whoever_is_assigned_there_is_asked_here_and_takes_it_on(shop: Shop) -> None:
    await shop.ticketed()
    await shop.github.assign(FIRST, "mei", "ana")
    await shop.goes_on()
    asked = await the_item(shop.slack)
    assert (asked.owner, asked.proposed_owner) == (shop.id_of("bob"), shop.id_of("mei"))
    [question] = heard(shop.slack, "mei", "handover")
    assert "*You are asked to take on PM-1/1:*" in question.words()
    assert ">acme/shop#1 was assigned to Mei Tanaka by ana (GitHub)." in question.words()
    await shop.answers("mei", Decision.TAKE)
    await shop.goes_on()
    assert (await the_item(shop.slack)).owner == shop.id_of("mei")
    assert (shop.ticket().assignee, "**Owner:** Mei Tanaka" in shop.ticket().body) == ("mei", True)


async def test_of_whoever_declines_it_goes_back(shop: Shop) -> None:
    await shop.ticketed()
    await shop.github.assign(FIRST, "mei", "ana")
    await shop.goes_on()
    await shop.answers("mei", Decision.DECLINE)
    await shop.goes_on()
    assert (await the_item(shop.slack)).owner == shop.id_of("bob")
    assert (shop.ticket().assignee, (await the_item(shop.slack)).proposed_owner) == ("bob", "")
    assert "cannot: it stays with its owner" in shop.ticket().comments[0]
    assert "cannot take on your item PM-1/1" in the_news(shop.slack, "bob")[-1]


@pytest.mark.parametrize(
    ("account", "why"),
    [(None, "An item has one owner"), ("outsider", "I do not know whose account this is")],
)
async def test_of_nobody_and_of_strangers_it_goes_back(
    shop: Shop, account: str | None, why: str
) -> None:
    await shop.ticketed()
    await shop.github.assign(FIRST, account, "ana")
    await shop.goes_on()
    assert (shop.ticket().assignee, (await the_item(shop.slack)).owner) == (
        "bob",
        shop.id_of("bob"),
    )
    assert why in shop.ticket().comments[0]
    assert (await history(shop.slack))[-1].event == KEPT
    await shop.goes_on()
    assert len(shop.ticket().comments) == 1


async def test_whoever_assigns_it_to_themselves_owns_it(shop: Shop) -> None:
    await shop.ticketed()
    await shop.slack.promised(what="Alert on the pool", owner="mei")
    await shop.goes_on()
    await shop.github.assign(FIRST, "mei", "mei")
    await shop.goes_on()
    assert (await the_item(shop.slack)).owner == shop.id_of("mei")
    assert (await history(shop.slack))[-1].event == FOLLOWED
    assert "took over your item PM-1/1" in the_news(shop.slack, "bob")[-1]


async def test_each_item_has_a_ticket_and_each_is_closed_by_itself(shop: Shop) -> None:
    await shop.ticketed()
    await shop.slack.promised(what="Alert on the pool", owner="bob")
    await shop.goes_on()
    await shop.github.close(SECOND, "bob")
    await shop.goes_on()
    [first, second] = await shop.slack.items()
    assert (first.ticket_closed, second.ticket_closed) == (False, True)
    assert "|acme/shop#2>, and PM-1/2 is open" in shop.question().words()


async def test_one_that_is_transferred_is_followed_there(shop: Shop) -> None:
    await shop.ticketed()
    await shop.github.move(FIRST)
    await shop.goes_on()
    assert "|acme/attic#1>" in shop.slack.card().words()
    assert "|acme/attic#1>" in the_news(shop.slack, "bob")[-1]
    await shop.github.close("acme/attic/1", "mei")
    await shop.goes_on()
    assert "|acme/attic#1> was closed by mei" in shop.question().words()
    await decided(shop.slack, "bob", Decision.IMPLEMENT, words="Shipped", link=LINK)
    await shop.goes_on()
    assert len(shop.ticket("acme/attic/1").comments) == 1


async def test_of_a_closed_ticket_without_a_webhook_is_heard_all_the_same(shop: Shop) -> None:
    await shop.ticketed()
    shop.github.hooks_to = ""
    await shop.github.close(FIRST, "mei")
    await shop.goes_on()
    assert heard(shop.slack, "bob", TICKET) == []
    await shop.looks()
    assert ASKS in shop.question().words()
