"""How the programme goes, where people meet it: Home, the monthly report, the list of a sprint."""

import re

import pytest
from playwright.async_api import Locator, expect

from bot.story.staff import REVIEWS_IN
from tests.browser.axe import expect_nothing_grave
from tests.browser.hands import Hands, Tabs
from tests.browser.reading import HEADLINE, asked, is_drawn
from tests.browser.walking import turn_to_the_review

WIDE = (1280, 390)
OVER = "() => document.documentElement.scrollWidth - innerWidth"
BELOW = "() => document.documentElement.scrollHeight - innerHeight"


async def sat_down(tabs: Tabs, name: str, wide: int, channel: str = REVIEWS_IN) -> Hands:
    """Somebody at a desk, or with a telephone."""
    return await tabs.of(name, channel=channel, wide=wide, tall=900, bypass_csp=True)


async def home_of(hands: Hands) -> Locator:
    """Come to the app's Home tab, by the list of channels where that is hidden."""
    await expect(hands.page.get_by_role("textbox", name="Message #")).to_be_visible()
    channels = hands.page.get_by_role("button", name="Channels", exact=True)
    if await channels.is_visible():
        await channels.click()
    await hands.go_to("Closed Loop")
    await hands.page.get_by_role("tab", name="Home").click()
    return hands.page.get_by_role("region", name="Home")


@pytest.mark.parametrize("wide", WIDE)
async def test_home_draws_the_programme_below_ones_own_items(tabs: Tabs, wide: int) -> None:
    bob = await sat_down(tabs, "bob", wide)
    home = await home_of(bob)
    await expect(home).to_contain_text(HEADLINE)
    await is_drawn(home, "Repeat rate by quarter", "Completion by quarter")
    headings = await home.get_by_role("heading").all_inner_texts()

    assert headings[:2] == ["Waiting for you", "Your action items"]
    assert headings[-2:] == ["The programme", "Next review"]
    assert await bob.page.evaluate(OVER) <= 0
    await expect_nothing_grave(bob)


async def test_a_number_on_home_opens_what_is_behind_it(tabs: Tabs) -> None:
    bob = await sat_down(tabs, "bob", 1280)
    home = await home_of(bob)
    await home.get_by_role("button", name="What is behind: 7 repeats").click()

    await expect(await bob.dialog("Behind the number")).to_contain_text("PM-29")


@pytest.mark.parametrize("wide", WIDE)
async def test_the_monthly_report_has_charts_and_a_table_in_its_thread(
    tabs: Tabs, wide: int
) -> None:
    priya = await sat_down(tabs, "priya", wide)
    await turn_to_the_review(priya)
    report = priya.page.locator("article").filter(has_text="Postmortem report: the last 6 months")
    await is_drawn(report.first, "Repeat rate by quarter", "Incidents by causal class")
    await expect_nothing_grave(priya)
    await report.get_by_role("button", name=re.compile(r"1 reply")).click()
    reply = priya.page.get_by_role("complementary", name="Thread").locator("article").last

    await is_drawn(reply, "Completion by quarter")
    await expect(reply.get_by_role("rowheader", name="PM-2/2")).to_be_visible()
    assert await priya.page.evaluate(OVER) <= 0
    await expect_nothing_grave(priya)


@pytest.mark.parametrize("wide", WIDE)
async def test_the_sprint_list_of_a_team_says_why_each_item_is_there(tabs: Tabs, wide: int) -> None:
    bob = await sat_down(tabs, "bob", wide, "team-shop")
    said = bob.page.locator("article").filter(has_text="Sprint list of checkout").last

    await expect(said).to_contain_text("of the error budget of checkout is spent")
    await expect(said.get_by_role("button", name="Open").first).to_be_visible()
    assert await bob.page.evaluate(OVER) <= 0
    await expect_nothing_grave(bob)


@pytest.mark.parametrize("wide", WIDE)
@pytest.mark.parametrize(
    ("what", "says"),
    [("classes", "added “uneven load”"), ("services", "burns since")],
)
async def test_the_lists_behind_the_settings(tabs: Tabs, wide: int, what: str, says: str) -> None:
    lena = await sat_down(tabs, "lena", wide)
    window = await asked(lena, f"settings {what}")

    await expect(window).to_contain_text(says)
    assert await lena.page.evaluate(OVER) <= 0
    await expect_nothing_grave(lena)


async def test_on_a_long_home_its_parts_scroll_and_the_page_does_not(tabs: Tabs) -> None:
    bob = await tabs.of("bob", wide=1280, tall=420)
    home = await home_of(bob)
    await is_drawn(home, "Repeat rate by quarter", "Completion by quarter")

    assert await bob.page.evaluate(BELOW) <= 0


async def test_whoever_owns_what_went_up_a_priority_has_heard_of_it(tabs: Tabs) -> None:
    mei = await sat_down(tabs, "mei", 1280)
    await mei.go_to("Closed Loop")
    heard = mei.page.locator("article").filter(has_text="burns its error budget").last

    await expect(heard).to_contain_text("PM-18/3")
    await expect(heard).to_contain_text("P2 → P1")
