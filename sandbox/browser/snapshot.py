"""The workspace as one person sees it, for the browser page."""

from dataclasses import asdict
from itertools import takewhile

from sandbox.channels import Channel
from sandbox.manifest import App, Command
from sandbox.messages import Message
from sandbox.modals import OpenView
from sandbox.people import SLACKBOT, Account
from sandbox.refusals import Json
from sandbox.tour import Step
from sandbox.workspace import Workspace

BUILT_IN = (
    Command("/invite", "Let somebody or an app into this channel", "@name"),
    Command("/topic", "Set this channel's topic", "what happens here"),
    Command("/remove", "Remove somebody or an app from this channel", "@name"),
    Command("/leave", "Leave this channel"),
    Command("/archive", "Archive this channel"),
)


def snapshot(workspace: Workspace, me: str) -> Json:
    """Everything that one person can see, with every message of every channel."""
    shown = [one for one in workspace.channels.values() if one.visible_to(me)]
    return {
        **around(workspace, me),
        "messages": {one.id: messages(workspace, one, me) for one in shown},
    }


def around(workspace: Workspace, me: str) -> Json:
    """Everything on the screen of one person but the messages."""
    shown = [one for one in workspace.channels.values() if one.visible_to(me)]
    home = workspace.views.homes.get(me)
    return {
        "team": {"name": workspace.name, "domain": workspace.domain},
        "app": _app(workspace.app),
        "me": _person(workspace.people[me]),
        "people": [_person(one) for one in workspace.people.values() if one.id != SLACKBOT],
        "clock": workspace.clock.now().replace(microsecond=0).isoformat(),
        "diary": workspace.diary.to_page(),
        "faults": workspace.faults.to_page(),
        "tour": [_step(workspace, step) for step in workspace.tour],
        "channels": [_channel(one, me) for one in shown],
        "canvases": [
            one.to_page()
            for one in workspace.canvases.values()
            if one.visible_to(me, workspace.channels)
        ],
        "modals": [_view(workspace, one) for one in workspace.views.of(me)],
        "home": _view(workspace, home) if home else None,
        "commands": [
            {"command": one.command, "description": one.description, "usage_hint": one.usage_hint}
            for one in (*workspace.app.commands, *BUILT_IN)
        ],
        "notice": workspace.notices.get(me),
    }


def _app(app: App) -> Json:
    return {
        "id": app.id,
        "name": app.name,
        "user": app.bot_user,
        "home_tab": app.home_tab,
        "messages_read_only": app.messages_read_only,
        "shortcuts": [asdict(one) for one in app.shortcuts],
    }


def _step(workspace: Workspace, step: Step) -> Json:
    return {
        **asdict(step),
        "person": workspace.person(step.person).id,
        "channel": workspace.channel(step.channel).id,
    }


def _person(account: Account) -> Json:
    return {
        "id": account.id,
        "name": account.handle,
        "real_name": account.real_name,
        "tz": account.tz,
        "title": account.title,
        "deleted": account.deleted,
        "is_bot": account.is_bot,
        "color": f"#{account.color}",
    }


def _channel(channel: Channel, me: str) -> Json:
    unread = _unread(channel, me)
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "member": me in channel.members,
        "topic": channel.topic,
        "purpose": channel.purpose,
        "unread": len(unread),
        "with": channel.partner(me) if channel.kind == "dm" else None,
        "archived": channel.archived,
        "members": list(channel.members),
        "mentions": sum(f"<@{me}>" in m.text for m in unread),
        "latest": channel.messages[-1].ts if channel.messages else None,
        "bookmarks": [
            {key: one[key] for key in ("id", "title", "link", "emoji")} for one in channel.bookmarks
        ],
    }


def _unread(channel: Channel, me: str) -> list[Message]:
    """What somebody has not read yet; the end of the list, for it is in the order of time."""
    read = channel.last_read.get(me, "")
    newer = takewhile(lambda message: message.ts > read, reversed(channel.messages))
    return [message for message in newer if _concerns(message, channel, me)]


def _concerns(message: Message, channel: Channel, me: str) -> bool:
    """Whether a message makes its channel unread for somebody.

    A reply stands in its thread only, so a channel is read without it, unless it names the reader.
    """
    if message.user == me or not message.seen_by(me):
        return False
    is_reply = message.thread_ts not in (None, message.ts)
    return not is_reply or channel.kind == "dm" or f"<@{me}>" in message.text


def messages(workspace: Workspace, channel: Channel, me: str) -> list[Json]:
    """What one person sees in a channel, oldest first."""
    return [_message(workspace, one) for one in channel.messages if one.seen_by(me)]


def _message(workspace: Workspace, message: Message) -> Json:
    return {
        "ts": message.ts,
        "subtype": message.subtype,
        "user": message.user,
        "text": message.text,
        "blocks": message.blocks,
        "edited": message.edited is not None,
        "ephemeral": message.only_for is not None,
        "thread_ts": message.thread_ts,
        "reactions": message.reactions_to_api(),
        "pinned": message.pinned,
        "pinned_by": message.pinned_by,
        "inviter": message.inviter,
        "bot": message.bot_id is not None,
        "files": [workspace.files[one].to_page() for one in message.files],
    }


def _view(workspace: Workspace, view: OpenView) -> Json:
    shown = view.to_api(workspace.app, workspace.team_id)
    return {**shown, "errors": view.errors, "busy": view.busy}
