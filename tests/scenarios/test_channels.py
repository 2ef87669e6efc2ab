"""A channel the app was invited to: what it tells is known before somebody asks for the form."""

from datetime import timedelta

import pytest

from sandbox import Modal
from tests.scenarios.stage import CHANNEL, Stage

UNINVITED = "#inc-search-index"
both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)


async def invited(slack: Stage, channel: str = UNINVITED) -> None:
    """Let Mei invite the app, as people do when an incident begins."""
    await slack.person("mei").invite(channel, "closed_loop")
    await slack.settled()


async def calls(slack: Stage, name: str = "ana", channel: str = UNINVITED) -> list[str]:
    """Let somebody ask for the start form; give the methods that were called for it."""
    before = len(slack.sandbox.calls)
    await slack.start_form(name, channel)
    return sorted(call.method for call in slack.sandbox.calls[before:])


async def form(slack: Stage, name: str = "ana", channel: str = UNINVITED) -> Modal:
    """Give the start form somebody sees."""
    await slack.start_form(name, channel)
    return await slack.person(name).modal()


def responders(slack: Stage, modal: Modal) -> list[str]:
    """Give the handles of the responders a form names."""
    (block,) = (one for name, one in modal.values.items() if name.startswith("responders"))
    people = slack.sandbox.workspace.people
    return [people[each].handle for each in block["value"]["selected_users"]]


ONE_CALL = ["views.open"]
ASKED = [
    "conversations.history",
    "conversations.info",
    "conversations.members",
    "views.open",
    "views.update",
]


@both_ways
async def test_after_an_invitation_the_form_opens_complete_with_one_call(slack: Stage) -> None:
    await invited(slack)
    assert await calls(slack) == ONE_CALL
    modal = await slack.person("ana").modal()
    assert modal.values["title"]["value"]["value"] == "Search results a day old"
    assert modal.values["severity"]["value"]["selected_option"]["value"] == "P3"
    assert responders(slack, modal) == ["freya", "mei", "ana"]


async def test_a_second_form_shortly_after_the_first_needs_one_call(slack: Stage) -> None:
    assert set(await calls(slack, "ana", CHANNEL)) == {*ASKED, "users.info"}
    assert await calls(slack, "bob", CHANNEL) == ONE_CALL


async def test_a_form_opened_complete_can_be_sent_off(slack: Stage) -> None:
    await slack.person("bob").join(UNINVITED)
    await invited(slack)
    await slack.started("bob", UNINVITED)
    assert "PM-1 · Checkout latency" in slack.card(UNINVITED).words()


async def test_a_private_channel_is_known_by_its_name_at_once(slack: Stage) -> None:
    await slack.person("ana").invite("#sec-review", "closed_loop")
    await slack.settled()
    assert await calls(slack, channel="#sec-review") == ONE_CALL
    modal = await slack.person("ana").modal()
    assert modal.values["title"]["value"]["value"] == "Sec review"


async def test_who_joins_after_the_app_is_a_responder(slack: Stage) -> None:
    await invited(slack)
    await slack.person("diego").join(UNINVITED)
    await slack.settled()
    assert await calls(slack) == ONE_CALL
    assert responders(slack, await form(slack)) == ["freya", "mei", "ana", "diego"]


async def test_who_left_is_no_responder(slack: Stage) -> None:
    await invited(slack)
    await slack.person("freya").leave(UNINVITED)
    await slack.settled()
    assert await calls(slack) == ONE_CALL
    assert responders(slack, await form(slack)) == ["mei", "ana"]


async def test_a_channel_that_grows_large_leaves_the_caller_alone(slack: Stage) -> None:
    await invited(slack)
    for letter in "abcdefghijklm":
        newcomer = slack.sandbox.workspace.add_person(letter, letter)
        await slack.person(newcomer.id).join(UNINVITED)
    await slack.settled()
    assert await calls(slack) == ONE_CALL
    assert responders(slack, await form(slack)) == ["ana"]


async def test_what_was_told_ten_minutes_ago_is_asked_anew(slack: Stage) -> None:
    await invited(slack)
    slack.sandbox.workspace.channel(UNINVITED).topic = "P2 · search is down in Europe"
    await slack.passes(timedelta(minutes=9, seconds=59))
    assert await calls(slack) == ONE_CALL
    await slack.passes(timedelta(seconds=1))
    assert await calls(slack) == ASKED
    modal = await slack.person("ana").modal()
    assert modal.values["title.read"]["value"]["value"] == "Search is down in Europe"


@pytest.mark.parametrize("channel", [UNINVITED, "#inc-auth-tokens"], ids=["public", "private"])
async def test_an_app_that_was_removed_asks_anew_and_says_so(slack: Stage, channel: str) -> None:
    if channel == UNINVITED:
        await invited(slack)
    assert (await form(slack, channel=channel)).title == "Start a postmortem"
    await slack.person("ana").remove(channel, "closed_loop")
    await slack.settled()
    assert (await form(slack, channel=channel)).title == "Invite me first"
    assert await slack.count("channel") == 0


async def test_an_app_that_is_told_of_its_leaving_as_any_member_asks_anew(slack: Stage) -> None:
    await invited(slack)
    place, app = slack.sandbox.workspace.channel(UNINVITED), slack.id_of("closed_loop")
    left = {"type": "member_left_channel", "user": app, "channel": place.id}
    slack.sandbox.workspace.emit(left, place)
    await slack.settled()
    assert await slack.count("channel") == 0


async def test_an_app_that_was_not_let_in_remembers_nothing(slack: Stage) -> None:
    assert (await form(slack)).title == "Invite me first"
    await invited(slack)
    assert await calls(slack) == ONE_CALL


async def test_a_member_nobody_could_describe_is_asked_for_again(slack: Stage) -> None:
    slack.sandbox.faults.rate_limit("users.info", retry_after=30, times=9)
    await invited(slack)
    assert len(slack.logged("people_unknown")) == 1
    slack.sandbox.faults.rate_limit("users.info", retry_after=30, times=0)
    assert set(await calls(slack)) == {*ASKED, "users.info"}
    assert await calls(slack) == ONE_CALL


@pytest.mark.parametrize("status", [None, 503], ids=["hangs up", "503"])
async def test_an_invitation_while_slack_is_down_is_logged_and_asked_about_later(
    slack: Stage, status: int | None
) -> None:
    slack.sandbox.faults.down(status=status)
    await invited(slack)
    assert len(slack.logged("channel_not_read")) == 1
    slack.sandbox.faults.down(on=False)
    assert set(await calls(slack)) == {*ASKED, "users.info"}


async def test_joining_and_leaving_elsewhere_costs_nothing(slack: Stage) -> None:
    before = len(slack.sandbox.calls)
    await slack.person("diego").join(CHANNEL)
    await slack.person("diego").leave(CHANNEL)
    await slack.settled()
    assert len(slack.sandbox.calls) == before
    assert await slack.count("channel") == 0
