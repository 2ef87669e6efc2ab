"""bookmarks.add."""

from sandbox.methods.ask import Ask
from sandbox.refusals import Json, Refused


def _add(ask: Ask) -> Json:
    channel = ask.channel("channel_id")
    if ask.app.bot_user not in channel.members:
        raise Refused("not_in_channel")
    kind, title = str(ask.required("type")), str(ask.required("title"))
    if kind != "link":
        raise Refused("invalid_bookmark_type")
    now = int(ask.workspace.clock.now().timestamp())
    bookmark: Json = {
        "id": f"Bk0SANDBOX{len(channel.bookmarks) + 1}",
        "channel_id": channel.id,
        "title": title,
        "link": str(ask.required("link")),
        "emoji": str(ask.args.get("emoji") or ""),
        "type": kind,
        "date_created": now,
        "date_updated": 0,
        "last_updated_by_user_id": ask.app.bot_user,
        "last_updated_by_team_id": ask.team,
        "app_id": ask.app.id,
    }
    channel.bookmarks.append(bookmark)
    ask.workspace.changes.happened()
    return {"ok": True, "bookmark": bookmark}


METHODS = {"bookmarks.add": _add}
