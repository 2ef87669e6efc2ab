"""What responders hear by DM about agreeing with a timeline, and whoever asked them (rule 7).

Of a private incident a DM says no more than its key: a responder may not be in its channel (any
more), and what was said there stays with its members.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from blocks.agreements import Seen, agree_button, names, who_did_what
from blocks.parts import Block, Message, actions, button, context, section
from blocks.text import channel_link, mention, moment, one_line, quoted, shown
from blocks.whole_timeline import READ_TIMELINE
from domain.agreements import Round
from domain.postmortems import Postmortem
from domain.record import RecordEntry
from domain.timeline import TimelineEntry

TITLE_MAX = 200
CHANGES_MAX = 900
_DEEDS = ("added", "changed", "removed")


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
        *(_changed(wish) if wish.round.changes else [context(_asked(wish.round))]),
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


def _asked(this: Round) -> str:
    who = f"{mention(this.asked_by)} asks you, since you responded. " if this.asked_by else ""
    return f"{who}Read it and add what is missing before you press Agree: the review relies on it."


def _changed(wish: Wish) -> list[Block]:
    """Why they are asked anew: who did what since they agreed, and the first of the lines."""
    this = wish.round
    when = f"You agreed on {moment(this.agreed_at, 'date')}. " if this.agreed_at else ""
    said = f"{when}Since then {who_did_what(this.changes)}, so you are asked anew."
    shows = () if wish.postmortem.is_private else this.changes
    lines = [line for entry in shows for line in _lines(entry)]
    return [section(said), *([section(quoted("\n".join(lines), CHANGES_MAX))] if lines else [])]


def _lines(entry: RecordEntry) -> list[str]:
    """The lines a change came with: as they are now, or as they were where they are gone."""
    return [
        f"{deed.capitalize()}: {line}"
        for deed in _DEEDS
        for line in _latest(entry.changes.get(deed, ("", ""))).splitlines()
    ]


def _latest(pair: tuple[str, str]) -> str:
    old, new = pair
    return new or old


def agreed_message(postmortem: Postmortem, at: datetime) -> Message:
    """What a DM says once it was answered."""
    words = f"*{_title(postmortem)}*\n:white_check_mark: You agreed on {moment(at, 'date')}."
    return {"text": f"{_title(postmortem)}: you agreed.", "blocks": [section(words)]}


def no_wish_message(postmortem: Postmortem) -> Message:
    """What a DM says when nobody waits for its answer any more."""
    words = f"*{_title(postmortem)}*\nYou are not asked to agree with its timeline any more."
    return {"text": f"{_title(postmortem)}: no answer needed.", "blocks": [section(words)]}


def unanswered_message(postmortem: Postmortem, people: Sequence[str]) -> Message:
    """Who has not answered, for whoever asked."""
    one = len(people) == 1
    words = (
        f"{names(people)} {'was' if one else 'were'} reminded on three working mornings and "
        f"{'has' if one else 'have'} not agreed with the timeline{_where(postmortem)}. Speak to "
        "them. Whoever was not part of it can be taken out of the responders: press Edit beside "
        "the facts."
    )
    number = f"{len(people)} responder{'' if one else 's'}"
    text = f"{_title(postmortem)}: {number} did not answer about the timeline."
    return {"text": text, "blocks": [section(f"*{_title(postmortem)}*\n{words}")]}
