"""Which messages of a channel belong into a timeline, and why: a proposal for a person to review.

What is marked (the reaction, a pin) and what alerts and deploys say is proposed with its box
ticked; people's own words where they say a milestone, and unticked where they tell how it goes.
Anything else is left alone, unless so little was said that all of it is soon looked through.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.signs import is_over, kind_of_app_message, milestone_told, tells
from domain.slack_words import Message
from domain.sources import Ourselves, entry_of, instant_of, is_ours, speaks
from domain.timeline import Milestone, Source, TimelineEntry

#: Of fewer messages than these, all are offered.
FEW = 25


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What tells a message apart: the reaction, who pinned what (by ts), and who we are.

    `names` is what the people are called that a message mentions, by id.
    """

    channel: str
    reaction: str
    ourselves: Ourselves
    pins: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A message that may belong into the timeline, as an entry; `milestone` is only suggested.

    An app that says the same over and over stands here once, with how many `times` until `last_at`.
    """

    at: datetime
    text: str
    source: Source
    message_ts: str
    is_sure: bool
    milestone: Milestone | None = None
    marked_by: str = ""
    times: int = 1
    last_at: datetime | None = None

    def entry(self, channel: str) -> TimelineEntry:
        """The timeline entry that it would be, its milestone still open."""
        return TimelineEntry(
            at=self.at,
            text=self.text,
            source=self.source,
            message_channel=channel,
            message_ts=self.message_ts,
        )


def of_others(messages: Iterable[Message], ourselves: Ourselves) -> list[Message]:
    """What people and other apps said: neither our own words nor who came and went."""
    return [each for each in messages if speaks(each) and not is_ours(each, ourselves)]


def noteworthy(
    messages: Iterable[Message], marks: Marks, *, every_one: bool = False
) -> list[Candidate]:
    """The messages worth proposing, one candidate each; or `every_one` that says anything."""
    found = [each for each in (_candidate(one, marks) for one in messages) if each is not None]
    return [each for each in found if every_one or _stands_out(each)]


def _stands_out(candidate: Candidate) -> bool:
    is_marked = candidate.source is not Source.TYPED
    return is_marked or candidate.milestone is not None or tells(candidate.text)


def _candidate(message: Message, marks: Marks) -> Candidate | None:
    if is_ours(message, marks.ourselves):
        return None
    source, by = _source(message, marks)
    entry = entry_of(message, marks.channel, source, marks.names)
    if entry is None:
        return None
    if source is Source.APP:
        source = kind_of_app_message(entry.text)
    milestone = milestone_told(entry.text, source)
    return Candidate(
        at=_when_over(message, entry) if source is Source.ALERT else entry.at,
        text=entry.text,
        source=source,
        message_ts=entry.message_ts,
        is_sure=is_sure(source, milestone),
        milestone=milestone,
        marked_by=by,
    )


def is_sure(source: Source, milestone: Milestone | None) -> bool:
    """Whether its box is ticked beforehand: a mark, an alert, a deploy, or a milestone's words."""
    return source is not Source.APP and (source is not Source.TYPED or milestone is not None)


def _when_over(message: Message, entry: TimelineEntry) -> datetime:
    """When an alert came; one that its app has edited to say that it is over says so since then."""
    edited_ts = message.get("edited", {}).get("ts", "")
    return instant_of(edited_ts) if edited_ts and is_over(entry.text) else entry.at


def _source(message: Message, marks: Marks) -> tuple[Source, str]:
    """What makes a message noteworthy, and who marked it; TYPED where only its words can."""
    for reaction in message.get("reactions", ()):
        if reaction["name"].partition("::")[0] == marks.reaction:
            return Source.REACTION, next(iter(reaction.get("users", ())), "")
    ts = message.get("ts", "")
    if ts in marks.pins or marks.channel in message.get("pinned_to", ()):
        return Source.PIN, marks.pins.get(ts) or message.get("pinned_info", {}).get("pinned_by", "")
    return (Source.APP if message.get("bot_id") else Source.TYPED), ""
