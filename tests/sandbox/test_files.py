"""Files come in by an upload, are shown in messages, and go again."""

from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from sandbox.files import PREVIEW, File
from tests.sandbox.apps import refusal
from tests.sandbox.payloads import section
from tests.sandbox.wrong_stage import MANIFEST

Json = dict[str, Any]


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """An app that may do everything."""
    path = tmp_path / "manifest.yml"
    path.write_text(MANIFEST)
    return path


async def fetched(url: str) -> tuple[int, bytes, str]:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.read(), answer.headers.get("Content-Disposition", "")


async def uploaded(client: AsyncWebClient, name: str = "log.txt", **more: Any) -> Json:
    answer = await client.files_upload_v2(filename=name, content="p99 8.1", title="Log", **more)
    file: Json = answer["file"]
    return file


async def test_a_file_uploaded_into_a_channel_is_a_message_there(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    place = slack.workspace.channel("inc-checkout")
    file = await uploaded(client, channel=place.id, initial_comment="Here it is.")
    (newest,) = (await client.conversations_history(channel=place.id, limit=1))["messages"]
    assert (newest["text"], newest["subtype"]) == ("Here it is.", "file_share")
    (shown,) = newest["files"]
    assert (shown["id"], shown["title"], shown["size"]) == (file["id"], "Log", 7)
    assert slack.person("ana").messages("#inc-checkout")[-1].files == [file["id"]]


async def test_a_file_can_be_fetched_where_it_says(slack: Sandbox, client: AsyncWebClient) -> None:
    file = await uploaded(client)
    assert file["url_private"].startswith(slack.url)
    assert await fetched(file["url_private"]) == (200, b"p99 8.1", "inline")
    page = await uploaded(client, "report.html")
    assert await fetched(page["url_private"]) == (200, b"p99 8.1", "attachment")
    assert (await fetched(f"{slack.url}files/F1/x"))[0] == 404


async def test_a_file_knows_where_it_was_shared(slack: Sandbox, client: AsyncWebClient) -> None:
    place, quiet = (slack.workspace.channel(one) for one in ("inc-checkout", "inc-auth-tokens"))
    file = await uploaded(client, channels=[place.id, quiet.id])
    shown = (await client.files_info(file=file["id"]))["file"]
    assert (shown["channels"], shown["groups"], shown["ims"]) == ([place.id], [quiet.id], [])
    assert shown["shares"]["public"][place.id][0]["ts"] == place.messages[-1].ts
    assert shown["is_public"]


async def test_a_file_shared_in_a_thread_or_to_a_person(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    place, ana = slack.workspace.channel("inc-checkout"), slack.person("ana")
    root = place.messages[0].ts
    await uploaded(client, channel=place.id, thread_ts=root)
    assert place.messages[-1].thread_ts == root
    await uploaded(client, channel=ana.id)
    assert ana.messages("@closed_loop")[-1].files


async def test_a_deleted_file_is_gone_from_its_message(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    place = slack.workspace.channel("inc-checkout")
    file = await uploaded(client, channel=place.id, initial_comment="Look")
    await client.files_delete(file=file["id"])
    assert (place.messages[-1].text, place.messages[-1].files) == ("Look", [])
    assert (await fetched(file["url_private"]))[0] == 404
    assert await refusal(client, "files.info", file=file["id"]) == "file_deleted"


async def test_an_upload_is_of_the_size_announced(slack: Sandbox, client: AsyncWebClient) -> None:
    announced = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    async with aiohttp.ClientSession() as session:
        for content, status in ((b"four", 400), (b"abc", 200)):
            async with session.post(announced["upload_url"], data=content) as answer:
                assert answer.status == status
        async with session.post(f"{slack.url}upload/nonsense", data=b"abc") as answer:
            assert answer.status == 404
    done = await client.files_completeUploadExternal(files=[{"id": announced["file_id"]}])
    assert done["files"][0]["title"] == "a.txt"


async def test_an_upload_may_be_a_form(slack: Sandbox, client: AsyncWebClient) -> None:
    announced = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    form = aiohttp.FormData()
    form.add_field("filename", b"abc", filename="a.txt")
    async with (
        aiohttp.ClientSession() as session,
        session.post(announced["upload_url"], data=form) as answer,
    ):
        assert answer.status == 200
    assert slack.workspace.files[announced["file_id"]].content == b"abc"


async def test_files_are_listed_for_who_may_see_them(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    place, ana = slack.workspace.channel("inc-checkout").id, slack.person("ana").id
    slack.workspace.files["F1"] = File("F1", "pay.txt", ana, 1, b"pay")
    slack.workspace.files["F2"] = File("F2", "hers.txt", ana, 1, b"x", channels=[place])
    mine = await uploaded(client)
    listed = [one["id"] for one in (await client.files_list())["files"]]
    assert listed == [mine["id"], "F2"]
    hers = (await client.files_list(user=ana, channel=place, types="all"))["files"]
    assert [one["id"] for one in hers] == ["F2"]


@pytest.mark.parametrize("letter", ["a", "é", "—", "🔥", "a🔥"])
def test_the_preview_is_the_beginning_whatever_its_letters(letter: str) -> None:
    text = letter * 5000
    for more in (b"", b"\xff"):
        file = File("F1", "log.txt", "U1", 1, text.encode() + more, "text/plain")
        assert file.preview == text[:PREVIEW]
    assert File("F1", "log.txt", "U1", 1, b"a\xff", "text/plain").preview == "a\ufffd"


async def test_blocks_may_introduce_files(slack: Sandbox, client: AsyncWebClient) -> None:
    announced = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    slack.workspace.files[announced["file_id"]].content = b"abc"
    place = slack.workspace.channel("inc-checkout")
    wanted = {"files": [{"id": announced["file_id"]}], "blocks": [section("Look")]}
    await client.api_call("files.completeUploadExternal", json={**wanted, "channel_id": place.id})
    assert place.messages[-1].blocks[0]["text"]["text"] == "Look"


@pytest.mark.parametrize(
    ("said", "kept", "shown"),
    [
        ("text/plain; charset=utf-8", "text/plain", "inline"),
        ("image/PNG", "image/png", "inline"),
        ("image/SVG+xml", "image/svg+xml", "attachment"),
        ("text/html", "text/html", "attachment"),
        ("text/plain\r\nX-Bad: 1", "image/svg+xml", "attachment"),
        ("nonsense", "image/svg+xml", "attachment"),
        (None, "image/svg+xml", "attachment"),
    ],
)
async def test_a_file_is_served_as_what_it_is(
    slack: Sandbox, said: str | None, kept: str, shown: str
) -> None:
    file = await slack.person("ana").upload("a b#1/x.svg", b"<svg/>", mimetype=said)
    assert file.mimetype == kept
    url = slack.url.rstrip("/") + file.to_page()["url"]
    assert await fetched(url) == (200, b"<svg/>", shown)
