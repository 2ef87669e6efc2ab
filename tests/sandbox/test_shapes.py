"""Answers and payloads use only keys that Slack's own samples hold, with the same types."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from sandbox import Sandbox
from tests.sandbox.talks import app_acts, collecting, look_around, people_act, talk

Json = dict[str, Any]
REPO = Path(__file__).parents[2]
SAMPLES = Path(os.environ.get("SLACK_SAMPLES", REPO.parent / "shared" / "slack" / "samples"))
pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="Slack's samples are not here: set SLACK_SAMPLES to their folder"
)
#: Emptied in the samples, so anything may stand below them.
FREE = {"blocks", "elements", "state", "event_payload", "previous_message", "previous_view_id"}
#: Real keys that the samples happen not to hold (docs.slack.dev: pins.list, view_submission,
#: user_change, app_home_opened).
BEYOND = {
    *("/items/0/channel", "/items/0/message", "/view/blocks", "/event/event_ts"),
    "/event/view/blocks",
}
EVENTS = {
    "message": "MessagePayload",
    "message/message_changed": "MessageChangedPayload",
    "message/message_deleted": "MessageDeletedPayload",
    "app_mention": "AppMentionPayload",
    "app_home_opened": "AppHomeOpenedPayload",
    "user_change": "UserChangePayload",
    "reaction_added": "ReactionAddedPayload",
    "reaction_removed": "ReactionRemovedPayload",
    "channel_archive": "ChannelArchivePayload",
}
INTERACTIONS = {
    "block_actions": "BlockActionPayload",
    "view_submission": "ViewSubmissionPayload",
    "view_closed": "ViewClosedPayload",
}


def strange(ours: Any, theirs: Any, at: str = "") -> Iterator[str]:
    """What stands in ours and not, or otherwise, in theirs."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key, value in ours.items():
            yield from strange_value(key, value, theirs, f"{at}/{key}")
    elif isinstance(ours, list) and isinstance(theirs, list):
        for value in ours if theirs else []:
            yield from strange(value, theirs[0], f"{at}/0")
    elif ours is not None and type(ours) is not type(theirs):
        yield f"{at} is {ours!r}, in the sample {theirs!r}"


def strange_value(key: str, value: Any, theirs: Json, at: str) -> Iterator[str]:
    if key in theirs and key not in FREE:
        yield from strange(value, theirs[key], at)
    elif key not in theirs and at not in BEYOND:
        yield f"{at} is not in the sample"


def sample(kind: str, name: str) -> Json | None:
    path = SAMPLES / kind / f"{name}.json"
    return json.loads(path.read_text()) if path.is_file() else None


def name_of(body: Json) -> str:
    """The sample that a payload is like."""
    event = body.get("event", {})
    said = "/".join(event[key] for key in ("type", "subtype") if key in event) or body.get("type")
    return {**EVENTS, **INTERACTIONS}.get(said, "") if said else "SlashCommandPayload"


def unformed(body: Json) -> Json:
    """A command's fields are all text in a form; its one yes or no is read back."""
    flag = body.get("is_enterprise_install")
    return {**body, "is_enterprise_install": flag == "true"} if "command" in body else body


async def test_every_answer_has_the_shape_of_its_sample(app: AsyncApp, slack: Sandbox) -> None:
    await talk(app, slack)
    await look_around(app, slack)
    wrong = []
    for call in slack.calls:
        theirs = sample("api", call.method)
        if theirs is not None:
            wrong += [f"{call.method}: {one}" for one in strange(call.response, theirs)]
    assert "\n".join(wrong) == ""
    assert len({call.method for call in slack.calls}) > 20


async def test_every_payload_has_the_shape_of_its_sample(app: AsyncApp, slack: Sandbox) -> None:
    async with collecting(slack) as sent:
        await app_acts(app, slack)
        await people_act(slack)
    wrong = []
    for body in sent:
        name = name_of(body)
        theirs = sample("payloads", name) or {}
        wrong += [f"{name}: {one}" for one in strange(unformed(body), theirs) if theirs]
    assert "\n".join(wrong) == ""
    seen = {name_of(body) for body in sent}
    assert seen >= {"SlashCommandPayload", *INTERACTIONS.values(), *EVENTS.values()}
