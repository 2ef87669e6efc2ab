"""The app's own conversation: its Home tab beside its messages."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from sandbox import Clock, Sandbox
from tests.browser.axe import expect_nothing_grave
from tests.browser.hands import Hands, Tabs
from tests.browser.keeper import CHANNEL, Keeper

OVER = "() => document.documentElement.scrollWidth - innerWidth"


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


def home_of(hands: Hands) -> Locator:
    """What stands in the Home tab."""
    return hands.page.get_by_role("region", name="Home")


async def opened(hands: Hands) -> Locator:
    """Come to the app and open its Home tab."""
    await hands.go_to("Keeper")
    await hands.page.get_by_role("tab", name="Home").click()
    return home_of(hands)


async def test_home_says_so_until_something_is_published(ana: Hands, keeper: Keeper) -> None:
    keeper.publishes = False
    home = await opened(ana)
    await expect(home).to_contain_text("Keeper has not published a Home tab for you")
    await expect_nothing_grave(ana)

    await keeper.publish(ana_id := keeper.slack.person("ana").id)
    await expect(home.get_by_role("heading")).to_have_text("Your work")
    keeper.left = []
    await keeper.publish(ana_id)
    await expect(home.get_by_role("button")).to_have_count(0)


async def test_what_is_done_goes_and_the_focus_stays(ana: Hands, keeper: Keeper) -> None:
    home = await opened(ana)
    await home.get_by_role("button", name="Done").nth(1).focus()
    await ana.page.keyboard.press("Enter")

    await expect(home.get_by_role("button", name="Done")).to_have_count(1)
    await expect(home).to_be_focused()
    await expect(ana.page.get_by_text("Home has changed.")).to_be_attached()
    assert keeper.left == ["Alert on queue age"]


async def test_the_tabs_are_turned_with_the_keyboard(ana: Hands, keeper: Keeper) -> None:
    await ana.go_to("Keeper")
    home, said = (ana.page.get_by_role("tab", name=name) for name in ("Home", "Messages"))
    await expect(said).to_have_attribute("aria-selected", "true")
    for key, now in (("ArrowLeft", home), ("ArrowLeft", said), ("Home", home), ("End", said)):
        await ana.page.get_by_role("tab", selected=True).press(key)
        await expect(now).to_be_focused()
        name = await now.inner_text()
        await expect(ana.page.get_by_role("tabpanel", name=name)).to_be_visible()
    await keeper.slack.settled()

    assert keeper.opened == ["messages", "home", "messages", "home", "messages"]


async def test_a_reload_changes_nothing_and_a_link_leads_to_messages(
    ana: Hands, keeper: Keeper
) -> None:
    said = await keeper.web.chat_postMessage(channel=keeper.slack.person("ana").id, text="Due")
    await opened(ana)
    await ana.page.reload()
    await expect(home_of(ana).get_by_role("heading")).to_have_text("Your work")
    await expect_nothing_grave(ana)
    link = f"&channel={said['channel']}&ts={said['ts']}"
    await ana.page.goto(keeper.slack.url + "?as=" + keeper.slack.person("ana").id + link)

    await expect(ana.page.get_by_role("tab", name="Messages", selected=True)).to_be_visible()
    await expect(ana.card()).to_contain_text("Due")


async def test_on_a_telephone_home_fits(tabs: Tabs) -> None:
    ana = await tabs.of("ana", channel=CHANNEL, wide=390, tall=844, has_touch=True)
    await ana.page.get_by_role("button", name="Channels", exact=True).click()
    home = await opened(ana)

    await expect(home.get_by_role("button", name="Done").last).to_be_in_viewport(ratio=1)
    assert await ana.page.evaluate(OVER) <= 0


async def test_ones_time_zone_is_changed_in_the_menu_of_seats(ana: Hands, keeper: Keeper) -> None:
    seats = ana.page.get_by_role("button", name="You are Ana Duarte")
    await seats.click()
    await ana.page.get_by_role("menuitem", name="Change your time zone").click()
    form = await ana.dialog("Your time zone")
    await form.get_by_role("combobox").select_option("Asia/Tokyo")
    await expect_nothing_grave(ana)
    await ana.send(form, "Save")

    await expect(ana.page.get_by_role("button", name="Clock:")).to_contain_text("Tokyo")
    await expect(seats).to_be_focused()
    assert keeper.zones == ["Asia/Tokyo"]
