"""Neither a reload of the page nor a restart of the server loses anything."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest_asyncio
from playwright.async_api import Browser, expect

from sandbox import Clock
from tests.browser.hands import NOW, Hands, Tabs, gone_on
from tests.browser.main_job import CHANNEL, IMPACT, asked, promised, started

DRAFT = "I would add that the import"
LOST = "The connection to the sandbox was lost."


@pytest_asyncio.fixture(loop_scope="session")
async def ana(tabs: Tabs) -> Hands:
    return await tabs.of("ana", channel=CHANNEL)


async def test_a_message_that_was_not_sent_survives_a_reload(ana: Hands) -> None:
    box = ana.page.get_by_role("textbox", name=f"Message #{CHANNEL}")
    await box.fill(DRAFT)
    await ana.page.reload()
    await expect(box).to_have_value(DRAFT)
    await ana.go_to("general")
    row = ana.page.locator("nav").get_by_role("button", name=CHANNEL)
    await expect(row.get_by_role("img", name="draft")).to_be_visible()
    await row.click()
    await box.press("Enter")

    await expect(ana.card()).to_contain_text(DRAFT)
    await expect(box).to_have_value("")


async def test_a_form_that_is_half_filled_in_survives_a_reload(ana: Hands) -> None:
    form = await asked(ana)
    await form.get_by_label("Impact").fill(IMPACT)
    await ana.choose(form, "Severity", "P2")
    await ana.at(form, "started_at", "2026-11-24", "08:58")
    await ana.page.reload()
    await expect(form.get_by_label("Impact")).to_have_value(IMPACT)
    await ana.send(form, "Start")

    await expect(ana.card()).to_contain_text("P2")
    await expect(ana.card()).to_contain_text(IMPACT)


async def test_the_page_stays_where_it_is_over_a_reload(ana: Hands) -> None:
    await ana.card().hover()
    await ana.press("Reply in thread")
    await ana.page.get_by_role("button", name="Inspector").click()
    await ana.page.reload()

    await expect(ana.page.get_by_role("textbox", name=f"Message #{CHANNEL}")).to_be_visible()
    await expect(ana.page.get_by_role("complementary", name="Thread")).to_be_visible()
    await expect(ana.page.get_by_role("region", name="Inspector")).to_be_visible()


async def test_a_restart_of_the_server_goes_on_where_it_stood(browser: Browser, kept: Path) -> None:
    async with gone_on(kept, Clock(NOW)) as before:
        port = urlsplit(before.slack.url).port or 0
        tabs = Tabs(browser, before.slack)
        ana = await tabs.of("ana", channel=CHANNEL)
        await started(ana)
        await expect(ana.page.get_by_text("Pinned by Closed Loop").last).to_be_visible()
        said = await ana.page.locator("article").all_inner_texts()
    await expect(ana.page.get_by_text(LOST)).to_be_visible()
    async with gone_on(kept, Clock(NOW), port=port) as after:
        await expect(ana.page.get_by_text(LOST)).to_be_hidden()
        await expect(ana.page.locator("article")).to_have_text(said, use_inner_text=True)
        await promised(ana)
        await tabs.close()
        assert tabs.troubles == [*before.slack.complaints, *after.slack.complaints] == []
