"""A person and a real Bolt app talk to each other through Socket Mode."""

import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from sandbox import Sandbox
from tests.sandbox.payloads import form, plain, section, typed

Json = dict[str, Any]


@pytest.fixture
def bot(connected: AsyncApp) -> AsyncApp:
    """Answers /postmortem help, and opens a form for /postmortem."""

    @connected.command("/postmortem")
    async def command(ack: Any, body: Json, client: Any) -> None:
        if body["text"] == "help":
            await ack("Here is help")
            return
        await ack()
        view = form(typed("title"), typed("why.3"), notify_on_close=True)
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    return connected


def answering(app: AsyncApp, **answer: Any) -> list[Json]:
    """Let the app answer every submission so; what it was sent is collected."""
    seen: list[Json] = []

    @app.view("form")
    async def submit(ack: Any, body: Json) -> None:
        seen.append(body)
        await ack(**answer)

    return seen


async def opened(slack: Sandbox) -> Any:
    ana = slack.person("ana")
    await ana.command("#inc-checkout", "/postmortem")
    return (await ana.modal("Form")).fill(title="Checkout slow", why="Pool too small")


@pytest.mark.usefixtures("bot")
async def test_a_command_answers_to_its_caller_alone(slack: Sandbox) -> None:
    ana = slack.person("ana")
    assert await ana.command("#inc-checkout", "/postmortem help") == "Here is help"
    assert ana.messages("#inc-checkout")[-1].text == "Here is help"
    assert slack.person("bob").messages("#inc-checkout")[-1].text != "Here is help"


async def test_a_form_opens_is_filled_and_sent(bot: AsyncApp, slack: Sandbox) -> None:
    seen = answering(bot)
    modal = await opened(slack)
    answer = await modal.submit()
    assert (answer.closed, answer.sent, modal.is_open) == (True, True, False)
    values = seen[0]["view"]["state"]["values"]
    assert values["title"]["value"] == {"type": "plain_text_input", "value": "Checkout slow"}


async def test_a_required_input_holds_the_form_back(bot: AsyncApp, slack: Sandbox) -> None:
    seen = answering(bot)
    modal = (await opened(slack)).fill(title=None)
    answer = await modal.submit()
    assert (answer.sent, list(answer.errors), seen) == (False, ["title"], [])
    assert modal.is_open


async def test_errors_stand_under_their_inputs(bot: AsyncApp, slack: Sandbox) -> None:
    answering(bot, response_action="errors", errors={"title": "Say more."})
    modal = await opened(slack)
    answer = await modal.submit()
    assert (answer.closed, answer.errors) == (False, {"title": "Say more."})
    assert modal.values["title"]["value"]["value"] == "Checkout slow"
    assert slack.complaints == []


async def test_an_error_on_an_unknown_block_is_a_complaint(bot: AsyncApp, slack: Sandbox) -> None:
    answering(bot, response_action="errors", errors={"nowhere": "Say more."})
    answer = await (await opened(slack)).submit()
    assert (answer.closed, answer.errors) == (False, {})
    assert "nowhere" in slack.complaints[0]


async def test_an_update_keeps_what_was_typed(bot: AsyncApp, slack: Sandbox) -> None:
    other = form(typed("title"), typed("more"), title=plain("Next"))
    answering(bot, response_action="update", view=other)
    modal = await opened(slack)
    await modal.submit()
    assert (modal.title, modal.is_open) == ("Next", True)
    assert modal.values["title"]["value"]["value"] == "Checkout slow"
    assert list(modal.values) == ["title", "more"]


async def test_a_push_lies_on_top_and_clear_ends_all(bot: AsyncApp, slack: Sandbox) -> None:
    pushed = form(section("Sure?"), title=plain("Sure?"), callback_id="sure")
    answering(bot, response_action="push", view=pushed)

    @bot.view("sure")
    async def sure(ack: Any) -> None:
        await ack(response_action="clear")

    modal = await opened(slack)
    await modal.submit()
    top = await slack.person("ana").modal("Sure?")
    assert top.view["previous_view_id"] == top.view["root_view_id"] == modal.view["id"]
    assert (await top.submit()).closed
    assert not modal.is_open


async def test_a_refused_update_is_a_complaint(bot: AsyncApp, slack: Sandbox) -> None:
    answering(bot, response_action="update", view=form(section("x" * 3001)))
    answer = await (await opened(slack)).submit()
    assert not answer.closed
    assert "must be less than 3001 characters" in slack.complaints[0]


async def test_a_double_click_sends_twice(bot: AsyncApp, slack: Sandbox) -> None:
    seen = answering(bot)
    modal = await opened(slack)
    await asyncio.gather(modal.submit(), modal.submit())
    assert len(seen) == 2
    assert seen[0]["view"]["hash"] == seen[1]["view"]["hash"]


async def test_a_forged_value_is_sent_as_it_is(bot: AsyncApp, slack: Sandbox) -> None:
    seen = answering(bot)
    modal = (await opened(slack)).force("title", {"type": "plain_text_input", "value": "x" * 9999})
    await modal.send()
    assert len(seen[0]["view"]["state"]["values"]["title"]["value"]["value"]) == 9999


async def test_closing_is_told_when_asked_for(bot: AsyncApp, slack: Sandbox) -> None:
    told = []

    @bot.view_closed("form")
    async def closed(ack: Any, body: Json) -> None:
        told.append(body["is_cleared"])
        await ack()

    modal = await opened(slack)
    await modal.close()
    assert (told, modal.is_open) == ([False], False)


@pytest.mark.usefixtures("bot")
async def test_filling_what_is_not_there_is_refused(slack: Sandbox) -> None:
    modal = await opened(slack)
    with pytest.raises(ValueError, match=r"no one input called owner; it has: title, why\.3"):
        modal.fill(owner="U1")


async def test_an_answer_that_slack_does_not_know_is_a_complaint(
    bot: AsyncApp, slack: Sandbox
) -> None:
    answering(bot, text="Thanks")
    answer = await (await opened(slack)).submit()
    assert (answer.closed, len(slack.complaints)) == (False, 1)


async def test_every_tab_sees_that_a_form_is_being_sent(bot: AsyncApp, slack: Sandbox) -> None:
    answering(bot)
    modal = await opened(slack)
    seen: list[bool] = []
    slack.workspace.changes.listen(lambda: seen.append(modal.opened.busy))
    await modal.submit()
    assert (seen[0], seen[-1]) == (True, False)
