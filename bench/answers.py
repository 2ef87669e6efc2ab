"""What the fake Slack answers to the methods of the Web API that both apps call."""

from collections.abc import Callable, Mapping
from typing import Any

from bench.workspace import BOT, TEAM, members

Answer = dict[str, Any]
Asked = Mapping[str, Any]

#: What is said in an incident's channel: so many messages, one a minute.
MESSAGES = 60
_NEWEST = 1_795_182_000
_SAID = (
    "Looking at it now.",
    "p99 of `checkout-api` is *8.2 s* in eu-west, 410 ms elsewhere. :fire:",
    "<@U0BENCH01> can you see whether the canary had traffic of large tenants at all?",
    "Rolled back. It needs some minutes until the queues are short again.",
)


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


def _messages(_asked: Asked) -> Answer:
    messages = [
        {
            "type": "message",
            "user": f"U0BENCH{number % 6:02}",
            "ts": f"{_NEWEST - 60 * number}.000100",
            "text": _SAID[number % len(_SAID)],
        }
        for number in range(MESSAGES)
    ]
    return {"messages": messages, "has_more": False}


def _person(asked: Asked) -> Answer:
    profile = {"display_name": "", "real_name": "A Responder"}
    user = {"id": asked["user"], "team_id": TEAM, "tz": "Europe/Berlin", "profile": profile}
    return {"user": user | {"is_bot": asked["user"] == BOT, "deleted": False}}


ANSWERS: dict[str, Callable[[Asked], Answer]] = {
    "auth.test": _who,
    "views.update": shown,
    "conversations.info": _about,
    "conversations.history": _messages,
    "conversations.members": _members,
    "users.info": _person,
}
