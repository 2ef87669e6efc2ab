"""Somebody's hands in the local workspace's page: what a newcomer does in the browser."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Locator, Page, async_playwright

from bot.demo import HISTORY, MANIFEST, Demo, opened, settings_for
from bot.process import running
from sandbox import Clock, Sandbox
from tests.scenarios.stage import unhurried

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
#: A Tuesday; what the demo tells of its past ends here.
NOW = datetime(2026, 11, 24, 16, tzinfo=UTC)
DATABASE = "demo.sqlite3"
#: How long to wait for what should be there at once, on a busy machine.
PATIENCE_MS = 30_000
#: The tour stands in the way of some buttons; a test that wants it says so.
NO_TOUR = "localStorage['tour closed'] ??= 'yes'"
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
async def gone_on(folder: Path, clock: Clock, *, port: int = 0) -> AsyncIterator[Demo]:
    """What `closedloop demo --keep` starts, from what is kept in a folder."""
    database = folder / DATABASE
    going_on = opened(port=port, database=database, keep=True, beginning=HISTORY, clock=clock)
    async with going_on as it, unhurried(it.slack):
        yield it


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
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))

    @classmethod
    async def of(
        cls, browser: Browser, slack: Sandbox, handle: str, *, wide: int = 1280, tall: int = 900
    ) -> "Hands":
        """Open a tab as this person."""
        return await Tabs(browser, slack).of(handle, wide=wide, tall=tall, tour=True)

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


class Tabs:
    """Opens tabs in one workspace, each as somebody in a browser of their own."""

    def __init__(self, browser: Browser, slack: Sandbox) -> None:
        self.slack = slack
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self._hands: list[Hands] = []

    async def of(
        self,
        handle: str,
        *,
        channel: str = "",
        wide: int = 1280,
        tall: int = 900,
        tour: bool = False,
        **context: Any,
    ) -> Hands:
        """Open a tab as this person, in the first channel or the one that is named."""
        size: Any = {"width": wide, "height": tall}
        own = await self._browser.new_context(
            viewport=size, locale="en-GB", device_scale_factor=1, **context
        )
        self._contexts.append(own)
        if not tour:
            await own.add_init_script(NO_TOUR)
        hands = Hands(await own.new_page())
        self._hands.append(hands)
        await hands.page.goto(self.url(handle, channel))
        return hands

    def url(self, handle: str, channel: str = "") -> str:
        """Give the page's address for somebody, and some place."""
        address = f"{self.slack.url}?as={self.slack.person(handle).id}"
        if not channel:
            return address
        return f"{address}&channel={self.slack.workspace.channel(channel).id}"

    async def close(self) -> None:
        """Close them all."""
        for each in self._contexts:
            await each.close()

    @property
    def troubles(self) -> list[str]:
        """Every error that a page did not catch."""
        return [trouble for hands in self._hands for trouble in hands.troubles]
