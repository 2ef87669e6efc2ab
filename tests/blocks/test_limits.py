"""The guard of Slack's limits sees what the SDK lets pass."""

from typing import Any

import pytest

from blocks.limits import LimitBrokenError, check_message, check_view
from blocks.parts import Block, actions, button, header, modal, section
from blocks.text import mrkdwn, plain


def an_input(**element: Any) -> Block:
    """An input of a form, with its element as told."""
    base = {"type": "plain_text_input", "action_id": "value", "max_length": 3000}
    return {"type": "input", "block_id": "a", "label": plain("A"), "element": base | element}


def test_what_slack_takes_is_handed_back() -> None:
    message = check_message({"text": "a", "blocks": [header("a"), section("b")]})

    assert message["text"] == "a"
    assert check_view(modal("a", [an_input()], submit="Save"))["blocks"]


@pytest.mark.parametrize(
    ("blocks", "words"),
    [
        ([section("a" * 3001)], "section.text: 3001 > 3000"),
        ([section("")], "section.text is empty"),
        ([section("a")] * 51, "blocks: 51 > 50"),
        ([section("a" * 2700)] * 5, "weight of all blocks: 14000 > 13200"),
        ([actions([button("a" * 76, "x", "1")])], "button.text: 76 > 75"),
        ([actions([button("a", "x", "1")] * 2)], "x twice"),
        ([{"type": "header", "text": mrkdwn("a")}], "header.text must be plain text"),
        ([{"type": "context", "elements": [mrkdwn("a")] * 11}], "context.elements: 11 > 10"),
        ([{"type": "context", "elements": [mrkdwn("a" * 3001)]}], "mrkdwn.text: 3001 > 3000"),
    ],
)
def test_a_message_past_a_limit_is_named(blocks: list[Block], words: str) -> None:
    with pytest.raises(LimitBrokenError, match=words):
        check_message({"text": "a", "blocks": blocks})


@pytest.mark.parametrize("text", ["", "  ", "a" * 4001])
def test_a_message_says_something_in_its_notification(text: str) -> None:
    with pytest.raises(LimitBrokenError, match="text"):
        check_message({"text": text, "blocks": []})


@pytest.mark.parametrize(
    ("element", "words"),
    [
        ({"max_length": 4000}, "max_length: 4000 > 3000"),
        ({"initial_value": "a" * 3001}, "plain_text_input.initial_value: 3001 > 3000"),
        ({"placeholder": plain("a" * 151)}, "plain_text_input.placeholder: 151 > 150"),
        ({"type": "static_select", "options": []}, "static_select.options is empty"),
        (
            {"type": "static_select", "options": [{"text": plain("a" * 76), "value": "a"}]},
            "option.text: 76 > 75",
        ),
    ],
)
def test_an_input_past_a_limit_is_named(element: dict[str, Any], words: str) -> None:
    with pytest.raises(LimitBrokenError, match=words):
        check_view(modal("a", [an_input(**element)], submit="Save"))


def test_a_form_needs_a_button_to_submit_it() -> None:
    with pytest.raises(LimitBrokenError, match="inputs without submit"):
        check_view(modal("a", [an_input()]))


def test_two_inputs_do_not_share_an_id() -> None:
    with pytest.raises(LimitBrokenError, match="a twice"):
        check_view(modal("a", [an_input(), an_input()], submit="Save"))


def test_a_view_past_a_limit_is_named() -> None:
    view = modal("a", [section("a")] * 101, metadata="a" * 3001) | {"title": plain("a" * 25)}

    with pytest.raises(LimitBrokenError, match=r"blocks: 101.*title: 25.*private_metadata: 3001"):
        check_view(view)
    with pytest.raises(LimitBrokenError, match="view: 3"):
        check_view(modal("a", [section("a" * 3000)] * 100))
