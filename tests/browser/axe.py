"""axe-core, the machine that looks for what keeps people out, on a page as it stands."""

from typing import Any

from axe_playwright_python.async_playwright import (  # type: ignore[import-untyped] # has no types
    Axe,
)

from tests.browser.hands import Hands

GRAVE = {"serious", "critical"}
FOUND = {"resultTypes": ["violations"]}
#: In the dark the page is the same, but for its colours.
COLOURS = {**FOUND, "runOnly": {"type": "rule", "values": ["color-contrast"]}}


async def expect_nothing_grave(hands: Hands) -> None:
    """Look at what is on the page now, in light and in dark; its context has to bypass the CSP.

    The page's own policy lets no script in that is not the page's, and axe is one.
    """
    for scheme, options in (("light", FOUND), ("dark", COLOURS)):
        await hands.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type] # one of two words
        assert await _found(hands, options) == []


async def _found(hands: Hands, options: dict[str, Any]) -> list[str]:
    results = await Axe().run(hands.page, options=options)
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:200]}"
        for rule in results.response["violations"]
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]
