"""Pinning messages, with the events it causes (docs.slack.dev/reference/events/pin_added)."""

from sandbox.channels import Channel
from sandbox.messages import Message
from sandbox.refusals import Json
from sandbox.workspace import Workspace


def pin(workspace: Workspace, channel: Channel, message: Message, user: str) -> None:
    """Pin a message for everybody in the channel."""
    message.pinned, message.pinned_by = True, user
    now = int(workspace.clock.now().timestamp())
    info = {"channel": channel.id, "pinned_by": user, "pinned_ts": now}
    event = _event(workspace, "pin_added", channel, message, user)
    workspace.emit({**event, "pinned_info": info}, channel)


def unpin(workspace: Workspace, channel: Channel, message: Message, user: str) -> None:
    """Take a pin away."""
    message.pinned, message.pinned_by = False, None
    event = _event(workspace, "pin_removed", channel, message, user)
    workspace.emit({**event, "has_pins": any(one.pinned for one in channel.messages)}, channel)


def _event(workspace: Workspace, kind: str, channel: Channel, message: Message, user: str) -> Json:
    now = int(workspace.clock.now().timestamp())
    return {
        "type": kind,
        "user": user,
        "channel_id": channel.id,
        "item": {
            "type": "message",
            "channel": channel.id,
            "created": now,
            "created_by": user,
            "message": workspace.shown(message),
        },
        "item_user": message.user,
        "pin_count": sum(one.pinned for one in channel.messages),
    }
