"""The main job by hand, in a real browser: from `/postmortem` to a card with an action item."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from sandbox import Clock, Sandbox
from tests.browser.hands import CHROMIUM, Hands, chromium, demo

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium"),
]
CHANNEL = "inc-checkout-latency"
LINES = "08:58 deploy of checkout 4.2\n25:10 rolled back\n09:21 p99 back under 400 ms"


@pytest.fixture
async def slack(tmp_path: Path) -> AsyncIterator[Sandbox]:
    async with demo(tmp_path / "demo.sqlite3", Clock(datetime(2026, 11, 24, 16, tzinfo=UTC))) as it:
        yield it


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as it:
        yield it


@pytest.fixture
async def ana(browser: Browser, slack: Sandbox) -> AsyncIterator[Hands]:
    hands = await Hands.of(browser, slack, "ana")
    yield hands
    assert hands.troubles == []
    assert slack.complaints == []


async def started(ana: Hands) -> None:
    await ana.go_to(CHANNEL)
    await ana.type(CHANNEL, "/postmortem")
    form = await ana.dialog("Start a postmortem")
    await expect(form.get_by_label("What happened")).to_have_value("Checkout p99 above 8 s")
    await ana.at(form, "started_at", "2026-11-24", "08:58")
    await ana.at(form, "recovered_at", "2026-11-24", "09:21")
    await form.get_by_label("Impact").fill("One checkout in five failed for 23 minutes.")
    await ana.send(form, "Start")
    await expect(ana.card().get_by_role("heading")).to_contain_text("PM-1")


async def test_a_newcomer_gets_from_the_command_to_a_full_card(ana: Hands) -> None:
    await started(ana)
    await ana.press("Add an action item")
    form = await ana.dialog("PM-1 · Action item")
    await form.get_by_label("What will change?").fill("Cap the connection pool per tenant")
    await form.get_by_label("Done when").fill("One tenant's load test leaves the others' p99 alone")
    await ana.choose(form, "Owner", "Bob Okonjo")
    await ana.choose(form, "Priority", "P1")
    await ana.choose(form, "Kind", "Guardrail")
    await ana.send(form, "Add")

    await expect(ana.card().get_by_text("1 of 3")).to_be_visible()
    await expect(ana.card().get_by_text("Cap the connection pool per tenant")).to_be_visible()


async def test_a_line_that_cannot_be_read_is_named_and_nothing_typed_is_lost(ana: Hands) -> None:
    await started(ana)
    await ana.press("Add the timeline of PM-1")
    form = await ana.dialog("PM-1 · Timeline")
    box = form.get_by_label("Timeline", exact=False).first
    await box.fill(LINES)
    await ana.send(form, "Save")

    await expect(form.get_by_text("25:10 is not a time of day")).to_be_visible()
    await expect(box).to_have_value(LINES)
    await box.fill(LINES.replace("25:10", "09:10"))
    await ana.send(form, "Save")
    await expect(ana.card().get_by_text("3 entries")).to_be_visible()


async def test_a_second_person_sees_what_the_first_one_changed(
    ana: Hands, browser: Browser, slack: Sandbox
) -> None:
    await started(ana)
    mei = await Hands.of(browser, slack, "mei")
    await mei.go_to(CHANNEL)
    for hands in (ana, mei):
        await hands.press("Add the root cause of PM-1")
    for hands, words in ((ana, "The pool had no limit."), (mei, "A tenant took every connection.")):
        form = await hands.dialog("PM-1 · Root cause")
        await form.get_by_role("textbox").fill(words)
        await hands.send(form, "Save")

    await expect(form.get_by_text("while you had this open")).to_be_visible()
    await expect(form.get_by_text("The pool had no limit.")).to_be_visible()
    await expect(form.get_by_role("textbox")).to_have_value("A tenant took every connection.")


async def test_the_page_works_on_a_narrow_screen(browser: Browser, slack: Sandbox) -> None:
    ana = await Hands.of(browser, slack, "ana", wide=390, tall=800)
    await expect(ana.page.get_by_role("textbox")).to_be_visible()

    wider = await ana.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")

    assert wider <= 0
