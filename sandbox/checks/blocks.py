"""Limits of blocks (docs.slack.dev/reference/block-kit/blocks)."""

from collections.abc import Callable

from sandbox.checks.cards import (
    check_card,
    check_carousel,
    check_context_actions,
    check_file,
    check_plan,
    check_task,
    check_video,
)
from sandbox.checks.charts import MOST_CHARTS, check_chart
from sandbox.checks.elements import IN_ACTIONS, IN_INPUT, IN_SECTION, check_element
from sandbox.checks.problems import Problems
from sandbox.checks.rich_text import check_rich_text
from sandbox.checks.tables import check_data_table, check_table
from sandbox.refusals import Json

#: Blocks that are let through with the checks all blocks share: no page gives their limits.
UNCHECKED = {"call", "auth_provider"}
#: Where a block may stand, for those that may not stand everywhere.
ONLY_IN = {"markdown": {"message"}, "alert": {"modal"}}
#: docs.slack.dev, "Container block": 10 blocks of these kinds, titles of 150 characters.
MOST_CHILDREN, CONTAINER_TITLE = 10, 150
CHILDREN = {
    *("actions", "context", "divider", "file", "header", "image", "input", "rich_text"),
    *("section", "table", "video"),
}
WIDTHS = ("narrow", "standard", "wide", "full")


def check_blocks(blocks: object, at: str, problems: Problems, surface: str, most: int) -> None:
    """Note everything wrong with the blocks of a message, modal or Home tab."""
    seen: set[str] = set()
    for place, block in problems.objects(blocks, most, at, least=0):
        _identity(block, place, problems, seen)
        kind = str(block.get("type"))
        if surface not in ONLY_IN.get(kind, {surface}):
            problems.add(f"unsupported block type in a {surface}: {kind}", place)
        elif kind in BLOCKS:
            BLOCKS[kind](block, place, problems)
            _actions_once(block, place, problems)
        elif kind not in UNCHECKED:
            problems.add(f"unsupported type: {kind}", place)
    if surface == "message":
        _number_of_charts(blocks, at, problems)


def _number_of_charts(blocks: object, at: str, problems: Problems) -> None:
    listed = blocks if isinstance(blocks, list) else []
    kinds = [one.get("type") for one in listed if isinstance(one, dict)]
    if kinds.count("data_visualization") > MOST_CHARTS:
        problems.add(f"no more than {MOST_CHARTS} data_visualization blocks allowed", at)


def _identity(block: Json, at: str, problems: Problems, seen: set[str]) -> None:
    block_id = block.get("block_id")
    if block_id is None:
        return
    problems.longest(block_id, 255, f"{at}/block_id")
    if str(block_id) in seen:
        problems.add(f"block_id {block_id} already exists", f"{at}/block_id")
    seen.add(str(block_id))


def _actions_once(block: Json, at: str, problems: Problems) -> None:
    """Note when an action id stands more than once in a block."""
    listed = block.get("elements")
    elements = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    given = [str(one["action_id"]) for one in elements if one.get("action_id") is not None]
    for twice in {one for one in given if given.count(one) > 1}:
        problems.add(f"action_id {twice} already exists", at)


def _section(block: Json, at: str, problems: Problems) -> None:
    if "text" in block:
        problems.text(block["text"], 3000, f"{at}/text", mrkdwn=True)
    elif "fields" not in block:
        problems.add("missing required field: text or fields", at)
    if "fields" in block:
        for number, one in enumerate(problems.counted(block["fields"], 10, f"{at}/fields")):
            problems.text(one, 2000, f"{at}/fields/{number}", mrkdwn=True)
    if "accessory" in block:
        check_element(block["accessory"], f"{at}/accessory", problems, IN_SECTION)


def _header(block: Json, at: str, problems: Problems) -> None:
    problems.text(block.get("text"), 150, f"{at}/text")


def _context(block: Json, at: str, problems: Problems) -> None:
    for number, one in enumerate(problems.counted(block.get("elements"), 10, f"{at}/elements")):
        place = f"{at}/elements/{number}"
        if isinstance(one, dict) and one.get("type") == "image":
            check_element(one, place, problems, {"image"})
        else:
            problems.text(one, 3000, place, mrkdwn=True)


def _actions(block: Json, at: str, problems: Problems) -> None:
    for number, one in enumerate(problems.counted(block.get("elements"), 25, f"{at}/elements")):
        check_element(one, f"{at}/elements/{number}", problems, IN_ACTIONS)


def _input(block: Json, at: str, problems: Problems) -> None:
    problems.text(block.get("label"), 2000, f"{at}/label")
    if "hint" in block:
        problems.text(block["hint"], 2000, f"{at}/hint")
    check_element(block.get("element"), f"{at}/element", problems, IN_INPUT)


def _image(block: Json, at: str, problems: Problems) -> None:
    check_element({**block, "type": "image"}, at, problems, {"image"})


def _markdown(block: Json, at: str, problems: Problems) -> None:
    problems.longest(block.get("text"), 12_000, f"{at}/text")


def _divider(_block: Json, _at: str, _problems: Problems) -> None:
    """A line has no limits."""


def _alert(block: Json, at: str, problems: Problems) -> None:
    problems.text(block.get("text"), 3000, f"{at}/text", mrkdwn=True)


def _container(block: Json, at: str, problems: Problems) -> None:
    if "rich_text_title" in block:
        check_rich_text(block["rich_text_title"], f"{at}/rich_text_title", problems)
    else:
        problems.text(block.get("title"), CONTAINER_TITLE, f"{at}/title")
    if "subtitle" in block:
        problems.text(block["subtitle"], CONTAINER_TITLE, f"{at}/subtitle", mrkdwn=True)
    problems.one_of(block.get("width", "standard"), WIDTHS, f"{at}/width")
    if "icon" in block:
        check_element(block["icon"], f"{at}/icon", problems, {"image"})
    _children(block.get("child_blocks"), at, problems)


def _children(children: object, at: str, problems: Problems) -> None:
    for place, child in problems.objects(children, MOST_CHILDREN, f"{at}/child_blocks"):
        kind = str(child.get("type"))
        if kind in CHILDREN:
            BLOCKS[kind](child, place, problems)
        else:
            problems.add(f"unsupported block type in a container: {kind}", place)


BLOCKS: dict[str, Callable[[Json, str, Problems], None]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "image": _image,
    "markdown": _markdown,
    "divider": _divider,
    "alert": _alert,
    "container": _container,
    "data_table": check_data_table,
    "table": check_table,
    "data_visualization": check_chart,
    "rich_text": check_rich_text,
    "context_actions": check_context_actions,
    "card": check_card,
    "carousel": check_carousel,
    "task_card": check_task,
    "plan": check_plan,
    "video": check_video,
    "file": check_file,
}
