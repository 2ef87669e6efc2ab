"""The blocks that messages and modals are made of, as plain dicts.

Plain, because the SDK's own classes drop in silence the block types that they do not know.
"""

from collections.abc import Sequence
from typing import Any, TypedDict

from blocks.text import mrkdwn, plain, shorten

Block = dict[str, Any]
View = dict[str, Any]


class Message(TypedDict):
    """What is posted: blocks for the eye, text for the notification and the screen reader."""

    text: str
    blocks: list[Block]


def header(text: str) -> Block:
    """A title line, cut to Slack's 150 characters."""
    return {"type": "header", "text": plain(shorten(text, 150))}


def section(text: str, accessory: Block | None = None) -> Block:
    """A paragraph of mark-up, with at most one button beside it."""
    block: Block = {"type": "section", "text": mrkdwn(text)}
    return block if accessory is None else block | {"accessory": accessory}


def context(text: str) -> Block:
    """A line in small grey letters."""
    return {"type": "context", "elements": [mrkdwn(text)]}


def divider() -> Block:
    """A thin line."""
    return {"type": "divider"}


def actions(buttons: Sequence[Block]) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(buttons)}


def button(
    label: str, action_id: str, value: str, *, spoken: str = "", primary: bool = False
) -> Block:
    """A button; `spoken` is what a screen reader says where the label alone is too short."""
    block: Block = {
        "type": "button",
        "text": plain(label),
        "action_id": action_id,
        "value": value,
    }
    if spoken:
        block["accessibility_label"] = shorten(spoken, 75)
    return block | {"style": "primary"} if primary else block


def modal(
    title: str,
    blocks: Sequence[Block],
    *,
    callback_id: str = "",
    submit: str = "",
    close: str = "Cancel",
    metadata: str = "",
) -> View:
    """A window; with `submit` it is a form that answers to `callback_id`."""
    view: View = {
        "type": "modal",
        "title": plain(shorten(title, 24)),
        "close": plain(close),
        "blocks": list(blocks),
    }
    if submit:
        view["submit"] = plain(submit)
    if callback_id:
        view["callback_id"] = callback_id
    return view | {"private_metadata": metadata} if metadata else view


def turning(
    which: int | None, page: int, pages: int, back: tuple[str, str], on: tuple[str, str]
) -> list[Block]:
    """Which page this is, and the buttons to the one before and the next; none where it is all.

    `back` and `on` are each a label and an action id; the value is `which`, a colon and the page.
    """
    if pages == 1:
        return []
    ways = ((*back, page - 1), (*on, page + 1))
    turns = [
        button(label, action_id, f"{which}:{to}")
        for label, action_id, to in ways
        if 0 <= to < pages
    ]
    return [context(f"Page {page + 1} of {pages}."), actions(turns)]
