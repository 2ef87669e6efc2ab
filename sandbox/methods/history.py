"""conversations.history and conversations.replies."""

from sandbox.channels import Channel
from sandbox.messages import Message
from sandbox.methods.ask import Ask
from sandbox.refusals import Json, Refused


def _history(ask: Ask) -> Json:
    channel = ask.member_channel()
    top = [m for m in channel.messages if not m.only_for and m.thread_ts in (None, m.ts)]
    found = [m for m in reversed(top) if _within(ask, m.ts)]
    page, cursor = ask.page(found)
    answer: Json = {
        "ok": True,
        "messages": [_shown(ask, channel, m) for m in page],
        "has_more": bool(cursor),
        "pin_count": sum(m.pinned for m in channel.messages),
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    }
    if cursor:
        answer["response_metadata"] = {"next_cursor": cursor}
    return answer


def _within(ask: Ask, ts: str) -> bool:
    """Whether a message stands between `oldest` and `latest`, the ends only if `inclusive`."""
    oldest, latest = ask.args.get("oldest"), ask.args.get("latest")
    try:
        low = _micros(str(oldest or "0"))
        high = _micros(str(latest)) if latest and str(latest) != "now" else None
    except ValueError:
        raise Refused("invalid_ts_oldest" if oldest else "invalid_ts_latest") from None
    at = _micros(ts)
    if at in (low, high):
        return ask.flag("inclusive")
    return low < at and (high is None or at < high)


def _micros(ts: str) -> int:
    seconds, _, rest = ts.partition(".")
    return int(seconds) * 1_000_000 + int(f"{rest:0<6}"[:6])


def _replies(ask: Ask) -> Json:
    channel = ask.member_channel()
    root = channel.find(str(ask.required("ts")))
    if root is None:
        raise Refused("thread_not_found")
    found = [m for m in channel.messages if not m.only_for and _in_thread(m, root)]
    page, cursor = ask.page([m for m in found if m is root or _within(ask, m.ts)])
    answer: Json = {"ok": True, "messages": [_shown(ask, channel, m) for m in page]}
    answer["has_more"] = bool(cursor)
    if cursor:
        answer["response_metadata"] = {"next_cursor": cursor}
    return answer


def _in_thread(message: Message, root: Message) -> bool:
    return message is root or message.thread_ts == root.ts


def _shown(ask: Ask, channel: Channel, message: Message) -> Json:
    with_metadata = ask.flag("include_all_metadata")
    shown = message.to_api(ask.team, with_metadata=with_metadata)
    if message.reactions:
        shown["reactions"] = message.reactions_to_api()
    replies = [m for m in channel.messages if m.thread_ts == message.ts and m is not message]
    if replies:
        users = list(dict.fromkeys(m.user for m in replies))
        shown |= {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users_count": len(users),
            "latest_reply": replies[-1].ts,
            "reply_users": users,
            "subscribed": False,
            "is_locked": False,
        }
    return shown


METHODS = {"conversations.history": _history, "conversations.replies": _replies}
