"""The forms of capture in the page: by keys, on a telephone, and nothing that keeps people out."""

from datetime import timedelta

import pytest_asyncio
from playwright.async_api import Locator, expect

from sandbox import Sandbox
from sandbox.posting import post
from tests.browser.axe import expect_nothing_grave
from tests.browser.hands import NOW, Hands, Tabs
from tests.browser.main_job import CHANNEL, asked, started

PERSON = "Bob forgot to size the pool"
FOUND = "PM-31 · From the channel"
CAUSE = "PM-31 · Root cause"


@pytest_asyncio.fixture(loop_scope="session")
async def ana(tabs: Tabs) -> Hands:
    return await tabs.of("ana", channel=CHANNEL, bypass_csp=True)
