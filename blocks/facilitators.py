"""Who chairs a review: the forms that ask for them, and what they are told of the role."""

from collections.abc import Sequence
from dataclasses import dataclass

from blocks.forms import Opened, opened, remembered, values
from blocks.inputs import field_input, person_element, text_element
from blocks.meetings import CALL, HANDING_ON, meeting_buttons, people
from blocks.parts import Block, Message, View, actions, context, modal, section
from blocks.text import channel_link, escape, mention, moment, one_line, quoted, shown
from domain.agenda import EARLIER_MINUTES, INCIDENT_MINUTES, PATTERN_MINUTES
from domain.meetings import Meeting, Stage, Turn, has_meeting
from domain.postmortems import REASON_MAX, Postmortem
from domain.record import RecordEntry

_ROLE = f"""\
• Ask *what* and *how*, not *who*: “What did you see then?” “How did that look from your side?”
• Voice no solution. Yours closes the conversation; a question keeps it open.
• Keep the time: {EARLIER_MINUTES} minutes for what is open from earlier incidents, \
{INCIDENT_MINUTES} for this one, {PATTERN_MINUTES} for patterns.
• Write nothing down yourself: ask somebody to fill in the postmortem while people talk."""
_NEXT = {
    Stage.CALLED: "When everybody is there, start the review: its agenda goes into the channel.",
    Stage.STARTED: "The review is under way. When it is through, close it.",
    Stage.SIGNED_OFF: ":white_check_mark: You have signed it off. Thank you.",
}


def chair_message(
    postmortem: Postmortem, meeting: Meeting, passed: RecordEntry | None = None
) -> Message:
    """Tell the chair what the role is; `passed` is how it came to them from somebody else."""
    title = shown(one_line(postmortem.facts.title), 400)
    text = f"You chair the review of {postmortem.key}, {title}"
    if not has_meeting(postmortem.facts.tier):
        return _only(
            f"{postmortem.key} is tier 3 now, which has no review. You are free. Thank you."
        )
    where = f" in {channel_link(postmortem.channel)}" if postmortem.channel else ""
    lines = [
        f"*You chair the review of {postmortem.key}*{where} · tier {postmortem.facts.tier:d}",
        title,
        *_from(meeting, passed),
    ]
    blocks = [section("\n".join(lines))]
    if meeting.stage is not Stage.SIGNED_OFF:
        blocks.append(section(_ROLE))
    blocks.append(section(_next(postmortem, meeting)))
    buttons = meeting_buttons(str(postmortem.id), meeting)
    return {"text": text, "blocks": [*blocks, actions(buttons)] if buttons else blocks}


def _next(postmortem: Postmortem, meeting: Meeting) -> str:
    if meeting.stage is Stage.CALLED and postmortem.channel is None:
        return "When everybody is there, start the review: I send you its agenda."
    return _NEXT[meeting.stage]


def _from(meeting: Meeting, passed: RecordEntry | None) -> list[str]:
    if passed is None:
        return [f"{mention(meeting.called_by)} called it. You were not in this incident."]
    line = f"{mention(passed.actor)} passed it on to you. You were not in this incident."
    return [line, quoted(passed.reason, 600)] if passed.reason.strip() else [line]


def relieved_message(postmortem: Postmortem, meeting: Meeting) -> Message:
    """Tell whoever chaired before that somebody else does now."""
    who = mention(meeting.facilitator)
    return _only(f"{who} chairs the review of {escape(postmortem.key)} instead. Thank you.")


def _only(words: str) -> Message:
    return {"text": words, "blocks": [section(words)]}


@dataclass(frozen=True, kw_only=True)
class ChairRequest:
    """Who is to chair which review; `chair` is who did when the form was opened, if anybody."""

    postmortem_id: int
    facilitator: str
    chair: str = ""
    reason: str = ""


def call_modal(
    postmortem: Postmortem, turn: Turn | None, gaps: Sequence[str], waiting: Sequence[str]
) -> View:
    """The form that calls the review, with whoever's turn it is chosen.

    `gaps` are what the tier still asks for, `waiting` who has not agreed to the timeline.
    """
    return modal(
        f"{postmortem.key} · Review",
        [*_chair("Who chairs it?", turn), *_still_open(gaps, waiting)],
        callback_id=CALL,
        submit="Call the review",
        metadata=Opened(postmortem_id=postmortem.id).metadata(chair=""),
    )


def _chair(label: str, turn: Turn | None) -> list[Block]:
    """Who chairs, and why this person is suggested."""
    chair = field_input(
        "facilitator",
        label,
        person_element(turn.person if turn else "", "Choose one person"),
        hint="A peer who did not respond to this incident.",
        told_at_once=True,
    )
    return [chair, context(_why(turn))]


def _why(turn: Turn | None) -> str:
    if turn is None:
        return "Nobody who takes turns is free: choose any peer who was not in this incident."
    who = mention(turn.person)
    if turn.last is None:
        return f"Suggested is {who}, who has not chaired yet."
    return f"Suggested is {who}: longest since last time, {moment(turn.last, 'date')}."


def _still_open(gaps: Sequence[str], waiting: Sequence[str]) -> list[Block]:
    lines = []
    if gaps:
        lines.append(f":pencil: Still missing for this tier: {', '.join(gaps)}.")
    if waiting:
        lines.append(f":hourglass: Not agreed to the timeline yet: {people(waiting)}.")
    if not lines:
        return []
    return [context("\n".join([*lines, "You can call it now: that can wait until it starts."]))]


def pass_on_modal(postmortem: Postmortem, meeting: Meeting, turn: Turn | None) -> View:
    """The form that passes the chair on, with whoever's turn is next chosen."""
    reason = field_input(
        "reason",
        "Why?",
        text_element(most=REASON_MAX, placeholder="On leave until Thursday"),
        hint="Whoever chairs instead reads it.",
        optional=True,
    )
    return modal(
        f"{postmortem.key} · Pass it on",
        [*_chair("Who chairs it instead?", turn), reason],
        callback_id=HANDING_ON,
        submit="Pass it on",
        metadata=Opened(postmortem_id=postmortem.id).metadata(chair=meeting.facilitator),
    )


def read_chair(view: View) -> ChairRequest:
    """What the form that calls a review or passes it on asks for."""
    typed = values(view)
    return ChairRequest(
        postmortem_id=opened(view).postmortem_id,
        facilitator=typed.get("facilitator") or "",
        chair=remembered(view)["chair"],
        reason=typed.get("reason", "").strip(),
    )
