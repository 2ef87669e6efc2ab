"""The inspector shows what Slack and the app say to each other, and makes Slack misbehave."""

from datetime import datetime, timedelta
from time import monotonic

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from sandbox import Clock, Sandbox
from tests.browser.hands import NOW, Hands, Tabs
from tests.browser.main_job import CHANNEL, asked, promised, started
from tests.scenarios.stage import ACK_SECONDS

BEGAN = monotonic()


class Going(Clock):
    """Goes on from where it begins, so that the app's second attempts come."""

    def now(self) -> datetime:
        """Give what it began with, and what has passed since."""
        return super().now() + timedelta(seconds=monotonic() - BEGAN)


@pytest.fixture
def clock() -> Clock:
    return Going(NOW)


@pytest_asyncio.fixture(loop_scope="session")
async def ana(tabs: Tabs) -> Hands:
    hands = await tabs.of("ana", channel=CHANNEL, wide=1500)
    await hands.page.get_by_role("button", name="Inspector").click()
    return hands


def calls(ana: Hands) -> Locator:
    return ana.page.get_by_role("listbox", name="Calls, newest last").get_by_role("option")


async def switched(ana: Hands, label: str) -> None:
    pane = ana.page.get_by_role("region", name="Inspector")
    await pane.locator(".fault-switch").filter(has_text=label).click()
    await expect(ana.page.get_by_role("button", name="1 fault is on")).to_be_visible()


async def test_a_command_is_seen_both_ways(ana: Hands) -> None:
    await asked(ana)

    sent = calls(ana).filter(has_text="slash_commands /postmortem")
    await expect(sent).to_contain_text("to the app")
    await expect(sent).to_contain_text("@ana")
    await expect(calls(ana).filter(has_text="views.open")).to_contain_text("from the app")


async def test_the_lines_are_filtered_by_word_and_by_way(ana: Hands) -> None:
    await asked(ana)
    await ana.page.get_by_label("Filter the calls by words").fill("views.open")
    await expect(calls(ana)).to_have_count(1)
    await ana.page.get_by_label("Which way").select_option("slack")
    await expect(ana.page.get_by_text("No call matches the filter.")).to_be_visible()
    await ana.page.get_by_label("Filter the calls by words").fill("ana postmortem")

    await expect(calls(ana)).to_have_count(1)


async def test_a_call_shows_what_was_asked_and_what_was_answered(ana: Hands) -> None:
    await asked(ana)
    await calls(ana).filter(has_text="views.open").click()
    call = ana.page.get_by_role("region", name="Call: views.open")

    await expect(call.get_by_role("heading", name="Request")).to_be_visible()
    await expect(call).to_contain_text("trigger_id")
    await expect(call.get_by_role("heading", name="Response")).to_be_visible()
    await expect(call).to_contain_text("HTTP 200")


async def test_with_slack_down_a_command_fails_and_works_again_after(
    ana: Hands, slack: Sandbox
) -> None:
    slack.faults.ack_seconds = 1  # a shorter wait for Slack's word that nobody answered
    await ana.type(CHANNEL, "/postmortem help")
    await expect(calls(ana).filter(has_text="slash_commands")).to_have_count(1)
    await ana.page.get_by_label("Errors only").check()
    await expect(calls(ana)).to_have_count(0)
    await switched(ana, "Slack is down")
    await ana.type(CHANNEL, "/postmortem")
    await expect(ana.page.get_by_role("alert").locator(".toast")).to_be_visible()
    await expect(calls(ana).filter(has_text="slash_commands")).to_have_count(1)
    await ana.page.get_by_role("button", name="All off").click()
    await expect(ana.page.get_by_role("switch", name="Slack is down")).not_to_be_checked()

    slack.faults.ack_seconds = ACK_SECONDS  # the app needs a moment to come back
    await started(ana)


async def test_a_reply_that_is_lost_leaves_one_message_and_not_two(
    ana: Hands, slack: Sandbox
) -> None:
    await switched(ana, "Drop 1 reply")
    await started(ana)
    await promised(ana)

    await expect(calls(ana).filter(has_text="reply dropped")).to_have_count(1)
    cards = [one for one in slack.workspace.channel(CHANNEL).messages if one.blocks]
    assert len(cards) == 1
