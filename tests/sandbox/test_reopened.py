"""A workspace opened again goes on counting, and stands at another address."""

from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox, Shelf
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.talks import collecting

INC = "#inc-checkout"


async def told(slack: Sandbox) -> str:
    """The id of the event that the app is told of next."""
    async with collecting(slack) as sent:
        await slack.person("ana").say(INC, "x")
    return str(sent[0]["event_id"])


async def test_no_two_events_have_the_same_id(manifest: Path, tmp_path: Path) -> None:
    ids = []
    for _ in range(3):
        async with Sandbox.open(manifest=manifest, shelf=Shelf(tmp_path / "kept")) as slack:
            ids.append(await told(slack))
    assert ids == ["Ev0SANDBOX0001", "Ev0SANDBOX0002", "Ev0SANDBOX0003"]


async def test_a_kept_file_is_where_the_workspace_is(tmp_path: Path) -> None:
    manifest, shelf = tmp_path / "manifest.yml", tmp_path / "kept"
    manifest.write_text(MANIFEST.replace('"channels:join"', '"files:read", "channels:history"'))
    for again in (False, True):
        async with Sandbox.open(manifest=manifest, shelf=Shelf(shelf)) as slack:
            if not again:
                async with collecting(slack):
                    await slack.person("ana").upload("p99.txt", b"8.1", channel=INC)
            (file,) = slack.workspace.files.values()
            client = AsyncWebClient(slack.bot_token, slack.api_url)
            place = slack.workspace.channel(INC).id
            newest = (await client.conversations_history(channel=place, limit=1))["messages"][0]
            url = f"{slack.url}files/{file.id}/p99.txt"
            assert newest["files"][0]["url_private"] == url
            assert (await client.files_info(file=file.id))["file"]["permalink"] == url
