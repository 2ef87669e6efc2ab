"""Rich text and its parts (docs.slack.dev/reference/block-kit/blocks/rich-text-block)."""

from sandbox.checks.problems import Problems
from sandbox.refusals import Json

#: docs.slack.dev, "Rich text section element": what may stand in a line.
WORDS = {
    *("attachment_mention", "broadcast", "canvas", "canvas_user_mention", "canvas_message_unfurl"),
    *("channel", "citation", "color", "date", "emoji", "file", "link", "list_record", "tag"),
    *("message_mention", "salesforce_data_field", "team", "text", "user", "usergroup"),
    *("work_object_mention", "workflow_mention"),
}
#: What a word has to say.
SAYS = {
    "text": "text",
    "link": "url",
    "user": "user_id",
    "channel": "channel_id",
    "usergroup": "usergroup_id",
    "emoji": "name",
    "broadcast": "range",
    "color": "value",
    "date": "format",
}
#: No page limits how many parts there are; a request holds no more than this anyway.
MANY = 10_000


def check_rich_text(block: object, at: str, problems: Problems) -> None:
    """Note everything wrong with a rich text block, where nothing else may stand."""
    found = problems.mapping(block, at)
    if found.get("type") != "rich_text":
        problems.add("must be a rich_text block", at)
        return
    for place, part in problems.objects(found.get("elements"), MANY, f"{at}/elements", least=0):
        _part(part, place, problems)


def _part(part: Json, at: str, problems: Problems) -> None:
    kind = part.get("type")
    elements = problems.objects(part.get("elements"), MANY, f"{at}/elements", least=0)
    if kind == "rich_text_list":
        if part.get("style") not in ("bullet", "ordered"):
            problems.add("must be bullet or ordered", f"{at}/style")
        for place, line in elements:
            _line(line, place, problems)
    elif kind in ("rich_text_section", "rich_text_preformatted", "rich_text_quote"):
        for place, word in elements:
            _word(word, place, problems)
    else:
        problems.add(f"unsupported type: {kind}", at)


def _line(line: Json, at: str, problems: Problems) -> None:
    if line.get("type") != "rich_text_section":
        problems.add("must be a rich_text_section", at)
        return
    for place, word in problems.objects(line.get("elements"), MANY, f"{at}/elements", least=0):
        _word(word, place, problems)


def _word(word: Json, at: str, problems: Problems) -> None:
    kind = str(word.get("type"))
    if kind not in WORDS:
        problems.add(f"unsupported type: {kind}", at)
    elif kind in SAYS:
        problems.required(word, SAYS[kind], at)
