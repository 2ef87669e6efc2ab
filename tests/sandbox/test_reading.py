"""Lists, pages and histories as the real client reads them."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox

Json = dict[str, Any]


async def test_pages_follow_each_other(slack: Sandbox, client: AsyncWebClient) -> None:
    found = []
    async for page in await client.users_list(limit=3):
        assert len(page["members"]) <= 3
        found += [one["id"] for one in page["members"]]
    assert found == list(slack.workspace.people)


async def test_the_deactivated_have_no_zone_and_slackbot_is_no_bot(
    client: AsyncWebClient,
) -> None:
    members = {one["name"]: one for one in (await client.users_list())["members"]}
    assert members["otto"]["deleted"]
    assert not {"tz", "real_name"} & members["otto"].keys()
    assert (members["pager"]["is_bot"], members["slackbot"]["is_bot"]) == (True, False)
    assert "email" not in members["ana"]["profile"]


async def test_history_is_newest_first_and_between_its_ends(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    place = slack.workspace.channel("#inc-checkout")
    first, *_, last = [one.ts for one in place.messages]
    answer = await client.conversations_history(channel=place.id, oldest=first, latest=last)
    inside = [one.ts for one in place.messages[1:-1]]
    assert [one["ts"] for one in answer["messages"]] == inside[::-1]
    ends = await client.conversations_history(
        channel=place.id, oldest=first, latest=last, inclusive=True
    )
    assert len(ends["messages"]) == len(inside) + 2


async def test_history_comes_in_pages(slack: Sandbox, client: AsyncWebClient) -> None:
    place = slack.workspace.channel("#inc-checkout")
    page = await client.conversations_history(channel=place.id, limit=4)
    assert (page["has_more"], len(page["messages"])) == (True, 4)
    cursor = page["response_metadata"]["next_cursor"]
    rest = await client.conversations_history(channel=place.id, limit=4, cursor=cursor)
    assert (rest["has_more"], len(rest["messages"])) == (False, len(place.messages) - 4)


async def test_metadata_is_shown_to_who_asks_for_it(slack: Sandbox, client: AsyncWebClient) -> None:
    place = slack.workspace.channel("#inc-checkout").id
    key = {"event_type": "due", "event_payload": {"key": "k1"}}
    await client.chat_postMessage(channel=place, text="x", metadata=key)
    plain = await client.conversations_history(channel=place, limit=1)
    assert "metadata" not in plain["messages"][0]
    full = await client.conversations_history(channel=place, limit=1, include_all_metadata=True)
    assert full["messages"][0]["metadata"] == key


async def test_replies_stand_in_their_thread_only(slack: Sandbox, client: AsyncWebClient) -> None:
    place = slack.workspace.channel("#inc-checkout").id
    root = (await client.chat_postMessage(channel=place, text="root"))["ts"]
    reply = (await client.chat_postMessage(channel=place, text="reply", thread_ts=root))["ts"]
    history = (await client.conversations_history(channel=place))["messages"]
    assert history[0]["text"] == "root"
    assert history[0]["reply_count"] == 1
    thread = (await client.conversations_replies(channel=place, ts=root))["messages"]
    assert [one["ts"] for one in thread] == [root, reply]


async def test_an_ephemeral_stands_in_no_history(slack: Sandbox, client: AsyncWebClient) -> None:
    place = slack.workspace.channel("#inc-checkout").id
    ana = slack.person("ana")
    sent = await client.chat_postEphemeral(channel=place, user=ana.id, text="psst")
    assert ana.messages("#inc-checkout")[-1].ts == sent["message_ts"]
    history = (await client.conversations_history(channel=place))["messages"]
    assert "psst" not in [one["text"] for one in history]


async def test_an_ephemeral_in_a_thread_is_no_reply_to_count(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    place, ana = slack.workspace.channel("#inc-checkout").id, slack.person("ana")
    root = (await client.chat_postMessage(channel=place, text="root"))["ts"]
    await client.chat_postEphemeral(channel=place, user=ana.id, text="psst", thread_ts=root)
    assert ana.messages("#inc-checkout")[-1].thread_ts == root
    history = (await client.conversations_history(channel=place))["messages"]
    assert "reply_count" not in history[0]


async def test_a_private_channel_without_the_app_is_not_listed(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    listed = await client.conversations_list(types="public_channel,private_channel")
    members = {one["name"]: one["is_member"] for one in listed["channels"]}
    assert "sec-review" not in members
    assert (members["inc-auth-tokens"], members["inc-search-index"]) == (True, False)
    info = await client.conversations_info(channel=slack.workspace.channel("#general").id)
    assert info["channel"]["is_general"]


@pytest.mark.parametrize("more", [{}, {"blocks": []}], ids=str)
async def test_an_update_of_the_text_alone_takes_the_blocks_away_and_is_flagged(
    slack: Sandbox, client: AsyncWebClient, more: Json
) -> None:
    place = slack.workspace.channel("#inc-checkout").id
    block: Json = {"type": "divider", "block_id": "d"}
    ts = (await client.chat_postMessage(channel=place, text="x", blocks=[block]))["ts"]
    answer = await client.chat_update(channel=place, ts=ts, text="y", **more)
    assert (answer["text"], answer["message"].get("blocks")) == ("y", None)
    assert answer["message"]["edited"]


@pytest.mark.parametrize("more", [{}, {"text": "y"}], ids=str)
async def test_an_update_with_blocks_is_not_flagged_as_edited(
    slack: Sandbox, client: AsyncWebClient, more: Json
) -> None:
    place = slack.workspace.channel("#inc-checkout").id
    block: Json = {"type": "divider", "block_id": "d"}
    ts = (await client.chat_postMessage(channel=place, text="x"))["ts"]
    args = {"channel": place, "ts": ts, "blocks": [block], **more}
    answer = await client.api_call("chat.update", json=args)
    assert (answer["text"], answer["message"]["blocks"]) == (more.get("text", "x"), [block])
    assert "edited" not in answer["message"]


async def test_a_message_to_a_person_is_a_dm(slack: Sandbox, client: AsyncWebClient) -> None:
    ana = slack.person("ana")
    sent = await client.chat_postMessage(channel=ana.id, text="hello")
    opened = await client.conversations_open(users=ana.id)
    assert sent["channel"] == opened["channel"]["id"]
    assert ana.messages("@closed_loop")[-1].text == "hello"
