"""What a text object holds: escaping, mentions, dates, links. Nothing typed gets past here raw."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from domain import lengths

Text = dict[str, Any]

#: How an instant is shown: Slack's own tokens (docs.slack.dev/messaging/formatting-message-text)
#: and what reads the same where Slack cannot draw them.
_FORMATS = {
    "date_time": ("{date_short_pretty} at {time}", "%Y-%m-%d %H:%M UTC"),
    "date": ("{date_short_pretty}", "%Y-%m-%d UTC"),
    "time": ("{time}", "%H:%M UTC"),
}
_ID = re.compile(r"[A-Z0-9]+")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ESCAPED = str.maketrans(_ENTITIES)


def escape(text: str) -> str:
    """Return the text so that Slack shows it and obeys none of it."""
    return text.translate(_ESCAPED)


def shown(text: str, most: int) -> str:
    """Return the text escaped and cut so that what is sent has at most `most` characters.

    Cutting before escaping could break the limit, cutting after it could break an entity.
    """
    pieces = [_ENTITIES.get(letter, letter) for letter in text]
    if sum(map(len, pieces)) <= most:
        return "".join(pieces)
    kept, room = 0, most - 1
    while len(pieces[kept]) <= room:
        room -= len(pieces[kept])
        kept += 1
    return "".join(pieces[:kept]).rstrip() + "…"


def shorten(text: str, most: int) -> str:
    """Return the text in at most `most` characters, an ellipsis telling that something is gone."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def one_line(text: str) -> str:
    """Return the text with every run of white space, line ends too, made one space."""
    return " ".join(text.split())


def bold(text: str) -> str:
    """The text in bold; as it is where it has marks of its own, which would end the bold early."""
    return text if any(mark in text for mark in "*_~`") else f"*{text}*"


def quoted(text: str, most: int) -> str:
    """Return the text as a quotation, escaped and cut to `most` characters, marks included."""
    lines = text.replace("\0", "").splitlines()
    marked = "\n".join(f"\0{line}" for line in lines if line.strip())
    return shown(marked, most).replace("\0", ">")


def plain(text: str) -> Text:
    """A text object that shows exactly these characters."""
    return {"type": "plain_text", "text": text, "emoji": False}


def mrkdwn(text: str) -> Text:
    """A text object with Slack's mark-up.

    `verbatim` keeps Slack from turning a typed `@channel` or `#general` into a mention
    (docs.slack.dev/reference/block-kit/composition-objects/text-object).
    """
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def mention(user: str) -> str:
    """The person's name as Slack draws it; anything that is no user id is shown as text."""
    return f"<@{user}>" if _ID.fullmatch(user) else escape(user)


def channel_link(channel: str) -> str:
    """The channel's name as Slack draws it; anything that is no channel id is shown as text."""
    return f"<#{channel}>" if _ID.fullmatch(channel) else escape(channel)


def link(url: str, text: str) -> str:
    """The text, leading to the address; only the text where the address is none of the web."""
    if not re.fullmatch(r"https?://[^\s<>|]+", url):
        return escape(text)
    return f"<{escape(url)}|{escape(text).replace('|', '¦')}>"


def moment(at: datetime, fmt: Literal["date_time", "date", "time"] = "date_time") -> str:
    """The instant in each reader's own zone, in UTC where Slack cannot do that."""
    token, fallback = _FORMATS[fmt]
    instant = at.astimezone(UTC)
    return f"<!date^{int(instant.timestamp())}^{token}|{instant.strftime(fallback)}>"


def day(on: date) -> str:
    """A calendar day, the same for every reader: `5 Dec 2026`."""
    return f"{on.day} {on:%b %Y}"


def duration(length: timedelta) -> str:
    """How long something took, to two units: `4 min`, `1 h 12 min`, `2 d 3 h`."""
    return lengths.length(length.total_seconds())
