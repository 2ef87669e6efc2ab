"""Who agrees with the timeline: the line under it, its buttons, and what pressing them says."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from blocks.parts import Block, actions, button, context, section
from blocks.text import mention, moment
from blocks.whole import PostmortemView
from domain.agreements import Standing, standing
from domain.completeness import missing
from domain.meetings import has_meeting
from domain.postmortems import Postmortem, Section, SectionEdit
from domain.record import RecordEntry
from domain.timeline import TimelineEntry
from domain.timeline_changes import fingerprint, together

AGREE = "agree_to_timeline"
ASK = "ask_for_agreement"
#: As many people as one line names.
NAMES_SHOWN = 12

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
#: No instant of ours has as many: that many microseconds after the epoch is the year 5138.
_DIGITS = 18


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Which timeline somebody has before them when they press Agree, and since when it is so."""

    postmortem_id: int
    fingerprint: str
    since: datetime

    @property
    def value(self) -> str:
        """What the button carries."""
        return f"{self.postmortem_id}:{self.fingerprint}:{(self.since - _EPOCH) // _TICK}"


def seen(
    postmortem: Postmortem,
    entries: Sequence[TimelineEntry],
    edits: Mapping[Section, SectionEdit],
) -> Seen:
    """The timeline as it is now."""
    edit = edits.get(Section.TIMELINE)
    return Seen(
        postmortem_id=postmortem.id,
        fingerprint=fingerprint(entries),
        since=edit.edited_at if edit else postmortem.created_at,
    )


def read_seen(value: str) -> Seen | None:
    """What a button carried; None where it is none of ours."""
    number, _, rest = value.partition(":")
    said, _, since = rest.partition(":")
    if not (number.isdecimal() and since.isdecimal() and len(since) < _DIGITS):
        return None
    return Seen(postmortem_id=int(number), fingerprint=said, since=_EPOCH + int(since) * _TICK)


def agreement_blocks(view: PostmortemView, left: Collection[str] = ()) -> list[Block]:
    """Who has agreed and who is waited for; nothing where there is nothing to agree to.

    `left` are responders who cannot agree any more.
    """
    facts = view.postmortem.facts
    if not has_meeting(facts.tier) or not view.entries or view.publication is not None:
        return []
    state = standing(facts.responders, view.agreements, left)
    if not state.agreed and not state.waiting:
        return [context("Nobody can agree with the timeline yet: name who responded in the facts.")]
    if state.is_agreed:
        return [context(f":white_check_mark: {_all_agree(len(state.agreed))}{_gone(state)}")]
    now = seen(view.postmortem, view.entries, view.edits)
    is_next = not missing(facts.tier, view.filled)
    return [section(_so_far(state)), actions(agreement_buttons(now, is_next=is_next))]


def _all_agree(number: int) -> str:
    if number == 1:
        return "The one responder agrees with the timeline."
    return f"All {number} responders agree with the timeline."


def _so_far(state: Standing) -> str:
    counted = len(state.agreed) + len(state.waiting)
    waiting = f"waiting for {names(state.waiting)}"
    return f"Timeline agreed by {len(state.agreed)} of {counted} · {waiting}{_gone(state)}"


def _gone(state: Standing) -> str:
    return f" · not counted, no longer here: {names(state.left)}" if state.left else ""


def agreement_buttons(now: Seen, *, is_next: bool = True) -> list[Block]:
    """The buttons under the timeline; green where agreeing is what comes next."""
    return [
        agree_button(now, is_next=is_next),
        button("Ask for agreement", ASK, str(now.postmortem_id)),
    ]


def agree_button(now: Seen, *, is_next: bool = True) -> Block:
    """The button that agrees to the timeline as it is now."""
    spoken = "Agree with the timeline as it is shown"
    return button("Agree", AGREE, now.value, spoken=spoken, primary=is_next)


def names(people: Sequence[str]) -> str:
    """The people, at most a dozen of them, and how many more."""
    more = f" and {len(people) - NAMES_SHOWN} more" if len(people) > NAMES_SHOWN else ""
    return f"{' '.join(map(mention, people[:NAMES_SHOWN]))}{more}"


def who_did_what(changes: Sequence[RecordEntry]) -> str:
    """`@ana added 2 lines, changed 1 line; @bob removed 1 line`."""
    people = dict.fromkeys(entry.actor for entry in changes)
    return "; ".join(
        f"{mention(who)} {together(entry.reason for entry in changes if entry.actor == who)}"
        for who in people
    )


def has_changed(changes: Sequence[RecordEntry], last: SectionEdit | None) -> str:
    """Why an old button does not agree to anything."""
    what = who_did_what(changes) or (f"{mention(last.edited_by)} edited it" if last else "")
    why = f": {what}" if what else ""
    return (
        f"The timeline has changed since this was sent{why}. "
        "Look at it as it is now, then press Agree."
    )


def you_agreed(at: datetime) -> str:
    """What is said where somebody pressed Agree."""
    return f"You agreed to this timeline {moment(at)}."


def agree_already(since: datetime) -> str:
    """What is said to somebody who presses Agree twice."""
    return f"You agree with this timeline already, since {moment(since)}."


@dataclass(frozen=True, kw_only=True)
class Anew:
    """Who was to be asked anew and when: asked now instead, or later as Slack takes nothing."""

    hurried: dict[str, datetime] = field(default_factory=dict)
    later: dict[str, datetime] = field(default_factory=dict)

    def in_words(self) -> list[str]:
        """Say so, a sentence each."""
        said = []
        if self.hurried:
            one = len(self.hurried) == 1
            said.append(
                f"The timeline has changed: {names(list(self.hurried))} {'was' if one else 'were'} "
                f"to be asked anew {moment(min(self.hurried.values()))} and "
                f"{'is' if one else 'are'} asked now."
            )
        if self.later:
            are = "is" if len(self.later) == 1 else "are"
            said.append(
                f"{names(list(self.later))} {are} asked anew {moment(max(self.later.values()))}."
            )
        return said


def asked_sentence(
    asked: Sequence[str], already: Mapping[str, datetime], anew: Anew, *, self_waits: bool
) -> str:
    """What is said to whoever pressed Ask for agreement."""
    said = []
    before = {
        who: at for who, at in already.items() if who not in anew.hurried and who not in anew.later
    }
    if asked:
        said.append(
            f"I have asked {names(asked)}. Whoever has not answered is reminded on the next three "
            "working mornings; then I tell you who it is."
        )
    said += anew.in_words()
    if before:
        said.append(f"Asked before, and still waited for: {_when(before)}.")
    if self_waits:
        said.append("You are waited for too: read the timeline, then press Agree.")
    return " ".join(said) or "Everybody who responded has agreed already."


def _when(asked: Mapping[str, datetime]) -> str:
    shown = [f"{mention(who)} ({moment(at)})" for who, at in list(asked.items())[:NAMES_SHOWN]]
    more = f" and {len(asked) - NAMES_SHOWN} more" if len(asked) > NAMES_SHOWN else ""
    return f"{', '.join(shown)}{more}"
