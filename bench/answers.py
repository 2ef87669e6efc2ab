"""What the fake Slack answers to the methods of the Web API that both apps call."""

from collections.abc import Callable, Mapping
from typing import Any

from bench.workspace import BOT, TEAM, members

Answer = dict[str, Any]
Asked = Mapping[str, Any]


def shown(asked: Asked) -> Answer:
    """A view as it now is: like Slack's, the answer repeats all of it."""
    return {"view": asked["view"] | {"id": asked["view_id"], "hash": "1", "team_id": TEAM}}


def _who(_asked: Asked) -> Answer:
    return {
        "url": "https://bench.slack.com/",
        "team": "Bench",
        "user": "closedloop",
        "team_id": TEAM,
        "user_id": BOT,
        "bot_id": "B0BENCH",
        "is_enterprise_install": False,
    }


def _about(asked: Asked) -> Answer:
    name = f"inc-{asked['channel'][-2:]}-checkout-latency"
    topic = {"value": "P1 | Checkout is slow since the certificate was renewed", "creator": "U1"}
    channel = {"id": asked["channel"], "name": name, "topic": topic}
    return {"channel": channel | {"is_member": True, "is_private": False, "is_channel": True}}


def _members(asked: Asked) -> Answer:
    return {"members": members(asked["channel"])}


def _person(asked: Asked) -> Answer:
    profile = {"display_name": "", "real_name": "A Responder"}
    user = {"id": asked["user"], "team_id": TEAM, "tz": "Europe/Berlin", "profile": profile}
    return {"user": user | {"is_bot": asked["user"] == BOT, "deleted": False}}


ANSWERS: dict[str, Callable[[Asked], Answer]] = {
    "auth.test": _who,
    "views.update": shown,
    "conversations.info": _about,
    "conversations.members": _members,
    "users.info": _person,
}
