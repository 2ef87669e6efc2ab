"""The inspector hides the keys of addresses that open a connection or take a file."""

from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from tests.sandbox.pages import Page
from tests.sandbox.test_traffic import became, lines


@pytest.fixture
async def page(slack: Sandbox) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(session, slack, "ana")


async def test_addresses_are_shown_without_their_keys(
    page: Page, client: AsyncWebClient, slack: Sandbox
) -> None:
    slack.workspace.app = replace(slack.workspace.app, scopes=("files:write",))
    opened = await client.apps_connections_open(app_token=slack.app_token)
    upload = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    shown = [(await page.get(f"traffic/{n}"))["response"] for n in (1, 2)]
    ticket, key = opened["url"].rpartition("=")[2], upload["upload_url"].rpartition("/")[2]
    assert (shown[0]["url"], shown[1]["upload_url"]) == (
        opened["url"].replace(ticket, "…"),
        upload["upload_url"].replace(key, "…"),
    )


async def test_an_upload_is_shown_without_its_key(page: Page, slack: Sandbox) -> None:
    async with page.session.post(f"{slack.url}upload/gone", data=b"abc"):
        """The answer is what the inspector shows."""
    (line,) = await lines(page)
    assert became(line) == ("upload", False, 404, None, "No file is awaited here.")
    assert (await page.get("traffic/1"))["request"] == {"bytes": 3}
