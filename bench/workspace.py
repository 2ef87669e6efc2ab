"""The workspace both apps are measured in: its channels, its people, and who asks when."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

TEAM = "T0BENCH"
BOT = "U0BENCHBOT"
_PREFIX = "C0BENCH"
CHANNELS = tuple(f"{_PREFIX}{number:05}" for number in range(40))
#: Every second channel has a postmortem, which `/postmortem` shows; the others get a start form.
WITH_POSTMORTEM, WITHOUT = CHANNELS[::2], CHANNELS[1::2]
#: Channels nobody asked in before; more than a phase sends commands, so each is asked in once.
UNREAD = tuple(f"{_PREFIX}{number:05}" for number in range(100, 2100))
#: Small enough that the app reads who each member is, as it does in a real incident's channel.
MEMBERS = 6
PEOPLE = 30


@dataclass(frozen=True)
class Asked:
    """A `/postmortem` sent this many seconds after the first."""

    after: float
    channel: str


def at_rate(per_second: float, number: int, channels: Sequence[str] = CHANNELS) -> list[Asked]:
    """Commands as people send them: at this rate on average, but not on a beat."""
    chance = Random(7)  # noqa: S311 - the same gaps for both apps is all that is asked of it
    after, asked = 0.0, []
    for place in range(number):
        asked.append(Asked(after, channels[place % len(channels)]))
        after += chance.expovariate(per_second)
    return asked


def at_once(number: int) -> list[Asked]:
    """A burst: everybody in the same moment."""
    return [Asked(0.0, CHANNELS[place % len(CHANNELS)]) for place in range(number)]


def members(channel: str) -> list[str]:
    """Who is in a channel; the first of them is the one who asks, the last is the app."""
    first = int(channel.removeprefix(_PREFIX))
    return [*(f"U0BENCH{(first + step) % PEOPLE:02}" for step in range(MEMBERS)), BOT]


def command(channel: str, trigger: str, response_url: str) -> dict[str, Any]:
    """Slack's payload of `/postmortem` typed in a channel."""
    return {
        "token": "unused",
        "team_id": TEAM,
        "team_domain": "bench",
        "channel_id": channel,
        "channel_name": f"inc-{channel[-2:]}-checkout-latency",
        "user_id": members(channel)[0],
        "user_name": "responder",
        "command": "/postmortem",
        "text": "",
        "api_app_id": "A0BENCH",
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger,
    }
