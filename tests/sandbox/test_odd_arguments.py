"""Arguments of no sensible form are refused in Slack's way, whatever the method."""

from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from sandbox.methods import METHODS
from sandbox.web_api import MOST_CALLS
from tests.sandbox.apps import refusal
from tests.sandbox.test_wrong_calls import CALLS
from tests.sandbox.wrong_stage import MANIFEST, names, resolved

ODD: list[Any] = [5, [1], {"a": 1}, "x", [], [[]], "[1]", "{}", -1, 1e400, True]
#: Every argument that some method takes; a wrong call differs from a right one in few of them.
RIGHT: dict[str, Any] = {method: {} for method in METHODS} | {one.method: one.args for one in CALLS}


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """An app that may do everything."""
    path = tmp_path / "manifest.yml"
    path.write_text(MANIFEST)
    return path


@pytest.mark.parametrize("method", sorted(METHODS))
async def test_no_argument_brings_slack_down(
    slack: Sandbox, session: aiohttp.ClientSession, method: str
) -> None:
    known, headers = names(slack), {"Authorization": f"Bearer {slack.bot_token}"}
    every = {key for one in CALLS if one.method == method for key in one.args}
    failed = []
    for key in sorted(every | {"limit", "cursor", "text", "blocks", "metadata", "attachments"}):
        for odd in ODD:
            args = {**resolved(RIGHT[method], known), key: odd}
            async with session.post(slack.api_url + method, json=args, headers=headers) as answer:
                failed += [(key, odd)] if answer.status != 200 else []
    assert failed == []


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("users.list", {"limit": [1]}, "invalid_limit"),
        ("users.list", {"cursor": "bmV4dDotNQ=="}, "invalid_cursor"),
        ("files.getUploadURLExternal", {"filename": "x", "length": [1]}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "@place", "text": {"a": 1}}, "invalid_arguments"),
    ],
)
async def test_what_is_of_no_form_is_refused(
    slack: Sandbox, client: AsyncWebClient, method: str, args: dict[str, Any], error: str
) -> None:
    assert await refusal(client, method, **resolved(args, names(slack))) == error


async def test_the_newest_calls_are_remembered(slack: Sandbox, client: AsyncWebClient) -> None:
    await client.auth_test()
    slack._web_api.calls.extend(slack.calls * MOST_CALLS)  # noqa: SLF001 -- quicker than 5,000 calls
    await client.users_list()
    assert len(slack.calls) == MOST_CALLS
    assert [one.method for one in slack.calls[-2:]] == ["auth.test", "users.list"]
