"""What a person is shown of the messages found, to choose from; and what choosing them adds."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.candidates import Candidate, is_sure
from domain.milestones import LAST_COUNTS, clashes, reached
from domain.signs import APPS, milestone_told
from domain.timeline import Milestone, Source, TimelineEntry

#: More than anybody reviews; the likelier ones stay.
CANDIDATES_MAX = 300
_VARYING = re.compile(r"[0-9]+|[^\w\s]")


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


def read_on(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates of an earlier proposal, to be weighed anew beside others."""
    return [_anew(each) for each in candidates]


def _anew(candidate: Candidate) -> Candidate:
    milestone = milestone_told(candidate.text, candidate.source)
    return replace(candidate, milestone=milestone, is_sure=is_sure(candidate.source, milestone))


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
        key = (each.source, words if each.source in APPS else each.message_ts)
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
