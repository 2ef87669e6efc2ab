"""axe-core, the machine that looks for what keeps people out, on a page as it stands."""

from typing import Any

from axe_playwright_python.async_playwright import (  # type: ignore[import-untyped] # has no types
    Axe,
)
from playwright.async_api import expect

from tests.browser.hands import Hands

GRAVE = {"serious", "critical"}
RUN = "async (options) => (await axe.run(options)).violations"
FOUND = {"resultTypes": ["violations"]}
#: In the dark the page is the same, but for its colours.
COLOURS = {**FOUND, "runOnly": {"type": "rule", "values": ["color-contrast"]}}


async def expect_nothing_grave(hands: Hands) -> None:
    """Look at what is on the page now, in light and in dark; its context has to bypass the CSP.

    The page's own policy lets no script in that is not the page's, and axe is one.
    """
    await hands.page.evaluate(Axe().axe_script)
    await hands.page.emulate_media(color_scheme="light", reduced_motion="reduce")
    await expect(hands.page.locator("html")).to_have_attribute("data-theme", "light")
    assert await _found(hands, FOUND) == []
    await hands.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    await expect(hands.page.locator("html")).to_have_attribute("data-theme", "dark")
    assert await _found(hands, COLOURS) == []


async def _found(hands: Hands, options: dict[str, Any]) -> list[str]:
    violations = await hands.page.evaluate(RUN, options)
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:200]}"
        for rule in violations
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]
