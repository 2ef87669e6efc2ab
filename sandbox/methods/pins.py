"""pins.add, list, remove and reactions.add, get, remove."""

from sandbox.channels import Channel
from sandbox.methods.ask import Ask
from sandbox.posting import react, unreact
from sandbox.refusals import Json, Refused


def _writable(ask: Ask) -> Channel:
    channel = ask.member_channel()
    if channel.archived:
        raise Refused("is_archived")
    return channel


def _pin(ask: Ask) -> Json:
    message = ask.message(_writable(ask), "timestamp")
    if message.pinned:
        raise Refused("already_pinned")
    message.pinned = True
    ask.workspace.changes.happened()
    return {"ok": True}


def _unpin(ask: Ask) -> Json:
    message = ask.message(_writable(ask), "timestamp")
    if not message.pinned:
        raise Refused("no_pin")
    message.pinned = False
    ask.workspace.changes.happened()
    return {"ok": True}


def _pins(ask: Ask) -> Json:
    channel = ask.member_channel()
    pinned = [m for m in channel.messages if m.pinned]
    items = [
        {"type": "message", "created": int(float(m.ts)), "created_by": ask.app.bot_user}
        | {"channel": channel.id, "message": m.to_api(ask.team)}
        for m in pinned
    ]
    return {"ok": True, "items": items}


def _add(ask: Ask) -> Json:
    channel = _writable(ask)
    message = ask.message(channel, "timestamp")
    name = str(ask.required("name"))
    if not react(ask.workspace, channel, message, ask.app.bot_user, name):
        raise Refused("already_reacted")
    return {"ok": True}


def _remove(ask: Ask) -> Json:
    channel = _writable(ask)
    message = ask.message(channel, "timestamp")
    name = str(ask.required("name"))
    if not unreact(ask.workspace, channel, message, ask.app.bot_user, name):
        raise Refused("no_reaction")
    return {"ok": True}


def _get(ask: Ask) -> Json:
    channel = ask.member_channel()
    message = ask.message(channel, "timestamp")
    shown = message.to_api(ask.team)
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
