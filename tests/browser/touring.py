"""The tour's panel in the page, and going where it leads."""

from playwright.async_api import Locator, expect

from bot.story.tour import DM, TOUR
from sandbox.tour import Step
from tests.browser.hands import Hands

#: What the conversation with the app is called.
APP = "Closed Loop"


def tour_of(hands: Hands) -> Locator:
    """The panel that leads through the tour."""
    return hands.page.get_by_role("region", name="Guided tour")


async def arrived(visitor: Hands, step: Step, number: int) -> None:
    """Let the tour lead to where the step is."""
    tour = tour_of(visitor)
    await expect(tour.get_by_text(f"Step {number} of {len(TOUR)}")).to_be_visible()
    await expect(tour.get_by_role("heading")).to_have_text(step.title)
    take_me = tour.get_by_role("button", name="Take me there")
    if await take_me.is_visible():
        await take_me.click()
    called = APP if step.channel == DM else step.channel
    place = visitor.page.get_by_role("main").get_by_role("heading", name=called).first
    await expect(place).to_be_visible()


async def uncovered(visitor: Hands, *parts: Locator) -> None:
    """Nothing of these parts lies under the tour's panel."""
    panel = await tour_of(visitor).bounding_box()
    assert panel
    for part in parts:
        await expect(part).to_be_in_viewport()
        box = await part.bounding_box()
        assert box
        beside = box["x"] >= panel["x"] + panel["width"] or panel["x"] >= box["x"] + box["width"]
        assert beside or box["y"] >= panel["y"] + panel["height"]


async def sent(visitor: Hands, step: Step) -> None:
    """Send what the tour has put into the composer."""
    box = visitor.page.get_by_role("textbox", name=f"Message #{step.channel}")
    if not await box.input_value():
        await tour_of(visitor).get_by_role("button", name="Type it for me").click()
    await expect(box).to_have_value(step.type)
    await box.press("Enter")
