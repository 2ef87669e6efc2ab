"""Files shared in a channel and taken away again, each with the events it causes."""

from collections.abc import Sequence
from typing import Any

from sandbox.channels import Channel
from sandbox.files import File
from sandbox.messages import Message
from sandbox.posting import post
from sandbox.refusals import Json
from sandbox.workspace import Workspace

PLACES = {"public": "channels", "private": "groups", "dm": "ims"}


def share(
    workspace: Workspace,
    channel: Channel,
    user: str,
    files: Sequence[File],
    text: str = "",
    **more: Any,
) -> Message:
    """Put a message with these files into a channel."""
    for file in files:
        if channel.id not in file.channels:
            file.channels.append(channel.id)
    ids = [file.id for file in files]
    message = post(workspace, channel, user, text, files=ids, subtype="file_share", **more)
    for file in files:
        event: Json = {"type": "file_shared", "file_id": file.id, "user_id": user}
        event |= {"file": {"id": file.id}, "channel_id": channel.id}
        workspace.emit(event, channel)
    return message


def remove(workspace: Workspace, file: File) -> None:
    """Take a file away; what was said with it stays."""
    file.deleted, file.content = True, b""
    for channel in workspace.channels.values():
        for message in channel.messages:
            if file.id in message.files:
                message.files = [one for one in message.files if one != file.id]
    workspace.emit({"type": "file_deleted", "file_id": file.id})


def visible(workspace: Workspace, file: File, user: str) -> bool:
    """Whether somebody may see a file: its owner, and who is where it was shared."""
    if file.ticket is not None:
        return False
    places = [workspace.channels[one] for one in file.channels if one in workspace.channels]
    return file.user == user or any(one.visible_to(user) for one in places)


def shared_to_api(workspace: Workspace, file: File) -> Json:
    """The file object as `files.info` answers it, with where it was shared."""
    shown = {**file.to_api(workspace.team_id, workspace.url), "comments_count": 0, "shares": {}}
    shown |= {name: [] for name in PLACES.values()}
    for channel in (workspace.channels[one] for one in file.channels):
        shown[PLACES[channel.kind]].append(channel.id)
        kind = "public" if channel.kind == "public" else "private"
        said = [_share(workspace, channel, m) for m in channel.messages if file.id in m.files]
        shown["shares"].setdefault(kind, {})[channel.id] = said
    return shown


def _share(workspace: Workspace, channel: Channel, message: Message) -> Json:
    return {
        "ts": message.ts,
        "channel_name": channel.name,
        "team_id": workspace.team_id,
        "share_user_id": message.user,
        "reply_users": [],
        "reply_users_count": 0,
        "reply_count": 0,
        **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
    }
