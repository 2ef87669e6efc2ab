"""axe-core finds nothing serious on any surface, in light or in dark."""

import pytest_asyncio
from playwright.async_api import expect

from tests.browser.axe import expect_nothing_grave
from tests.browser.hands import Hands, Tabs
from tests.browser.main_job import CHANNEL, asked, promised, started
from tests.browser.walking import came_due


@pytest_asyncio.fixture(loop_scope="session")
async def ana(tabs: Tabs) -> Hands:
    return await tabs.of("ana", channel=CHANNEL, bypass_csp=True)


async def test_a_channel_with_cards(ana: Hands) -> None:
    await started(ana)
    await promised(ana)

    await expect_nothing_grave(ana)


async def test_a_card_of_the_history(tabs: Tabs) -> None:
    lena = await tabs.of("lena", channel="inc-identity-webhook-key", bypass_csp=True)
    await expect(lena.page.get_by_role("article").get_by_role("heading").first).to_be_visible()

    await expect_nothing_grave(lena)


async def test_a_form_with_errors(ana: Hands) -> None:
    form = await asked(ana)
    await form.get_by_label("What happened").fill("")
    await ana.send(form, "Start")
    await expect(form.get_by_role("alert").first).to_be_visible()

    await expect_nothing_grave(ana)


async def test_a_thread_with_a_reply(ana: Hands) -> None:
    await ana.card().hover()
    await ana.press("Reply in thread")
    thread = ana.page.get_by_role("complementary", name="Thread")
    await thread.get_by_role("textbox").fill("Well done.")
    await thread.get_by_role("textbox").press("Enter")
    await expect(thread.get_by_role("article")).to_have_count(2)

    await expect_nothing_grave(ana)


async def test_the_emoji_picker(ana: Hands) -> None:
    await ana.page.get_by_role("button", name="Emoji").click()
    await ana.page.get_by_role("combobox", name="Search emoji").fill("rocket")

    await expect_nothing_grave(ana)


async def test_the_members_of_a_channel(ana: Hands) -> None:
    await ana.page.get_by_role("button", name="members").click()
    await expect(ana.page.get_by_role("dialog", name="Members")).to_be_visible()

    await expect_nothing_grave(ana)


async def test_the_seats_to_take(ana: Hands) -> None:
    await ana.page.get_by_role("button", name="You are Ana Duarte").click()

    await expect_nothing_grave(ana)


async def test_the_clock_and_what_came_due(ana: Hands) -> None:
    await ana.page.get_by_role("button", name="Clock:").click()
    await expect_nothing_grave(ana)
    panel = ana.page.get_by_role("region", name="The workspace's clock")
    await panel.get_by_role("button", name="Next thing due").click()
    await expect((await came_due(ana)).get_by_role("listitem").first).to_be_visible()

    await expect_nothing_grave(ana)


async def test_the_tour(tabs: Tabs) -> None:
    ana = await tabs.of("ana", channel=CHANNEL, bypass_csp=True, tour=True)
    await expect(ana.page.get_by_role("region", name="Guided tour")).to_be_visible()

    await expect_nothing_grave(ana)


async def test_the_inspector_with_a_call(ana: Hands) -> None:
    await ana.page.get_by_role("button", name="Inspector").click()
    await ana.type(CHANNEL, "/postmortem help")
    await ana.page.get_by_role("option").filter(has_text="slash_commands").click()
    call = ana.page.get_by_role("region", name="Call: slash_commands")
    await expect(call.get_by_role("heading", name="Response")).to_be_visible()

    await expect_nothing_grave(ana)


async def test_the_page_of_somebody_who_left(tabs: Tabs) -> None:
    otto = await tabs.of("otto", bypass_csp=True)
    await expect(otto.page.get_by_role("heading")).to_contain_text("deactivated")

    await expect_nothing_grave(otto)
