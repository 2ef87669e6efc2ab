"""Every input filled by hand, in a real browser, sends what a Person of the sandbox sends."""

from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from sandbox import Sandbox
from tests.browser.hands import Hands, Tabs
from tests.browser.showcase import Showcase
from tests.browser.showcase_blocks import option

CHANNEL = "inc-checkout-latency"
NOTES = "*Pool* ran out\n- one\n- two"
TEXTS = {"Name": "Checkout", "Mail": "a@b.example", "Page": "https://b.example/", "Count": "3"}
CHOICES = {
    "Fruit": ["Pear"], "Severity": ["SEV3"], "Services": ["Service 2", "Service 11"],
    "Owner": ["Bob Okonjo"], "Helpers": ["Bob Okonjo"], "Place": [f"# {CHANNEL}"],
    "Channel": [f"# {CHANNEL}"],
}  # fmt: skip


@pytest.fixture
def slack(show: Showcase) -> Sandbox:
    return show.slack


@pytest_asyncio.fixture(loop_scope="session")
async def ana(tabs: Tabs) -> Hands:
    return await tabs.of("ana", channel=CHANNEL)


async def opened(ana: Hands, what: str, title: str) -> Locator:
    await ana.type(CHANNEL, f"/show {what}")
    return await ana.dialog(title)


async def chosen(form: Locator, label: str, typed: str, *options: str) -> None:
    box = form.get_by_role("combobox", name=label).first
    for one in options:
        await box.click()
        await box.fill(typed)
        await form.get_by_role("option", name=one, exact=True).click()
    await box.press("Tab")


async def ticked(form: Locator, block: str, option: str) -> None:
    await form.locator(f'.block[data-block-id="{block}"]').get_by_label(option).check()


async def filled(ana: Hands, form: Locator) -> None:
    for label, text in TEXTS.items():
        await form.get_by_label(label, exact=True).fill(text)
    for label, options in CHOICES.items():
        for one in options:
            await ana.choose(form, label, one)
    await chosen(form, "Town", "Os", "Oslo")
    await chosen(form, "Towns", "", "Lima", "Porto")
    await form.get_by_label("Day", exact=True).fill("2026-11-25")
    await form.get_by_label("Hour", exact=True).fill("09:30")
    await ana.at(form, "started", "2026-11-24", "04:30")
    for block, one in (("kind", "Plum"), ("checks", "Apple"), ("checks", "Pear")):
        await ticked(form, block, one)
    await form.get_by_label("Notes", exact=True).fill(NOTES)
    evidence: Any = {"name": "p99.txt", "mimeType": "text/plain", "buffer": b"8.1 s"}
    await form.locator('input[type="file"]').set_input_files(evidence)
    await expect(form.get_by_text("p99.txt")).to_be_visible()


async def same_by_person(show: Showcase) -> None:
    ana = show.slack.person("ana")
    workspace = show.slack.workspace
    bob, place = workspace.person("bob").id, workspace.channel(CHANNEL).id
    await ana.command(CHANNEL, "/show inputs")
    form = await ana.modal("Every input")
    file = await ana.upload("p99.txt", b"8.1 s", mimetype="text/plain")
    form.fill(**{label.lower(): text for label, text in TEXTS.items()})
    form.fill(severity="SEV3", services=["Service 2", "Service 11"], owner=bob, helpers=[bob])
    form.fill(fruit="Pear", place=place, channel=place, town=option("Oslo"))
    form.fill(towns=[option("Lima"), option("Porto")], day="2026-11-25", hour="09:30")
    form.fill(started=1_795_512_600, kind="plum", checks=["apple", "pear"], notes=NOTES)
    form.fill(evidence=[file])
    await form.submit()


async def test_hands_on_the_page_send_what_a_person_of_a_test_sends(
    ana: Hands, show: Showcase
) -> None:
    form = await opened(ana, "inputs", "Every input")
    await filled(ana, form)
    await ana.send(form, "Send")
    await expect(form).to_be_hidden()
    await same_by_person(show)

    by_hand, by_person = show.submitted
    for values in (by_hand, by_person):
        (file,) = values["evidence"]["evidence"]["files"]
        values["evidence"] = file["name"]
    assert by_hand == by_person


