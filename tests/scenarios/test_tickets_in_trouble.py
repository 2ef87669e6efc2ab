"""A tracker refuses, is silent or loses a ticket: nothing is lost here, and somebody hears why."""

from collections.abc import Callable
from datetime import timedelta

from blocks.items_list import LIST_ITEMS
from blocks.tickets import REOPEN_TICKET, TRY_TICKET, TRY_TICKETS
from blocks.tracker_people import CHOOSE_ACCOUNT
from domain.kept_tickets import GONE
from domain.ticket_turns import UNSURE_WAIT
from handlers.ticket_following import DELETED
from handlers.ticket_news import TICKET, TROUBLE
from tests.scenarios.deciding import history, led_by, promised, the_item, window
from tests.scenarios.following import heard, the_news
from tests.scenarios.reviewing import DM
from tests.scenarios.shop import FIRST, SECOND, Shop
from tests.scenarios.stage import CHANNEL
from tests.scenarios.test_items_list import looking
from tests.scenarios.tracked import people, pressed

TOKEN = "GitHub does not know our token any more"


async def refused(shop: Shop) -> Callable[[], None]:
    """Let Lena lead, and GitHub not make the ticket of Bob's item; gives what mends it."""
    await led_by(shop.slack, "lena")
    await shop.opens()
    mend = shop.forgets_our_token()
    await promised(shop.slack)
    await shop.goes_on()
    return mend


async def test_what_github_refuses_is_said_where_the_item_is(shop: Shop) -> None:
    await refused(shop)
    said = f"ticket pending: {TOKEN}"
    assert said in shop.slack.card().words()
    assert said in (await looking(shop.slack, "bob")).text()
    await (await shop.slack.person("bob").modal()).close()
    assert said in (await window(shop.slack, "bob")).text()
    assert shop.github.tickets() == []


async def test_the_lead_hears_once_and_once_when_it_works(shop: Shop) -> None:
    mend = await refused(shop)
    await shop.slack.promised(what="Alert on the pool", owner="mei")
    await shop.goes_on()
    [word] = heard(shop.slack, "lena", TROUBLE)
    assert "Tickets in GitHub acme/shop cannot be made or kept" in word.words()
    assert TOKEN in word.words()
    mend()
    await shop.goes_on(timedelta(hours=2))
    [word] = heard(shop.slack, "lena", TROUBLE)
    assert "Tickets in GitHub acme/shop work again." in word.words()
    assert shop.assignees() == ["bob", "mei"]
    assert "ticket pending" not in shop.slack.card().words()


async def test_once_it_is_mended_somebody_tries_again_from_the_list(shop: Shop) -> None:
    mend = await refused(shop)
    listed = await looking(shop.slack, "bob")
    assert listed.view["callback_id"] == LIST_ITEMS
    mend()
    await shop.slack.person("bob").press(action_id=TRY_TICKET)
    await shop.slack.settled()
    assert await shop.slack.told("bob", "I try the ticket of PM-1/1 again now", DM)
    await shop.goes_on()
    assert (shop.ticket().assignee, (await the_item(shop.slack)).ticket_trouble) == ("bob", "")


async def test_two_who_try_again_at_once_get_one_ticket(shop: Shop) -> None:
    mend = await refused(shop)
    mend()
    await shop.at_once(
        shop.slack.person("ana").click(CHANNEL, action_id=TRY_TICKETS),
        shop.slack.person("mei").click(CHANNEL, action_id=TRY_TICKETS),
        shop.slack.bot.clock.strike(),
    )
    await shop.goes_on()
    assert len(shop.github.tickets()) == 1


async def test_a_short_silence_is_not_spoken_of(shop: Shop) -> None:
    await led_by(shop.slack, "lena")
    await shop.opens()
    shop.github.fail_next(503, times=2, on="create")
    await promised(shop.slack)
    for _ in range(3):
        await shop.goes_on(UNSURE_WAIT)
        assert "ticket pending" not in shop.slack.card().words()
    assert shop.ticket().assignee == "bob"
    assert heard(shop.slack, "lena", TROUBLE) == []


