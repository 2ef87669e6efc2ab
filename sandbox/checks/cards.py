"""Limits of cards, tasks, videos and files (docs.slack.dev/reference/block-kit/blocks)."""

from sandbox.checks.elements import check_element
from sandbox.checks.problems import Problems
from sandbox.checks.rich_text import check_rich_text
from sandbox.refusals import Json

CARD_TEXTS = {"title": 150, "subtitle": 150, "body": 200}
MOST_CARDS = 10
VIDEO_TEXT, VIDEO_AUTHOR = 199, 49
MOST_CONTEXT_ACTIONS = 5
IN_CONTEXT_ACTIONS = {"feedback_buttons", "icon_button"}
TASK_STATES = ("pending", "in_progress", "complete", "error")
#: No page limits how many tasks a plan has; a message holds 50 blocks.
MOST_TASKS = 50


def check_card(block: Json, at: str, problems: Problems) -> None:
    """Note everything wrong with a card block."""
    if not any(block.get(key) for key in ("hero_image", "title", "actions", "body")):
        problems.add("must have a hero_image, title, actions or body", at)
    for key in block.keys() & CARD_TEXTS.keys():
        problems.text(block[key], CARD_TEXTS[key], f"{at}/{key}", mrkdwn=True)
    for key in block.keys() & {"hero_image", "icon"}:
        check_element(block[key], f"{at}/{key}", problems, {"image"})
    if "actions" in block:
        _elements(block["actions"], 25, f"{at}/actions", problems, {"button"})


def check_carousel(block: Json, at: str, problems: Problems) -> None:
    """Note everything wrong with a carousel of cards."""
    for place, card in problems.objects(block.get("elements"), MOST_CARDS, f"{at}/elements"):
        if card.get("type") != "card":
            problems.add("must be a card", place)
        else:
            check_card(card, place, problems)


def check_context_actions(block: Json, at: str, problems: Problems) -> None:
    """Note everything wrong with a context actions block."""
    place = f"{at}/elements"
    _elements(block.get("elements"), MOST_CONTEXT_ACTIONS, place, problems, IN_CONTEXT_ACTIONS)


def _elements(things: object, most: int, at: str, problems: Problems, allowed: set[str]) -> None:
    for number, one in enumerate(problems.counted(things, most, at)):
        check_element(one, f"{at}/{number}", problems, allowed)


def check_task(block: Json, at: str, problems: Problems) -> None:
    """Note everything wrong with a task card block."""
    for key in ("task_id", "title"):
        problems.filled(block.get(key), 3000, f"{at}/{key}")
    for key in block.keys() & {"details", "output"}:
        check_rich_text(block[key], f"{at}/{key}", problems)
    problems.one_of(block.get("status", "pending"), TASK_STATES, f"{at}/status")
    if "sources" in block:
        for place, source in problems.objects(block["sources"], MOST_TASKS, f"{at}/sources"):
            problems.required(source, "url", place)


def check_plan(block: Json, at: str, problems: Problems) -> None:
    """Note everything wrong with a plan of tasks."""
    problems.filled(block.get("title"), 3000, f"{at}/title")
    tasks = block.get("tasks", [])
    for place, task in problems.objects(tasks, MOST_TASKS, f"{at}/tasks", least=0):
        if task.get("type") != "task_card":
            problems.add("must be a task_card", place)
        else:
            check_task(task, place, problems)


def check_video(block: Json, at: str, problems: Problems) -> None:
    """Note everything wrong with a video block ("must be less than 200 characters")."""
    for key in ("alt_text", "thumbnail_url"):
        problems.filled(block.get(key), 3000, f"{at}/{key}")
    problems.text(block.get("title"), VIDEO_TEXT, f"{at}/title")
    if "description" in block:
        problems.text(block["description"], VIDEO_TEXT, f"{at}/description")
    if "author_name" in block:
        problems.longest(block["author_name"], VIDEO_AUTHOR, f"{at}/author_name")
    for key in ("video_url", "title_url"):
        if key == "video_url" or key in block:
            _https(block.get(key), f"{at}/{key}", problems)


def check_file(block: Json, at: str, problems: Problems) -> None:
    """Note everything wrong with a remote file block."""
    problems.filled(block.get("external_id"), 3000, f"{at}/external_id")
    if block.get("source") != "remote":
        problems.add("must be remote", f"{at}/source")


def _https(url: object, at: str, problems: Problems) -> None:
    if not str(url).startswith("https://"):
        problems.add("must be an https URL", at)
