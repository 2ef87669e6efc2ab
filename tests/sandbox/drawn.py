"""Blocks, elements and views at their limits and beyond them."""

from typing import Any

from tests.sandbox.payloads import buttons, form, plain, section, typed

Json = dict[str, Any]


def element_in(element: Json) -> Json:
    return {"type": "input", "block_id": "b", "label": plain("l"), "element": element}


def select(*options: tuple[str, str], **more: Any) -> Json:
    offered = [{"text": plain(text), "value": value} for text, value in options]
    return {"type": "static_select", "action_id": "a", "options": offered, **more}


def context(count: int) -> Json:
    return {"type": "context", "elements": [plain("x")] * count}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


OPTION: Json = {"text": plain("t"), "value": "v", "description": plain("d")}
CONFIRM: Json = {
    "title": plain("Sure?"),
    "text": mrkdwn("*It* is gone then."),
    "confirm": plain("Yes"),
    "deny": plain("No"),
}


def button(**more: Any) -> Json:
    element = {"type": "button", "action_id": "a", "text": plain("Go"), **more}
    return {"type": "actions", "elements": [element]}


GOOD_BLOCKS = [
    section("x" * 3000),
    {"type": "header", "text": plain("x" * 150)},
    context(10),
    buttons(*[f"B{number}" for number in range(25)]),
    {"type": "divider"},
    {"type": "section", "fields": [plain("x" * 2000), *[plain("x")] * 9]},
    {"type": "section", "text": plain("x"), "accessory": select(("t" * 75, "v" * 150))},
    {"type": "markdown", "text": "# Hi"},
    button(style="danger", value="x" * 2000),
    {"type": "image", "image_url": "https://example.com/x.png", "alt_text": "x"},
    {"type": "context", "elements": [{"type": "image", "slack_file": {}, "alt_text": "x"}]},
    {**typed("t"), "hint": plain("x" * 2000), "element": {"type": "users_select"}},
]
GOOD_ELEMENTS = [
    {"type": "static_select", "option_groups": [{"label": plain("g"), "options": [OPTION]}]},
    select(("t", "v"), initial_option={"text": plain("t"), "value": "v"}),
    {"type": "checkboxes", "options": [OPTION], "initial_options": [OPTION]},
    {"type": "radio_buttons", "options": [OPTION | {"text": mrkdwn("*b*")}]},
    {"type": "datetimepicker", "initial_date_time": 1_795_512_600},
    {"type": "number_input", "is_decimal_allowed": False},
    {"type": "datepicker", "confirm": CONFIRM},
    {"type": "external_select", "min_query_length": 0},
    {"type": "file_input", "max_files": 10, "filetypes": ["txt", "log"]},
    {"type": "rich_text_input", "initial_value": {"type": "rich_text", "elements": []}},
]
BAD_BLOCKS = {
    "a long section": section("x" * 3001),
    "an empty section": section(""),
    "a long header": {"type": "header", "text": plain("x" * 151)},
    "mrkdwn in a header": {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
    "a crowded context": context(11),
    "an empty context": context(0),
    "a crowded row": buttons(*[f"B{number}" for number in range(26)]),
    "a long button": button(text=plain("x" * 76)),
    "a button in mrkdwn": button(text={"type": "mrkdwn", "text": "x"}),
    "a long button value": button(value="x" * 2001),
    "an unknown style": button(style="green"),
    "a long action id": button(action_id="x" * 256),
    "a text input in a row": {"type": "actions", "elements": [{"type": "plain_text_input"}]},
    "an unknown element": {"type": "actions", "elements": [{"type": "knob"}]},
    "an unknown block": {"type": "carpet"},
    "eleven fields": {"type": "section", "fields": [plain("x")] * 11},
    "a long field": {"type": "section", "fields": [plain("x" * 2001)]},
    "an empty section without fields": {"type": "section"},
    "a long block id": {"type": "divider", "block_id": "x" * 256},
    "an alert outside a modal": {"type": "alert", "text": plain("x")},
    "the same action twice": buttons("Go", "Go"),
    "a property of no text": {"type": "header", "text": {**plain("x"), "bold": True}},
    "an image of nothing": {"type": "image", "alt_text": "x"},
    "an image without words": {"type": "image", "image_url": "https://example.com/x.png"},
    "a block that is none": "divider",
    "an element that is none": {"type": "actions", "elements": ["button"]},
    "elements that are no list": {"type": "actions", "elements": "button"},
    "a text that is none": {"type": "header", "text": "x"},
    "a text of another kind": {"type": "markdown", "text": 7},
    "a long confirm": button(confirm={"title": plain("x" * 101)}),
}
BAD_ELEMENTS = {
    "a long option": select(("x" * 76, "v")),
    "a long option value": select(("t", "v" * 151)),
    "too many options": select(*[(f"t{number}", f"v{number}") for number in range(101)]),
    "no options": select(),
    "an initial option not offered": select(
        ("t", "v"), initial_option={"text": plain("t"), "value": "w"}
    ),
    "max_length over 3000": {"type": "plain_text_input", "max_length": 3001},
    "initial longer than max": {
        "type": "plain_text_input",
        "max_length": 2,
        "initial_value": "abc",
    },
    "a moment in milliseconds": {"type": "datetimepicker", "initial_date_time": 10**12},
    "a number of no kind": {"type": "number_input"},
    "a long placeholder": {"type": "users_select", "placeholder": plain("x" * 151)},
    "a button": {"type": "button", "text": plain("x")},
    "a query of less than nothing": {"type": "external_select", "min_query_length": -1},
    "eleven files": {"type": "file_input", "max_files": 11},
    "no files": {"type": "file_input", "max_files": 0},
    "file types in one string": {"type": "file_input", "filetypes": "txt"},
    "rich text that is plain": {"type": "rich_text_input", "initial_value": "x"},
    "eleven boxes": {
        "type": "checkboxes",
        "options": [{"text": plain("t"), "value": str(number)} for number in range(11)],
    },
}
BAD_VIEWS = {
    "a long title": form(section("x"), title=plain("x" * 25)),
    "no title": form(section("x"), title=None),
    "a long submit": form(section("x"), submit=plain("x" * 25)),
    "long metadata": form(section("x"), private_metadata="x" * 3001),
    "a long callback id": form(section("x"), callback_id="x" * 256),
    "an input without submit": form(typed("t"), submit=None),
    "too many blocks": form(*[section("x")] * 101),
    "one block id twice": form(typed("t"), typed("t")),
    "a long label": form({**typed("t"), "label": plain("x" * 2001)}),
    "a home": {"type": "home", "blocks": []},
    "an unknown property": form(section("x"), color="red"),
}
