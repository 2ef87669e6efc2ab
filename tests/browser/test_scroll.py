"""A channel of two thousand messages: its newest, its first, and one that a link points at."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bench.long_channel import CHANNEL, holding
from bot.demo import Beginning, opened
from sandbox import Clock, Sandbox
from tests.browser.hands import DATABASE, NOW, Hands, Tabs

MESSAGES = 2_000
LONG = Beginning(seed=holding(MESSAGES))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def slack(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Sandbox]:
    database, clock = tmp_path_factory.mktemp("long") / DATABASE, Clock(NOW)
    async with opened(port=0, database=database, keep=False, beginning=LONG, clock=clock) as it:
        yield it.slack


@pytest_asyncio.fixture(loop_scope="session")
async def ana(tabs: Tabs) -> Hands:
    return await tabs.of("ana", channel=CHANNEL)


async def seen(page: Page, slack: Sandbox, number: int) -> None:
    """The message of this number is in sight."""
    ts = slack.workspace.channel(CHANNEL).messages[number].ts
    await expect(page.locator(f'article[data-ts="{ts}"]')).to_be_in_viewport()


async def test_a_long_channel_opens_at_its_newest_message(ana: Hands, slack: Sandbox) -> None:
    await seen(ana.page, slack, -1)
    await ana.type(CHANNEL, "And one more.")
    await seen(ana.page, slack, -1)

    await expect(ana.card()).to_contain_text("And one more.")


async def test_home_leads_to_the_first_message_and_end_back(ana: Hands, slack: Sandbox) -> None:
    messages = ana.page.get_by_role("region", name=f"Messages in {CHANNEL}")
    await seen(ana.page, slack, -1)
    await messages.press("Home")
    await seen(ana.page, slack, 0)
    await expect(ana.page.get_by_text(f"the very beginning of #{CHANNEL}")).to_be_in_viewport()
    await messages.press("End")

    await seen(ana.page, slack, -1)


async def test_a_link_leads_to_a_message_far_up(ana: Hands, slack: Sandbox) -> None:
    far = slack.workspace.channel(CHANNEL)
    ts = far.messages[300].ts
    await ana.page.goto(f"{slack.url}archives/{far.id}/p{ts.replace('.', '')}")

    await seen(ana.page, slack, 300)
    await expect(ana.page.locator("article.pointed")).to_have_attribute("data-ts", ts)


async def test_who_reads_far_up_is_left_there_and_can_jump_to_what_came(
    ana: Hands, slack: Sandbox
) -> None:
    await seen(ana.page, slack, -1)
    await ana.page.get_by_role("region", name=f"Messages in {CHANNEL}").press("Home")
    await seen(ana.page, slack, 0)
    jump = ana.page.get_by_role("button", name="Jump to newest")
    await expect(jump).to_be_visible()
    await slack.person("bob").say(CHANNEL, "Who is still awake?")
    await expect(jump).to_contain_text("1 new message")
    await seen(ana.page, slack, 0)
    await jump.click()

    await seen(ana.page, slack, -1)
