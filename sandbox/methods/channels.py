"""conversations.create, invite, setTopic, setPurpose and archive."""

import re

from sandbox import posting
from sandbox.channels import Channel, Kind
from sandbox.methods.ask import Ask
from sandbox.refusals import Json, Refused
from sandbox.scopes import MANAGING

LONGEST_NAME, LONGEST_SAID = 80, 250


def _shown(ask: Ask, channel: Channel) -> Json:
    shown = channel.to_api(ask.app.bot_user, ask.team)
    return {**shown, "is_member": ask.app.bot_user in channel.members}


def _name(ask: Ask) -> str:
    name = str(ask.args.get("name") or "").removeprefix("#")
    if not name:
        raise Refused("invalid_name_required")
    if len(name) > LONGEST_NAME:
        raise Refused("invalid_name_maxlength")
    if name != name.lower() or not re.fullmatch(r"[\w-]+", name):
        raise Refused("invalid_name_specials")
    if not re.search(r"[^\W_]", name):
        raise Refused("invalid_name_punctuation")
    if any(one.name == name for one in ask.workspace.channels.values()):
        raise Refused("name_taken")
    return name


def _create(ask: Ask) -> Json:
    kind: Kind = "private" if ask.flag("is_private") else "public"
    ask.needs(MANAGING[ask.method][kind][0])
    name = _name(ask)
    channel = posting.create(ask.workspace, name, ask.app.bot_user, kind)
    return {"ok": True, "channel": _shown(ask, channel)}


def _open_channel(ask: Ask) -> Channel:
    channel = ask.managed_channel()
    if channel.archived:
        raise Refused("is_archived")
    return channel


def _said(ask: Ask, name: str) -> str:
    value = str(ask.args.get(name) if name in ask.args else ask.required(name))
    if len(value) > LONGEST_SAID:
        raise Refused("too_long")
    return value


def _set_topic(ask: Ask) -> Json:
    channel, topic = _open_channel(ask), _said(ask, "topic")
    channel.topic = topic
    _tell(ask, channel, "topic", topic)
    return {"ok": True, "channel": _shown(ask, channel)}


def _set_purpose(ask: Ask) -> Json:
    channel, purpose = _open_channel(ask), _said(ask, "purpose")
    channel.purpose = purpose
    _tell(ask, channel, "purpose", purpose)
    return {"ok": True, "purpose": purpose, "channel": _shown(ask, channel)}


def _tell(ask: Ask, channel: Channel, what: str, value: str) -> None:
    name = {"topic": "topic", "purpose": "description"}[what]
    done = f"set the channel {name}: {value}" if value else f"cleared the channel {name}"
    posting.announce(ask.workspace, channel, ask.app.bot_user, f"channel_{what}", done)


def _invite(ask: Ask) -> Json:
    channel, users = _open_channel(ask), ask.ids("users")
    if not users:
        raise Refused("no_user")
    wrong = {user: error for user in users if (error := _why_not(ask, channel, user))}
    if wrong and not (ask.flag("force") and len(wrong) < len(users)):
        errors = [{"user": user, "ok": False, "error": why} for user, why in wrong.items()]
        raise Refused(next(iter(wrong.values())), errors=errors)
    for user in users:
        if user not in wrong:
            posting.join(ask.workspace, channel, user, ask.app.bot_user)
    return {"ok": True, "channel": _shown(ask, channel)}


def _why_not(ask: Ask, channel: Channel, user: str) -> str | None:
    account = ask.workspace.people.get(user)
    if account is None:
        return "user_not_found"
    if user == ask.app.bot_user:
        return "cant_invite_self"
    if user in channel.members:
        return "already_in_channel"
    return "cant_invite" if account.deleted else None


def _archive(ask: Ask) -> Json:
    channel = ask.managed_channel()
    if channel.archived:
        raise Refused("already_archived")
    if channel.general:
        raise Refused("cant_archive_general")
    posting.archive(ask.workspace, channel, ask.app.bot_user)
    return {"ok": True}


METHODS = {
    "conversations.create": _create,
    "conversations.invite": _invite,
    "conversations.setTopic": _set_topic,
    "conversations.setPurpose": _set_purpose,
    "conversations.archive": _archive,
}
