"""Somebody looks at the built-in tracker's page and does there what people do with tickets."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from sandbox import Clock
from sandbox.tracker import Tracker
from sandbox.tracker.deeds import Deeds
from tests.browser.axe import expect_nothing_grave
from tests.browser.hands import NOW, Hands

TITLE = "Alert when the queue of webhooks is older than five minutes"
BODY = "**Done when:** A page comes.\n**Postmortem:** [PM-7](http://127.0.0.1:1/archives/C1/p1)"
WIDE = 390
OVER = "() => document.documentElement.scrollWidth - innerWidth"


@pytest_asyncio.fixture(loop_scope="session")
async def tracker() -> AsyncIterator[Tracker]:
    """Open a tracker with a ticket that the app made, and one that is long closed."""
    async with Tracker.open(now=Clock(NOW).now) as opened:
        home = opened.backlog.repository("acme/shop")
        assert home
        deeds = Deeds(opened.backlog, "closed-loop")
        for title in (TITLE, "A_word_that_never_ends_" * 8):
            issue = deeds.open(home, title, BODY)
            deeds.label(issue, ["closedloop", "P1"])
            deeds.assign(issue, ["ada"])
            deeds.opened(issue)
        deeds.close(issue)
        deeds.schedule(opened.hands.issue("acme/shop/1"), 2)
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def hands(browser: Browser, tracker: Tracker) -> AsyncIterator[Hands]:
    """Open a tab with the board; no test leaves an error in it."""
    context = await browser.new_context(locale="en-GB", bypass_csp=True)
    tab = Hands(await context.new_page())
    await tab.page.goto(tracker.url)
    yield tab
    await context.close()
    assert tab.troubles == []


async def ticket(hands: Hands) -> Page:
    """Open the ticket from the board."""
    await hands.page.get_by_role("link", name=TITLE).click()
    await expect(hands.page.get_by_role("heading", level=1)).to_contain_text("#1")
    return hands.page


async def test_a_person_closes_a_ticket(hands: Hands, tracker: Tracker) -> None:
    await hands.page.get_by_label("You are").select_option("Ben")
    await expect(hands.page.get_by_label("You are")).to_have_value("ben")
    page = await ticket(hands)
    await expect(page.get_by_text("Done when:")).to_be_visible()
    await page.get_by_role("button", name="Close as completed").click()

    await expect(page.get_by_text("Ben closed this as completed")).to_be_visible()
    await expect(page.get_by_role("button", name="Reopen")).to_be_visible()
    assert tracker.hands.tickets()[0].state == "done"
    assert tracker.hands.issue("acme/shop/1").closed_by == "ben"


async def test_everything_else_is_done_there_too(hands: Hands, tracker: Tracker) -> None:
    page = await ticket(hands)
    await page.get_by_label("Assignee").select_option("Cleo")
    await expect(page.get_by_text("Ada assigned Cleo")).to_be_visible()
    await page.get_by_label("Sprint").select_option("Sprint 1")
    await expect(page.get_by_text("Ada planned this for Sprint 1")).to_be_visible()
    await page.get_by_label("Comment").fill("It is **done**.")
    await page.get_by_role("button", name="Comment").click()
    await expect(page.get_by_role("article").get_by_text("done")).to_be_visible()
    await page.get_by_role("button", name="Close as not planned").click()
    await page.get_by_role("button", name="Reopen").click()
    await page.get_by_text("Delete this issue").click()
    await page.get_by_role("button", name="Delete for good").click()
    await expect(page.get_by_role("heading", name="acme/shop")).to_be_visible()

    assert [one.key for one in tracker.hands.tickets()] == ["acme/shop#2"]


async def test_the_board_shows_what_happens_while_somebody_looks(
    hands: Hands, tracker: Tracker
) -> None:
    coming = hands.page.locator("section").filter(has_text="Next sprint: Sprint 2")
    await expect(coming.get_by_role("article")).to_contain_text("Ada")
    tracker.hands.assign("acme/shop/1", "dan", by="ben")
    await expect(coming.get_by_role("article")).to_contain_text("Dan")
    tracker.hands.close("acme/shop/1", by="dan")

    await expect(coming.get_by_role("article")).to_have_count(0)
    await expect(hands.page.get_by_text("0 open, 2 closed")).to_be_visible()


async def test_what_somebody_is_writing_stays_while_others_act(
    hands: Hands, tracker: Tracker
) -> None:
    page = await ticket(hands)
    await page.get_by_label("Comment").fill("I am still")
    await page.get_by_text("Delete this issue").click()
    tracker.hands.close("acme/shop/1", by="dan")
    await expect(page.get_by_role("button", name="Reopen")).to_be_visible()

    await expect(page.get_by_label("Comment")).to_have_value("I am still")
    await expect(page.get_by_role("button", name="Delete for good")).to_be_visible()


async def test_the_keyboard_is_enough(hands: Hands, tracker: Tracker) -> None:
    page = await ticket(hands)
    await page.get_by_label("Assignee").focus()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    assert tracker.hands.tickets()[0].assignee == "ada"
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Ada assigned Cleo")).to_be_visible()
    await page.get_by_role("button", name="Close as completed").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Ada closed this as completed")).to_be_visible()


async def test_the_board_keeps_nobody_out(hands: Hands) -> None:
    await expect_nothing_grave(hands)


async def test_a_ticket_keeps_nobody_out(hands: Hands, tracker: Tracker) -> None:
    tracker.hands.comment("acme/shop/1", "Well, `that` is\n\n- it.", by="ben")
    page = await ticket(hands)
    await page.get_by_text("Delete this issue").click()
    await expect_nothing_grave(hands)


async def test_on_a_telephone_nothing_is_cut_off(hands: Hands) -> None:
    await hands.page.set_viewport_size({"width": WIDE, "height": 844})
    assert await hands.page.evaluate(OVER) <= 0
    page = await ticket(hands)
    assert await page.evaluate(OVER) <= 0
    for name in ("Close as completed", "Close as not planned", "Comment"):
        box = await page.get_by_role("button", name=name, exact=True).bounding_box()
        assert box
        assert 0 <= box["x"] <= box["x"] + box["width"] <= WIDE
        assert box["height"] >= 44
