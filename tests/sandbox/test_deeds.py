"""What people do with messages and files, and what the app hears of it."""

from pathlib import Path
from typing import Any

import pytest

from sandbox import Person, Sandbox
from sandbox.browser.acts import ACTS
from tests.sandbox.hearing import MANY_EVENTS, events

Json = dict[str, Any]
INC = "#inc-checkout"


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    path = tmp_path / "manifest.yml"
    path.write_text(MANY_EVENTS)
    return path


async def test_ones_own_message_can_be_edited_and_deleted(ana: Person, told: list[Json]) -> None:
    ts = await ana.say(INC, "Pool at 100 %")
    await ana.edit(INC, ts, "Pool at 90 % & falling")
    assert (ana.messages(INC)[-1].text, ana.messages(INC)[-1].edited is None) == (
        "Pool at 90 % &amp; falling",
        False,
    )
    await ana.delete(INC, ts)
    assert events(told) == ["message", "message_changed", "message_deleted"]
    assert ts not in [one.ts for one in ana.messages(INC)]
    assert told[1]["event"]["previous_message"]["text"] == "Pool at 100 %"


async def test_what_others_said_cannot_be_changed(ana: Person) -> None:
    others = next(one for one in ana.messages(INC) if one.user != ana.id)
    for change in (ana.edit(INC, others.ts, "x"), ana.delete(INC, others.ts)):
        with pytest.raises(LookupError, match="Only your own messages"):
            await change
    with pytest.raises(ValueError, match="needs some words"):
        await ana.say(INC, " \n")
    with pytest.raises(ValueError, match="at most 40000 characters"):
        await ana.say(INC, "x" * 40_001)


async def test_a_pin_is_put_and_taken_away(ana: Person, told: list[Json]) -> None:
    message = ana.messages(INC)[0]
    assert await ana.pin(INC, message.ts)
    assert message.pinned_by == ana.id
    assert not await ana.pin(INC, message.ts)
    assert message.pinned_by is None
    put, taken = (one["event"] for one in told)
    assert (put["type"], put["item"]["message"]["ts"], put["pin_count"]) == (
        "pin_added",
        message.ts,
        1,
    )
    assert (taken["type"], taken["has_pins"], taken["user"]) == ("pin_removed", False, ana.id)


async def test_a_shared_file_comes_with_its_message(ana: Person, told: list[Json]) -> None:
    file = await ana.upload("graph.txt", b"p99", channel=INC, text="Look at @bob")
    assert sorted(events(told)) == ["file_share", "file_shared"]
    shared, alone = sorted((one["event"] for one in told), key=lambda one: str(one["type"]))[::-1]
    assert [one["id"] for one in shared["files"]] == [file.id]
    assert (file.mimetype, shared["text"][:11]) == ("text/plain", "Look at <@U")
    assert alone["channel_id"] == ana.channel(INC).id
    with pytest.raises(ValueError, match="is empty"):
        await ana.upload("nothing.txt", b"")


async def test_a_reply_to_a_reply_stands_in_the_same_thread(ana: Person, told: list[Json]) -> None:
    root = ana.messages(INC)[0].ts
    reply = await ana.say(INC, "Since when?", thread_ts=root)
    await ana.say(INC, "13:58", thread_ts=reply)
    assert [one["event"]["thread_ts"] for one in told] == [root, root]
    with pytest.raises(ValueError, match=r"^/postmortem is not supported in threads\. Sorry!$"):
        await ana.command(INC, "/postmortem", thread_ts=root)


async def test_a_message_is_marked_unread_from_there(ana: Person) -> None:
    first, second = ana.messages(INC)[:2]
    for ts, read in ((second.ts, first.ts), (first.ts, "")):
        ana.unread(INC, ts)
        assert ana.channel(INC).last_read[ana.id] == read
    ana.read(INC)
    assert ana.channel(INC).last_read[ana.id] == ana.messages(INC)[-1].ts


async def test_only_an_opened_tab_of_the_app_is_told(ana: Person, told: list[Json]) -> None:
    await ana.open_dm("bob")
    place = await ana.open_dm("closed_loop")
    await ana.open_home()
    opened = [(one["event"]["tab"], one["event"]["channel"]) for one in told]
    assert opened == [("messages", place.id), ("home", place.id)]


async def test_the_page_does_not_wait_until_the_app_has_heard(slack: Sandbox) -> None:
    slack.faults.retry_waits = ()
    ana, place = slack.person("ana"), slack.workspace.channel(INC)
    ana.patience = 0.0
    said = await ACTS["say"](ana, {"channel": place.id, "text": "Is anybody there?"})
    reaction = {"channel": place.id, "ts": said["ts"], "name": "eyes"}
    for there in (True, False):
        await ACTS["react"](ana, reaction)
        assert bool(place.messages[-1].reactions) is there
    with pytest.raises(LookupError, match="To pin the page has to say ts"):
        await ACTS["pin"](ana, {"channel": place.id})


async def test_the_page_uploads_in_base64(ana: Person, slack: Sandbox) -> None:
    file = (await ACTS["upload"](ana, {"name": "a.png", "content": "AAEC"}))["file"]
    assert slack.workspace.files[file["id"]].content == b"\x00\x01\x02"
    assert file["mimetype"] == "image/png"
    with pytest.raises(ValueError, match="came damaged"):
        await ACTS["upload"](ana, {"name": "a.png", "content": "?"})
