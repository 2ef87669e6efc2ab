"""bookmarks.add, edit, list and remove."""

import re
from secrets import token_hex

from sandbox.channels import Channel
from sandbox.methods.ask import Ask
from sandbox.refusals import Json, Refused

EMOJI = re.compile(r":[\w+'-]+(::skin-tone-[2-6])?:")
LINK = re.compile(r"https?://\S+")


def _channel(ask: Ask) -> Channel:
    channel = ask.channel("channel_id")
    if ask.app.bot_user not in channel.members:
        raise Refused("permission_denied")
    return channel


def _wanted(ask: Ask) -> Json:
    """What is to be written, once it is of Slack's form."""
    wanted = {key: str(ask.args[key]) for key in ("title", "link", "emoji") if ask.args.get(key)}
    if "link" in wanted and not LINK.fullmatch(wanted["link"]):
        raise Refused("invalid_link")
    if "emoji" in wanted and not EMOJI.fullmatch(wanted["emoji"]):
        raise Refused("invalid_emoji")
    return wanted


def _add(ask: Ask) -> Json:
    channel = _channel(ask)
    kind, title = str(ask.required("type")), str(ask.required("title"))
    if kind != "link":
        raise Refused("invalid_bookmark_type")
    wanted = _wanted(ask)
    if "link" not in wanted:
        raise Refused("invalid_link")
    bookmark: Json = {
        "id": f"Bk0{token_hex(5).upper()}",
        "channel_id": channel.id,
        "title": title,
        "link": wanted["link"],
        "emoji": wanted.get("emoji", ""),
        "type": kind,
        "date_created": ask.now(),
        "date_updated": 0,
        "last_updated_by_user_id": ask.app.bot_user,
        "last_updated_by_team_id": ask.team,
        "app_id": ask.app.id,
    }
    channel.bookmarks.append(bookmark)
    ask.workspace.changes.happened()
    return {"ok": True, "bookmark": bookmark}


def _found(ask: Ask, channel: Channel) -> Json:
    wanted = str(ask.required("bookmark_id"))
    for bookmark in channel.bookmarks:
        if bookmark["id"] == wanted:
            return bookmark
    raise Refused("not_found")


def _edit(ask: Ask) -> Json:
    bookmark = _found(ask, _channel(ask))
    by = {"last_updated_by_user_id": ask.app.bot_user, "last_updated_by_team_id": ask.team}
    bookmark |= {**_wanted(ask), **by, "date_updated": ask.now()}
    ask.workspace.changes.happened()
    return {"ok": True, "bookmark": bookmark}


def _remove(ask: Ask) -> Json:
    channel = _channel(ask)
    channel.bookmarks.remove(_found(ask, channel))
    ask.workspace.changes.happened()
    return {"ok": True}


def _list(ask: Ask) -> Json:
    return {"ok": True, "bookmarks": list(_channel(ask).bookmarks)}


METHODS = {
    "bookmarks.add": _add,
    "bookmarks.edit": _edit,
    "bookmarks.remove": _remove,
    "bookmarks.list": _list,
}
