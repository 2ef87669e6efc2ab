"""Limits of block elements (docs.slack.dev/reference/block-kit/block-elements)."""

from collections.abc import Callable

from sandbox.checks.problems import Problems
from sandbox.checks.rich_text import check_rich_text
from sandbox.refusals import Json

#: docs.slack.dev: composition objects, "Option": text 75, value 150; a select offers 100.
OPTION_TEXT, OPTION_VALUE, MOST_OPTIONS = 75, 150, 100
MOST_TYPED = 3000
#: docs.slack.dev, "File input element": 1 to 10 files.
MOST_FILES = 10
PLACEHOLDER = 150
#: docs.slack.dev, "Datetime picker": "10-digit UNIX timestamps".
EARLIEST, LATEST = 10**9, 10**10 - 1


def check_element(element: object, at: str, problems: Problems, allowed: set[str]) -> None:
    """Note everything wrong with one element."""
    if not isinstance(element, dict):
        problems.add("must be an object", at)
        return
    kind = str(element.get("type"))
    if kind not in allowed:
        problems.add(f"unsupported element type: {kind}", at)
        return
    if "action_id" in element:
        problems.longest(element["action_id"], 255, f"{at}/action_id")
    if "placeholder" in element:
        problems.text(element["placeholder"], PLACEHOLDER, f"{at}/placeholder")
    if "confirm" in element:
        _confirm(element["confirm"], f"{at}/confirm", problems)
    ELEMENTS.get(kind, _nothing)(element, at, problems)


def _nothing(_element: Json, _at: str, _problems: Problems) -> None:
    """Some elements have no limits of their own."""


def _confirm(confirm: object, at: str, problems: Problems) -> None:
    if not isinstance(confirm, dict):
        problems.add("must be an object", at)
        return
    for key, most in (("title", 100), ("confirm", 30), ("deny", 30)):
        problems.text(confirm.get(key), most, f"{at}/{key}")
    problems.text(confirm.get("text"), 300, f"{at}/text", mrkdwn=True)


def _button(button: Json, at: str, problems: Problems) -> None:
    problems.text(button.get("text"), 75, f"{at}/text")
    for key, most in (("value", 2000), ("url", 3000), ("accessibility_label", 75)):
        if key in button:
            problems.longest(button[key], most, f"{at}/{key}")
    if button.get("style", "primary") not in ("primary", "danger"):
        problems.add("must be primary or danger", f"{at}/style")


def _option(option: Json, at: str, problems: Problems, *, mrkdwn: bool) -> None:
    problems.text(option.get("text"), OPTION_TEXT, f"{at}/text", mrkdwn=mrkdwn)
    problems.longest(option.get("value"), OPTION_VALUE, f"{at}/value")
    if "description" in option:
        problems.text(option["description"], 75, f"{at}/description", mrkdwn=mrkdwn)


def _options(most: int, *, mrkdwn: bool = False) -> Callable[[Json, str, Problems], None]:
    def check(element: Json, at: str, problems: Problems) -> None:
        if "option_groups" in element:
            _groups(element, at, problems)
            return
        options = problems.objects(element.get("options"), most, f"{at}/options")
        for place, option in options:
            _option(option, place, problems, mrkdwn=mrkdwn)
        _initial(element, [option for _, option in options], at, problems)

    return check


def _groups(element: Json, at: str, problems: Problems) -> None:
    offered = []
    for at_group, group in problems.objects(
        element["option_groups"], MOST_OPTIONS, f"{at}/option_groups"
    ):
        problems.text(group.get("label"), 75, f"{at_group}/label")
        options = group.get("options")
        for place, option in problems.objects(options, MOST_OPTIONS, f"{at_group}/options"):
            _option(option, place, problems, mrkdwn=False)
            offered.append(option)
    _initial(element, offered, at, problems)


def _initial(element: Json, options: list[Json], at: str, problems: Problems) -> None:
    """Note when an option chosen from the start is none of those offered, word for word."""
    chosen = [element["initial_option"]] if "initial_option" in element else []
    if "initial_options" in element:
        chosen = problems.counted(element["initial_options"], 100, f"{at}/initial_options")
    for option in chosen:
        if option not in options:
            problems.add("initial option is not one of the options", at)


