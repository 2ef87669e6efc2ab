"""conversations.info, members, list, open, join and users.conversations."""

from sandbox.channels import Channel
from sandbox.methods.ask import Ask
from sandbox.posting import join
from sandbox.refusals import Json, Refused, arguments_refused
from sandbox.scopes import scope_for

#: conversations.open, `too_many_users`: "Needs at most 8 users to open".
MOST_PEOPLE = 8
KINDS = {"public_channel": "public", "private_channel": "private", "im": "dm", "mpim": "mpim"}


def _info(ask: Ask) -> Json:
    channel = ask.channel()
    shown = channel.to_api(ask.app.bot_user, ask.team)
    if channel.kind != "dm":
        shown["is_member"] = ask.app.bot_user in channel.members
    if own := _canvas_of(ask, channel):
        shown["properties"] = {"canvas": {"file_id": own, "is_empty": False}}
    if ask.flag("include_num_members"):
        shown["num_members"] = len(channel.members)
    return {"ok": True, "channel": shown}


def _canvas_of(ask: Ask, channel: Channel) -> str | None:
    """The id of the channel's own canvas: not on the method's page, but what apps look it up by."""
    own = (one for one in ask.workspace.canvases.values() if one.channels_own)
    return next((one.id for one in own if one.channel == channel.id), None)


def _members(ask: Ask) -> Json:
    page, cursor = ask.page(ask.channel().members)
    return {"ok": True, "members": page, "response_metadata": {"next_cursor": cursor}}


def _wanted(ask: Ask) -> list[Channel]:
    types = str(ask.args.get("types") or "public_channel").split(",")
    if unknown := [one for one in types if one.strip() not in KINDS]:
        raise Refused("invalid_types", response_metadata={"messages": unknown})
    kinds = [KINDS[one.strip()] for one in types]
    for kind in kinds:
        ask.needs(scope_for(ask.method, kind))
    without_archived = ask.flag("exclude_archived")
    return [
        channel
        for channel in ask.workspace.channels.values()
        if channel.kind in kinds
        and channel.visible_to(ask.app.bot_user)
        and not (channel.archived and without_archived)
    ]


def _list(ask: Ask) -> Json:
    page, cursor = ask.page(_wanted(ask))
    shown = []
    for channel in page:
        row = channel.to_api(ask.app.bot_user, ask.team)
        if channel.kind != "dm":
            row["is_member"] = ask.app.bot_user in channel.members
            row["num_members"] = len(channel.members)
        shown.append(row)
    return {"ok": True, "channels": shown, "response_metadata": {"next_cursor": cursor}}


def _of_user(ask: Ask) -> Json:
    user = str(ask.args.get("user") or ask.app.bot_user)
    ask.workspace.find_person(user)
    page, cursor = ask.page([one for one in _wanted(ask) if user in one.members])
    return {
        "ok": True,
        "channels": [one.to_api(user, ask.team) for one in page],
        "response_metadata": {"next_cursor": cursor},
    }


def dm_with(ask: Ask, user_id: str, unknown: str = "user_not_found") -> Channel:
    """The app's direct messages with somebody who can be written to."""
    account = ask.workspace.find_person(user_id, unknown)
    if account.deleted:
        raise Refused("user_disabled")
    if account.is_bot:
        raise Refused("cannot_dm_bot")
    return ask.workspace.dm(account.id, ask.app.bot_user)


def _with(ask: Ask, users: list[str]) -> Channel:
    if not users:
        raise Refused("users_list_not_supplied")
    if len(users) > MOST_PEOPLE:
        raise Refused("too_many_users")
    if len(users) > 1:
        raise arguments_refused("[ERROR] this workspace opens direct messages with one person")
    return dm_with(ask, users[0])


def _open(ask: Ask) -> Json:
    users = [one for one in str(ask.args.get("users") or "").split(",") if one]
    channel = ask.channel() if ask.args.get("channel") else _with(ask, users)
    if channel.kind != "dm":
        raise Refused("method_not_supported_for_channel_type")
    answer: Json = {"id": channel.id}
    if ask.flag("return_im"):
        answer = channel.to_api(ask.app.bot_user, ask.team)
    return {"ok": True, "channel": answer}


def _join(ask: Ask) -> Json:
    channel = ask.channel()
    if channel.kind != "public":
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    join(ask.workspace, channel, ask.app.bot_user)
    return {"ok": True, "channel": channel.to_api(ask.app.bot_user, ask.team)}


METHODS = {
    "conversations.info": _info,
    "conversations.members": _members,
    "conversations.list": _list,
    "users.conversations": _of_user,
    "conversations.open": _open,
    "conversations.join": _join,
}
