"""The monthly review in the page: the clock is turned to it, and its chair walks it in a thread."""

import re

import pytest_asyncio
from playwright.async_api import Locator, expect

from bot.story.staff import REVIEWS_IN
from tests.browser.hands import Hands, Tabs
from tests.browser.walking import decided, thread_of, turn_to_the_review


@pytest_asyncio.fixture(loop_scope="session")
async def chair(tabs: Tabs) -> Hands:
    """Open a tab as whoever chairs, in the channel of the reviews, on the day it is held."""
    hands = await tabs.of("priya", channel=REVIEWS_IN)
    await turn_to_the_review(hands)
    return hands


def cards(thread: Locator) -> Locator:
    """What is said in the thread below the review's message."""
    return thread.locator("article").filter(has=thread.page.get_by_role("button", name="Open PM-"))


async def test_turning_the_clock_to_the_review_shows_it_and_its_first_card(chair: Hands) -> None:
    thread = await thread_of(chair)

    await expect(chair.page.get_by_text("must still be decided").first).to_be_visible()
    await expect(cards(thread)).to_have_count(1)
    await expect(cards(thread)).to_contain_text("it has expired")
    buttons = cards(thread).get_by_role("button")
    await expect(buttons.filter(has_text="Promote to a project")).to_be_visible()
    await expect(buttons.filter(has_text="Move the date")).to_have_count(0)


async def test_next_brings_the_second_card_and_takes_itself_along(chair: Hands) -> None:
    thread = await thread_of(chair)
    await thread.get_by_role("button", name="Bring up the next").last.click()

    await expect(cards(thread)).to_have_count(2)
    first, second = cards(thread).first, cards(thread).last
    await expect(second.get_by_role("button", name="Bring up the next")).to_be_visible()
    await expect(first.get_by_role("button", name="Bring up the next")).to_have_count(0)
    await second.hover()
    await expect(first.get_by_role("group", name="Message actions")).to_have_count(0)


async def test_a_decided_card_shrinks_to_one_line(chair: Hands) -> None:
    thread = await thread_of(chair)
    await decided(chair, thread)

    line = thread.get_by_text("chairing the review for Bob Okonjo, promoted it")
    await expect(line).to_be_visible()
    await expect(cards(thread)).to_have_count(0)
    await expect(chair.page.get_by_text(re.compile(r"1 of \d+ decided")).first).to_be_visible()


async def test_closing_is_refused_while_something_must_be_decided(chair: Hands) -> None:
    thread = await thread_of(chair)
    await thread.get_by_role("button", name="Close the review").first.click()

    said = chair.page.get_by_text("are expired or overdue, and nobody has decided")
    await expect(said.first).to_be_visible()
