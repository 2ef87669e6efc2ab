"""axe-core finds nothing serious in any block and input, of which our own app sends only some."""

import pytest
import pytest_asyncio
from playwright.async_api import expect

from sandbox import Sandbox
from tests.browser.axe import expect_nothing_grave
from tests.browser.hands import Hands, Tabs
from tests.browser.main_job import CHANNEL
from tests.browser.showcase import Showcase


@pytest.fixture
def slack(show: Showcase) -> Sandbox:
    return show.slack


@pytest_asyncio.fixture(loop_scope="session")
async def ana(tabs: Tabs) -> Hands:
    return await tabs.of("ana", channel=CHANNEL, bypass_csp=True)


async def test_every_block(ana: Hands, show: Showcase) -> None:
    await show.slack.person("ana").command(CHANNEL, "/show blocks")
    await expect(ana.card().get_by_text("The page cannot draw")).to_be_visible()

    await expect_nothing_grave(ana)


@pytest.mark.parametrize("what", ["inputs", "errors"])
async def test_every_input(ana: Hands, show: Showcase, what: str) -> None:
    await show.slack.person("ana").command(CHANNEL, f"/show {what}")
    await expect(ana.page.get_by_role("dialog")).to_be_visible()

    await expect_nothing_grave(ana)


async def test_a_home_tab(ana: Hands, show: Showcase) -> None:
    await show.slack.person("ana").command(CHANNEL, "/show home")
    await ana.go_to("Showcase")
    await ana.page.get_by_role("tab", name="Home").click()
    await expect(
        ana.page.get_by_role("region", name="Home").get_by_role("button").first
    ).to_be_visible()

    await expect_nothing_grave(ana)
