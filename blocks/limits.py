"""Slack's limits on what is sent to it; the tests hold every builder to them.

Slack answers `invalid_blocks` and no more, so each limit is checked here by name. Where no page is
named it stands in docs.slack.dev/reference/block-kit, on the page of the block, element or object.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from blocks import limits_tables as tables
from blocks.parts import Block, Message, View

#: How many blocks a message and a view hold (docs.slack.dev/reference/block-kit/blocks).
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
#: Slack advises no more than this (docs.slack.dev/reference/methods/chat.postMessage).
MESSAGE_TEXT = 4000
#: Above this weight of all blocks together Slack answers `msg_blocks_too_long`: their characters,
#: and about 100 for each block. No page names it; slackapi/bolt-js issues 2509 and 2867 found it.
MESSAGE_WEIGHT, BLOCK_WEIGHT = 13_200, 100
#: docs.slack.dev/reference/methods/views.open, `view_too_large`.
VIEW_BYTES = 250_000
#: docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
INPUT_TEXT = 3000

#: How long a part may be: (type of what it is in, its name there) → characters, or members.
LONGEST: Mapping[tuple[str, str], int] = {
    ("header", "text"): 150,
    ("section", "text"): 3000,
    ("mrkdwn", "text"): 3000,
    ("context", "elements"): 10,
    ("actions", "elements"): 25,
    ("input", "label"): 2000,
    ("input", "hint"): 2000,
    ("button", "text"): 75,
    ("button", "value"): 2000,
    ("button", "accessibility_label"): 75,
    ("option", "text"): 75,
    ("option", "description"): 75,
    ("option", "value"): 150,
    ("plain_text_input", "initial_value"): INPUT_TEXT,
    ("static_select", "options"): 100,
    ("multi_static_select", "options"): 100,
    ("checkboxes", "options"): 10,
    ("confirmation", "title"): 100,
    ("confirmation", "text"): 300,
    ("confirmation", "confirm"): 30,
    ("confirmation", "deny"): 30,
    ("data_visualization", "title"): 50,
    ("bar", "series"): 6,
    ("table", "rows"): tables.ROWS_MAX,
    ("data_table", "rows"): tables.ROWS_MAX + 1,
    ("data_table", "caption"): 3000,
    # docs.slack.dev/reference/views/modal-views
    ("modal", "title"): 24,
    ("modal", "submit"): 24,
    ("modal", "close"): 24,
    ("modal", "private_metadata"): 3000,
}
#: The same where every type has the same limit.
LONGEST_ANYWHERE: Mapping[str, int] = {
    "placeholder": 150,
    "block_id": 255,
    "action_id": 255,
    "callback_id": 255,
}
#: Where mark-up is allowed; every other text object is plain.
MARKED_UP = frozenset({("section", "text"), ("context", "elements")})

Payload = TypeVar("Payload")


class LimitBrokenError(Exception):
    """Slack would refuse this; the message names every part that is too long."""


def check_message(message: Message) -> Message:
    """Return the message if Slack takes it, or raise LimitBrokenError."""
    blocks = message["blocks"]
    found = [
        *_longer("blocks", len(blocks), MESSAGE_BLOCKS),
        *_longer("text", len(message["text"]), MESSAGE_TEXT),
        *_longer("weight of all blocks", weight_of(blocks), MESSAGE_WEIGHT),
        *_longer("cells", tables.letters_of(blocks), tables.CELLS_MAX),
        *([] if message["text"].strip() else ["text is empty"]),
        *_found_in(blocks),
    ]
    return _unless(found, message)


def weight_of(blocks: Sequence[Block]) -> int:
    """What the blocks of a message weigh together."""
    letters = sum(len(part["text"]) for part in _parts(blocks) if _is_text(part))
    return letters + BLOCK_WEIGHT * len(blocks)


def check_view(view: View) -> View:
    """Return the view if Slack takes it, or raise LimitBrokenError."""
    blocks = view["blocks"]
    asks = any(block["type"] == "input" for block in blocks)
    found = [
        *_longer("blocks", len(blocks), VIEW_BLOCKS),
        *_longer("view", len(json.dumps(view).encode()), VIEW_BYTES),
        *(["inputs without submit"] if asks and "submit" not in view else []),
        *_found_in(view),
        *_twice([block["block_id"] for block in blocks if "block_id" in block]),
    ]
    return _unless(found, view)


def _unless(found: Sequence[str], payload: Payload) -> Payload:
    if found:
        raise LimitBrokenError("; ".join(found))
    return payload


def _longer(name: str, length: int, most: int) -> list[str]:
    return [f"{name}: {length} > {most}"] if length > most else []


def _twice(names: Sequence[str]) -> list[str]:
    return [f"{name} twice" for name, times in Counter(names).items() if times > 1]


def _parts(node: object) -> Iterator[dict[str, Any]]:
    """Every dict in there, from the outside in."""
    if isinstance(node, dict):
        yield node
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for part in inner:
        yield from _parts(part)


def _is_text(part: Mapping[str, Any]) -> bool:
    return part.get("type") in {"plain_text", "mrkdwn", "raw_text", "raw_number"}


def _found_in(node: object) -> list[str]:
    return [problem for part in _parts(node) for problem in _found_in_part(part)]


def _found_in_part(part: Block) -> list[str]:
    kind = _kind(part)
    found = [problem for name in part for problem in _found_at(kind, name, part[name])]
    if kind == "plain_text_input":
        found += _longer("max_length", part["max_length"], INPUT_TEXT)
    if kind == "actions":
        found += _twice([element["action_id"] for element in part["elements"]])
    if kind in {"table", "data_table"}:
        found += tables.problems_of(part)
    return found


def _kind(part: Block) -> str:
    """Its type; Slack tells the objects that have none apart by where they stand."""
    if "type" in part:
        return str(part["type"])
    if "deny" in part:
        return "confirmation"
    return "option" if "text" in part else "point"


def _found_at(kind: str, name: str, value: object) -> list[str]:
    where = f"{kind}.{name}"
    most = LONGEST.get((kind, name), LONGEST_ANYWHERE.get(name))
    found = [] if most is None else _out_of_bounds(where, value, most)
    if _holds_mark_up(value) and (kind, name) not in MARKED_UP:
        found.append(f"{where} must be plain text")
    return found


def _out_of_bounds(where: str, value: Any, most: int) -> list[str]:
    length = len(value["text"] if isinstance(value, dict) else value)
    return _longer(where, length, most) if length else [f"{where} is empty"]


def _holds_mark_up(value: object) -> bool:
    texts = value if isinstance(value, list) else [value]
    return any(isinstance(text, dict) and text.get("type") == "mrkdwn" for text in texts)
