"""Every block of Block Kit, shaped as docs.slack.dev/reference/block-kit/blocks shows them."""

from typing import Any

Json = dict[str, Any]
GONE = "https://images.invalid/gone.png"
MOMENT = 1_795_512_600


def plain(text: str) -> Json:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    """A text object with Slack's marks."""
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str | None = None, more: str | None = None) -> Json:
    """One option; its value is its text in small unless given."""
    described = {"description": plain(more)} if more else {}
    return {"text": plain(text), "value": value or text.lower(), **described}


def button(text: str, **more: Any) -> Json:
    """A button whose action id is its text in small."""
    return {"type": "button", "action_id": text.lower(), "text": plain(text), **more}


def picture(alt: str) -> Json:
    """An image element that no network will load."""
    return {"type": "image", "image_url": GONE, "alt_text": alt}


def section(text: str, **more: Any) -> Json:
    """A section block."""
    return {"type": "section", "text": mrkdwn(text), **more}


def words(text: str, **style: bool) -> Json:
    """A run of rich text."""
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def rich(*elements: Json) -> Json:
    """A rich text block."""
    return {"type": "rich_text", "elements": list(elements)}


def line(*elements: Json) -> Json:
    """A line of rich text."""
    return {"type": "rich_text_section", "elements": list(elements)}


def cell(thing: str | float) -> Json:
    """A cell of a table."""
    if isinstance(thing, str):
        return {"type": "raw_text", "text": thing}
    return {"type": "raw_number", "value": thing, "text": str(thing)}


def listed(style: str, *lines: str, **more: int) -> Json:
    """A list of rich text."""
    items = [line(words(one)) for one in lines]
    return {"type": "rich_text_list", "style": style, "elements": items, **more}


CONFIRM: Json = {
    "title": plain("Roll back?"),
    "text": mrkdwn("*checkout* goes back to 4.1."),
    "confirm": plain("Roll back"),
    "deny": plain("Keep 4.2"),
    "style": "danger",
}
FRUIT = [option("Apple"), option("Pear"), option("Plum", more="in autumn")]
ACCESSORIES: list[Json] = [
    button("Roll", confirm=CONFIRM, style="danger"),
    {"type": "overflow", "action_id": "dots", "options": FRUIT},
    {"type": "static_select", "action_id": "fruit", "options": FRUIT},
    {"type": "multi_users_select", "action_id": "who", "placeholder": plain("Who helps?")},
    {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-24"},
    {"type": "timepicker", "action_id": "hour", "initial_time": "09:30"},
    {"type": "radio_buttons", "action_id": "one", "options": FRUIT},
    {"type": "checkboxes", "action_id": "some", "options": FRUIT},
    {"type": "workflow_button", "action_id": "flow", "text": plain("Page someone")},
    picture("A graph of p99"),
]
CONTEXT_ACTIONS: Json = {
    "type": "context_actions",
    "block_id": "feedback",
    "elements": [
        {
            "type": "feedback_buttons",
            "action_id": "helped",
            "positive_button": {"text": plain("Good"), "value": "yes"},
            "negative_button": {"text": plain("Bad"), "value": "no"},
        },
        {"type": "icon_button", "action_id": "bin", "icon": "trash", "text": plain("Delete")},
    ],
}
CONTAINER: Json = {
    "type": "container",
    "title": plain("Two changes"),
    "subtitle": mrkdwn("Look _before_ you agree"),
    "is_collapsible": True,
    "child_blocks": [
        section("*PM-7* open → done"),
        {"type": "actions", "block_id": "inside", "elements": [button("Agree", style="primary")]},
    ],
}
