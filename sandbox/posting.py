"""What can be done with messages and membership, each with the event it causes."""

from typing import Any

from sandbox.channels import Channel, Kind
from sandbox.messages import Message
from sandbox.refusals import Json
from sandbox.workspace import Workspace

JOINED = ("channel_join", "has joined the channel")


def escaped(text: str) -> str:
    """Typed text as Slack stores it (docs.slack.dev, "Formatting message text")."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def post(workspace: Workspace, channel: Channel, user: str, text: str, **more: Any) -> Message:
    """Put a message into a channel."""
    account = workspace.people[user]
    message = Message(workspace.next_ts(), user, text, **more)
    message.bot_id, message.app_id = account.bot_id, account.app_id
    channel.messages.append(message)
    channel.last_read[user] = message.ts
    if message.only_for:
        workspace.changes.happened()
    else:
        workspace.emit(_said(workspace, channel, message), channel)
    return message


def announce(
    workspace: Workspace, channel: Channel, user: str, subtype: str, what: str, **more: Any
) -> None:
    """Let the channel say what somebody did to it; it stays read for those who had read it."""
    latest = channel.messages[-1].ts if channel.messages else ""
    readers = [one for one in channel.members if channel.last_read.get(one, "") >= latest]
    said = post(workspace, channel, user, f"<@{user}> {what}", subtype=subtype, **more)
    channel.last_read |= dict.fromkeys(readers, said.ts)


def edit(
    workspace: Workspace,
    channel: Channel,
    message: Message,
    content: Json,
    *,
    flagged: bool = True,
) -> None:
    """Change a message's text, blocks or metadata; `flagged` as edited for all to see."""
    before = _in_event(workspace, message)
    message.text = content.get("text", message.text)
    message.blocks = content.get("blocks", message.blocks)
    message.metadata = content.get("metadata", message.metadata)
    if flagged:
        message.edited = workspace.next_ts()
    message.values = {}
    if message.only_for:
        workspace.changes.happened()
        return
    event = _about(channel, "message_changed")
    event |= {"message": _in_event(workspace, message), "previous_message": before}
    workspace.emit(event, channel)


def delete(workspace: Workspace, channel: Channel, message: Message) -> None:
    """Take a message away."""
    channel.messages.remove(message)
    if message.only_for:
        workspace.changes.happened()
        return
    event = _about(channel, "message_deleted")
    before = _in_event(workspace, message)
    event |= {"deleted_ts": message.ts, "previous_message": before}
    workspace.emit(event, channel)


def join(workspace: Workspace, channel: Channel, user: str, inviter: str | None = None) -> None:
    """Let somebody into a channel."""
    if user in channel.members:
        return
    channel.members.append(user)
    event: Json = {"type": "member_joined_channel", "user": user, "channel": channel.id}
    event |= {"channel_type": channel.id[0], "team": workspace.team_id}
    if inviter:
        event["inviter"] = inviter
    workspace.emit(event, channel)
    announce(workspace, channel, user, *JOINED, inviter=inviter)


def create(workspace: Workspace, name: str, user: str, kind: Kind) -> Channel:
    """Create a channel with somebody in it."""
    channel = workspace.add_channel(name, [user], kind=kind)
    if kind == "public":
        told = {key: getattr(channel, key) for key in ("id", "name", "created", "creator")}
        workspace.emit({"type": "channel_created", "channel": told})
    announce(workspace, channel, user, *JOINED)
    return channel


def leave(workspace: Workspace, channel: Channel, user: str) -> None:
    """Let somebody leave a channel, or be removed from it."""
    channel.members.remove(user)
    event: Json = {"type": "member_left_channel", "user": user, "channel": channel.id}
    event |= {"channel_type": channel.id[0], "team": workspace.team_id}
    workspace.emit(event, channel)  # to those still in it (slackapi/node-slack-sdk#931)
    if user == workspace.app.bot_user:
        kind = "group_left" if channel.kind == "private" else "channel_left"
        workspace.emit({"type": kind, "channel": channel.id})


def react(workspace: Workspace, channel: Channel, message: Message, user: str, name: str) -> bool:
    """Add somebody's reaction; False when it was there already."""
    users = message.reactions.setdefault(name, [])
    if user in users:
        return False
    users.append(user)
    item = {"type": "message", "channel": channel.id, "ts": message.ts}
    event: Json = {"type": "reaction_added", "user": user, "reaction": name, "item": item}
    workspace.emit({**event, "item_user": message.user}, channel)
    return True


def unreact(workspace: Workspace, channel: Channel, message: Message, user: str, name: str) -> bool:
    """Take somebody's reaction back; False when there was none."""
    users = message.reactions.get(name, [])
    if user not in users:
        return False
    users.remove(user)
    if not users:
        del message.reactions[name]
    item = {"type": "message", "channel": channel.id, "ts": message.ts}
    event: Json = {"type": "reaction_removed", "user": user, "reaction": name, "item": item}
    workspace.emit({**event, "item_user": message.user}, channel)
    return True


def archive(workspace: Workspace, channel: Channel, user: str) -> None:
    """Archive a channel (docs.slack.dev/reference/events/message/channel_archive)."""
    announce(workspace, channel, user, "channel_archive", "archived the channel")
    channel.archived = True
    # docs.slack.dev/reference/events: a private channel's events speak of a group.
    kind = "group" if channel.kind == "private" else "channel"
    workspace.emit({"type": f"{kind}_archive", "channel": channel.id, "user": user}, channel)


def unarchive(workspace: Workspace, channel: Channel, user: str) -> None:
    """Open a channel again (docs.slack.dev/reference/events/channel_unarchive)."""
    channel.archived = False
    announce(workspace, channel, user, "channel_unarchive", "un-archived the channel")
    kind = "group" if channel.kind == "private" else "channel"
    workspace.emit({"type": f"{kind}_unarchive", "channel": channel.id, "user": user}, channel)


def deactivate(workspace: Workspace, user: str) -> None:
    """Deactivate an account; whoever has left is in no channel any more.

    "They'll be removed from all channels": slack.com/help/articles/204475027. No page says that
    apps are told so of each channel.
    """
    for channel in workspace.channels.values():
        if channel.kind != "dm" and user in channel.members:
            channel.members.remove(user)
    account = workspace.people[user]
    account.deleted = True
    account.updated = int(workspace.clock.now().timestamp())
    now = workspace.clock.now()
    shown = account.to_api(workspace.team_id, now)
    workspace.emit({"type": "user_change", "user": shown, "cache_ts": account.updated})


def _said(workspace: Workspace, channel: Channel, message: Message) -> Json:
    return {
        **_in_event(workspace, message),
        "channel": channel.id,
        "channel_type": channel.type,
        "event_ts": message.ts,
    }


def _in_event(workspace: Workspace, message: Message) -> Json:
    """A message as events show it, which is without the app's id."""
    shown = workspace.shown(message)
    shown.pop("app_id", None)
    return shown


def _about(channel: Channel, subtype: str) -> Json:
    return {
        "type": "message",
        "subtype": subtype,
        "channel": channel.id,
        "channel_type": channel.type,
        "hidden": True,
        "ts": "",
    }
