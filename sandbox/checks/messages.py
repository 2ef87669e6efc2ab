"""Slack's checks of a message."""

from typing import Any

from sandbox.checks.blocks import check_blocks
from sandbox.checks.problems import Problems
from sandbox.refusals import Json, Refused, arguments_refused
from sandbox.seeing import visible_words

#: docs.slack.dev/reference/methods/chat.postMessage: text 40,000; blocks: 50 in a message.
LONGEST_TEXT = 40_000
MOST_BLOCKS = 50
#: No page says how much text the blocks of one message hold together; measured by others:
#: 13,297 characters in one block, about 100 fewer for each further one
#: (github.com/slackapi/bolt-js issues 2509 and 2867).
HEAVIEST_BLOCKS, WEIGHT_OF_A_BLOCK = 13_200, 100


def check_message(text: object, blocks: object, metadata: object = None) -> None:
    """Refuse what Slack refuses about a message's text, blocks and metadata."""
    if isinstance(text, dict | list):
        raise arguments_refused("[ERROR] must be a string [json-pointer:/text]")
    if not text and not blocks:
        raise Refused("no_text")
    if isinstance(text, str) and len(text) > LONGEST_TEXT:
        raise Refused("msg_too_long")
    if blocks:
        check_message_blocks(blocks)
    if metadata:
        _check_metadata(metadata)


def check_message_blocks(blocks: object) -> None:
    """Refuse what Slack refuses about the blocks of a message."""
    problems = Problems()
    check_blocks(blocks, "/blocks", problems, "message", MOST_BLOCKS)
    if problems.found:
        raise _blocks_refused(problems)
    if weight(blocks) > HEAVIEST_BLOCKS:
        raise Refused("msg_blocks_too_long")


def weight(blocks: Any) -> int:
    """What Slack counts of blocks: their visible characters, and something for each block."""
    return len(blocks) * WEIGHT_OF_A_BLOCK + len("".join(visible_words(blocks)))


def _blocks_refused(problems: Problems) -> Refused:
    """Slack's `invalid_blocks`, with its sentences."""
    messages = [f"[ERROR] {one}" for one in problems.found]
    return Refused(
        "invalid_blocks", errors=problems.found, response_metadata={"messages": messages}
    )


def _check_metadata(metadata: object) -> None:
    wanted: Json = metadata if isinstance(metadata, dict) else {}
    typed = isinstance(wanted.get("event_type"), str)
    if not typed or not isinstance(wanted.get("event_payload"), dict):
        raise Refused("invalid_metadata_format")
