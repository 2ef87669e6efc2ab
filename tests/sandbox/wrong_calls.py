"""A table of wrong calls, and Slack's error code for each, as the method's page lists it."""

from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from tests.sandbox.payloads import form, section

Json = dict[str, Any]
#: Name of the call, error code, and how its arguments differ from the right ones.
Row = tuple[str, str, Json]
#: Left out of the right arguments.
LEFT_OUT = object()
NOWHERE = "C0NOWHERE"
LONG = {"text": "x", "blocks": [section("x" * 3001)]}
PIE = {"type": "pie", "segments": [{"label": "Open", "value": 3}]}
CHARTS = [{"type": "data_visualization", "title": "Items", "chart": PIE}] * 3


@dataclass(frozen=True)
class WrongCall:
    """One call that Slack refuses; "@name" stands for what the stage calls so."""

    name: str
    method: str
    error: str
    args: Json = field(hash=False)
    token: str = "bot"


def wrong(method: str, right: Json, *rows: Row) -> list[WrongCall]:
    """Give the wrong calls of one method, from the arguments of a right one."""
    merged = [(name, error, {**right, **more}) for name, error, more in rows]
    return [
        WrongCall(name, method, error, {k: v for k, v in args.items() if v is not LEFT_OUT})
        for name, error, args in merged
    ]


