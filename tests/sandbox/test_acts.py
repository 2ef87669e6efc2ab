"""What else a person can do: choose, react, join, wait; and how an app answers later."""

import asyncio
import re
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import DidNotAnswer, Sandbox
from tests.sandbox.payloads import buttons, form, plain, section, typed

Json = dict[str, Any]
OPTIONS = [{"text": plain(name), "value": name.lower()} for name in ("One", "Two")]


@pytest.fixture
def heard(connected: AsyncApp) -> list[Json]:
    """The actions that the app was told of."""
    seen: list[Json] = []

    @connected.action(re.compile(".*"))
    async def act(ack: Any, body: Json) -> None:
        await ack()
        seen.append(body)

    return seen


def menu(kind: str, **more: Any) -> Json:
    """A section with a menu beside it."""
    element = {"type": kind, "action_id": "menu", **more}
    return {**section("Choose"), "block_id": "menu", "accessory": element}


async def opened(slack: Sandbox, client: AsyncWebClient, view: Json) -> Any:
    trigger = slack.workspace.triggers.new(slack.person("ana").id)
    await client.views_open(trigger_id=trigger, view=view)
    return await slack.person("ana").modal()


@pytest.mark.parametrize(
    ("element", "value", "told"),
    [
        ({"kind": "overflow", "options": OPTIONS}, "Two", {"selected_option": OPTIONS[1]}),
        ({"kind": "static_select", "options": OPTIONS}, "one", {"selected_option": OPTIONS[0]}),
        ({"kind": "users_select"}, "U1", {"selected_user": "U1"}),
        ({"kind": "users_select"}, {"selected_user": "U2"}, {"selected_user": "U2"}),
    ],
    ids=range(4),
)
async def test_a_menu_of_a_message_tells_what_was_chosen(
    slack: Sandbox, client: AsyncWebClient, heard: list[Json], element: Json, value: Any, told: Json
) -> None:
    place = slack.workspace.channel("#inc-checkout").id
    await client.chat_postMessage(channel=place, text="x", blocks=[menu(**element)])
    await slack.person("ana").click("#inc-checkout", action_id="menu", value=value)
    assert heard[0]["actions"][0].items() >= told.items()
    assert heard[0]["container"]["is_ephemeral"] is False


async def test_a_menu_of_a_form_tells_at_once(
    slack: Sandbox, client: AsyncWebClient, heard: list[Json]
) -> None:
    modal = await opened(slack, client, form(menu("static_select", options=OPTIONS)))
    await modal.choose("menu", "two")
    assert heard[0]["actions"][0]["selected_option"] == OPTIONS[1]
    kept = heard[0]["view"]["state"]["values"]["menu"]["menu"]
    assert kept == {"type": "static_select", "selected_option": OPTIONS[1]}


async def test_all_words_of_a_form_can_be_read(slack: Sandbox, client: AsyncWebClient) -> None:
    modal = await opened(slack, client, form(section("*Why*"), typed("title"), buttons("More")))
    assert modal.text().split("\n") == ["Form", "Send", "*Why*", "title", "More"]


async def test_lengths_are_checked_before_sending(slack: Sandbox, client: AsyncWebClient) -> None:
    short = typed("short", min_length=3, max_length=5)
    people = {"type": "multi_users_select", "action_id": "value", "max_selected_items": 1}
    many = {**typed("many"), "element": people}
    optional = {**typed("free"), "optional": True}
    modal = await opened(slack, client, form(short, many, optional))
    for text, words in (("ab", "at least 3"), ("abcdef", "to 5 characters; there are 6")):
        answer = await modal.fill(short=text, many=["U1", "U2"]).submit()
        assert (answer.sent, words in answer.errors["short"]) == (False, True)
        assert (answer.errors["many"], "free" in answer.errors) == (
            "Please choose at most 1.",
            False,
        )


async def test_closing_a_clearing_form_closes_all(slack: Sandbox, client: AsyncWebClient) -> None:
    below = await opened(slack, client, form(section("x")))
    trigger = slack.workspace.triggers.new(slack.person("ana").id, in_modal=True)
    await client.views_push(trigger_id=trigger, view=form(section("y"), clear_on_close=True))
    top = await slack.person("ana").modal()
    await top.close()
    assert (top.is_open, below.is_open) == (False, False)


