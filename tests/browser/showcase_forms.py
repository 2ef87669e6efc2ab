"""Forms with every input of Block Kit, a form that is refused, a stack of three, a Home tab."""

from typing import Any

from tests.browser.showcase_blocks import (
    CONFIRM,
    CONTAINER,
    FRUIT,
    Json,
    button,
    mrkdwn,
    option,
    plain,
    section,
)

OF_THE_BLOCK = ("optional", "hint", "dispatch_action")


def asked(name: str, kind: str, **more: Any) -> Json:
    """An input block with one element; its label is its block id with a capital."""
    outer: Json = {
        key: more.pop(key) for key in ("optional", "hint", "dispatch_action") if key in more
    }
    element = {"type": kind, "action_id": name, **more}
    label = plain(name.replace("_", " ").capitalize())
    return {"type": "input", "block_id": name, "label": label, "element": element, **outer}


def modal(callback: str, title: str, blocks: list[Json], **more: Any) -> Json:
    """A modal with a button that sends it off."""
    frame = {"type": "modal", "callback_id": callback, "title": plain(title)}
    return {**frame, "submit": plain("Send"), "blocks": blocks, **more}


def form(callback: str, text: str) -> Json:
    """A form with nothing but a text in it."""
    return {
        "type": "modal",
        "callback_id": callback,
        "title": plain("Shortcut"),
        "blocks": [section(f"Of {text}")],
    }


MANY = [option(f"Service {number}") for number in range(1, 13)]
GROUPS = [
    {"label": plain("Fast"), "options": [option("SEV1"), option("SEV2")]},
    {"label": plain("Slow"), "options": [option("SEV3"), option("SEV4")]},
]
ON_TYPING = {"trigger_actions_on": ["on_character_entered"]}
INPUTS = modal(
    "inputs",
    "Every input",
    [
        asked("name", "plain_text_input", min_length=3, max_length=20, hint=plain("Short")),
        asked("story", "plain_text_input", multiline=True, optional=True),
        asked("search", "plain_text_input", dispatch_action=True, optional=True,
              dispatch_action_config=ON_TYPING),
        asked("enter", "plain_text_input", dispatch_action=True, optional=True),
        asked("mail", "email_text_input"),
        asked("page", "url_text_input"),
        asked("count", "number_input", is_decimal_allowed=False, min_value="1", max_value="9"),
        asked("fruit", "static_select", options=FRUIT, dispatch_action=True),
        asked("severity", "static_select", option_groups=GROUPS, initial_option=option("SEV2")),
        asked("services", "multi_static_select", options=MANY, max_selected_items=2),
        asked("town", "external_select", min_query_length=2),
        asked("towns", "multi_external_select", min_query_length=0, optional=True),
        asked("owner", "users_select"),
        asked("helpers", "multi_users_select", optional=True),
        asked("place", "conversations_select", filter={"include": ["public", "private"]}),
        asked("places", "multi_conversations_select", optional=True),
        asked("channel", "channels_select"),
        asked("channels", "multi_channels_select", optional=True),
        asked("day", "datepicker"),
        asked("hour", "timepicker"),
        asked("started", "datetimepicker"),
        asked("kind", "radio_buttons", options=FRUIT),
        asked("checks", "checkboxes", options=FRUIT),
        asked("evidence", "file_input", filetypes=["txt", "log"], max_files=2),
        asked("notes", "rich_text_input"),
        {"type": "actions", "block_id": "row", "elements": [
            button("Ask", confirm=CONFIRM), button("Docs", url="https://example.com/"),
            {"type": "workflow_button", "action_id": "flow", "text": plain("Run a flow")},
        ]},
    ],
)  # fmt: skip
ERRORS = modal(
    "errors",
    "Errors",
    [
        {"type": "alert", "level": "warning", "text": mrkdwn("*Careful*: this is refused.")},
        asked("name", "plain_text_input", min_length=3),
        asked("fruit", "checkboxes", options=FRUIT, optional=True),
        asked("when", "datetimepicker", initial_date_time=1_795_512_600),
        *[section(f"Line {number} of a long form.") for number in range(30)],
        asked("last", "plain_text_input"),
    ],
)


def _stacked(depth: int) -> Json:
    blocks = [asked(f"word{depth}", "plain_text_input", optional=True)]
    if depth < len("123"):
        blocks.append({"type": "actions", "block_id": "go", "elements": [button("Deeper")]})
    return modal("stack", f"Level {depth}", blocks, private_metadata=str(depth))


STACKED = [_stacked(depth) for depth in (1, 2, 3)]
HOME: Json = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": plain("Your work")},
        section("Nothing is due."),
        CONTAINER,
        {"type": "actions", "block_id": "home", "elements": [button("Ask", confirm=CONFIRM)]},
    ],
}
