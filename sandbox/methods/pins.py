"""pins.add, list, remove and reactions.add, get, remove."""

import re

from sandbox.channels import Channel
from sandbox.messages import Message
from sandbox.methods.ask import Ask
from sandbox.pinning import pin, unpin
from sandbox.posting import react, unreact
from sandbox.refusals import Json, Refused

TIMESTAMP = re.compile(r"\d+\.\d+")
#: A name of the standard or the workspace's own emoji; which there are, nobody here knows.
EMOJI = re.compile(r"[\w+'-]+(::skin-tone-[2-6])?")


def _writable(ask: Ask) -> Channel:
    channel = ask.member_channel()
    if channel.archived:
        raise Refused("is_archived")
    return channel


def _message(ask: Ask, channel: Channel) -> Message:
    """The message meant by its `timestamp`."""
    ts = str(ask.args.get("timestamp") or "")
    if not ts:
        raise Refused("no_item_specified")
    if not TIMESTAMP.fullmatch(ts):
        raise Refused("bad_timestamp")
    return ask.message(channel, "timestamp")


def _reaction(ask: Ask) -> str:
    name = str(ask.required("name")).strip(":")
    if not EMOJI.fullmatch(name):
        raise Refused("invalid_name")
    return name


def _pin(ask: Ask) -> Json:
    channel = _writable(ask)
    message = _message(ask, channel)
    if message.pinned:
        raise Refused("already_pinned")
    pin(ask.workspace, channel, message, ask.app.bot_user)
    return {"ok": True}


def _unpin(ask: Ask) -> Json:
    channel = _writable(ask)
    message = _message(ask, channel)
    if not message.pinned:
        raise Refused("no_pin")
    unpin(ask.workspace, channel, message, ask.app.bot_user)
    return {"ok": True}


def _pins(ask: Ask) -> Json:
    channel = ask.member_channel()
    pinned = [m for m in channel.messages if m.pinned]
    items = [
        {"type": "message", "created": int(float(m.ts)), "created_by": m.pinned_by or m.user}
        | {"channel": channel.id, "message": ask.shown(m)}
        for m in pinned
    ]
    return {"ok": True, "items": items}


def _add(ask: Ask) -> Json:
    channel = _writable(ask)
    message = _message(ask, channel)
    name = _reaction(ask)
    if not react(ask.workspace, channel, message, ask.app.bot_user, name):
        raise Refused("already_reacted")
    return {"ok": True}


def _remove(ask: Ask) -> Json:
    channel = _writable(ask)
    message = _message(ask, channel)
    name = _reaction(ask)
    if not unreact(ask.workspace, channel, message, ask.app.bot_user, name):
        raise Refused("no_reaction")
    return {"ok": True}


def _get(ask: Ask) -> Json:
    channel = ask.member_channel()
    message = _message(ask, channel)
    shown = ask.shown(message)
    shown.pop("edited", None)
    if message.reactions:
        shown["reactions"] = message.reactions_to_api()
    link = f"{ask.base_url}archives/{channel.id}/p{message.ts.replace('.', '')}"
    shown["permalink"] = link
    return {"ok": True, "type": "message", "channel": channel.id, "message": shown}


METHODS = {
    "pins.add": _pin,
    "pins.remove": _unpin,
    "pins.list": _pins,
    "reactions.add": _add,
    "reactions.remove": _remove,
    "reactions.get": _get,
}
