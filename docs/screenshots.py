"""Take README's pictures: `make screenshots` (needs Chromium)."""

import asyncio
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bot.demo import HISTORY, opened
from bot.story.staff import REVIEWS_IN
from sandbox import Clock, Sandbox
from sandbox.tracker import Tracker
from tests.browser.hands import Hands, chromium, demo
from tests.browser.main_job import asked
from tests.browser.walking import came_due, decided, thread_of, turn_to_the_review

PICTURES = Path(__file__).parent / "pictures"
CHANNEL = "inc-checkout-latency"
TIMELINE = """\
08:58 deploy of checkout 4.2 to eu-west
09:03 first alert: checkout p99 above 8 s
09:10 connection pool of eu-west at 100 %
25:10 rolled back to the build of this morning
09:21 p99 back under 400 ms"""
FACTORS = (
    "The connection pool has no limit per tenant\nA canary ran with no traffic of large tenants"
)
CAUSE = (
    "One tenant's batch job took every connection of the pool. Checkout waited for connections, "
    "and its own retries made the queue longer."
)
ITEMS = (
    ("Cap the connection pool per tenant", "A load test of one tenant leaves p99 alone", "Bob"),
    ("Send canaries 5 % of large tenants' traffic", "A bad build is stopped in staging", "Mei"),
)