TOKENS = [
    WrongCall("a call without a token", "auth.test", "not_authed", {}, "none"),
    WrongCall("a call with a token of nobody", "auth.test", "invalid_auth", {}, "wrong"),
    WrongCall("the app's own token for people", "users.list", "not_allowed_token_type", {}, "app"),
]
POSTING = wrong(
    "chat.postMessage",
    {"channel": "@place", "text": "x"},
    ("posting to an unknown channel", "channel_not_found", {"channel": NOWHERE}),
    ("posting to an unknown name", "channel_not_found", {"channel": "#nowhere"}),
    ("posting to an unknown person", "channel_not_found", {"channel": "U0NOBODY"}),
    ("posting where nobody let the app in", "channel_not_found", {"channel": "@hidden"}),
    ("posting to a channel without the app", "not_in_channel", {"channel": "@outside"}),
    ("posting to an archived channel", "is_archived", {"channel": "@archived"}),
    ("posting nothing", "no_text", {"text": ""}),
    ("posting a section too long", "invalid_blocks", LONG),
    ("posting 51 blocks", "invalid_blocks", {"blocks": [section("x")] * 51}),
    ("posting three charts", "invalid_blocks", {"blocks": CHARTS}),
    ("posting broken blocks", "invalid_blocks_format", {"blocks": "[{"}),
    ("posting too much in blocks", "msg_blocks_too_long", {"blocks": [section("x" * 2900)] * 6}),
    ("posting metadata of no form", "invalid_metadata_format", {"metadata": {"event_type": "a"}}),
    ("posting text and Markdown", "markdown_text_conflict", {"markdown_text": "x"}),
    ("posting 101 attachments", "too_many_attachments", {"attachments": [{"text": "x"}] * 101}),
)
UPDATING = wrong(
    "chat.update",
    {"channel": "@place", "ts": "@mine", "text": "x"},
    ("changing what was never said", "message_not_found", {"ts": "1.000100"}),
    ("changing somebody else's words", "cant_update_message", {"ts": "@hers"}),
    ("changing in an unknown channel", "channel_not_found", {"channel": NOWHERE}),
    ("changing to too many words", "msg_too_long", {"text": "x" * 4001}),
    ("changing to nothing", "no_text", {"text": ""}),
    ("changing to a section too long", "invalid_blocks", LONG),
    ("changing to broken blocks", "invalid_blocks_format", {"blocks": "[{"}),
    ("changing to text and Markdown", "markdown_text_conflict", {"markdown_text": "x"}),
    ("changing to metadata of no form", "invalid_metadata_format", {"metadata": {"x": 1}}),
    ("changing in an archived channel", "is_inactive", {"channel": "@archived", "ts": "@last"}),
    ("changing to 101 attachments", "too_many_attachments", {"attachments": [{}] * 101}),
)
DELETING = wrong(
    "chat.delete",
    {"channel": "@place", "ts": "@mine"},
    ("deleting what was never said", "message_not_found", {"ts": "1.000100"}),
    ("deleting somebody else's words", "cant_delete_message", {"ts": "@hers"}),
    ("deleting in an unknown channel", "channel_not_found", {"channel": NOWHERE}),
)
WHISPERING = wrong(
    "chat.postEphemeral",
    {"channel": "@place", "user": "@ana", "text": "x"},
    ("whispering to who is not there", "user_not_in_channel", {"user": "@diego"}),
    ("whispering in an unknown channel", "channel_not_found", {"channel": NOWHERE}),
    ("whispering in a channel without the app", "not_in_channel", {"channel": "@outside"}),
    ("whispering in an archived channel", "is_archived", {"channel": "@archived"}),
    ("whispering nothing", "no_text", {"text": ""}),
    ("whispering too much", "msg_too_long", {"text": "x" * 40_001}),
    ("whispering a section too long", "invalid_blocks", LONG),
    ("whispering broken blocks", "invalid_blocks_format", {"blocks": "[{"}),
)
LINKING = wrong(
    "chat.getPermalink",
    {"channel": "@place", "message_ts": "@mine"},
    ("linking into an unknown channel", "channel_not_found", {"channel": NOWHERE}),
    ("linking to what was never said", "message_not_found", {"message_ts": "1.000100"}),
)
VIEW = form(section("x"))
NAMED = {**VIEW, "external_id": "one"}
TOO_LARGE = form(*[section("x" * 3000)] * 90)
OPENING = wrong(
    "views.open",
    {"trigger_id": "@trigger", "view": VIEW},
    ("opening without leave", "invalid_trigger_id", {"trigger_id": "1.nonsense"}),
    ("opening a second time", "exchanged_trigger_id", {"trigger_id": "@used"}),
    ("opening too late", "expired_trigger_id", {"trigger_id": "@old"}),
    ("opening without a trigger", "invalid_arguments", {"trigger_id": LEFT_OUT}),
    ("opening a huge view", "view_too_large", {"view": TOO_LARGE}),
    ("opening under a taken name", "duplicate_external_id", {"view": NAMED}),
    ("opening a view without a title", "invalid_arguments", {"view": {**VIEW, "title": None}}),
    ("opening what is no view", "invalid_arguments", {"view": "{["}),
)  # fmt: skip
PUSHING = wrong(
    "views.push",
    {"trigger_id": "@trigger", "view": VIEW},
    ("pushing without leave", "invalid_trigger_id", {"trigger_id": "1.nonsense"}),
    ("pushing a second time", "exchanged_trigger_id", {"trigger_id": "@used"}),
    ("pushing too late", "expired_trigger_id", {"trigger_id": "@old"}),
    ("pushing onto nothing", "not_found", {}),
    ("pushing a fourth view", "push_limit_reached", {"trigger_id": "@fourth"}),
    ("pushing a huge view", "view_too_large", {"view": TOO_LARGE}),
    ("pushing under a taken name", "duplicate_external_id", {"view": NAMED}),
    ("pushing a view without a title", "invalid_arguments", {"view": {**VIEW, "title": None}}),
)  # fmt: skip
HOME: Json = {"type": "home", "blocks": []}
SHOWING = [
    *wrong(
        "views.update",
        {"view_id": "@view", "view": VIEW},
        ("changing a view nobody has", "not_found", {"view_id": "V1"}),
        ("changing an older view", "hash_conflict", {"hash": "1.old"}),
        ("changing to a huge view", "view_too_large", {"view": TOO_LARGE}),
    ),
    *wrong(
        "views.publish",
        {"user_id": "@ana", "view": HOME},
        ("publishing to nobody", "invalid_arguments", {"user_id": "U0NOBODY"}),
        ("publishing over an older Home", "hash_conflict", {"hash": "1.old"}),
        ("publishing a huge Home", "view_too_large",
         {"view": {**HOME, "blocks": [section("x" * 3000)] * 90}}),
    ),
]  # fmt: skip
SAYING = [*TOKENS, *POSTING, *UPDATING, *DELETING, *WHISPERING, *LINKING]
VIEWS = list(chain(OPENING, PUSHING, SHOWING))
