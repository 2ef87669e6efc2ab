"""An app without a Home tab, whose direct messages nobody can write into."""

from pathlib import Path

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Person, Sandbox
from tests.sandbox.apps import refusal
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.pages import Page

OFF = r"^Sending messages to this app has been turned off\.$"


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """An app that only talks."""
    path = tmp_path / "manifest.yml"
    only_talks = "messages_tab_read_only_enabled: true"
    path.write_text(MANIFEST.replace("home_tab_enabled: true", only_talks))
    return path


@pytest.fixture
def ana(slack: Sandbox) -> Person:
    slack.deliver_to("http://127.0.0.1:9/")
    slack.faults.retry_waits = ()
    return slack.person("ana")


async def test_nothing_can_be_sent_to_it(ana: Person) -> None:
    place = await ana.open_dm("closed_loop")
    for act in (
        ana.say(place.id, "Hello?"),
        ana.command("@closed_loop", "/postmortem"),
        ana.upload("a.txt", b"x", channel=place.id),
    ):
        with pytest.raises(LookupError, match=OFF):
            await act
    assert (place.messages, ana.workspace.files) == ([], {})


async def test_what_it_said_can_be_read_and_reacted_to(ana: Person, client: AsyncWebClient) -> None:
    said = await client.chat_postMessage(channel=ana.id, text="Due today")
    await ana.react("@closed_loop", said["ts"], "eyes")
    assert list(ana.messages("@closed_loop")[0].reactions) == ["eyes"]
    assert await ana.say("@bob", "People can be written to")


async def test_the_page_knows_that_there_is_nothing_to_write_into(slack: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        app = (await Page(session, slack, "ana").state())["app"]
    assert (app["messages_read_only"], app["home_tab"]) == (True, False)


async def test_there_is_no_home_to_open_or_publish(ana: Person, client: AsyncWebClient) -> None:
    with pytest.raises(LookupError, match="has no Home tab: open its messages instead"):
        await ana.open_home()
    home = {"type": "home", "blocks": []}
    assert await refusal(client, "views.publish", user_id=ana.id, view=home) == "not_enabled"
    assert ana.home() is None
