"""Inputs of forms, as plain dicts.

Every input's action id is `value`, its block id the name of the field that the rules refuse by. A
block id may carry a suffix after a dot (`responders.read`, `entries.2`): the field is before it.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from blocks.parts import Block
from blocks.text import plain, shorten

VALUE = "value"
#: An action of an input that names somebody who will answer for something.
PERSON_CHOSEN: dict[str, str | re.Pattern[str]] = {
    "block_id": re.compile(r"(owner|accepter|facilitator|lead|person)"),
    "action_id": VALUE,
}
#: What Slack lets a person type into one input at most
#: (docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element).
INPUT_MAX = 3000

#: Of each kind of input: where Slack puts what was chosen, and where a form puts what is preset.
PLACES: Mapping[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "number_input": ("value", "initial_value"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
}


def field_input(
    field: str,
    label: str,
    element: Block,
    *,
    hint: str = "",
    optional: bool = False,
    told_at_once: bool = False,
) -> Block:
    """An input of a form; `element` says of which kind.

    With `told_at_once` the app hears of a choice when it is made, not only when the form is sent.
    """
    block: Block = {
        "type": "input",
        "block_id": field,
        "label": plain(label),
        "element": element | {"action_id": VALUE},
        "optional": optional,
    }
    if told_at_once:
        block["dispatch_action"] = True
    return block | {"hint": plain(hint)} if hint else block


def preset(element: Block, initial: Any) -> Block:
    """The element with something chosen; an empty choice is left out, since Slack refuses it."""
    place = PLACES[element["type"]][1]
    bare = {name: part for name, part in element.items() if name != place}
    return bare if initial in (None, "", []) else bare | {place: initial}


def text_element(
    initial: str = "", *, most: int = INPUT_MAX, multiline: bool = False, placeholder: str = ""
) -> Block:
    """A box to type in, of at most `most` characters."""
    element: Block = {
        "type": "plain_text_input",
        "multiline": multiline,
        "max_length": min(most, INPUT_MAX),
    }
    if placeholder:
        element["placeholder"] = plain(placeholder)
    return preset(element, shorten(initial, INPUT_MAX))


def option(value: str, label: str, description: str = "") -> Block:
    """One thing to choose."""
    block: Block = {"text": plain(shorten(label, 75)), "value": value}
    return block | {"description": plain(shorten(description, 75))} if description else block


def select_element(options: Sequence[Block], initial: str | None, placeholder: str) -> Block:
    """A list to choose one of; `initial` is the value of the one that is chosen already."""
    element = {
        "type": "static_select",
        "options": list(options),
        "placeholder": plain(placeholder),
    }
    chosen = [choice for choice in options if choice["value"] == initial]
    return preset(element, chosen[0] if chosen else None)


def grouped_element(
    groups: Mapping[str, Sequence[Block]], initial: str | None, placeholder: str
) -> Block:
    """A list in groups, by the title of each, to choose one of."""
    element = {
        "type": "static_select",
        "option_groups": [
            {"label": plain(shorten(title, 75)), "options": list(options)}
            for title, options in groups.items()
        ],
        "placeholder": plain(placeholder),
    }
    chosen = [each for options in groups.values() for each in options if each["value"] == initial]
    return preset(element, chosen[0] if chosen else None)


def choices_element(
    options: Sequence[Block], initial: Sequence[str], placeholder: str, most: int
) -> Block:
    """A list to choose some of; `initial` are the values of those that are chosen already."""
    element = {
        "type": "multi_static_select",
        "options": list(options),
        "placeholder": plain(placeholder),
        "max_selected_items": most,
    }
    return preset(element, [choice for choice in options if choice["value"] in initial][:most])


def checkboxes_element(options: Sequence[Block], initial: Sequence[str]) -> Block:
    """Boxes to tick; `initial` are the values of those that are ticked already."""
    element = {"type": "checkboxes", "options": list(options)}
    return preset(element, [choice for choice in options if choice["value"] in initial])


def person_element(initial: str, placeholder: str) -> Block:
    """One person of the workspace."""
    return preset({"type": "users_select", "placeholder": plain(placeholder)}, initial)


def people_element(initial: Sequence[str], placeholder: str, most: int) -> Block:
    """Some people of the workspace."""
    element = {
        "type": "multi_users_select",
        "placeholder": plain(placeholder),
        "max_selected_items": most,
    }
    return preset(element, list(initial)[:most])


def day_element(initial: date | None, placeholder: str = "Choose a day") -> Block:
    """A calendar day."""
    element = {"type": "datepicker", "placeholder": plain(placeholder)}
    return preset(element, initial and initial.isoformat())


def hour_element(initial: time | None) -> Block:
    """A time of day, by whichever clock the form means."""
    return preset({"type": "timepicker"}, initial and f"{initial:%H:%M}")


def moment_element(initial: datetime | None) -> Block:
    """A day and a time; Slack shows and reads them in the person's own zone."""
    return preset({"type": "datetimepicker"}, initial and int(initial.timestamp()))


def number_element(initial: int, least: int, most: int) -> Block:
    """A box for a whole number between these two; what is typed comes back as text."""
    bounds = {"min_value": str(least), "max_value": str(most)}
    return preset({"type": "number_input", "is_decimal_allowed": False, **bounds}, str(initial))


def channel_element(initial: str, placeholder: str) -> Block:
    """One public channel of this workspace."""
    wanted = {"include": ["public"], "exclude_external_shared_channels": True}
    element = {
        "type": "conversations_select",
        "placeholder": plain(placeholder),
        "filter": wanted,
    }
    return preset(element, initial)
