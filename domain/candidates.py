"""Which messages of a channel belong into a timeline, and why: a proposal for a person to review.

What is marked (the reaction, a pin) and what alerts and deploys say is proposed with its box
ticked; people's own words where they say a milestone; anything else is left alone.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.milestones import LAST_COUNTS, clashes, reached
from domain.signs import kind_of_app_message, milestone_in, milestone_of_app
from domain.slack_words import Message
from domain.sources import Ourselves, entry_of, is_ours
from domain.timeline import Milestone, Source, TimelineEntry

#: More than anybody reviews; the likelier ones stay.
CANDIDATES_MAX = 300
_VARYING = re.compile(r"[0-9]+|[^\w\s]")
_APPS = frozenset({Source.ALERT, Source.DEPLOY, Source.APP})


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


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a person is shown to choose from, in the order it happened.

    `left_out` less likely ones are not among them. Of a long history the newest messages were read:
    those before the ts `unread_before` were not.
    """

    candidates: Sequence[Candidate]
    left_out: int = 0
    messages_read: int = 0
    unread_before: str = ""

    @property
    def sure(self) -> list[str]:
        """The ts of those whose box is ticked beforehand."""
        return [each.message_ts for each in self.candidates if each.is_sure]


def noteworthy(messages: Iterable[Message], marks: Marks) -> list[Candidate]:
    """The messages worth proposing, one candidate each."""
    found = (_candidate(message, marks) for message in messages)
    return [candidate for candidate in found if candidate is not None]


def _candidate(message: Message, marks: Marks) -> Candidate | None:
    if is_ours(message, marks.ourselves):
        return None
    source, by = _source(message, marks)
    entry = entry_of(message, marks.channel, source, marks.names)
    if entry is None:
        return None
    if source is Source.APP:
        source = kind_of_app_message(entry.text)
    candidate = Candidate(
        at=entry.at,
        text=entry.text,
        source=source,
        message_ts=entry.message_ts,
        is_sure=source is not Source.APP,
        milestone=_milestone(entry.text, source),
        marked_by=by,
    )
    return candidate if source is not Source.TYPED or candidate.milestone else None


def _source(message: Message, marks: Marks) -> tuple[Source, str]:
    """What makes a message noteworthy, and who marked it; TYPED where only its words can."""
    for reaction in message.get("reactions", ()):
        if reaction["name"].partition("::")[0] == marks.reaction:
            return Source.REACTION, next(iter(reaction.get("users", ())), "")
    ts = message.get("ts", "")
    if ts in marks.pins or marks.channel in message.get("pinned_to", ()):
        return Source.PIN, marks.pins.get(ts) or message.get("pinned_info", {}).get("pinned_by", "")
    return (Source.APP if message.get("bot_id") else Source.TYPED), ""


def _milestone(text: str, source: Source) -> Milestone | None:
    return milestone_of_app(text, source) if source in _APPS else milestone_in(text)


def read_on(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates of an earlier proposal, to be weighed anew beside others."""
    return [
        replace(
            each,
            milestone=_milestone(each.text, each.source),
            is_sure=each.source is not Source.APP,
        )
        for each in candidates
    ]


def propose(candidates: Iterable[Candidate], entries: Sequence[TimelineEntry]) -> Proposal:
    """What to propose beside the entries that are there.

    What an app said over and over stands there once, each milestone that is still open once.
    """
    new = _not_there(_once(candidates), entries)
    chosen = _one_milestone_each(new, reached(entries))
    likely = sorted(chosen, key=lambda each: (not each.is_sure, each.milestone is None, each.at))
    kept = sorted(likely[:CANDIDATES_MAX], key=lambda each: (each.at, each.message_ts))
    return Proposal(candidates=kept, left_out=len(likely) - len(kept))


def _once(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Join what an app said several times over, numbers aside."""
    joined: dict[tuple[Source, str], Candidate] = {}
    for each in sorted(candidates, key=lambda each: (each.at, each.message_ts)):
        words = " ".join(_VARYING.sub(" ", each.text.lower()).split())
        key = (each.source, words if each.source in _APPS else each.message_ts)
        before = joined.get(key)
        joined[key] = each if before is None else _again(before, each)
    return list(joined.values())


def _again(before: Candidate, each: Candidate) -> Candidate:
    if each.message_ts == before.message_ts:
        return before
    return replace(before, times=before.times + each.times, last_at=each.last_at or each.at)


def _not_there(
    candidates: Iterable[Candidate], entries: Sequence[TimelineEntry]
) -> list[Candidate]:
    """Leave out messages that are entries already, and the same words within the same minute."""
    messages = {entry.message_ts for entry in entries} - {""}
    said = {_said(entry.at, entry.text) for entry in entries}
    return [
        each
        for each in candidates
        if each.message_ts not in messages and _said(each.at, each.text) not in said
    ]


def _said(at: datetime, text: str) -> tuple[datetime, str]:
    return at.replace(second=0, microsecond=0), " ".join(text.split())


def _one_milestone_each(
    candidates: Sequence[Candidate], there: Collection[Milestone]
) -> list[Candidate]:
    """Keep each open milestone at one candidate; words that say no open one are no longer sure."""
    holders: dict[Milestone, str] = {}
    for each in candidates:
        said = each.milestone
        if said is not None and said not in there and (said in LAST_COUNTS or said not in holders):
            holders[said] = each.message_ts
    held = set(holders.values())
    return [
        each
        if each.message_ts in held
        else replace(each, milestone=None, is_sure=each.is_sure and each.source != Source.TYPED)
        for each in candidates
    ]


def added(
    entries: Sequence[TimelineEntry], chosen: Iterable[Candidate], channel: str
) -> list[TimelineEntry]:
    """The timeline with the chosen messages in it, each at most once, in the order it happened.

    A suggested milestone goes along where it is still open and makes nothing impossible.
    """
    found = [*entries]
    there = {entry.message_ts for entry in entries if entry.message_channel == channel}
    for each in chosen:
        if each.message_ts not in there:
            found.append(_with_milestone(each.entry(channel), each.milestone, found))
    return sorted(found, key=lambda entry: entry.at)


def _with_milestone(
    entry: TimelineEntry, milestone: Milestone | None, others: Sequence[TimelineEntry]
) -> TimelineEntry:
    marked = replace(entry, milestone=milestone)
    return marked if len(clashes([*others, marked])) <= len(clashes(others)) else entry
