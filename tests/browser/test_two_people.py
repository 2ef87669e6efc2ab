"""Two tabs are two people at once: each sees what the other does, and nothing that is private."""

import pytest_asyncio
from playwright.async_api import expect

from sandbox import Sandbox
from tests.browser.hands import Hands, Tabs
from tests.browser.main_job import CHANNEL, started

ELSEWHERE = "general"
PRIVATE = "inc-auth-tokens"
THEIRS, HERS = "The pool had no limit.", "A tenant took every connection."


@pytest_asyncio.fixture(loop_scope="session")
async def ana(tabs: Tabs) -> Hands:
    return await tabs.of("ana", channel=CHANNEL)


async def test_what_one_writes_the_other_sees_at_once(ana: Hands, tabs: Tabs) -> None:
    mei = await tabs.of("mei", channel=CHANNEL)
    await ana.type(CHANNEL, "Who keeps the time line?")
    await expect(mei.card()).to_contain_text("Who keeps the time line?")
    await mei.type(CHANNEL, "I do.")

    await expect(ana.card()).to_contain_text("I do.")


async def test_what_was_not_read_yet_is_counted_until_the_channel_is_opened(
    ana: Hands, tabs: Tabs
) -> None:
    bob = await tabs.of("bob", channel=CHANNEL)
    await bob.go_to(ELSEWHERE)
    row = bob.page.locator("nav").get_by_role("button", name=CHANNEL)
    await expect(row).to_have_accessible_name(CHANNEL)
    await ana.type(CHANNEL, "The pool is full again.")
    await expect(row).to_have_accessible_name(f"{CHANNEL} 1 unread")
    await ana.type(CHANNEL, "@bob can you look?")
    await expect(row).to_have_accessible_name(f"{CHANNEL} 2 unread, 1 for you")
    await row.click()

    await expect(bob.card()).to_contain_text("can you look?")
    await expect(row).to_have_accessible_name(CHANNEL)


async def test_a_reaction_is_seen_with_the_name_of_who_gave_it(ana: Hands, tabs: Tabs) -> None:
    mei = await tabs.of("mei", channel=CHANNEL)
    await ana.type(CHANNEL, "Recovered.")
    await expect(mei.card()).to_contain_text("Recovered.")
    await mei.card().hover()
    await mei.press("React with raised hands")
    theirs = ana.card().get_by_role("button", name="raised hands, 1: Mei Tanaka")
    await theirs.click()

    await expect(mei.card().get_by_role("button", name="raised hands, 2")).to_be_visible()


async def test_a_private_channel_is_not_there_for_who_is_not_in_it(
    tabs: Tabs, slack: Sandbox
) -> None:
    bob = await tabs.of("bob", channel=PRIVATE)
    await expect(bob.page.get_by_role("textbox", name="Message #")).to_be_visible()
    await expect(bob.page.get_by_text(PRIVATE)).to_have_count(0)
    await bob.page.keyboard.press("Control+k")
    await bob.page.keyboard.type(PRIVATE)
    await expect(bob.page.get_by_text("Nothing is called that.")).to_be_visible()
    await slack.person("ana").invite(PRIVATE, "bob")

    await expect(bob.page.locator("nav").get_by_role("button", name=PRIVATE)).to_be_visible()


async def test_what_only_one_may_see_is_shown_to_nobody_else(ana: Hands, tabs: Tabs) -> None:
    mei = await tabs.of("mei", channel=CHANNEL)
    await ana.type(CHANNEL, "/postmortem help")
    await expect(ana.card().get_by_text("Only visible to you")).to_be_visible()
    await ana.type(CHANNEL, "Now I know.")

    await expect(mei.card()).to_contain_text("Now I know.")
    await expect(mei.page.get_by_text("Only visible to you")).to_have_count(0)


async def test_who_saves_last_is_shown_what_the_other_wrote_meanwhile(
    ana: Hands, tabs: Tabs
) -> None:
    await started(ana)
    mei = await tabs.of("mei", channel=CHANNEL)
    for hands in (ana, mei):
        await hands.press("Add the root cause of PM-31")
    for hands, words in ((ana, THEIRS), (mei, HERS)):
        form = await hands.dialog("PM-31 · Root cause")
        await form.get_by_role("textbox", name="Root cause").fill(words)
        await hands.send(form, "Save")

    await expect(form.get_by_text("while you had this open")).to_be_visible()
    await expect(form.get_by_text(THEIRS)).to_be_visible()
    await expect(form.get_by_role("textbox", name="Root cause")).to_have_value(HERS)
    await mei.send(form, "Save")
    await expect(ana.card()).to_contain_text(HERS)


async def test_who_leaves_is_told_so_and_can_write_no_more(tabs: Tabs, slack: Sandbox) -> None:
    bob = await tabs.of("bob", channel=CHANNEL)
    await expect(bob.page.get_by_role("textbox", name="Message #")).to_be_visible()
    await slack.person("lena").deactivate("bob")
    told = bob.page.get_by_role("heading", name="Your account has been deactivated")
    await expect(told).to_be_visible()
    await expect(bob.page.get_by_role("textbox")).to_have_count(0)
    await bob.page.get_by_role("button", name="Be Ana Duarte instead").click()

    await expect(bob.page.get_by_role("button", name="You are Ana Duarte")).to_be_visible()
