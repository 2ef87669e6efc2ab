"""The report's window in the page: three tabs with charts, and what is behind each number."""

import pytest_asyncio
from playwright.async_api import Locator, expect

from bot.story.staff import REVIEWS_IN
from tests.browser.axe import expect_nothing_grave
from tests.browser.hands import Hands, Tabs
from tests.browser.reading import HEADLINE, asked, is_drawn, turned

TABS = {
    "Repeats": ("Repeat rate by quarter", "Incidents by causal class"),
    "Action items": ("Completion by quarter",),
    "Times": ("Severity mix by month",),
}
#: The widest of the three has the most months beside each other.
A_YEAR = "report 12m"
OVER = "(part) => part.scrollWidth - part.clientWidth"


@pytest_asyncio.fixture(loop_scope="session")
async def lena(tabs: Tabs) -> Hands:
    return await tabs.of("lena", channel=REVIEWS_IN, bypass_csp=True)


async def all_tabs(lena: Hands, window: Locator) -> None:
    """Each tab has its charts, and nothing grave, in light and in dark."""
    for tab, charts in TABS.items():
        if tab != "Repeats":
            await turned(window, tab)
        await is_drawn(window, *charts)
        await expect_nothing_grave(lena)


async def test_every_tab_draws_its_charts_in_light_and_dark(lena: Hands) -> None:
    window = await asked(lena)

    await expect(window).to_contain_text(HEADLINE)
    await expect(window).to_contain_text("1 more incident is untagged and not counted.")
    await all_tabs(lena, window)


async def test_on_a_telephone_every_tab_fits(tabs: Tabs) -> None:
    lena = await tabs.of(
        "lena", channel=REVIEWS_IN, bypass_csp=True, wide=390, tall=844, has_touch=True
    )
    window = await asked(lena, A_YEAR)

    await all_tabs(lena, window)
    await expect(window.get_by_role("button", name="Close", exact=True).last).to_be_in_viewport()
    assert await window.locator(".modal-body").evaluate(OVER) <= 0


async def test_one_click_on_a_number_lists_the_incidents_behind_it(lena: Hands) -> None:
    window = await asked(lena)
    await window.get_by_role("button", name="What is behind: 7 repeats").click()
    behind = await lena.dialog("Behind the number")

    await expect(behind.get_by_text("PM-30").first).to_be_visible()
    await expect(behind).to_contain_text("expired credential")
    await expect_nothing_grave(lena)
    await behind.get_by_role("button", name="Back to the report").click()
    await expect(window).to_contain_text(HEADLINE)


async def test_the_numbers_are_told_apart_by_service(lena: Hands) -> None:
    window = await asked(lena)
    await window.get_by_role("combobox", name="Tell apart by").click()
    await lena.page.get_by_role("option", name="By service").click()
    table = window.get_by_role("table").filter(has_text="Median to detect").first

    for service in ("checkout", "identity", "payments", "search", "catalogue", "reporting"):
        await expect(table.get_by_text(service, exact=True)).to_be_visible()
    await expect(window).to_contain_text(HEADLINE)
    await expect_nothing_grave(lena)


async def test_the_open_items_stand_in_a_table_with_whole_words(lena: Hands) -> None:
    window = await asked(lena)
    await turned(window, "Action items")
    table = window.get_by_role("table").filter(has_text="PM-2/2")
    cell = table.get_by_role("cell", name="Page when callers wait")

    await expect(table.get_by_role("columnheader", name="Moved")).to_be_attached()
    assert (await cell.bounding_box() or {"width": 0})["width"] > 100


async def test_how_it_is_counted_is_one_click_away(lena: Hands) -> None:
    window = await asked(lena)
    await window.get_by_role("button", name="How is this counted?").click()
    await expect(lena.page.get_by_role("dialog").last).to_contain_text("Repeat rate")

    await expect_nothing_grave(lena)
