"""The main job by hand, in a real browser: from `/postmortem` to a card with an action item."""

from playwright.async_api import expect

from tests.browser.hands import Hands
from tests.browser.main_job import CHANNEL, promised, started

LINES = "08:58 deploy of checkout 4.2\n25:10 rolled back\n09:21 p99 back under 400 ms"


async def test_a_newcomer_gets_from_the_command_to_a_full_card(ana: Hands) -> None:
    await ana.go_to(CHANNEL)
    await started(ana)
    await promised(ana)

    await expect(ana.card().get_by_text("1 of 3")).to_be_visible()


async def test_a_line_that_cannot_be_read_is_named_and_nothing_typed_is_lost(ana: Hands) -> None:
    await ana.go_to(CHANNEL)
    await started(ana)
    await ana.press("Add the timeline of PM-31")
    form = await ana.dialog("PM-31 · Timeline")
    box = form.get_by_role("textbox", name="Timeline").first
    await box.fill(LINES)
    await ana.send(form, "Save")

    await expect(form.get_by_text("25:10 is not a time of day")).to_be_visible()
    await expect(box).to_have_value(LINES)
    await box.fill(LINES.replace("25:10", "09:10"))
    await ana.send(form, "Save")
    await expect(ana.card().get_by_text("3 entries")).to_be_visible()
