"""The tour, from its first step to its last, as somebody does it who has never been here."""

import re
from collections.abc import Awaitable, Callable

import pytest_asyncio
from playwright.async_api import expect

from bot.demo_tracker import PROJECT
from bot.story.tour import TOUR
from tests.browser.hands import Hands, Tabs
from tests.browser.main_job import CHANNEL, IMPACT, promised
from tests.browser.touring import arrived, sent, tour_of, uncovered
from tests.browser.walking import came_due, decided, stands, thread_of

#: "Wed 25 Nov 09:30 Seoul: Jun Park hears of 2 items", as far as no other act changes it.
WHEN = re.compile(r"^\w{3} \d+ \w{3}( \d{4})? \d\d:\d\d [A-Z][\w ]+: \w+")
COMMAND = TOUR.index(next(step for step in TOUR if step.type == "/postmortem"))


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(tabs: Tabs) -> Hands:
    return await tabs.of("lena", tour=True)


async def looked(visitor: Hands) -> None:
    """Read what was said."""
    await expect(visitor.card()).to_contain_text("Standing down")


async def written(visitor: Hands) -> None:
    """Add to the form what the channel does not say, and start."""
    form = await visitor.dialog("Start a postmortem")
    await expect(form.get_by_label("What happened")).to_have_value("Checkout p99 above 8 s")
    await form.get_by_label("Impact").fill(IMPACT)
    await visitor.send(form, "Start")
    await expect(visitor.card().get_by_role("heading")).to_contain_text("PM-31")


async def found(visitor: Hands) -> None:
    """Let the app find the timeline, and take what it has ticked."""
    await visitor.press("Find timeline entries in the channel's messages")
    form = await visitor.dialog("PM-31 · From the channel")
    await visitor.send(form, "Add to timeline")
    await expect(visitor.card().get_by_text("9 entries")).to_be_visible()


async def explained(visitor: Hands) -> None:
    """Keep the class that the app suggests."""
    await visitor.press("Add the root cause of PM-31")
    form = await visitor.dialog("PM-31 · Root cause")
    await expect(form).to_contain_text("dependency exhaustion")
    await form.get_by_label("Root cause").fill("The admin pool has no cap per tenant.")
    await visitor.send(form, "Save")
    await expect(visitor.card()).to_contain_text("third in six months")


async def ticketed(visitor: Hands) -> None:
    """Follow the card's link, close the ticket as its owner, and see the item ask for evidence."""
    link = visitor.card().get_by_role("link", name=PROJECT)
    async with visitor.page.expect_popup() as opens:
        await link.click()
    ticket = await opens.value
    await ticket.get_by_label("You are").select_option("Bob Okonjo")
    await ticket.get_by_role("button", name="Close as completed").click()
    await expect(ticket.get_by_text("Bob Okonjo closed this as completed")).to_be_visible()
    await ticket.close()
    asked = "was closed: what was done, and where can it be seen?"
    await expect(visitor.card()).to_contain_text(asked)


async def agreed(visitor: Hands) -> None:
    """Agree, ask the others, and call the review."""
    await visitor.press("Agree with the timeline as it is shown")
    await expect(visitor.card()).to_contain_text("agreed by 1 of 4")
    await visitor.press("Ask for agreement")
    asked = visitor.page.locator("article").filter(has_text="I have asked")
    await expect(asked).to_be_visible()
    await visitor.page.get_by_role("button", name="Call the review").click()
    form = await visitor.dialog("PM-31 · Review")
    await visitor.send(form, "Call the review")
    await expect(form).to_be_hidden()


async def reviewed(visitor: Hands) -> None:
    """Start the review, and close it with three answers."""
    await visitor.page.get_by_role("button", name="Start the review").click()
    await expect(visitor.card()).to_contain_text("Renew certificates by themselves")
    await visitor.page.get_by_role("button", name="Close and publish").click()
    form = await visitor.dialog("Close and publish")
    for box in await form.get_by_role("textbox").all():
        await box.fill("One list of all keys.")
    await visitor.send(form, "Close and publish")
    await expect(form).to_be_hidden()
    await expect(visitor.page.get_by_text("Published").first).to_be_visible()


async def heard(visitor: Hands) -> None:
    """Say what shows that an item of the digest works; it is asked no more."""
    await visitor.page.get_by_role("button", name="It works: PM-18/1").last.click()
    form = await visitor.dialog("It works")
    await form.get_by_role("textbox").first.fill("A table with three wrong rates was refused.")
    await visitor.send(form, "Save")
    await expect(form).to_be_hidden()
    await expect(visitor.page.get_by_text("PM-18/1 works")).to_be_visible()


async def told(visitor: Hands) -> None:
    """See what the search has found, and read under the card what was decided."""
    form = await visitor.dialog("Postmortems")
    await expect(form).to_contain_text("The wildcard certificate of ap-south expired")
    await visitor.page.keyboard.press("Escape")
    await expect(form).to_be_hidden()
    await expect(visitor.page.get_by_text("verified").first).to_be_visible()
    await visitor.page.get_by_role("button", name=re.compile(r"\d+ repl")).last.click()
    said = visitor.page.get_by_text("A table with three wrong rates was refused.").last
    await expect(said).to_be_visible()
    await visitor.page.get_by_role("button", name="Close the thread").click()


