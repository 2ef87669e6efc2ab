"""Everything can be reached and done without a pointer, from the moment the page is there."""

from playwright.async_api import Locator, expect

from tests.browser.hands import Hands
from tests.browser.main_job import CHANNEL, IMPACT

#: More stops than any surface has.
MOST_STOPS = 80
#: Chromium asks for them as its own language does: the same keys for day and month first, with
#: and without a.m.
DAY, HOUR = "11112026", "0858a"


async def keys(hands: Hands, *pressed: str) -> None:
    for key in pressed:
        await hands.page.keyboard.press(key)


async def tabbed_to(hands: Hands, goal: Locator, key: str = "Tab") -> None:
    """Press the tabulator until the goal has the focus."""
    await expect(goal).to_be_visible()
    for _ in range(MOST_STOPS):
        if await goal.evaluate("(goal) => goal === document.activeElement"):
            return
        await hands.page.keyboard.press(key)
    await expect(goal).to_be_focused()


async def written(hands: Hands, goal: Locator, text: str) -> None:
    await tabbed_to(hands, goal)
    await hands.page.keyboard.type(text)


async def channel_opened(ana: Hands) -> Locator:
    """Jump to the channel; its composer."""
    await expect(ana.page.get_by_role("textbox", name="Message #")).to_be_focused()
    await keys(ana, "Control+k")
    await ana.page.keyboard.type("checkout-lat")
    await keys(ana, "Enter")
    box = ana.page.get_by_role("textbox", name=f"Message #{CHANNEL}")
    await expect(box).to_be_focused()
    return box


async def form_opened(ana: Hands) -> Locator:
    """Send the command; the form."""
    await channel_opened(ana)
    await ana.page.keyboard.type("/postmortem")
    await keys(ana, "Enter")
    form = await ana.dialog("Start a postmortem")
    await expect(form.get_by_label("What happened")).to_have_value("Checkout p99 above 8 s")
    return form


async def started(ana: Hands) -> None:
    """Fill the form in and send it off."""
    form = await form_opened(ana)
    await tabbed_to(ana, form.get_by_role("combobox", name="Severity"))
    await keys(ana, "Enter", "ArrowDown", "Enter")
    moment = form.locator('[data-block-id^="started_at"]')
    await written(ana, moment.locator('input[type="date"]'), DAY)
    await written(ana, moment.locator('input[type="time"]'), HOUR)
    await written(ana, form.get_by_label("Impact"), IMPACT)
    await tabbed_to(ana, form.get_by_role("button", name="Start", exact=True))
    await keys(ana, "Enter")
    await expect(ana.card().get_by_role("heading")).to_contain_text("PM-31")


async def newest(ana: Hands) -> Locator:
    """Walk from the composer to the newest message."""
    await tabbed_to(ana, ana.page.get_by_role("region", name="Messages in"), "Shift+Tab")
    await keys(ana, "ArrowUp")
    await expect(ana.card()).to_be_focused()
    return ana.card()


async def test_a_postmortem_is_started_by_keys_alone(ana: Hands) -> None:
    await started(ana)

    await expect(ana.card()).to_contain_text("P2")
    await expect(ana.card()).to_contain_text(IMPACT)
    await expect(ana.page.get_by_role("textbox", name=f"Message #{CHANNEL}")).to_be_focused()


async def test_a_cards_button_has_the_focus_again_once_its_form_is_closed(ana: Hands) -> None:
    await started(ana)
    await newest(ana)
    button = ana.card().get_by_role("button", name="Add an action item")
    await tabbed_to(ana, button)
    await keys(ana, "Enter")
    form = await ana.dialog("PM-31 · Action item")
    await expect(form.get_by_label("What will change?")).to_be_focused()
    await keys(ana, "Escape")

    await expect(form).to_be_hidden()
    await expect(button).to_be_focused()


async def test_a_select_finds_its_choice_by_a_few_letters(ana: Hands) -> None:
    form = await form_opened(ana)
    service = form.get_by_role("combobox", name="Severity")
    await written(ana, service, "P3")
    await expect(form.get_by_role("option")).to_have_count(1)
    await keys(ana, "Enter")
    await expect(service).to_have_value("P3")
    await ana.page.keyboard.type("P")
    await keys(ana, "Escape")

    await expect(form.get_by_role("option")).to_have_count(0)
    await expect(form).to_be_visible()


