"""Where an entry is known from: `[message](https://… "C1/1700000000.000100"), edited`."""

import re
from typing import Any
from urllib.parse import quote, unquote

from documents.own.unreadable import Unreadable
from domain.timeline import Source, SourceState, TimelineEntry

#: Addresses that Markdown takes as they are, and a table too.
_ADDRESS = re.compile(r"https?://[\w./?=%:@~+,;#-]+(?:&(?=\w+=)[\w./?=%:@~+,;#-]+)*", re.ASCII)
_WRITTEN = re.compile(
    r"""(?:\[(?P<linked>[a-z ]+)\]\((?P<address>[^\s()]+)(?:\s"(?P<titled>[^"]*)")?\)
    |(?P<bare>[a-z]+)(?:\s\((?P<message>[^()]*)\))?)
    (?:,\s(?P<state>edited|deleted))?(?:\sat\s(?P<quoted>\S+))?""",
    re.VERBOSE,
)


def write_source(entry: TimelineEntry) -> str:
    """Write where an entry is known from, linked to where that can be read."""
    message = ""
    if entry.message_channel or entry.message_ts:
        message = f"{quote(entry.message_channel, safe='')}/{quote(entry.message_ts, safe='')}"
    state = f", {entry.source_state}" if entry.source_state else ""
    if _ADDRESS.fullmatch(entry.permalink):
        title = f' "{message}"' if message else ""
        return f"[{entry.source}]({entry.permalink}{title}){state}"
    place = f" ({message})" if message else ""
    elsewhere = f" at {quote(entry.permalink, safe='')}" if entry.permalink else ""
    return f"{entry.source}{place}{state}{elsewhere}"


def read_source(written: str) -> dict[str, Any]:
    """Read where an entry is known from, as what a TimelineEntry is made of."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        raise Unreadable(f"{written!r} is not where an entry is known from")
    message = found["titled"] or found["message"] or "/"
    channel, _, ts = message.partition("/")
    return {
        "source": Source(found["linked"] or found["bare"]),
        "permalink": found["address"] or unquote(found["quoted"] or ""),
        "message_channel": unquote(channel),
        "message_ts": unquote(ts),
        "source_state": SourceState(found["state"] or ""),
    }