async def test_an_app_answers_a_click_later_up_to_five_times(
    slack: Sandbox, client: AsyncWebClient, heard: list[Json]
) -> None:
    place = slack.workspace.channel("#inc-checkout")
    await client.chat_postMessage(channel=place.id, text="x", blocks=[buttons("Go")])
    await slack.person("ana").click("#inc-checkout", "Go")
    bodies: list[Json] = [
        {"text": "for all", "response_type": "in_channel"},
        {"text": "for her"},
        {"text": ""},
        {"text": "changed", "replace_original": True},
        {"delete_original": True},
        {"text": "too late"},
    ]
    async with aiohttp.ClientSession() as session:
        answers = [await session.post(heard[0]["response_url"], json=body) for body in bodies]
    assert [answer.status for answer in answers] == [200, 200, 400, 200, 200, 404]
    shown = [one.text for one in slack.person("bob").messages("#inc-checkout")][-2:]
    assert (shown[-1], "changed" in shown) == ("for all", False)


@pytest.fixture
def told(connected: AsyncApp) -> list[str]:
    """What the app heard of reactions and members; a message says who joined as well."""
    heard: list[str] = []

    async def event(event: Json) -> None:
        heard.append(event.get("subtype") or event["type"])

    for name in ("reaction_added", "reaction_removed", "member_joined_channel", "message"):
        connected.event(name)(event)
    return heard


async def test_reacting_joining_and_inviting_are_told(told: list[str], slack: Sandbox) -> None:
    diego, ana = slack.person("diego"), slack.person("ana")
    await diego.join("#inc-checkout")
    await ana.invite("#inc-checkout", "freya")
    ts = ana.messages("#inc-checkout")[0].ts
    for act in (ana.react, ana.react, ana.unreact, ana.unreact):
        await act("#inc-checkout", ts, "eyes")
    joined = ["channel_join", "member_joined_channel"]
    assert sorted(told[:4]) == sorted(joined * 2)
    assert told[4:] == ["reaction_added", "reaction_removed"]


async def test_one_waits_only_so_long(slack: Sandbox) -> None:
    ana = slack.person("ana")
    ana.patience = 0.01
    with pytest.raises(TimeoutError, match=r"No modal Form opened in 0\.01 seconds"):
        await ana.modal("Form")
    with pytest.raises(TimeoutError, match="No message with 'PM-1' came"):
        await ana.message("#inc-checkout", containing="PM-1")
    with pytest.raises(DidNotAnswer, match="The message failed"):
        await ana.say("#inc-checkout", "Is anybody there?")


async def test_a_message_is_awaited_until_it_comes(slack: Sandbox, client: AsyncWebClient) -> None:
    place = slack.workspace.channel("#inc-checkout").id
    waiting = asyncio.create_task(slack.person("ana").message("#inc-checkout", containing="PM-1"))
    sent = await client.chat_postMessage(channel=place, text="x", blocks=[section("*PM-1*")])
    assert (await waiting).ts == sent["ts"]


async def test_what_is_not_there_cannot_be_done(slack: Sandbox) -> None:
    ana = slack.person("ana")
    with pytest.raises(LookupError, match="Nothing in #inc-checkout reads 'Timeline'"):
        await ana.click("#inc-checkout", "Timeline")
    with pytest.raises(LookupError, match="No open view has a button"):
        await ana.press("Send")
    with pytest.raises(LookupError, match="There is no message 1"):
        await ana.react("#inc-checkout", "1", "eyes")
    with pytest.raises(LookupError, match="is private"):
        await slack.person("bob").join("#sec-review")
    with pytest.raises(LookupError, match="Nobody here is called zed"):
        slack.person("zed")
    with pytest.raises(LookupError, match="channels are called #inc"):
        ana.messages("#inc")


async def test_the_app_is_told_who_leaves_and_of_its_own_removal_otherwise(
    connected: AsyncApp, slack: Sandbox
) -> None:
    told = []
    for name in ("member_left_channel", "channel_left", "group_left"):

        @connected.event(name)
        async def event(event: Json) -> None:
            told.append((event["type"], event.get("user")))

    ana = slack.person("ana")
    await slack.person("bob").leave("#inc-checkout")
    for channel in ("#inc-checkout", "#inc-auth-tokens"):
        await ana.remove(channel, "closed_loop")
    await ana.leave("#inc-checkout")
    bobs = ("member_left_channel", slack.person("bob").id)
    assert told == [bobs, ("channel_left", None), ("group_left", None)]