async def at_home(visitor: Hands) -> None:
    """See the programme below one's own items, and what is behind a number."""
    await visitor.page.get_by_role("tab", name="Home").click()
    home = visitor.page.get_by_role("region", name="Home")
    await expect(home.get_by_role("figure")).to_have_count(2)
    await home.get_by_role("button", name="What is behind: 1 untagged").click()
    await expect(await visitor.dialog("Behind the number")).to_contain_text("PM-28")
    await visitor.page.keyboard.press("Escape")


async def reported(visitor: Hands) -> None:
    """Read the report, and turn its tabs."""
    form = await visitor.dialog("Report")
    await expect(form).to_contain_text("tagged incidents repeated a known class")
    await form.get_by_role("button", name="Times", exact=True).click()
    await expect(form.get_by_role("figure", name="Severity mix by month")).to_be_visible()
    await visitor.page.keyboard.press("Escape")


async def played(visitor: Hands) -> None:
    """Turn the clock by the tour's button, until the review has begun."""
    button = tour_of(visitor).get_by_role("button", name="Turn the clock")
    await expect(button.locator("small")).to_contain_text("monthly review begins")
    await button.click()
    await stands(visitor)


async def walked(visitor: Hands) -> None:
    """Decide the first card in the review's thread; it shrinks."""
    thread = await thread_of(visitor)
    await decided(visitor, thread)
    line = thread.get_by_text("chairing the review for Bob Okonjo, promoted it")
    await expect(line).to_be_visible()
    await visitor.page.get_by_role("button", name="Close the thread").click()


async def refused(visitor: Hands) -> None:
    """Ask to close; what has to be decided first is said, and nothing lies over it."""
    thread = await thread_of(visitor)
    await thread.get_by_role("button", name="Close the review").first.click()
    said = visitor.page.get_by_text("are expired or overdue, and nobody has decided").first
    await expect(said).to_be_visible()
    await uncovered(visitor, thread, said, visitor.page.locator(".channel .message-room"))
    await visitor.page.get_by_role("button", name="Close the thread").click()


async def turned(visitor: Hands) -> None:
    """Turn the clock by the tour's button; what came due stands in the clock's list."""
    button = tour_of(visitor).get_by_role("button", name="Turn the clock")
    when = WHEN.match(await button.locator("small").inner_text())
    assert when
    await button.click()
    came = await came_due(visitor)
    await expect(came.get_by_role("listitem").filter(has_text=when[0]).first).to_be_visible()
    await visitor.page.get_by_role("button", name="Close the clock").click()


#: What is done at each step.
DONE: tuple[Callable[[Hands], Awaitable[None]], ...] = (
    looked,
    written,
    found,
    explained,
    promised,
    ticketed,
    agreed,
    reviewed,
    turned,
    heard,
    told,
    at_home,
    reported,
    played,
    walked,
    refused,
)


async def test_the_tour_leads_through_all_of_its_steps(visitor: Hands) -> None:
    for number, (step, done) in enumerate(zip(TOUR, DONE, strict=True), start=1):
        await arrived(visitor, step, number)
        if step.type:
            await sent(visitor, step)
        await done(visitor)
        last = number == len(TOUR)
        go_on = tour_of(visitor).get_by_role("button", name="Done" if last else "Next", exact=True)
        await go_on.click()

    await expect(tour_of(visitor)).to_be_hidden()


async def test_a_step_waits_where_one_left_it(visitor: Hands) -> None:
    tour = tour_of(visitor)
    await tour.get_by_role("button", name="Next", exact=True).click()
    await visitor.page.reload()
    await expect(tour.get_by_role("heading")).to_have_text(TOUR[1].title)
    await tour.get_by_role("button", name="Back").click()

    await expect(tour.get_by_role("heading")).to_have_text(TOUR[0].title)


async def test_what_the_tour_types_waits_in_the_composer_of_its_channel(visitor: Hands) -> None:
    for _ in range(COMMAND):
        await tour_of(visitor).get_by_role("button", name="Next", exact=True).click()
    await tour_of(visitor).get_by_role("button", name="Take me there").click()
    box = visitor.page.get_by_role("textbox", name=f"Message #{CHANNEL}")
    await expect(box).to_have_value("/postmortem")
    await box.fill("")
    await tour_of(visitor).get_by_role("button", name="Type it for me").click()

    await expect(box).to_have_value("/postmortem")


async def test_a_closed_tour_stays_closed_until_it_is_asked_for(visitor: Hands) -> None:
    tour = tour_of(visitor)
    again = visitor.page.get_by_role("button", name="Tour", exact=True)
    await tour.get_by_role("button", name="Close the tour").click()
    await expect(tour).to_be_hidden()
    await visitor.page.reload()
    await expect(again).to_have_attribute("aria-pressed", "false")
    await expect(tour).to_be_hidden()
    await again.click()

    await expect(tour.get_by_role("heading")).to_have_text(TOUR[0].title)
