"""The steps of the main job that more than one test takes, by hand."""

from playwright.async_api import Locator, expect

from tests.browser.hands import Hands

CHANNEL = "inc-checkout-latency"
IMPACT = "One checkout in five failed for 23 minutes."


async def asked(hands: Hands) -> Locator:
    """Send the command; the form that opens, once it has read the channel."""
    await hands.type(CHANNEL, "/postmortem")
    form = await hands.dialog("Start a postmortem")
    await expect(form.get_by_label("What happened")).to_have_value("Checkout p99 above 8 s")
    return form


async def started(hands: Hands) -> None:
    """From the command to the first card."""
    form = await asked(hands)
    await hands.at(form, "started_at", "2026-11-24", "08:58")
    await hands.at(form, "recovered_at", "2026-11-24", "09:21")
    await form.get_by_label("Impact").fill(IMPACT)
    await hands.send(form, "Start")
    await expect(hands.card().get_by_role("heading")).to_contain_text("PM-31")


async def promised(hands: Hands, what: str = "Cap the connection pool per tenant") -> None:
    """Add an action item to the card."""
    await hands.press("Add an action item")
    form = await hands.dialog("PM-31 · Action item")
    await form.get_by_label("What will change?").fill(what)
    await form.get_by_label("Done when").fill("One tenant's load test leaves the others' p99 alone")
    await hands.choose(form, "Owner", "Bob Okonjo")
    await hands.choose(form, "Priority", "P1")
    await hands.choose(form, "Kind", "Guardrail")
    await hands.send(form, "Add")
    await expect(form).to_be_hidden()
    await expect(hands.card().get_by_text(what)).to_be_visible()
