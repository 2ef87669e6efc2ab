"""What a form's elements hold: where each type keeps its value, and what it starts with."""

from collections.abc import Iterator
from typing import Any

from sandbox.refusals import Json

#: Element type -> the key of its value in `view.state.values` (docs.slack.dev: view_submission).
VALUE_KEYS = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
}
MANY = {
    "selected_options",
    "selected_users",
    "selected_conversations",
    "selected_channels",
    "files",
}


#: Blocks made of blocks, and where they keep them (docs.slack.dev/reference/block-kit/blocks).
INSIDE = {"container": "child_blocks", "carousel": "elements", "plan": "tasks"}
#: Blocks with a row of elements to act on.
ROWS = {
    "actions": "elements",
    "context_actions": "elements",
    "card": "actions",
    "task_card": "actions",
}


def every_block(blocks: list[Json]) -> Iterator[Json]:
    """Every block, and every block inside it, in reading order."""
    for block in blocks:
        yield block
        yield from every_block(_listed(block, INSIDE))


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every element that a person can act on, at any depth, with the block it stands in."""
    for block in every_block(blocks):
        for element in (block.get("element"), block.get("accessory"), *_listed(block, ROWS)):
            if isinstance(element, dict):
                yield block, element


def _listed(block: Json, where: dict[str, str]) -> list[Json]:
    things = block.get(where.get(str(block.get("type")), ""))
    return [one for one in things if isinstance(one, dict)] if isinstance(things, list) else []


def with_ids(blocks: list[Json], prefix: str) -> list[Json]:
    """The blocks with a block id and action id each, as Slack fills in what was left out."""
    return [_with_ids(block, f"{prefix}{number}") for number, block in enumerate(blocks)]


def _with_ids(block: Json, name: str) -> Json:
    full = {**block, "block_id": block.get("block_id") or name}
    for key in ("element", "accessory"):
        if isinstance(full.get(key), dict):
            full[key] = _with_action(full[key], f"{name}a")
    kind = str(full.get("type"))
    if kind in ROWS and _listed(full, ROWS):
        full[ROWS[kind]] = [
            _with_action(element, f"{name}a{place}")
            for place, element in enumerate(_listed(full, ROWS))
        ]
    if kind in INSIDE and _listed(full, INSIDE):
        full[INSIDE[kind]] = with_ids(_listed(full, INSIDE), f"{name}b")
    return full


def _with_action(element: Json, name: str) -> Json:
    if element.get("type") == "image" or element.get("action_id"):
        return element
    return {**element, "action_id": name}


def starting_value(element: Json, current: str | None = None) -> Json:
    """What an untouched element holds; `current` is the conversation behind its modal."""
    key = VALUE_KEYS[element["type"]]
    initial = f"initial_{key.removeprefix('selected_').removesuffix('_value')}"
    begun: Any = element.get(initial, [] if key in MANY else None)
    if current and element.get("default_to_current_conversation"):
        # docs.slack.dev: the initial one goes before the current one ("Select menu element"), the
        # initial ones are ignored ("Multi-select menu element").
        begun = [current] if key in MANY else begun or current
    return {"type": element["type"], key: begun}


def state_values(blocks: list[Json], kept: Json, current: str | None = None) -> Json:
    """`state.values`: what was typed stays where block id, action id and type are the same."""
    values: Json = {}
    for block, element in elements(blocks):
        if element.get("type") not in VALUE_KEYS:
            continue
        block_id, action_id = block["block_id"], element["action_id"]
        typed = kept.get(block_id, {}).get(action_id)
        same = typed is not None and typed.get("type") == element["type"]
        value = typed if same else starting_value(element, current)
        values.setdefault(block_id, {})[action_id] = value
    return values
