"""Every block is drawn, and what can be pressed in one reaches the app, in a real browser."""

import pytest
import pytest_asyncio
from playwright.async_api import expect

from sandbox import Sandbox
from tests.browser.hands import Hands, Tabs
from tests.browser.showcase import Showcase
from tests.browser.showcase_messages import MESSAGES

CHANNEL = "inc-checkout-latency"
UNDRAWN = "The page cannot draw"


@pytest.fixture
def slack(show: Showcase) -> Sandbox:
    return show.slack


@pytest_asyncio.fixture(loop_scope="session")
async def ana(tabs: Tabs) -> Hands:
    return await tabs.of("ana", channel=CHANNEL)


async def shown(ana: Hands, what: str) -> None:
    await ana.type(CHANNEL, f"/show {what}")
    first = MESSAGES[what][0]["type"]
    await expect(ana.card().locator(f".block.{first}").first).to_be_visible()


async def test_every_kind_of_block_is_drawn(ana: Hands) -> None:
    for what in MESSAGES.keys() - {"unknown"}:
        await shown(ana, what)
        for kind in {block["type"] for block in MESSAGES[what]} - {"divider"}:
            await expect(ana.card().locator(f".block.{kind}").first).not_to_be_empty()

    await expect(ana.page.locator("article", has_text=UNDRAWN)).to_have_count(0)


async def test_an_unknown_block_is_shown_as_it_came(ana: Hands) -> None:
    await shown(ana, "unknown")

    await expect(ana.card().get_by_text(UNDRAWN)).to_be_visible()
    await expect(ana.card().get_by_text('"provider": "elsewhere"')).to_be_visible()


async def test_an_image_that_cannot_be_loaded_says_what_it_shows(ana: Hands) -> None:
    await shown(ana, "plain")

    await expect(ana.card().get_by_text("Latency over a day")).to_be_visible()


async def test_a_chart_says_its_numbers_in_a_table(ana: Hands) -> None:
    await shown(ana, "charts")
    table = ana.card().get_by_role("table", name="Repeats, line: line chart")

    row = table.get_by_role("row", name="Oct")
    await expect(row.get_by_role("cell")).to_have_text(["2", "3"])


async def test_a_data_table_sorts_and_turns_its_pages(ana: Hands) -> None:
    await shown(ana, "tables")
    table = ana.card().locator(".data_table")
    await table.get_by_role("button", name="Repeats").click()
    await expect(table.get_by_role("row").nth(1)).to_contain_text("service-5")
    await table.get_by_role("button", name="Next").click()

    await expect(table.get_by_role("row")).to_have_count(4)


async def test_buttons_in_cards_and_containers_reach_the_app(ana: Hands, show: Showcase) -> None:
    await shown(ana, "cards")
    for number in (1, 2):
        await ana.card().locator(f'[data-action-id="take{number}"]').click()
    await ana.card().locator('[data-action-id="agree"]').click()
    await show.heard(3)

    heard = [(one["block_id"], one["action_id"]) for one in show.actions]
    assert heard == [("card1", "take1"), ("card2", "take2"), ("inside", "agree")]


async def test_feedback_and_icon_buttons_reach_the_app(ana: Hands, show: Showcase) -> None:
    await shown(ana, "plain")
    await ana.press("Bad")
    await expect(ana.card().get_by_role("button", name="Bad")).to_have_attribute(
        "aria-pressed", "true"
    )
    await ana.press("Delete")
    await show.heard(2)

    assert [one["action_id"] for one in show.actions] == ["helped", "bin"]
    assert show.actions[0]["value"] == "no"


async def test_a_confirm_dialog_asks_before_the_click_leaves(ana: Hands, show: Showcase) -> None:
    await shown(ana, "accessories")
    await ana.press("Roll")
    question = ana.page.get_by_role("alertdialog", name="Roll back?")
    await question.get_by_role("button", name="Keep 4.2").click()
    await expect(question).to_be_hidden()
    assert show.actions == []
    await ana.press("Roll")
    await question.get_by_role("button", name="Roll back").click()
    await show.heard(1)

    assert show.actions[0]["action_id"] == "roll"


async def test_a_workflow_button_says_that_it_cannot_run_here(ana: Hands) -> None:
    await shown(ana, "accessories")
    await ana.press("Page someone")

    await expect(ana.card().get_by_text("Workflows run in Slack only")).to_be_visible()


async def test_no_block_is_wider_than_a_phone(tabs: Tabs, show: Showcase) -> None:
    await show.slack.person("ana").command(CHANNEL, "/show blocks")
    ana = await tabs.of("ana", channel=CHANNEL, wide=390, tall=800)
    await expect(ana.card().get_by_text(UNDRAWN)).to_be_visible()

    wide = "() => Math.max(...[...document.querySelectorAll('.block')].map(b => b.scrollWidth))"
    assert await ana.page.evaluate(wide) <= 390
    assert await ana.page.evaluate("document.documentElement.scrollWidth") <= 390


async def test_a_home_tab_is_drawn_and_its_buttons_reach_the_app(
    ana: Hands, show: Showcase
) -> None:
    await show.slack.person("ana").command(CHANNEL, "/show home")
    await ana.go_to("Showcase")
    await ana.page.get_by_role("tab", name="Home").click()
    home = ana.page.get_by_role("region", name="Home")
    await home.get_by_role("button", name="Two changes").click()
    await expect(home.get_by_role("button", name="Agree", exact=True)).to_be_hidden()
    await home.get_by_role("button", name="Two changes").click()
    await home.get_by_role("button", name="Agree", exact=True).click()
    await show.heard(1)

    assert show.actions[0]["block_id"] == "inside"
