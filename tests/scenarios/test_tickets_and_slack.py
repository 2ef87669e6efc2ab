"""What a ticket needs of Slack: whose address it is, where the card is, and who is asked there."""

from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.demo import settings_for
from domain.tickets import Account, Place, TrackerKind
from handlers.ticketing import Ticketing
from sandbox.posting import delete
from storage import ticket_places
from tests.handlers.ticketed import A_LOOK
from tests.scenarios.deciding import edit_form, edited, promised
from tests.scenarios.following import heard, heard_of_it
from tests.scenarios.reviewing import TEAM
from tests.scenarios.stage import CHANNEL, Stage
from tests.trackers.in_memory import InMemory


@pytest.fixture
def tracker(slack: Stage) -> InMemory:
    """A tracker whose people are known by their addresses."""
    tracker = InMemory(slack.clock.now)
    for name in ("ana", "bob"):
        tracker.people[f"{name}@example.com"] = Account(id=name, name=name.title())
    return tracker


async def promised_there(slack: Stage) -> None:
    """Say where tickets are made, and promise something."""
    async with slack.bot.database.sessions.begin() as session:
        place = Place(kind=TrackerKind.JIRA, project="SHOP")
        await ticket_places.keep(session, TEAM, place, slack.clock.now())
    await promised(slack)


async def seen_to(slack: Stage, tracker: InMemory) -> None:
    """Let what is due be seen to, and what is owed thereby be sent."""
    settings = settings_for(slack.sandbox, Path())
    token = settings.slack_bot_token.get_secret_value()
    client = AsyncWebClient(token=token, base_url=settings.slack_api_url)
    duty = Ticketing(tracker, TEAM, slack.clock.now)
    await duty(slack.bot.database.sessions, client, slack.clock.now())
    await slack.settled()


async def test_a_ticket_says_where_its_incident_is_and_whose_it_is(
    slack: Stage, tracker: InMemory
) -> None:
    await promised_there(slack)
    await seen_to(slack, tracker)
    (ticket,), (item,) = tracker.tickets, await slack.items()
    assert (ticket.seen.account, ticket.said.title) == ("bob", item.what)
    incident = next(each for each in ticket.said.lines if each.label == "Incident")
    assert (incident.text, incident.url[:4]) == ("PM-1 Checkout latency", "http")


async def test_it_leads_to_the_card_that_stands_now(slack: Stage, tracker: InMemory) -> None:
    await promised_there(slack)
    await seen_to(slack, tracker)
    workspace, open_form = slack.sandbox.workspace, await edit_form(slack, "bob")
    delete(workspace, workspace.channel(CHANNEL), slack.card())
    await open_form.fill(what="Drain them all").submit()
    await slack.settled()  # the card is posted anew
    await edited(slack, "bob", what="Drain every one of them")
    await seen_to(slack, tracker)
    (ticket,) = tracker.tickets
    incident = next(each for each in ticket.said.lines if each.label == "Incident")
    assert ticket.said.title == "Drain every one of them"
    assert incident.url.endswith(slack.card().ts.replace(".", ""))


async def test_it_names_its_owner_as_they_are_called_now(slack: Stage, tracker: InMemory) -> None:
    await promised_there(slack)
    await seen_to(slack, tracker)
    account = slack.person("bob").account
    account.real_name = "Bob Adeyemi"
    shown = account.to_api(slack.sandbox.workspace.team_id, slack.clock.now())
    slack.sandbox.workspace.emit({"type": "user_change", "user": shown})
    await heard_of_it(slack)
    await seen_to(slack, tracker)
    (ticket,) = tracker.tickets
    assert next(each.text for each in ticket.said.lines if each.label == "Owner") == "Bob Adeyemi"


async def test_whoever_is_assigned_there_is_asked_here(slack: Stage, tracker: InMemory) -> None:
    await promised_there(slack)
    await seen_to(slack, tracker)
    tracker.assign("1", "ana", by="bob")
    await slack.passes(A_LOOK)
    await seen_to(slack, tracker)
    (item,) = await slack.items()
    assert (item.proposed_owner, item.owner) == (slack.id_of("ana"), slack.id_of("bob"))
    assert "asks you to take on" in heard(slack, "ana", "handover")[0].text


async def test_a_stranger_of_the_tracker_who_assigns_it_is_named(
    slack: Stage, tracker: InMemory
) -> None:
    await promised_there(slack)
    await seen_to(slack, tracker)
    tracker.assign("1", "ana", by="Jane of the other team")
    await slack.passes(A_LOOK)
    await seen_to(slack, tracker)
    (asked,) = heard(slack, "ana", "handover")
    assert ("Jane of the other team" in asked.words(), "<@>" in asked.text) == (True, False)


async def test_what_slack_does_not_say_now_is_said_at_the_next_look(
    slack: Stage, tracker: InMemory
) -> None:
    await promised_there(slack)
    for method in ("chat.getPermalink", "users.info"):
        slack.sandbox.faults.refuse(method, "internal_error", times=9)
    await seen_to(slack, tracker)
    assert ((await slack.items())[0].ticket, tracker.of("1").seen.account) == ("SHOP-1", "")
    slack.sandbox.faults.clear()
    await slack.passes(A_LOOK)
    await seen_to(slack, tracker)
    assert tracker.of("1").seen.account == "bob"
    assert any(each.url for each in tracker.of("1").said.lines)