async def main() -> None:
    """Do the main job by hand, and take a picture now and then."""
    at = Clock(datetime(2026, 11, 24, 16, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as folder:
        async with demo(Path(folder) / "demo.sqlite3", at) as slack, chromium() as browser:
            ana = await Hands.of(browser, slack, "ana", wide=1180, tall=980)
            await start(ana)
            await fill_timeline(ana)
            await fill_rest(ana)
            await look(ana, slack)
        await company(Path(folder), at)


async def company(folder: Path, at: Clock) -> None:
    """The demo's company: its mornings and tickets, the clock, the inspector, the review."""
    database = folder / "company.sqlite3"
    async with (
        opened(port=0, database=database, keep=False, beginning=HISTORY, clock=at) as it,
        chromium() as browser,
    ):
        bob = await Hands.of(browser, it.slack, "bob", wide=1180, tall=1060)
        await digest(bob)
        await ticket(bob, it.tracker)
        await home(bob)
        await trackers(await Hands.of(browser, it.slack, "lena", wide=1180, tall=640))
        await report(await Hands.of(browser, it.slack, "lena", wide=1180, tall=1180))
        await turned(await Hands.of(browser, it.slack, "lena", wide=1180, tall=760))
        await review(await Hands.of(browser, it.slack, "priya", wide=1180, tall=1020))


async def turned(lena: Hands) -> None:
    """The clock turned to the monthly review, and then the inspector in the dark."""
    await lena.page.get_by_role("button", name="Close the tour").click()
    await lena.go_to("inc-identity-failover")
    await lena.page.locator("article").last.wait_for()
    await turn_to_the_review(lena)
    came = await came_due(lena)
    await came.get_by_role("listitem").last.scroll_into_view_if_needed()
    await picture(lena, "clock")
    await lena.page.keyboard.press("Escape")
    await lena.page.emulate_media(color_scheme="dark")
    await lena.page.get_by_role("button", name="Inspector").click()
    await lena.press("Edit the root cause")
    await lena.dialog("PM-8 · Root cause")
    await lena.page.keyboard.press("Escape")
    await lena.page.get_by_text("views.open").first.click()
    await picture(lena, "inspector")


async def digest(bob: Hands) -> None:
    """What Bob heard this week of what he promised."""
    await bob.page.get_by_role("button", name="Close the tour").click()
    await bob.page.locator("nav").get_by_role("button", name="Closed Loop").click()
    await bob.page.get_by_text("It happened again").last.scroll_into_view_if_needed()
    await picture(bob, "digest")


async def ticket(bob: Hands, tracker: Tracker) -> None:
    """What Bob is asked once somebody has closed the ticket of an item of his."""
    his = next(each.ref for each in tracker.hands.tickets() if each.assignee == "bob")
    tracker.hands.close(his, by="mei")
    await bob.page.get_by_role("button", name="Reopen the ticket").scroll_into_view_if_needed()
    await bob.page.set_viewport_size({"width": 1180, "height": 700})
    await picture(bob, "ticket")
    tracker.hands.reopen(his, by="mei")


async def home(bob: Hands) -> None:
    """His Home: what needs him, and how the programme goes."""
    await bob.page.get_by_role("tab", name="Home").click()
    tab = bob.page.get_by_role("region", name="Home")
    await tab.get_by_role("figure").nth(1).wait_for()
    await bob.page.set_viewport_size({"width": 1180, "height": 1380})
    await tab.get_by_role("heading", name="Next review").scroll_into_view_if_needed()
    await picture(bob, "home")


async def trackers(lena: Hands) -> None:
    """Where tickets are made, tried."""
    await lena.page.get_by_role("button", name="Close the tour").click()
    await lena.go_to(REVIEWS_IN)
    await lena.type(REVIEWS_IN, "/postmortem settings trackers")
    window = await lena.dialog("Trackers")
    await window.get_by_role("button", name="Try whether tickets can be made").click()
    await window.get_by_text("I have tried it").wait_for()
    await picture(lena, "trackers")
    await lena.page.keyboard.press("Escape")
    await window.wait_for(state="detached")


async def report(lena: Hands) -> None:
    """The window of the numbers, as the lead of the programme asks for it."""
    await lena.page.get_by_role("button", name="Close the tour").click()
    await lena.go_to(REVIEWS_IN)
    await lena.type(REVIEWS_IN, "/postmortem report")
    window = await lena.dialog("Report")
    await window.get_by_role("figure").nth(1).wait_for()
    await picture(lena, "report")
    await lena.page.keyboard.press("Escape")  # else it is open in her other tabs too
    await window.wait_for(state="detached")


async def review(priya: Hands) -> None:
    """The monthly review under way: one item is decided, the next one is up."""
    await priya.page.get_by_role("button", name="Close the tour").click()
    await priya.go_to(REVIEWS_IN)
    thread = await thread_of(priya)
    await decided(priya, thread)
    await thread.get_by_role("button", name="Bring up the next").last.click()
    await thread.get_by_text("PM-6/2").first.wait_for()
    await priya.page.mouse.move(0, 0)
    await picture(priya, "review")


async def start(ana: Hands) -> None:
    """From the command to the first card."""
    await ana.go_to(CHANNEL)
    form = await asked(ana)
    await ana.at(form, "started_at", "2026-11-24", "08:58")
    await ana.at(form, "detected_at", "2026-11-24", "09:03")
    await ana.at(form, "recovered_at", "2026-11-24", "09:21")
    await form.get_by_label("Impact").fill("One checkout in five failed for 23 minutes.")
    await picture(ana, "start")
    await ana.send(form, "Start")


async def fill_timeline(ana: Hands) -> None:
    """With a line that cannot be read, first."""
    await ana.press("Add the timeline of PM-1")
    form = await ana.dialog("PM-1 · Timeline")
    await form.get_by_role("textbox").first.fill(TIMELINE)
    await ana.send(form, "Save")
    await form.get_by_text("is not a time of day").wait_for()
    await picture(ana, "timeline")
    await form.get_by_role("textbox").first.fill(TIMELINE.replace("25:10", "09:14"))
    await ana.send(form, "Save")


async def fill_rest(ana: Hands) -> None:
    """Factors, root cause and two items."""
    for button, title, field, text in (
        ("Add the contributing factors of PM-1", "PM-1 · Factors", "What made it", FACTORS),
        ("Add the root cause of PM-1", "PM-1 · Root cause", "Root cause", CAUSE),
    ):
        await ana.press(button)
        form = await ana.dialog(title)
        await form.get_by_role("textbox", name=field).fill(text)
        await ana.send(form, "Save")
    for number, (what, done_when, owner) in enumerate(ITEMS):
        await ana.card().get_by_text(f"{number} of 3").wait_for()
        await ana.press("Add an action item")
        form = await ana.dialog("PM-1 · Action item")
        await form.get_by_label("What will change?").fill(what)
        await form.get_by_label("Done when").fill(done_when)
        await ana.choose(form, "Owner", owner)
        await ana.choose(form, "Priority", "P1")
        await ana.choose(form, "Kind", "Guardrail")
        await ana.choose(form, "Which contributing factor", FACTORS.splitlines()[number])
        await ana.send(form, "Add")
    await ana.card().get_by_text("2 of 3").wait_for()


async def look(ana: Hands, slack: Sandbox) -> None:
    """The card, and the whole page in the dark."""
    await slack.settled()
    await ana.page.set_viewport_size({"width": 1180, "height": 1160})
    await ana.card().scroll_into_view_if_needed()
    await picture(ana, "card")
    await ana.page.emulate_media(color_scheme="dark")
    await picture(ana, "dark")


async def picture(hands: Hands, name: str) -> None:
    """What the tab shows now."""
    PICTURES.mkdir(exist_ok=True)
    await hands.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    asyncio.run(main())
