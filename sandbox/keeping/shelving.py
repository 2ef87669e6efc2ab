"""What of a workspace is kept over a restart, as rows; and putting the rows back.

Everything is kept but what LEFT names: a new attribute is kept without anybody thinking of it,
and a test fails when it holds what cannot be kept.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

from sandbox.channels import Channel
from sandbox.workspace import Workspace

#: Kind -> id -> what is kept, in the order in which it stands in the workspace.
Rows = dict[str, dict[str, Any]]

#: The parts of the workspace that are no values themselves but hold some; "" is the workspace.
PARTS = ("", "clock", "views", "triggers", "diary")
#: Part -> attribute -> why it is not kept.
LEFT: dict[str, dict[str, str]] = {
    "": {
        "app": "read from the manifest at every start, with new tokens",
        "url": "where this process serves it",
        "changes": "who listens, not what there is",
        "_event_listeners": "the same",
    },
    "clock": {
        "_standing": "said by whoever opens the workspace",
        "_listeners": "who listens, not what there is",
    },
    "views": {},
    "triggers": {
        "issued": "a trigger id lives three seconds",
        "faults": "an app could not even start while Slack is down",
        "monotonic": "a clock of this process",
        "now": "the workspace's",
    },
    "diary": {
        "planner": "the app's, which starts anew",
        "_clock": "the workspace's",
        "_changed": "who is told, not what there is",
        "_turning": "a turn ends with its process",
        "_most_stops": "said by whoever opens the workspace",
    },
}
#: The id of a row that is the only one of its kind.
WHOLE = ""


class Misfit(Exception):
    """The rows hold something that this workspace has no place for."""


def kept(workspace: Workspace) -> Iterator[tuple[str, Any, str]]:
    """Every attribute that is kept: its kind, whose it is, its name."""
    for part in PARTS:
        owner = getattr(workspace, part) if part else workspace
        for name in vars(owner):
            if name not in LEFT[part] and not (owner is workspace and name in PARTS):
                yield f"{part}.{name}" if part else name, owner, name


def rows(workspace: Workspace) -> Rows:
    """Everything that is kept, as it stands now: the very objects, not copies."""
    found: Rows = {}
    for kind, owner, name in kept(workspace):
        value = vars(owner)[name]
        if isinstance(value, Iterator):
            value = _next_of(owner, name)
        found[kind] = dict(value) if isinstance(value, dict) else {WHOLE: value}
    channels: dict[str, Channel] = found["channels"]
    for key, channel in channels.items():
        # One message more is one row more, and not the whole channel again.
        channels[key] = replace(channel, messages=[])
        found[_messages_of(key)] = {one.ts: one for one in channel.messages}
    return found


def put_back(workspace: Workspace, found: Rows) -> None:
    """Let the workspace be what these rows say; `Misfit` when they know of something else."""
    rest = dict(found)
    for kind, owner, name in list(kept(workspace)):
        _set(owner, name, rest.pop(kind, {}))
    for key, channel in workspace.channels.items():
        channel.messages = list(rest.pop(_messages_of(key), {}).values())
    if rest:
        raise Misfit(f"Nothing here is called {', '.join(rest)}.")
    for view in workspace.views.all():
        view.busy = False  # whoever was to answer is gone


def _messages_of(channel: str) -> str:
    return f"messages {channel}"


def _next_of(owner: Any, name: str) -> int:
    """The number that comes next, and leave it the next."""
    number: int = next(vars(owner)[name])
    setattr(owner, name, count(number))
    return number


def _set(owner: Any, name: str, stored: dict[str, Any]) -> None:
    now = vars(owner)[name]
    if isinstance(now, dict):
        now.clear()
        now.update(stored)
    elif stored:
        value = stored[WHOLE]
        setattr(owner, name, count(value) if isinstance(now, Iterator) else value)
