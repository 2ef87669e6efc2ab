"""Tickets of private incidents and of several places, and none where nobody wants any."""

from datetime import timedelta

from blocks.trackers import ADD_PLACE, MAKE_TICKETS
from domain.decisions import Decision
from tests.scenarios.deciding import promised, the_item, window
from tests.scenarios.following import DAY, later
from tests.scenarios.reviewing import DM
from tests.scenarios.shop import PLACE, Shop
from tests.scenarios.stage import Stage
from tests.scenarios.test_items_list import looking
from tests.scenarios.tracked import pressed
from tests.scenarios.tracked import window as trackers_window

#: Until Ana, who is in New York, is at work.
NIGHT = timedelta(hours=6)
PRIVATE, SECRET = "#inc-auth-tokens", "Revoke the leaked tokens"


async def private(shop: Shop) -> None:
    """Let Ana own an item of a private incident, with a ticket."""
    await shop.opens()
    await shop.slack.started(channel=PRIVATE, title="Tokens leaked")
    await shop.slack.promised(channel=PRIVATE, owner="ana", what=SECRET, done_when="None is valid")
    await shop.goes_on()


def in_github(shop: Shop) -> str:
    """Give all that whoever may look there reads of the ticket."""
    ticket = shop.ticket()
    return "\n".join([ticket.title, ticket.body, *ticket.comments])


async def test_of_a_private_incident_no_word_gets_there(shop: Shop) -> None:
    await private(shop)
    assert shop.ticket().title == "Action item PM-1/1 of a private incident"
    assert "|acme/shop#1>" in shop.slack.card(PRIVATE).words()
    await shop.closes_by_hand("mei")
    await shop.goes_on(NIGHT)
    words = "We revoked all leaked tokens"
    await shop.answers("ana", Decision.IMPLEMENT, words=words)
    await shop.goes_on()
    assert (await the_item(shop.slack)).shipped == words
    assert (shop.ticket().state, len(shop.ticket().comments)) == ("done", 1)
    for word in ("leaked", "Revoke", "valid"):
        assert word not in in_github(shop)


async def test_its_ticket_is_named_to_nobody_who_may_not_see_it(shop: Shop) -> None:
    await private(shop)
    listed = await looking(shop.slack, "bob", "all")
    assert "acme/shop#1" not in listed.text()
    assert SECRET not in listed.text()


async def test_a_service_has_its_tickets_elsewhere(shop: Shop) -> None:
    await shop.ticketed()
    await trackers_window(shop.slack)
    form = await pressed(shop.slack, ADD_PLACE)
    attic = PLACE | {"service": "checkout", "project": "acme/attic", "labels": "old"}
    assert (await form.fill(**attic).submit()).closed
    await shop.slack.settled()
    await shop.slack.promised(what="Alert on the pool", owner="mei")
    await shop.goes_on()
    assert shop.ticket("acme/attic/1").labels == ("closedloop", "old", "P2")
    await shop.closes_by_hand("bob")
    assert "acme/shop#1" in shop.question().words()


async def test_items_from_before_get_theirs_when_somebody_says_so(shop: Shop) -> None:
    await promised(shop.slack)
    await shop.slack.promised(what="Alert on the pool", owner="mei")
    await shop.goes_on()
    await shop.opens()
    assert shop.github.tickets() == []
    await pressed(shop.slack, MAKE_TICKETS)
    await shop.goes_on()
    assert shop.assignees() == ["bob", "mei"]
    assert "|acme/shop#2>" in shop.slack.card().words()


async def test_a_place_that_is_not_there_is_said_when_it_is_saved(shop: Shop) -> None:
    await shop.opens(project="acme/nowhere")
    told = shop.slack.person("lena").messages(DM)[-1].text
    assert "GitHub has no repository acme/nowhere, or our token may not see it" in told


async def test_without_a_tracker_nothing_is_said_of_tickets(slack: Stage) -> None:
    await promised(slack)
    await later(slack, DAY)
    seen = [slack.card().words(), *(each.words() for each in slack.person("bob").messages(DM))]
    seen.append((await looking(slack, "bob")).text())
    await (await slack.person("bob").modal()).close()
    seen.append((await window(slack, "bob")).text())
    assert "ticket" not in "\n".join(seen).lower()
    assert await slack.count("ticket") == 0


async def test_with_a_token_and_no_place_nothing_is_asked_of_github(shop: Shop) -> None:
    await promised(shop.slack)
    await shop.looks()
    assert shop.github.calls == []
    assert "ticket" not in shop.slack.card().words()
