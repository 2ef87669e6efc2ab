"""Every fault does to the real client what Slack's bad days do."""

import asyncio
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from sandbox import Sandbox
from sandbox.triggers import ResponseUrl
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.talks import collecting


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """An app that may upload too."""
    path = tmp_path / "manifest.yml"
    path.write_text(MANIFEST.replace("bot: [", 'bot: ["files:write", '))
    return path


@pytest.fixture
def place(slack: Sandbox) -> str:
    return slack.workspace.channel("#inc-checkout").id


def said(slack: Sandbox, text: str) -> int:
    """How often this stands in the channel."""
    messages = slack.workspace.channel("#inc-checkout").messages
    return len([one for one in messages if one.text == text])


async def test_a_dropped_reply_was_delivered(
    slack: Sandbox, client: AsyncWebClient, place: str
) -> None:
    slack.faults.drop_reply("chat.postMessage")
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.chat_postMessage(channel=place, text="once")
    assert (said(slack, "once"), len(slack.calls_of("chat.postMessage"))) == (1, 1)


@pytest.mark.parametrize("done", [True, False])
async def test_an_error_of_slacks_own_says_nothing_of_what_was_done(
    slack: Sandbox, client: AsyncWebClient, place: str, *, done: bool
) -> None:
    slack.faults.refuse("chat.postMessage", "internal_error", done=done)
    with pytest.raises(SlackApiError, match="internal_error"):
        await client.chat_postMessage(channel=place, text="perhaps")
    assert said(slack, "perhaps") == int(done)
    await client.chat_postMessage(channel=place, text="then")
    assert said(slack, "then") == 1


async def test_the_clients_usual_retry_delivers_twice(slack: Sandbox, place: str) -> None:
    slack.faults.drop_reply("chat.postMessage", times=1)
    usual = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    await usual.chat_postMessage(channel=place, text="twice")
    assert said(slack, "twice") == 2


async def test_a_limited_call_says_when_to_come_back(
    slack: Sandbox, client: AsyncWebClient, place: str
) -> None:
    slack.faults.rate_limit("chat.postMessage", retry_after=7)
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=place, text="x")
    answer = refused.value.response
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")
    assert (answer["error"], said(slack, "x")) == ("ratelimited", 0)


async def test_a_patient_client_gets_through_the_limit(slack: Sandbox, place: str) -> None:
    slack.faults.rate_limit("chat.postMessage", retry_after=0, times=2)
    patient = AsyncWebClient(
        token=slack.bot_token,
        base_url=slack.api_url,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=2)],
    )
    await patient.chat_postMessage(channel=place, text="at last")
    assert said(slack, "at last") == 1


async def test_a_channel_takes_one_message_a_second(
    slack: Sandbox, client: AsyncWebClient, place: str
) -> None:
    slack.faults.per_channel_rate()
    await client.chat_postMessage(channel=place, text="one")
    with pytest.raises(SlackApiError, match="ratelimited"):
        await client.chat_postMessage(channel=place, text="two")
    other = slack.workspace.channel("#general").id
    assert (await client.chat_postMessage(channel=other, text="two"))["ok"]


async def test_a_slack_that_is_down_hangs_up(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.faults.down()
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.auth_test()
    slack.faults.down(status=503)
    with pytest.raises(SlackApiError) as refused:
        await client.auth_test()
    assert refused.value.response.status_code == 503
    slack.faults.down(on=False)
    assert (await client.auth_test())["ok"]


async def test_a_delayed_answer_comes_too_late(slack: Sandbox) -> None:
    slack.faults.delay("auth.test", 0.2)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(TimeoutError):
            async with session.post(
                f"{slack.api_url}auth.test", timeout=aiohttp.ClientTimeout(total=0.05)
            ):
                pytest.fail("It answered in time.")


async def test_nothing_is_posted_while_a_reply_is_only_slow(
    slack: Sandbox, client: AsyncWebClient, place: str
) -> None:
    slack.faults.delay("chat.postMessage", 0.01)
    await client.chat_postMessage(channel=place, text="slow")
    assert said(slack, "slow") == 1


def answerable(slack: Sandbox) -> str:
    """Where something of Ana's can be answered."""
    place, ana = slack.workspace.channel("#inc-checkout").id, slack.person("ana").id
    url = ResponseUrl(place, ana, None, ephemeral=False)
    return slack.url + slack.workspace.triggers.response_url(url)


async def awaited(client: AsyncWebClient) -> str:
    """Where three bytes are awaited."""
    answer = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    return str(answer["upload_url"])


@pytest.mark.parametrize("name", ["down", "api_down"])
async def test_later_answers_and_uploads_fail_as_calls_do(
    slack: Sandbox, client: AsyncWebClient, session: aiohttp.ClientSession, name: str
) -> None:
    urls = [answerable(slack), await awaited(client), f"{slack.api_url}auth.test"]
    getattr(slack.faults, name)()
    for url in urls:
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.post(url, data=b'{"text": "x"}')
    slack.faults.clear()
    assert [(await session.post(url, data=b"abc")).status for url in urls] == [400, 200, 200]


async def test_later_answers_and_uploads_are_late_and_refused_as_calls_are(
    slack: Sandbox, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    urls = [answerable(slack), await awaited(client)]
    slack.faults.latency = 0.2
    soon = aiohttp.ClientTimeout(total=0.05)
    for url in urls:
        with pytest.raises(TimeoutError):
            await session.post(url, data=b"{}", timeout=soon)
    slack.faults.down(status=503)
    assert [(await session.post(url, data=b"{}")).status for url in urls] == [503, 503]


async def test_with_the_web_api_down_the_app_is_still_told_what_happens(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    slack.faults.api_down()
    async with collecting(slack) as told:
        await slack.person("ana").say("#inc-checkout", "Does anybody hear me?")
    assert [one["event"]["text"] for one in told] == ["Does anybody hear me?"]
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.auth_test()


async def test_a_request_that_never_comes_to_its_end_is_hung_up_on(slack: Sandbox) -> None:
    slack.faults.body_seconds = 0.05
    here = URL(slack.url)
    reader, writer = await asyncio.open_connection(here.host, here.port)
    head = f"POST /api/chat.postMessage HTTP/1.1\r\nHost: {here.host}:{here.port}\r\n"
    writer.write(f"{head}Content-Type: application/json\r\nContent-Length: 99\r\n\r\n{{".encode())

    assert await reader.read() == b""
    await slack.settled()
    assert slack.calls_of("chat.postMessage") == []
    writer.close()
