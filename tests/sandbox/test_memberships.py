"""What people do with channels and each other, and what the app hears of it."""

from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Person, Sandbox
from tests.sandbox.hearing import MANY_EVENTS, events

Json = dict[str, Any]
INC, SEARCH = "#inc-checkout", "#inc-search-index"


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    path = tmp_path / "manifest.yml"
    path.write_text(MANY_EVENTS)
    return path


async def test_who_joins_is_said_and_leaves_the_channel_read(
    ana: Person, slack: Sandbox, told: list[Json]
) -> None:
    diego = slack.person("diego").id
    ana.read(INC)
    await ana.invite(INC, "diego")
    assert sorted(events(told)) == ["channel_join", "member_joined_channel"]
    said = ana.messages(INC)[-1]
    assert (said.text, said.user) == (f"<@{diego}> has joined the channel", diego)
    assert ana.channel(INC).last_read[ana.id] == said.ts
    (message,) = [one["event"] for one in told if one["event"]["type"] == "message"]
    assert (message["inviter"], said.inviter) == (ana.id, ana.id)
    with pytest.raises(LookupError, match="diego is in #inc-checkout-latency already"):
        await ana.invite(INC, "diego")


async def test_the_built_in_commands(ana: Person, slack: Sandbox) -> None:
    diego = slack.person("diego").id
    typed = ("/invite @Closed Loop", f"/invite <@{diego}|diego>", "/remove @diego")
    for command in typed:
        assert await ana.command(SEARCH, command) is None
    members = ana.channel(SEARCH).members
    assert (slack.workspace.app.bot_user in members, diego in members) == (True, False)
    with pytest.raises(ValueError, match="Say who"):
        await ana.command(SEARCH, "/invite")
    await ana.command(SEARCH, "/leave")
    assert ana.id not in members


async def test_a_new_topic_is_said(ana: Person, slack: Sandbox) -> None:
    await ana.command(INC, "/topic P1 · <worse>")
    assert slack.workspace.channel(INC).topic == "P1 · <worse>"
    said = f"<@{ana.id}> set the channel topic: P1 · &lt;worse&gt;"
    assert ana.messages(INC)[-1].text == said
    await ana.topic(INC, "")
    assert ana.messages(INC)[-1].text == f"<@{ana.id}> cleared the channel topic"


async def test_nothing_changes_in_an_archived_channel(ana: Person, slack: Sandbox) -> None:
    ts = ana.messages(INC)[0].ts
    await ana.command(INC, "/archive")
    for act in (
        ana.say(INC, "x"),
        ana.command(INC, "/postmortem"),
        ana.react(INC, ts, "eyes"),
        ana.invite(INC, "diego"),
        slack.person("diego").join(INC),
    ):
        with pytest.raises(LookupError, match="is archived: choose another channel"):
            await act
    assert ana.messages(INC)[0].ts == ts


async def test_an_archived_channel_says_so_last(ana: Person, told: list[Json]) -> None:
    await ana.archive(INC)
    assert sorted(events(told)) == ["channel_archive", "channel_archive"]
    last = ana.messages(INC)[-1]
    assert (last.text, last.subtype) == (f"<@{ana.id}> archived the channel", "channel_archive")


async def test_a_new_channel_begins_with_who_created_it(ana: Person) -> None:
    for private in (False, True):
        made = await ana.create_channel(f"inc-dns-{private}".lower(), private=private)
        (said,) = made.messages
        assert (said.text, said.user) == (f"<@{ana.id}> has joined the channel", ana.id)
        assert (said.subtype, said.inviter) == ("channel_join", None)
        assert made.last_read[ana.id] == said.ts


async def test_a_channel_is_created_under_a_good_name(ana: Person, told: list[Json]) -> None:
    made = await ana.create_channel("#inc-dns")
    assert told[0]["event"]["channel"] == {
        "id": made.id,
        "name": "inc-dns",
        "created": made.created,
        "creator": ana.id,
    }
    hidden = await ana.create_channel("inc-secret", private=True)
    assert (hidden.kind, hidden.members, len(told)) == ("private", [ana.id], 1)
    for name, sentence in (("Inc DNS", "small letters"), ("", "small"), ("inc-dns", "already")):
        with pytest.raises(ValueError, match=sentence):
            await ana.create_channel(name)


async def test_what_makes_no_sense_is_said_in_a_sentence(ana: Person) -> None:
    with pytest.raises(LookupError, match="Nobody can leave #general"):
        await ana.leave("#general")
    with pytest.raises(LookupError, match="direct messages between two"):
        await ana.topic("@bob", "x")
    with pytest.raises(LookupError, match="diego is not in #inc-checkout-latency"):
        await ana.remove(INC, "diego")
    with pytest.raises(LookupError, match="otto's account is deactivated"):
        await ana.invite(SEARCH, "otto")
    with pytest.raises(ValueError, match="at most 250 characters"):
        await ana.topic(INC, "x" * 251)


async def test_the_deactivated_are_in_no_channel_and_keep_their_words(
    ana: Person, slack: Sandbox, client: AsyncWebClient
) -> None:
    mei, dm = slack.person("mei"), await ana.open_dm("mei")
    said = [one.ts for one in ana.messages(INC) if one.user == mei.id]
    await ana.deactivate("mei")
    listed = await client.conversations_members(channel=ana.channel(INC).id)
    assert (mei.id in listed["members"], mei.id in dm.members) == (False, True)
    places = [one for one in slack.workspace.channels.values() if mei.id in one.members]
    assert places == [dm]
    assert [one.ts for one in ana.messages(INC) if one.user == mei.id] == said != []


async def test_the_deactivated_cannot_act(ana: Person, slack: Sandbox, told: list[Json]) -> None:
    mei = slack.person("mei")
    await ana.deactivate("mei")
    assert [one["event"]["user"]["deleted"] for one in told] == [True]
    sentence = r"^Mei's account is deactivated: choose somebody else\.$"
    for act in (mei.say(INC, "x"), mei.open_home(), mei.join("#reliability"), mei.submit("V1")):
        with pytest.raises(LookupError, match=sentence):
            await act
    for name, words in (("ana", "their own account"), ("pager", "is no person")):
        with pytest.raises(ValueError, match=words):
            await ana.deactivate(name)
