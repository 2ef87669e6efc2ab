"""The windows that say how the programme goes, opened by hand."""

from playwright.async_api import Locator, expect

from bot.story.staff import REVIEWS_IN
from tests.browser.hands import Hands

#: What the window's headline says of the last six months of the demo.
HEADLINE = "7 of 11 tagged incidents repeated a known class: 64 %, down from 10 of 12 (83 %)."


async def asked(hands: Hands, words: str = "report") -> Locator:
    """Send a command in the channel of the reviews; the window that opens."""
    await hands.type(REVIEWS_IN, f"/postmortem {words}")
    window = hands.page.get_by_role("dialog").last
    await expect(window.get_by_role("button").nth(2)).to_be_visible()
    return window


async def turned(window: Locator, tab: str) -> None:
    """Turn to a tab of the report's window."""
    await window.get_by_role("button", name=tab, exact=True).click()
    await expect(window.get_by_role("button", name=f"{tab}, shown now")).to_be_visible()


async def is_drawn(place: Locator, *titles: str) -> None:
    """These charts, and no others, are drawn with something in them."""
    charts = place.get_by_role("figure")
    await expect(charts).to_have_count(len(titles))
    for title in titles:
        chart = charts.filter(has_text=title)
        await expect(chart.locator("svg rect:not([height='0'])").first).to_be_visible()
        assert await chart.evaluate(CUT) == []


#: The names below a chart that stand in each other's way, or are cut.
CUT = """(chart) => {
  const names = [...chart.querySelectorAll("svg tspan")];
  const boxes = names.map((name) => name.getBoundingClientRect());
  const beside = (a, b) => a.left < b.right && b.left < a.right;
  const over = (a, b) => a.top < b.bottom - 3 && b.top < a.bottom - 3;
  const isCut = (name) => name.textContent.endsWith("…");
  const meets = (a) => boxes.some((b) => b !== a && beside(a, b) && over(a, b));
  const bad = names.filter((name, at) => isCut(name) || meets(boxes[at]));
  return bad.map((name) => name.textContent);
}"""