def _typed(element: Json, at: str, problems: Problems) -> None:
    most = element.get("max_length", MOST_TYPED)
    least = element.get("min_length", 0)
    if not isinstance(most, int) or not 1 <= most <= MOST_TYPED:
        problems.add(f"must be between 1 and {MOST_TYPED}", f"{at}/max_length")
        most = MOST_TYPED
    if not 0 <= least <= most:
        problems.add("must be between 0 and max_length", f"{at}/min_length")
    if "initial_value" in element:
        problems.longest(element["initial_value"], most, f"{at}/initial_value")


def _number(element: Json, at: str, problems: Problems) -> None:
    if not isinstance(element.get("is_decimal_allowed"), bool):
        problems.add("missing required field: is_decimal_allowed", at)


def _datetime(element: Json, at: str, problems: Problems) -> None:
    initial = element.get("initial_date_time", EARLIEST)
    if not isinstance(initial, int) or not EARLIEST <= initial <= LATEST:
        problems.add("must be a Unix timestamp of 10 digits", f"{at}/initial_date_time")


def _image(element: Json, at: str, problems: Problems) -> None:
    problems.longest(element.get("alt_text"), 2000, f"{at}/alt_text")
    if "image_url" in element:
        problems.longest(element["image_url"], 3000, f"{at}/image_url")
    elif "slack_file" not in element:
        problems.add("missing required field: image_url", at)


def _external(element: Json, at: str, problems: Problems) -> None:
    if "min_query_length" in element:
        problems.between(element["min_query_length"], 0, MOST_TYPED, f"{at}/min_query_length")
    if "initial_options" in element:
        problems.objects(element["initial_options"], MOST_OPTIONS, f"{at}/initial_options")


def _file_input(element: Json, at: str, problems: Problems) -> None:
    if "max_files" in element:
        problems.between(element["max_files"], 1, MOST_FILES, f"{at}/max_files")
    if "filetypes" in element:
        place = f"{at}/filetypes"
        for number, one in enumerate(problems.counted(element["filetypes"], MOST_OPTIONS, place)):
            problems.filled(one, OPTION_TEXT, f"{place}/{number}")


def _rich_text_input(element: Json, at: str, problems: Problems) -> None:
    if "initial_value" in element:
        check_rich_text(element["initial_value"], f"{at}/initial_value", problems)


def _feedback(element: Json, at: str, problems: Problems) -> None:
    for key in ("positive_button", "negative_button"):
        place = f"{at}/{key}"
        button = problems.mapping(element.get(key), place)
        problems.text(button.get("text"), 75, f"{place}/text")
        problems.longest(button.get("value"), 2000, f"{place}/value")


def _icon_button(element: Json, at: str, problems: Problems) -> None:
    _button(element, at, problems)
    if element.get("icon") != "trash":
        problems.add("must be trash", f"{at}/icon")


ELEMENTS: dict[str, Callable[[Json, str, Problems], None]] = {
    "button": _button,
    "static_select": _options(MOST_OPTIONS),
    "multi_static_select": _options(MOST_OPTIONS),
    "overflow": _options(5),
    "radio_buttons": _options(10, mrkdwn=True),
    "checkboxes": _options(10, mrkdwn=True),
    "plain_text_input": _typed,
    "number_input": _number,
    "datetimepicker": _datetime,
    "image": _image,
    "external_select": _external,
    "multi_external_select": _external,
    "file_input": _file_input,
    "rich_text_input": _rich_text_input,
    "feedback_buttons": _feedback,
    "icon_button": _icon_button,
}
SELECTS = {
    f"{many}{kind}_select"
    for many in ("", "multi_")
    for kind in ("static", "external", "users", "conversations", "channels")
}
PICKS = {"datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons"}
IN_SECTION = SELECTS | PICKS | {"button", "overflow", "image", "workflow_button"}
IN_ACTIONS = SELECTS | PICKS | {"button", "overflow", "workflow_button", "rich_text_input"}
TYPED = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}
IN_INPUT = SELECTS | PICKS | TYPED | {"rich_text_input", "file_input"}
