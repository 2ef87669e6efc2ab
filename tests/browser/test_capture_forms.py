"""The forms of capture in the page: by keys, on a telephone, and nothing that keeps people out."""

import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.browser.axe import expect_nothing_grave
from tests.browser.hands import Hands, Tabs
from tests.browser.main_job import CHANNEL, asked, promised, started

PERSON = "Bob forgot to size the pool for two regions"
WIDE, TALL = 390, 844


@pytest_asyncio.fixture(loop_scope="session")
async def ana(tabs: Tabs) -> Hands:
    return await tabs.of("ana", channel=CHANNEL, bypass_csp=True)


async def found(ana: Hands) -> Locator:
    """Let the channel be read; the form with what was found in it."""
    await ana.press("Find timeline entries")
    form = await ana.dialog("PM-31 · From the channel")
    await expect(form.get_by_role("button", name="Add to timeline")).to_be_visible()
    return form


async def told(ana: Hands) -> None:
    """Start the postmortem, its timeline found in the channel."""
    await started(ana)
    form = await found(ana)
    await ana.send(form, "Add to timeline")
    await expect(form).to_be_hidden()
    # Until then the card changes, and a button may not be where it was pressed.
    await expect(ana.card().get_by_text("9 entries")).to_be_visible()


async def hinted(ana: Hands) -> Locator:
    """Write a cause that stops at a person; the form with what is said of it."""
    await ana.press("the root cause")
    form = await ana.dialog("PM-31 · Root cause")
    await form.get_by_role("textbox", name="Root cause").fill(PERSON)
    await ana.send(form, "Save")
    await expect(form.get_by_text("What did the work rely on them for")).to_be_visible()
    return form


async def test_what_is_read_from_the_channel_does_not_take_the_focus_away(ana: Hands) -> None:
    form = await asked(ana)

    await expect(form.get_by_label("What happened")).to_be_focused()


async def test_a_timeline_is_found_and_added_by_keys_alone(ana: Hands) -> None:
    await started(ana)
    await ana.card().get_by_role("button", name="Find timeline entries").focus()
    await ana.page.keyboard.press("Enter")
    form = await ana.dialog("PM-31 · From the channel")
    await expect(form.get_by_role("checkbox").first).to_be_focused()
    await ana.page.keyboard.press("Space")
    await expect(form.get_by_role("checkbox").first).not_to_be_checked()
    await ana.page.keyboard.press("Enter")

    await expect(form).to_be_hidden()
    await expect(ana.card().get_by_text("entries", exact=False).first).to_be_visible()


async def test_after_a_hint_one_more_key_keeps_the_words(ana: Hands) -> None:
    await started(ana)
    form = await hinted(ana)
    await expect(form.get_by_role("button", name="Save as it is")).to_be_focused()
    await ana.page.keyboard.press("Enter")

    await expect(form).to_be_hidden()
    await expect(ana.card().get_by_text(PERSON)).to_be_visible()


async def test_what_was_found_in_the_channel(ana: Hands) -> None:
    await started(ana)
    await found(ana)

    await expect_nothing_grave(ana)


async def test_a_hint_and_the_open_list_of_causal_classes(ana: Hands) -> None:
    await started(ana)
    form = await hinted(ana)
    await form.get_by_role("combobox", name="Causal classes").click()
    await expect(form.get_by_role("option").first).to_be_visible()

    await expect_nothing_grave(ana)


async def test_the_milestones_over_the_timeline(ana: Hands) -> None:
    await told(ana)
    await ana.press("Edit the timeline")
    form = await ana.dialog("PM-31 · Timeline")
    await form.get_by_role("button", name="milestones").click()
    await ana.dialog("PM-31 · Milestones")

    await expect_nothing_grave(ana)


async def test_a_review_is_called(ana: Hands) -> None:
    await told(ana)
    await promised(ana)
    await ana.press("Call the review")
    await ana.dialog("PM-31 · Review")

    await expect_nothing_grave(ana)


async def test_on_a_telephone_what_was_found_fits(tabs: Tabs) -> None:
    ana = await tabs.of("ana", channel=CHANNEL, wide=WIDE, tall=TALL, has_touch=True)
    await started(ana)
    form = await found(ana)

    assert await form.evaluate("(form) => form.scrollWidth - form.clientWidth") <= 0
    await expect(form.get_by_role("button", name="Add to timeline")).to_be_in_viewport()