async def test_the_app_hears_at_once_of_what_dispatches(ana: Hands, show: Showcase) -> None:
    form = await opened(ana, "inputs", "Every input")
    await form.get_by_label("Search").fill("pool")
    await ana.choose(form, "Fruit", "Pear")
    await form.get_by_label("Enter").fill("yes")
    await form.get_by_label("Enter").press("Enter")
    await expect(form).to_be_visible()
    await show.heard(3)

    heard = {one["action_id"]: one for one in show.actions}
    assert heard["search"]["value"] == "pool"
    assert heard["enter"]["value"] == "yes"
    assert heard["fruit"]["selected_option"]["value"] == "pear"


async def test_an_external_select_asks_the_app_only_once_enough_is_typed(
    ana: Hands, show: Showcase
) -> None:
    form = await opened(ana, "inputs", "Every input")
    box = form.get_by_role("combobox", name="Town", exact=True)
    await box.fill("O")
    await expect(form.get_by_text("Type 1 more character to search.")).to_be_visible()
    await box.fill("Os")
    await expect(form.get_by_role("option", name="Osaka")).to_be_visible()
    await box.fill("Paris")
    await expect(form.get_by_text("No results")).to_be_visible()

    assert show.asked == ["Os", "Paris"]


async def test_a_reload_loses_nothing_half_typed(ana: Hands) -> None:
    form = await opened(ana, "inputs", "Every input")
    await form.get_by_label("Story").fill("It began")
    started = form.locator('.block[data-block-id="started"]')
    await started.locator('input[type="date"]').fill("2026-11-24")
    await ana.page.reload()

    await expect(form.get_by_label("Story")).to_have_value("It began")
    await expect(started.locator('input[type="date"]')).to_have_value("2026-11-24")
    await form.get_by_role("button", name="Cancel").click()
    form = await opened(ana, "inputs", "Every input")
    await expect(form.get_by_label("Story")).to_have_value("")


async def test_errors_stand_under_their_inputs_until_these_change(ana: Hands) -> None:
    form = await opened(ana, "errors", "Errors")
    await form.get_by_label("Name").fill("ab")
    await ana.send(form, "Send")
    await expect(form.get_by_role("alert").filter(has_text="at least 3")).to_be_visible()
    await expect(form.get_by_label("Name")).to_be_focused()
    await form.get_by_label("Name").fill("abc")
    await expect(form.get_by_text("at least 3")).to_be_hidden()
    await form.get_by_label("Last").fill("x")
    await ana.send(form, "Send")

    await expect(form.get_by_text("PM-7 has that name already.")).to_be_visible()
    await expect(form.get_by_text("That is in the future.")).to_be_visible()
    await expect(form.get_by_label("When: time")).to_have_attribute("aria-invalid", "true")


async def test_half_a_moment_is_refused_before_anything_is_sent(ana: Hands) -> None:
    form = await opened(ana, "errors", "Errors")
    await form.get_by_label("When: time").fill("")
    await ana.send(form, "Send")
    both = form.get_by_text("Please enter both a date and a time.")
    await expect(both).to_be_visible()
    await form.get_by_label("When: time").fill("10:00")

    await expect(both).to_be_hidden()


async def test_a_stack_goes_back_one_by_one_and_keeps_what_was_typed(ana: Hands) -> None:
    form = await opened(ana, "stack", "Level 1")
    await form.get_by_label("Word1").fill("first")
    await form.get_by_role("button", name="Deeper").click()
    second = await ana.dialog("Level 2")
    await second.get_by_role("button", name="Deeper").click()
    await ana.dialog("Level 3")
    await ana.page.keyboard.press("Escape")
    await expect(second).to_be_visible()
    await second.get_by_role("button", name="Back").click()

    await expect(form.get_by_label("Word1")).to_have_value("first")
    await expect(form.get_by_role("button", name="Deeper")).to_be_focused()


async def test_shortcuts_of_a_message_and_of_anywhere_open_a_form(
    ana: Hands, show: Showcase
) -> None:
    person = show.slack.person("ana")
    ts = await person.say(CHANNEL, "p99 is up")
    await person.shortcut("this_one", channel=CHANNEL, ts=ts)
    form = await ana.dialog("Shortcut")
    await expect(form.get_by_text("Of p99 is up")).to_be_visible()
    await form.get_by_role("button", name="Close").last.click()
    await person.shortcut("anywhere")

    await expect(form.get_by_text("Of nothing")).to_be_visible()
