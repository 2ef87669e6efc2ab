"""What the browser page can do, each with the very hands that tests use."""

import base64
import binascii
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sandbox.browser.faults import FAULT_ACTS
from sandbox.hands.person import Person
from sandbox.refusals import Json

Act = Callable[[Person, Json], Awaitable[Json]]

#: What the page has to say some things as; all others it says as text.
KINDS: dict[str, tuple[type, ...]] = {
    "private": (bool,),
    "everything": (bool,),
    "seconds": (int, float),
    "values": (dict,),
    "content": (str, bytes),
    "value": (str, int, float, dict, list),
}
NAMES = {str: "text", bool: "yes or no", int: "a number", dict: "an object", list: "a list"}


def _nothing(_done: object) -> Json:
    """Tell the page no more than that it is done."""
    return {}


@dataclass(frozen=True)
class Deed:
    """One method of Person: what the page has to say for it, may say, and is told of it."""

    method: str
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    told: Callable[[Any], Json] = _nothing

    async def __call__(self, person: Person, act: Json) -> Json:
        """Do it; LookupError when something is missing."""
        missing = [key for key in self.needs if act.get(key) is None]
        if missing:
            raise LookupError(f"To {self.method} the page has to say {' and '.join(missing)}.")
        given = {key: act[key] for key in (*self.needs, *self.may) if act.get(key) is not None}
        _check(self.method, given)
        done = getattr(person, self.method)(**given)
        return self.told(await done if isinstance(done, Awaitable) else done)


def _check(method: str, given: Json) -> None:
    """Refuse what is said as something that it cannot be."""
    for key, value in given.items():
        kinds = KINDS.get(key, (str,))
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            wanted = " or ".join(NAMES[kind] for kind in kinds if kind in NAMES)
            raise ValueError(f"To {method} the page has to say {key} as {wanted}.")
    for typed in given.get("values", {}).values():
        if not isinstance(typed, dict) or not all(isinstance(one, dict) for one in typed.values()):
            raise ValueError(f"To {method} the page has to say values by block and action.")


_in_message = Deed("click", ("channel", "action_id"), ("block_id", "ts", "value", "values"))
_in_view = Deed("press", ("view", "action_id"), ("block_id", "value", "values"))
_react = Deed("react", ("channel", "ts", "name"))
_unreact = Deed("unreact", ("channel", "ts", "name"))
_upload = Deed(
    "upload",
    ("name", "content"),
    ("mimetype", "channel", "text", "thread_ts"),
    lambda file: {"file": file.to_page()},
)


async def _click(person: Person, act: Json) -> Json:
    """Click where it stands: in a view or in a message."""
    return await (_in_view if "view" in act else _in_message)(person, act)


async def _toggle(person: Person, act: Json) -> Json:
    """React, or take the reaction back when it is there already."""
    channel, ts, name = (str(act[key]) for key in _react.needs)
    message = person.channel(channel).find(ts)
    again = message is not None and person.id in message.reactions.get(name, [])
    return await (_unreact if again else _react)(person, act)


async def _decoded(person: Person, act: Json) -> Json:
    """Upload what the page sends in base64."""
    try:
        content = base64.b64decode(str(act.get("content", "")), validate=True)
    except binascii.Error:
        raise ValueError("The file came damaged: choose it again.") from None
    return await _upload(person, {**act, "content": content})


DEEDS = (
    Deed("say", ("channel", "text"), ("thread_ts",), lambda ts: {"ts": ts}),
    Deed("edit", ("channel", "ts", "text")),
    Deed("delete", ("channel", "ts")),
    Deed("pin", ("channel", "ts"), told=lambda pinned: {"pinned": pinned}),
    Deed("read", ("channel",)),
    Deed("unread", ("channel", "ts")),
    Deed("command", ("channel", "text"), ("thread_ts",)),
    Deed("shortcut", ("callback_id",), ("channel", "ts")),
    Deed(
        "submit",
        ("view",),
        ("values",),
        lambda done: {"closed": done.closed, "errors": done.errors},
    ),
    Deed("close", ("view",), ("everything",)),
    Deed("suggest", ("value", "action_id"), ("block_id", "view", "channel", "ts"), dict),
    Deed("open_home"),
    Deed("set_time_zone", ("tz",)),
    Deed("open_dm", ("user",), told=lambda channel: {"channel": channel.id}),
    Deed("join", ("channel",)),
    Deed("leave", ("channel",)),
    Deed("invite", ("channel", "user")),
    Deed("topic", ("channel", "text")),
    Deed("create_channel", ("name",), ("private",), lambda channel: {"channel": channel.id}),
    Deed("archive", ("channel",)),
    Deed("deactivate", ("user",)),
    Deed("clock", (), ("seconds", "to"), lambda came: {"came": [due.to_page() for due in came]}),
)


def _at_once(do: Act) -> Act:
    """Show an act's effect without waiting whether the app heard of it, as Slack does."""

    async def act(person: Person, asked: Json) -> Json:
        person.waits = False
        return await do(person, asked)

    return act


DONE: dict[str, Act] = {
    **{deed.method: deed for deed in DEEDS},
    "click": _click,
    "react": _toggle,
    "upload": _decoded,
    **FAULT_ACTS,
}
ACTS = {name: _at_once(do) for name, do in DONE.items()}
