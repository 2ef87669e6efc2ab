"""conversations.history and conversations.replies."""

from collections.abc import Callable

from sandbox.channels import Channel
from sandbox.messages import Message
from sandbox.methods.ask import Ask
from sandbox.refusals import Json, Refused


def _history(ask: Ask) -> Json:
    channel = ask.member_channel()
    top = [m for m in channel.messages if not m.only_for and m.thread_ts in (None, m.ts)]
    within = _within(ask)
    found = [m for m in reversed(top) if within(m.ts)]
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


def _within(ask: Ask) -> Callable[[str], bool]:
    """Whether a message stands between `oldest` and `latest`, the ends only if `inclusive`."""
    low, high = _moment(ask, "oldest") or 0, _moment(ask, "latest")
    inclusive = ask.flag("inclusive")

    def within(ts: str) -> bool:
        at = _micros(ts)
        if at in (low, high):
            return inclusive
        return low < at and (high is None or at < high)

    return within


def _moment(ask: Ask, name: str) -> int | None:
    given = str(ask.args.get(name) or "now")
    try:
        return None if given == "now" else _micros(given)
    except ValueError:
        raise Refused(f"invalid_ts_{name}") from None


def _micros(ts: str) -> int:
    seconds, _, rest = ts.partition(".")
    return int(seconds) * 1_000_000 + int(f"{rest:0<6}"[:6])


def _replies(ask: Ask) -> Json:
    channel = ask.member_channel()
    root = channel.find(str(ask.required("ts")))
    if root is None:
        raise Refused("thread_not_found")
    found = [m for m in channel.messages if not m.only_for and _in_thread(m, root)]
    within = _within(ask)
    page, cursor = ask.page([m for m in found if m is root or within(m.ts)])
    answer: Json = {"ok": True, "messages": [_shown(ask, channel, m) for m in page]}
    answer["has_more"] = bool(cursor)
    if cursor:
        answer["response_metadata"] = {"next_cursor": cursor}
    return answer


def _in_thread(message: Message, root: Message) -> bool:
    return message is root or message.thread_ts == root.ts


def _shown(ask: Ask, channel: Channel, message: Message) -> Json:
    with_metadata = ask.flag("include_all_metadata")
    shown = ask.shown(message, with_metadata=with_metadata)
    if message.reactions:
        shown["reactions"] = message.reactions_to_api()
    said = [m for m in channel.messages if not m.only_for]
    replies = [m for m in said if m.thread_ts == message.ts and m is not message]
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