async def test_a_long_silence_is_said_and_ends_by_itself(shop: Shop) -> None:
    await led_by(shop.slack, "lena")
    await shop.opens()
    shop.github.fail_next(503, times=1000)
    await promised(shop.slack)
    for _ in range(12):
        await shop.goes_on()
    assert "ticket pending: GitHub" in shop.slack.card().words()
    assert len(heard(shop.slack, "lena", TROUBLE)) == 1
    shop.recovers()
    await shop.looks()
    assert (len(shop.github.tickets()), shop.ticket().assignee) == (1, "bob")
    assert "ticket pending" not in shop.slack.card().words()
    assert "work again" in heard(shop.slack, "lena", TROUBLE)[0].words()


async def test_one_whose_answer_was_lost_is_not_made_twice(shop: Shop) -> None:
    await shop.opens()
    shop.github.lose_next_answer()
    await promised(shop.slack)
    await shop.goes_on()
    await shop.goes_on(UNSURE_WAIT)
    assert len(shop.github.tickets()) == 1
    assert "|acme/shop#1>" in shop.slack.card().words()


async def test_a_deleted_one_is_made_again_when_somebody_says_so(shop: Shop) -> None:
    await shop.ticketed()
    await shop.github.delete(FIRST)
    await shop.goes_on()
    assert DELETED.format(tracker="GitHub") in shop.slack.card().words()
    assert (await history(shop.slack))[-1].event == GONE
    told = the_news(shop.slack, "bob")[-1]
    assert told.startswith("acme/shop#1, the ticket of your item PM-1/1, was deleted, or ")
    await shop.looks()
    assert shop.github.tickets() == []
    await window(shop.slack, "bob")
    await shop.slack.person("bob").press(action_id=TRY_TICKET)
    await shop.goes_on()
    assert shop.ticket(SECOND).assignee == "bob"
    assert "|acme/shop#2>" in shop.slack.card().words()
    assert "deleted" not in shop.slack.card().words()


async def test_of_a_closed_one_that_is_deleted_nothing_is_asked_any_more(shop: Shop) -> None:
    await shop.ticketed()
    await shop.closes_by_hand("mei")
    await shop.github.delete(FIRST)
    await shop.goes_on()
    assert "acme/shop#1 was deleted" in shop.question().words()
    assert REOPEN_TICKET not in str(shop.question().blocks)
    assert "was closed" not in shop.slack.card().words()


async def chosen(shop: Shop, name: str, account: str) -> None:
    """Let Lena say in Slack which account is somebody's."""
    await people(shop.slack)
    form = await pressed(shop.slack, CHOOSE_ACCOUNT, value=f"github:{shop.id_of(name)}")
    assert (await form.fill(account=account).submit()).closed
    await shop.slack.settled()
    await shop.goes_on()


async def test_whose_account_nobody_knows_is_chosen_once(shop: Shop) -> None:
    await shop.opens()
    await shop.slack.started()
    await shop.slack.promised(owner="priya")
    await shop.goes_on()
    assert shop.ticket().assignee == ""
    nobody = "nobody is assigned: I know no account of Priya Raman in GitHub"
    assert nobody in shop.slack.card().words()
    await chosen(shop, "priya", "@praman")
    assert (shop.ticket().assignee, nobody in shop.slack.card().words()) == ("praman", False)
    await shop.slack.promised(what="Alert on the pool", owner="priya")
    await shop.goes_on()
    assert shop.ticket(SECOND).assignee == "praman"


async def test_what_closed_while_our_token_was_bad_is_asked_afterwards(shop: Shop) -> None:
    await shop.ticketed()
    mend = shop.forgets_our_token()
    await shop.closes_by_hand("mei")
    assert f"|acme/shop#1> · {TOKEN}" in shop.slack.card().words()
    assert heard(shop.slack, "bob", TICKET) == []
    mend()
    await shop.goes_on(timedelta(hours=2))
    assert "was closed by mei (GitHub)" in shop.question().words()
    assert TOKEN not in shop.slack.card().words()


async def test_a_forged_webhook_and_one_told_twice_do_nothing(shop: Shop) -> None:
    await shop.ticketed()
    await shop.closes_by_hand("mei")
    shop.github.calls.clear()
    headers, body = shop.github.hooks[-1]
    assert await shop.hears(headers, body) == 409
    assert await shop.hears(headers | {"X-Hub-Signature-256": "sha256=" + "0" * 64}, body) == 401
    await shop.goes_on()
    assert shop.github.calls == []
