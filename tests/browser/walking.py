"""Steps of a monthly review that more than one test takes, by hand."""

import re

from playwright.async_api import Locator, expect

from tests.browser.hands import Hands

#: The clock stops at every digest on its way.
A_MONTH_MS = 240_000
LINK = "https://projects.example.com/pools"


async def turn_to_the_review(hands: Hands) -> None:
    """Turn the clock to the next monthly review by the button of the clock."""
    await hands.page.get_by_role("button", name="Clock:").click()
    await hands.page.get_by_role("button", name="Next monthly review").click()
    await stands(hands)


async def stands(hands: Hands) -> None:
    """Wait until the clock stands where the review has begun."""
    await expect((await came_due(hands)).get_by_text("monthly review begins")).to_be_visible()
    await hands.page.get_by_role("button", name="Close the clock").click()


async def came_due(hands: Hands) -> Locator:
    """Give the list of what a turn to a stop brought: the panel has closed itself by then."""
    panel = hands.page.get_by_role("region", name="The workspace's clock")
    await expect(panel).to_be_hidden(timeout=A_MONTH_MS)
    await hands.page.get_by_role("button", name="Clock:").click()
    return panel.get_by_role("list", name="What came due, newest last")


async def thread_of(hands: Hands) -> Locator:
    """Open the thread of the review that has just begun."""
    begun = hands.page.get_by_role("button", name="Close the review")
    message = hands.page.locator("article").filter(has=begun).first
    await message.get_by_role("button", name=re.compile(r"\d+ repl")).click()
    thread = hands.page.get_by_role("complementary", name="Thread")
    await expect(thread).to_be_visible()
    return thread


async def decided(chair: Hands, thread: Locator) -> None:
    """Promote the first item on the table to a planned project, on its owner's behalf."""
    await thread.get_by_role("button", name="Promote to a project").first.click()
    form = await chair.dialog("Promote to a project")
    await form.get_by_label("Which planned project").fill("The pools of next quarter")
    await form.get_by_label("Where is that project planned?").fill(LINK)
    await chair.choose(form, "Who owns that project?", "Bob Okonjo")
    await chair.send(form, "Promote it")
    await expect(form).to_be_hidden()
