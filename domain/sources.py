"""A Slack message as an entry of a timeline, and what becomes of it when the message changes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.signs import is_over
from domain.slack_words import NOBODY, Message, shortened, words_of
from domain.timeline import ENTRY_MAX, Source, SourceState, TimelineEntry

#: Messages in which somebody or something speaks. All other kinds say who came, or what the
#: channel is called now (docs.slack.dev/reference/events/message, subtypes).
SPEAKING = frozenset({None, "", "bot_message", "file_share", "me_message", "thread_broadcast"})
#: What stands in the place of a deleted message that has replies.
TOMBSTONE = "tombstone"


@dataclass(frozen=True, kw_only=True)
class Ourselves:
    """The app in its workspace: its own messages tell nothing of an incident."""

    user: str
    bot: str


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A postmortem that a message can go into, as a menu names it."""

    id: int
    number: int
    title: str

    @property
    def key(self) -> str:
        """What people call it."""
        return f"PM-{self.number}"


@dataclass(frozen=True, kw_only=True)
class Happened:
    """What became of a message: how it is now, or was when it was deleted.

    `before` is how it was until it was edited; None where Slack does not say.
    """

    message: Message
    before: Message | None = None
    is_deleted: bool = False

    @property
    def by(self) -> str:
        """Who edited it; empty where Slack does not say, as of a deletion."""
        return "" if self.is_deleted else str(self.message.get("edited", {}).get("user", ""))


def what_happened(event: Mapping[str, Any]) -> Happened | None:
    """What a message event tells of an older message; None where its words are as they were.

    A new message, and a link that Slack has unfolded, change nothing.
    """
    before: Message | None = event.get("previous_message") or None
    if event.get("subtype") == "message_deleted":
        return Happened(message={**(before or {}), "ts": event["deleted_ts"]}, is_deleted=True)
    if event.get("subtype") != "message_changed":
        return None
    now: Message = event["message"]
    if now.get("subtype") == TOMBSTONE:
        return Happened(message={**(before or {}), "ts": now["ts"]}, is_deleted=True)
    is_other = entry_text(before) != entry_text(now) if before else "edited" in now
    return Happened(message=now, before=before) if is_other else None


def same_reaction(one: str, other: str) -> bool:
    """Whether two reactions are the same emoji, in whichever tone of skin."""
    return one.partition("::")[0] == other.partition("::")[0]


def reactors(message: Message, reaction: str) -> set[str]:
    """Everybody who marks a message with this reaction."""
    return {
        user
        for each in message.get("reactions", ())
        if same_reaction(each["name"], reaction)
        for user in each["users"]
    }


def instant_of(ts: str) -> datetime:
    """When a message was said: its ts, which names it too, is that second and a number."""
    seconds, _, rest = ts.partition(".")
    return datetime.fromtimestamp(int(seconds), UTC) + timedelta(
        microseconds=int(f"{rest:0<6}"[:6])
    )


def is_ours(message: Message, us: Ourselves) -> bool:
    """Whether the app said it itself."""
    return message.get("bot_id") == us.bot or message.get("user") == us.user


def speaks(message: Message) -> bool:
    """Whether somebody or something says something in this message."""
    return message.get("subtype") in SPEAKING


def entry_text(message: Message, names: Mapping[str, str] = NOBODY) -> str:
    """The words an entry made of this message bears; empty where it says nothing."""
    return shortened(words_of(message, names), ENTRY_MAX)


def entry_of(
    message: Message,
    channel: str,
    source: Source,
    names: Mapping[str, str] = NOBODY,
    permalink: str = "",
) -> TimelineEntry | None:
    """The entry this message makes; None of one that says nothing of what happened.

    `names` tells what the people it mentions are called, by id.
    """
    text = entry_text(message, names)
    if not text or not speaks(message):
        return None
    return TimelineEntry(
        at=instant_of(message["ts"]),
        text=text,
        source=source,
        permalink=permalink,
        message_channel=channel,
        message_ts=message["ts"],
    )


def is_news(happened: Happened) -> bool:
    """Whether an app edits its alert to say that it is over: that was not so when it came."""
    before, now = happened.before, happened.message
    is_app = before is not None and bool(now.get("bot_id"))
    return is_app and is_over(entry_text(now)) and not is_over(entry_text(before or {}))


def after_edit(
    entry: TimelineEntry, before: Collection[str], after: str, *, news: bool = False
) -> TimelineEntry:
    """The entry after its message was edited.

    It says the new words, unless they are `news`, or somebody has put it into their own: then it no
    longer says what the message said `before`, and only the edit is noted.
    """
    follows = after and not news and _same(entry.text) in map(_same, before)
    return replace(
        entry, text=after if follows else entry.text, source_state=_later(entry, SourceState.EDITED)
    )


def after_deletion(entry: TimelineEntry) -> TimelineEntry:
    """The entry after its message was deleted: it stays, and says so."""
    return replace(entry, source_state=SourceState.DELETED)


def is_untouched(entry: TimelineEntry, said: Collection[str]) -> bool:
    """Whether an entry is still what the reaction made of its message, which says one of `said`."""
    return (
        entry.source is Source.REACTION
        and entry.milestone is None
        and entry.at == instant_of(entry.message_ts)
        and _same(entry.text) in map(_same, said)
    )


def stands_in(entries: Collection[TimelineEntry], channel: str, ts: str) -> TimelineEntry | None:
    """The entry that was taken from this message, if there is one."""
    of_it = (each for each in entries if (each.message_channel, each.message_ts) == (channel, ts))
    return next(of_it, None)


def _same(text: str) -> str:
    return " ".join(text.split())


def _later(entry: TimelineEntry, state: SourceState) -> SourceState:
    return SourceState.DELETED if entry.source_state is SourceState.DELETED else state
