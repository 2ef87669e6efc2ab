"""Slack's checks of a modal or Home tab (docs.slack.dev/reference/views)."""

import json

from sandbox.checks.blocks import check_blocks
from sandbox.checks.problems import Problems
from sandbox.refusals import Json, Refused, arguments_refused

MOST_BLOCKS = 100
TITLE, METADATA, CALLBACK, EXTERNAL = 24, 3000, 255, 255
#: views.open, `view_too_large`: "greater than 250kb".
LARGEST = 250_000
#: docs.slack.dev/reference/views/home-tab-views: a Home tab has these fields and no others.
HOME_KEYS = {"type", "blocks", "private_metadata", "callback_id", "external_id"}
MODAL_KEYS = HOME_KEYS | {
    *("title", "close", "submit", "submit_disabled", "clear_on_close", "notify_on_close"),
}


def check_view(view: object, kind: str = "modal") -> Json:
    """The view, when Slack would take it; what Slack refuses is refused."""
    if not isinstance(view, dict):
        raise arguments_refused("missing required field: view")
    if len(json.dumps(view)) > LARGEST:
        raise Refused("view_too_large")
    problems = Problems()
    _keys(view, kind, problems)
    if kind == "modal":
        _frame(view, problems)
    check_blocks(view.get("blocks"), "/view/blocks", problems, kind, MOST_BLOCKS)
    if problems.found:
        raise arguments_refused(*(f"[ERROR] {one}" for one in problems.found))
    return view


def _keys(view: Json, kind: str, problems: Problems) -> None:
    if view.get("type") != kind:
        problems.add(f"must be a {kind}", "/view/type")
    for key in sorted(view.keys() - (MODAL_KEYS if kind == "modal" else HOME_KEYS)):
        problems.add(f"invalid additional property: {key}", "/view")
    limits = {"private_metadata": METADATA, "callback_id": CALLBACK, "external_id": EXTERNAL}
    for key, most in limits.items():
        if key in view:
            problems.longest(view[key], most, f"/view/{key}")


def _frame(view: Json, problems: Problems) -> None:
    problems.text(view.get("title"), TITLE, "/view/title")
    for key in ("submit", "close"):
        if view.get(key) is not None:
            problems.text(view[key], TITLE, f"/view/{key}")
    blocks = view["blocks"] if isinstance(view.get("blocks"), list) else []
    typed = any(isinstance(one, dict) and one.get("type") == "input" for one in blocks)
    if typed and not view.get("submit"):
        problems.add("must define `submit` to use an `input` block in modals", "/view")
