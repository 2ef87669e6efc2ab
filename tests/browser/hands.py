"""Somebody's hands in the local workspace's page: what a newcomer does in the browser."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, async_playwright

from bot.demo import MANIFEST, settings_for
from bot.process import running
from sandbox import Clock, Sandbox

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
#: As root in a container Chromium's own sandbox cannot start; the others keep it off the network.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@asynccontextmanager
async def demo(database: Path, clock: Clock) -> AsyncIterator[Sandbox]:
    """What `closedloop demo` starts, without its terminal."""
    async with (
        Sandbox.open(manifest=MANIFEST, clock=clock) as slack,
        running(settings_for(slack, database), now=clock.now),
    ):
        yield slack


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A real browser."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


class Hands:
    """One person in one tab."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.troubles: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))

    @classmethod
    async def of(
        cls, browser: Browser, slack: Sandbox, handle: str, *, wide: int = 1280, tall: int = 900
    ) -> "Hands":
        """Open a tab as this person."""
        context = await browser.new_context(
            viewport={"width": wide, "height": tall}, locale="en-GB", device_scale_factor=1
        )
        page = await context.new_page()
        page.set_default_timeout(5_000)
        await page.goto(f"{slack.url}?as={slack.person(handle).id}")
        return cls(page)

    async def go_to(self, channel: str) -> None:
        """Open a channel in the sidebar."""
        await self.page.locator("nav").get_by_role("button", name=channel).click()

    async def type(self, channel: str, text: str) -> None:
        """Type into the channel's composer and send it."""
        box = self.page.get_by_role("textbox", name=f"Message #{channel}")
        await box.fill(text)
        await box.press("Enter")

    async def dialog(self, title: str) -> Locator:
        """The form with this title, once it is open."""
        form = self.page.get_by_role("dialog", name=title)
        await form.wait_for()
        return form

    async def at(self, form: Locator, field: str, day: str, time: str) -> None:
        """Choose a day and a time."""
        block = form.locator(f'[data-block-id^="{field}"]')
        await block.locator('input[type="date"]').fill(day)
        await block.locator('input[type="time"]').fill(time)

    async def choose(self, form: Locator, label: str, option: str) -> None:
        """Choose one of a list."""
        await form.get_by_label(label).first.click()
        await form.get_by_role("listbox").get_by_role("option", name=option).click()

    async def send(self, form: Locator, button: str) -> None:
        """Press the form's button."""
        await form.get_by_role("button", name=button, exact=True).click()

    def card(self) -> Locator:
        """The newest message of the channel."""
        return self.page.locator("article").last

    async def press(self, button: str) -> None:
        """Press a button of the card, by the name a screen reader says."""
        await self.card().get_by_role("button", name=button).click()
