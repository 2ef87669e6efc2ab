"""On a telephone nothing is cut off at the side, and everything that matters is in reach."""

import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.browser.hands import Hands, Tabs
from tests.browser.main_job import CHANNEL, asked, promised, started
from tests.browser.walking import came_due

WIDE, TALL = 390, 844
OVER = "() => document.documentElement.scrollWidth - innerWidth"


@pytest_asyncio.fixture(loop_scope="session")
async def ana(tabs: Tabs) -> Hands:
    return await tabs.of("ana", channel=CHANNEL, wide=WIDE, tall=TALL, has_touch=True)


async def fits(hands: Hands, *parts: Locator) -> None:
    """Nothing is wider than the screen, and these parts stand on it."""
    for part in parts:
        await expect(part).to_be_visible()
        box = await part.bounding_box()
        assert box
        assert 0 <= box["x"] <= box["x"] + box["width"] <= WIDE
        assert await part.evaluate("(part) => part.scrollWidth - part.clientWidth") <= 0
    assert await hands.page.evaluate(OVER) <= 0


async def test_a_channel_with_a_card_fits(ana: Hands) -> None:
    await started(ana)
    await promised(ana)

    head, messages = ana.page.locator(".channel-head"), ana.page.locator(".messages")
    await fits(ana, head, messages, ana.card(), ana.page.locator(".composer"))
    await fits(ana, *await ana.card().get_by_role("button").all())


async def test_the_channels_are_behind_a_button(ana: Hands) -> None:
    drawer = ana.page.get_by_role("navigation")
    await expect(drawer).to_be_hidden()
    await ana.page.get_by_role("button", name="Channels", exact=True).click()
    await expect(drawer).to_be_in_viewport(ratio=1)
    await fits(ana, drawer)
    await ana.go_to("general")

    await expect(drawer).to_be_hidden()
    await expect(ana.page.get_by_role("textbox", name="Message #general")).to_be_visible()


async def test_a_form_fits_with_its_buttons_in_sight(ana: Hands) -> None:
    form = await asked(ana)
    await form.get_by_label("What happened").fill("")
    await ana.send(form, "Start")
    await expect(form.get_by_role("alert").first).to_be_visible()

    await fits(ana, form, form.locator(".modal-body"))
    await expect(form.get_by_role("button", name="Start")).to_be_in_viewport(ratio=1)
    await expect(form.get_by_role("button", name="Close")).to_be_in_viewport(ratio=1)


async def test_a_thread_covers_the_channel_and_can_be_closed(ana: Hands) -> None:
    await ana.card().focus()
    await ana.press("Reply in thread")
    thread = ana.page.get_by_role("complementary", name="Thread")
    box = thread.get_by_role("textbox", name="Reply in thread")
    await box.fill("Well done, and thank you for the quick help of all of you.")
    await box.press("Enter")
    await expect(thread.get_by_role("article")).to_have_count(2)
    await fits(ana, thread, box)
    await thread.get_by_role("button", name="Close the thread").click()

    await expect(ana.card().get_by_role("button", name="1 reply")).to_be_visible()


async def test_the_inspector_fits_and_shows_a_call(ana: Hands) -> None:
    await ana.type(CHANNEL, "/postmortem help")
    await ana.page.get_by_role("button", name="Inspector").click()
    pane = ana.page.get_by_role("region", name="Inspector")
    await fits(ana, pane)
    await pane.get_by_role("option").filter(has_text="slash_commands").click()
    await fits(ana, pane, pane.get_by_role("region", name="Call: slash_commands"))
    await pane.get_by_role("button", name="Close the inspector").click()

    await expect(ana.page.get_by_role("textbox", name="Message #")).to_be_in_viewport()


async def test_the_clock_fits_and_turns(ana: Hands) -> None:
    await ana.page.get_by_role("button", name="Clock:").click()
    panel = ana.page.get_by_role("region", name="The workspace's clock")
    await fits(ana, panel)
    await panel.get_by_role("button", name="Next thing due").click()
    await expect((await came_due(ana)).get_by_role("listitem").first).to_be_visible()

    await fits(ana, panel)


async def test_the_seats_and_the_members_fit(ana: Hands) -> None:
    await ana.page.get_by_role("button", name="You are Ana Duarte").click()
    await fits(ana, ana.page.get_by_role("menu", name="Be somebody else"))
    await ana.page.keyboard.press("Escape")
    await ana.page.get_by_role("button", name="members").click()
    await fits(ana, ana.page.get_by_role("dialog", name="Members"))
    await ana.page.keyboard.press("Escape")
    await ana.page.get_by_role("button", name="Emoji").click()

    await fits(ana, ana.page.get_by_role("dialog", name="Choose an emoji"))


async def test_the_tour_leaves_the_composer_free(tabs: Tabs) -> None:
    ana = await tabs.of("ana", channel=CHANNEL, wide=WIDE, tall=TALL, has_touch=True, tour=True)
    tour = ana.page.get_by_role("region", name="Guided tour")
    await fits(ana, tour)
    await tour.get_by_role("button", name="Next").click()
    await tour.get_by_role("button", name="Type it for me").click()
    await ana.page.get_by_role("button", name="Send").click()

    await fits(ana, await ana.dialog("Start a postmortem"))
