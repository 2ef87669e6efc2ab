"""Every kind of input and button: what may be sent, and what is sent then."""

import re
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from sandbox import Modal, Sandbox
from sandbox.inputs import elements, with_ids
from tests.sandbox.payloads import buttons, form, plain, section, typed

Json = dict[str, Any]
INC = "#inc-checkout"
NO_URL = "Please enter a valid URL, with https:// in front."
THUMBS = {
    "type": "feedback_buttons",
    "action_id": "thumbs",
    "positive_button": {"text": plain("Good"), "value": "good"},
    "negative_button": {"text": plain("Bad"), "value": "bad"},
}
BIN = {"type": "icon_button", "icon": "trash", "text": plain("Delete"), "action_id": "bin"}


def opened(slack: Sandbox, *blocks: Json, **more: Any) -> Modal:
    """A form before Ana."""
    ana = slack.person("ana")
    view = slack.workspace.views.open(ana.id, form(*blocks, **more))
    return Modal(ana, view)


def asked(kind: str, **more: Any) -> Json:
    """An input block of this element."""
    return {**typed("it"), "element": {"type": kind, "action_id": "it", **more}}


@pytest.fixture
def told(connected: AsyncApp) -> list[Json]:
    """All that the app was told of clicks, and of forms closed."""
    seen: list[Json] = []

    async def keep(ack: Any, body: Json) -> None:
        await ack()
        seen.append(body)

    connected.action(re.compile(".*"))(keep)
    connected.view(re.compile(".*"))(keep)
    connected.view_closed(re.compile(".*"))(keep)
    return seen


@pytest.mark.parametrize(
    ("element", "typed_in", "sentence"),
    [
        ({"kind": "number_input"}, "many", "Please enter a number."),
        ({"kind": "number_input"}, "nan", "Please enter a number."),
        ({"kind": "number_input"}, "1.5", "Please enter a whole number."),
        ({"kind": "number_input", "min_value": "2"}, "1", "Please enter a number of at least 2."),
        ({"kind": "number_input", "max_value": "2"}, "3", "Please enter a number of at most 2."),
        ({"kind": "email_text_input"}, "ana@work", "Please enter a valid email address."),
        ({"kind": "url_text_input"}, "status.example", NO_URL),
        ({"kind": "url_text_input"}, "https://[", NO_URL),
        (
            {"kind": "plain_text_input", "min_length": 3},
            "ab",
            "Please enter at least 3 characters; there are 2.",
        ),
        ({"kind": "rich_text_input"}, "", "Please complete this required field."),
        ({"kind": "checkboxes", "options": []}, [], "Please complete this required field."),
    ],
    ids=range(11),
)
async def test_what_does_not_fit_is_said_before_it_is_sent(
    slack: Sandbox, element: Json, typed_in: Any, sentence: str
) -> None:
    answer = await opened(slack, asked(**element)).fill(it=typed_in).submit()
    assert (answer.sent, answer.errors) == (False, {"it": sentence})


@pytest.mark.parametrize(
    ("element", "typed_in"),
    [
        ({"kind": "number_input", "is_decimal_allowed": True, "min_value": "-2"}, "-1.5"),
        ({"kind": "email_text_input"}, "ana@work.example"),
        ({"kind": "url_text_input"}, "https://status.example/42"),
        ({"kind": "rich_text_input"}, "*Pool* too small"),
    ],
    ids=range(4),
)
@pytest.mark.usefixtures("told")
async def test_what_fits_is_sent(slack: Sandbox, element: Json, typed_in: Any) -> None:
    assert (await opened(slack, asked(**element)).fill(it=typed_in).submit()).closed


async def test_files_are_attached_up_to_the_limit(slack: Sandbox, told: list[Json]) -> None:
    ana = slack.person("ana")
    modal = opened(slack, asked("file_input", max_files=1, filetypes=["png"]))
    picture, note = [await ana.upload(name, b"x") for name in ("a.png", "b.txt")]
    for files, words in (([picture, note], "at most 1 file."), ([note], "Not b.txt.")):
        assert words in (await modal.fill(it=files).submit()).errors["it"]
    assert (await modal.fill(it=[picture.id]).submit()).closed
    (sent,) = told[0]["view"]["state"]["values"]["it"]["it"]["files"]
    assert (sent["id"], sent["url_private"][:4]) == (picture.id, "http")
    with pytest.raises(LookupError, match="There is no file F1"):
        modal.fill(it=["F1"])


