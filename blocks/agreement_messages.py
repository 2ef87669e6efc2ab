"""What responders hear by DM about agreeing with a timeline, and whoever asked them (rule 7).

Of a private incident a DM says no more than its key: a responder may not be in its channel (any
more), and what was said there stays with its members.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from blocks.agreements import Seen, agree_button, names, who_did_what, you_agreed
from blocks.parts import Block, Message, actions, button, context, section
from blocks.text import channel_link, mention, moment, one_line, shown
from blocks.whole_timeline import LOG_IT, READ_TIMELINE
from domain.agreements import Round
from domain.postmortems import Postmortem
from domain.record import RecordEntry
from domain.timeline import TimelineEntry
from domain.timeline_changes import LINE_MAX

TITLE_MAX = 200
CHANGES_MAX = 900
_DEEDS = ("added", "changed", "removed")
#: How the record writes a line of the timeline, and the lines that it did not name.
_LINE = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d) UTC (.*)")
_MORE = re.compile(r"and (\d+) more")
_NO_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody is asked to agree to, and how that came."""

    postmortem: Postmortem
    entries: Sequence[TimelineEntry]
    now: Seen
    round: Round
    again: bool = False


def wish_message(wish: Wish) -> Message:
    """Ask somebody to agree, or to agree anew; `again` reminds them of it."""
    postmortem = wish.postmortem
    still = "Still waiting for you: do" if wish.again else "Do"
    question = f"{still} you agree with the timeline?"
    text = f"{_title(postmortem)}: {question} {len(wish.entries)} entries."
    blocks = [
        section(f"*{_title(postmortem)}*\n{question} {_extent(wish.entries)}{_where(postmortem)}."),
        *(_changed(wish) if wish.round.changes else [context(_asked(wish))]),
        actions([agree_button(wish.now), *_read(postmortem)]),
    ]
    return {"text": text, "blocks": blocks}


def _read(postmortem: Postmortem) -> list[Block]:
    """The way to the whole timeline; a private one is read in its channel."""
    if postmortem.is_private:
        return []
    return [button("Show me the timeline", READ_TIMELINE, str(postmortem.id))]


def _title(postmortem: Postmortem) -> str:
    if postmortem.is_private:
        return f"{postmortem.key} · private"
    return f"{postmortem.key} · {shown(one_line(postmortem.facts.title), TITLE_MAX)}"


def _where(postmortem: Postmortem) -> str:
    return f", in {channel_link(postmortem.channel)}" if postmortem.channel else ""


def _extent(entries: Sequence[TimelineEntry]) -> str:
    first, last = entries[0].at, entries[-1].at
    if len(entries) == 1:
        return f"1 entry, {moment(first)}"
    return f"{len(entries)} entries, {moment(first)} → {moment(last)}"


def _asked(wish: Wish) -> str:
    by, channel = wish.round.asked_by, wish.postmortem.channel
    who = f"{mention(by)} asks you, since you responded. " if by else ""
    where = f" with {LOG_IT} in {channel_link(channel)}" if channel else ""
    return (
        f"{who}Read it and add what is missing{where} before you press Agree: the review relies "
        "on it."
    )


def _changed(wish: Wish) -> list[Block]:
    """Why they are asked anew: who did what since they agreed, and the first of the lines."""
    this = wish.round
    when = f"You agreed to the timeline {moment(this.agreed_at)}. " if this.agreed_at else ""
    said = f"{when}Since then {who_did_what(this.changes)}, so you are asked anew."
    shows = () if wish.postmortem.is_private else this.changes
    return [section(said), *([section(_quotation(shows))] if any(map(_lines, shows)) else [])]


def _quotation(changes: Sequence[RecordEntry]) -> str:
    """What changed, as a quotation: the earliest first, each at the time of whoever reads."""
    lines = [line for entry in changes for line in _lines(entry)]
    unnamed = sum(int(found[1]) for _, line in lines if (found := _MORE.fullmatch(line)))
    named = [each for each in lines if not _MORE.fullmatch(each[1])]
    quotation: list[str] = []
    room = CHANGES_MAX
    for _, line in sorted(map(_at_its_time, named), key=lambda each: each[0]):
        room -= len(line) + 1
        if room < 0:
            break
        quotation.append(line)
    left = unnamed + len(named) - len(quotation)
    return "\n".join([*quotation, *([f">and {left} more"] if left else [])])


def _at_its_time(named: tuple[str, str]) -> tuple[datetime, str]:
    deed, line = named
    found = _LINE.fullmatch(line)
    if found is None:
        return _NO_TIME, f">{deed}: {shown(line, 2 * LINE_MAX)}"
    at = datetime.fromisoformat(found[1]).replace(tzinfo=UTC)
    return at, f">{deed}: {moment(at)} {shown(found[2], 2 * LINE_MAX)}"


def _lines(entry: RecordEntry) -> list[tuple[str, str]]:
    """The lines a change came with: as they are now, or as they were where they are gone."""
    return [
        (deed.capitalize(), line)
        for deed in _DEEDS
        for line in _latest(entry.changes.get(deed, ("", ""))).splitlines()
    ]


def _latest(pair: tuple[str, str]) -> str:
    old, new = pair
    return new or old


def agreed_message(postmortem: Postmortem, at: datetime) -> Message:
    """What a DM says once it was answered."""
    words = f"*{_title(postmortem)}*\n:white_check_mark: {you_agreed(at)}"
    return {"text": f"{_title(postmortem)}: you agreed.", "blocks": [section(words)]}


def no_wish_message(postmortem: Postmortem) -> Message:
    """What a DM says when nobody waits for its answer any more."""
    words = f"*{_title(postmortem)}*\nYou are not asked to agree with its timeline any more."
    return {"text": f"{_title(postmortem)}: no answer needed.", "blocks": [section(words)]}


def unanswered_message(postmortem: Postmortem, people: Sequence[str]) -> Message:
    """Who has not answered, for whoever asked."""
    one = len(people) == 1
    words = (
        f"{names(people)} {'was' if one else 'were'} reminded and {'has' if one else 'have'} not "
        f"agreed with the timeline{_where(postmortem)}. Speak to them. Whoever was not part of it "
        "can be taken out of the responders: press Edit beside the facts."
    )
    number = f"{len(people)} responder{'' if one else 's'}"
    text = f"{_title(postmortem)}: {number} did not answer about the timeline."
    return {"text": text, "blocks": [section(f"*{_title(postmortem)}*\n{words}")]}