async def test_several_are_chosen_and_the_last_one_is_taken_back(ana: Hands) -> None:
    form = await form_opened(ana)
    box = form.get_by_role("combobox", name="Responders")
    before = await form.get_by_role("button", name="Remove").count()
    await written(ana, box, "Lena")
    await keys(ana, "Enter")
    await ana.page.keyboard.type("Jun")
    await keys(ana, "Enter")
    await expect(form.get_by_role("button", name="Remove Jun Park")).to_be_visible()
    await keys(ana, "Backspace", "Escape")

    await expect(form.get_by_role("button", name="Remove Lena Vogt")).to_be_visible()
    await expect(form.get_by_role("button", name="Remove")).to_have_count(before + 1)


async def test_the_tabulator_does_not_leave_a_form(ana: Hands) -> None:
    form = await form_opened(ana)
    first, last = form.get_by_role("button", name="Close"), form.get_by_role("button", name="Start")
    await tabbed_to(ana, last)
    await keys(ana, "Tab")
    await expect(first).to_be_focused()
    await keys(ana, "Shift+Tab")
    await expect(last).to_be_focused()


async def test_a_reaction_is_given_by_keys_alone(ana: Hands) -> None:
    await channel_opened(ana)
    message = await newest(ana)
    await tabbed_to(ana, message.get_by_role("button", name="Add reaction"))
    await keys(ana, "Enter")
    await expect(ana.page.get_by_role("combobox", name="Search emoji")).to_be_focused()
    await keys(ana, "Escape")
    await expect(message.get_by_role("button", name="Add reaction")).to_be_focused()
    await keys(ana, "Enter")
    await ana.page.keyboard.type("rocket")
    await keys(ana, "Enter")

    await expect(message.get_by_role("button", name="rocket, 1: You")).to_be_visible()
    await expect(message.get_by_role("button", name="Add reaction")).to_be_focused()


async def test_a_messages_menu_is_walked_with_the_arrows(ana: Hands) -> None:
    await channel_opened(ana)
    message = await newest(ana)
    await tabbed_to(ana, message.get_by_role("button", name="More actions"))
    await keys(ana, "Enter")
    pin = ana.page.get_by_role("menuitem", name="Pin to channel")
    await expect(ana.page.get_by_role("menuitem").first).to_be_focused()
    for _ in range(await ana.page.get_by_role("menuitem").count()):
        if await pin.evaluate("(item) => item === document.activeElement"):
            break
        await keys(ana, "ArrowDown")
    await keys(ana, "Enter")

    # The app answers that it was noted: it is the newest message no longer.
    pinned = ana.page.get_by_role("article").filter(has=ana.page.get_by_text("Pinned"))
    await expect(pinned.last).to_be_visible()
    await expect(pinned.last.get_by_role("button", name="More actions")).to_be_focused()


async def test_a_thread_opens_and_closes_and_gives_the_focus_back(ana: Hands) -> None:
    await channel_opened(ana)
    message = await newest(ana)
    await tabbed_to(ana, message.get_by_role("button", name="Reply in thread"))
    await keys(ana, "Enter")
    thread = ana.page.get_by_role("complementary", name="Thread")
    await expect(thread.get_by_role("textbox", name="Reply in thread")).to_be_focused()
    await ana.page.keyboard.type("Well done.")
    await keys(ana, "Enter")
    await expect(thread.get_by_text("Well done.")).to_be_visible()
    await keys(ana, "Escape")

    await expect(thread).to_be_hidden()
    await expect(message).to_be_focused()
    await expect(message.get_by_role("button", name="1 reply")).to_be_visible()


async def test_another_seat_is_taken_by_keys_alone(ana: Hands) -> None:
    seat = ana.page.get_by_role("button", name="You are Ana Duarte")
    await tabbed_to(ana, seat, "Shift+Tab")
    await keys(ana, "Enter")
    me = ana.page.get_by_role("menuitemradio", name="Ana Duarte")
    await expect(me).to_be_focused()
    await keys(ana, "Escape")
    await expect(seat).to_be_focused()
    await keys(ana, "Enter", "ArrowDown", "Enter")

    await expect(ana.page.get_by_role("button", name="You are Bob Okonjo")).to_be_visible()