async def test_the_pages_words_are_taken_over_with_a_click(
    slack: Sandbox, told: list[Json]
) -> None:
    ana = slack.person("ana")
    modal = opened(slack, asked("rich_text_input"), buttons("More"))
    words = {"it": {"it": {"type": "rich_text_input", "rich_text_value": "*Why*"}}, "gone": {}}
    await ana.press("More", view=modal.view["id"], values=words)
    kept = told[0]["view"]["state"]["values"]["it"]["it"]["rich_text_value"]
    assert kept["elements"][0]["elements"][0]["style"] == {"bold": True}
    await ana.submit(modal.view["id"], words)
    assert not modal.is_open
    with pytest.raises(LookupError, match="no longer open"):
        await ana.submit(modal.view["id"])


@pytest.mark.parametrize(
    ("how", "value"),
    [({"text": "Bad"}, "bad"), ({"action_id": "thumbs", "value": {"value": "good"}}, "good")],
    ids=["by its words", "as the page does"],
)
async def test_a_thumb_and_an_icon_are_pressed(
    connected: AsyncApp, slack: Sandbox, told: list[Json], how: Json, value: str
) -> None:
    place = slack.workspace.channel(INC).id
    blocks = [{"type": "context_actions", "elements": [THUMBS, BIN]}]
    await connected.client.chat_postMessage(channel=place, text="x", blocks=blocks)
    ana = slack.person("ana")
    await ana.click(INC, **how)
    await ana.click(INC, "Delete")
    thumb, icon = (one["actions"][0] for one in told)
    assert (thumb["type"], thumb["value"], icon["action_id"]) == ("feedback_buttons", value, "bin")
    with pytest.raises(ValueError, match="choose one of: good, bad"):
        await ana.click(INC, action_id="thumbs", value="fair")


def test_every_block_in_a_block_is_reached_and_gets_ids() -> None:
    go = {"type": "button", "text": plain("Go")}
    card = {"type": "card", "title": plain("PM-1"), "actions": [go]}
    inside = [section("x"), {"type": "actions", "elements": [go]}, typed("why")]
    blocks: list[Json] = [
        {"type": "carousel", "elements": [card, card]},
        {"type": "container", "child_blocks": inside},
        {"type": "plan", "title": "Plan", "tasks": [{"type": "task_card", "actions": [go]}]},
        {"type": "carousel", "elements": "nonsense"},
    ]
    found = list(elements(with_ids(blocks, "b")))
    assert [element["type"] for _, element in found].count("button") == 4
    names = {(block["block_id"], element["action_id"]) for block, element in found}
    assert len(names) == len(found) == 5


async def test_typing_is_told_only_where_the_app_asked_to_hear(
    slack: Sandbox, told: list[Json]
) -> None:
    each = {"trigger_actions_on": ["on_character_entered"]}
    hears = {**asked("plain_text_input", dispatch_action_config=each), "dispatch_action": True}
    modal = opened(slack, hears, typed("deaf"))
    await modal.choose("it", "Pool")
    action = told[0]["actions"][0]
    assert (action["type"], action["value"]) == ("plain_text_input", "Pool")
    with pytest.raises(ValueError, match="hears of deaf only when the form is sent"):
        await modal.choose("deaf", "x")


@pytest.mark.usefixtures("told")
async def test_a_form_that_cannot_be_sent_says_why(slack: Sandbox) -> None:
    with pytest.raises(ValueError, match="no button that sends it"):
        await opened(slack, section("x"), submit=None).submit()
    modal = opened(slack, typed("it"), submit_disabled=True)
    with pytest.raises(ValueError, match="change something in it first"):
        await modal.submit()
    assert (await modal.fill(it="x").submit()).closed


@pytest.mark.parametrize(
    ("top", "how", "heard"),
    [
        ({}, {}, [("top", False)]),
        ({}, {"everything": True}, [("top", True), ("below", True)]),
        ({"clear_on_close": True}, {}, [("top", True), ("below", True)]),
    ],
    ids=["its button", "the cross", "a clearing view"],
)
async def test_who_asked_hears_of_every_view_that_closes(
    slack: Sandbox, told: list[Json], top: Json, how: Json, heard: list[tuple[str, bool]]
) -> None:
    opened(slack, section("x"), callback_id="below", notify_on_close=True)
    view = form(section("y"), callback_id="top", notify_on_close=True, **top)
    ana = slack.person("ana")
    pushed = slack.workspace.views.push(ana.id, view)
    await ana.close(pushed.id, **how)
    assert [(one["view"]["callback_id"], one["is_cleared"]) for one in told] == heard
