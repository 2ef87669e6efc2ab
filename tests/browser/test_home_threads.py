"""What an app says in threads: counted below the message, read beside it, no news elsewhere."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from sandbox import Clock, Sandbox
from tests.browser.axe import expect_nothing_grave
from tests.browser.hands import Hands, Tabs
from tests.browser.keeper import CHANNEL, Keeper
from tests.browser.showcase_blocks import button, section


@pytest_asyncio.fixture(loop_scope="session")
async def keeper(tmp_path: Path, clock: Clock) -> AsyncIterator[Keeper]:
    async with Keeper.open(tmp_path, clock) as it:
        yield it


@pytest.fixture
def slack(keeper: Keeper) -> Sandbox:
    return keeper.slack


@pytest_asyncio.fixture(loop_scope="session")
async def ana(tabs: Tabs) -> Hands:
    return await tabs.of("ana", channel=CHANNEL, bypass_csp=True)


async def told(keeper: Keeper, where: str, *replies: str) -> None:
    """Say something there, and more in its thread, with a button at the end."""
    first = await keeper.web.chat_postMessage(channel=where, text="The card")
    thread = {"channel": first["channel"], "thread_ts": first["ts"]}
    for text in replies:
        await keeper.web.chat_postMessage(**thread, text=text)
    asked = section("Did it hold?", accessory=button("Verify", value="7"))
    await keeper.web.chat_postMessage(**thread, text="Did it hold?", blocks=[asked])


def place(keeper: Keeper) -> str:
    """The id of the incident's channel."""
    return keeper.slack.workspace.channel(CHANNEL).id


def pane(hands: Hands) -> Locator:
    """The thread beside the channel."""
    return hands.page.get_by_role("complementary", name="Thread")


async def test_replies_of_the_app_are_counted_and_read_beside(ana: Hands, keeper: Keeper) -> None:
    await told(keeper, place(keeper), "Ana moved it to 15 Jan")
    await ana.card().get_by_role("button", name="2 replies").click()

    await expect(pane(ana).get_by_role("article")).to_have_count(3)
    await expect(pane(ana)).to_contain_text("Ana moved it to 15 Jan")
    await expect(pane(ana).get_by_role("button", name="Verify")).to_be_visible()
    await expect(ana.page.locator("main article", has_text="15 Jan")).to_have_count(0)
    await expect_nothing_grave(ana)


async def test_a_reply_that_comes_is_shown_and_said(ana: Hands, keeper: Keeper) -> None:
    await told(keeper, place(keeper))
    await ana.card().get_by_role("button", name="1 reply").click()
    first = keeper.slack.person("ana").messages(CHANNEL)[-2]
    await keeper.web.chat_postMessage(
        channel=place(keeper), thread_ts=first.ts, text="Bob: it is done"
    )

    await expect(pane(ana).get_by_role("article").last).to_contain_text("it is done")
    await expect(ana.page.locator("main [aria-live]", has_text="it is done")).to_be_attached()


async def test_a_thread_is_no_news_of_its_channel_unless_it_names_the_reader(
    ana: Hands, keeper: Keeper
) -> None:
    me = keeper.slack.person("ana")
    await ana.go_to("general")
    row = ana.page.locator("nav").get_by_role("button", name=CHANNEL)
    root = me.messages(CHANNEL)[0].ts
    for text, news in (("Noted", ""), (f"<@{me.id}> owns it", "1 unread, 1 for you")):
        await keeper.web.chat_postMessage(channel=place(keeper), thread_ts=root, text=text)
        await keeper.web.chat_postMessage(channel=me.id, text=f"about {text}")
        await expect(ana.page.locator("nav .row.unread", has_text="Keeper")).to_be_visible()
        await expect(row).to_have_accessible_name(f"{CHANNEL} {news}".strip())


async def test_a_thread_of_an_app_that_takes_no_messages_has_the_focus(
    ana: Hands, keeper: Keeper
) -> None:
    await told(keeper, keeper.slack.person("ana").id)
    await ana.go_to("Keeper")
    await ana.card().get_by_role("button", name="1 reply").click()

    await expect(pane(ana).get_by_role("region", name="Thread messages")).to_be_focused()
    await ana.page.keyboard.press("Escape")
    await expect(ana.card().get_by_role("button", name="1 reply")).to_be_focused()
