"""The review on a postmortem's card, with its buttons, and the form that starts it early."""

from collections.abc import Sequence

from blocks.forms import Opened, opened, values
from blocks.inputs import field_input, text_element
from blocks.parts import Block, View, actions, button, modal, section
from blocks.room import ROOMY, Room
from blocks.text import mention, moment, one_line, shown
from domain.meetings import Meeting, Stage, has_meeting
from domain.postmortems import REASON_MAX, Postmortem

CALL_REVIEW = "call_review"
HAND_ON = "hand_on_chair"
START_REVIEW = "start_review"
CLOSE_REVIEW = "close_review"

#: The forms behind the first three.
CALL = "call_review_form"
HANDING_ON = "hand_on_chair_form"
STARTING = "start_review_form"

#: What the chair does next.
_NEXT = {
    Stage.CALLED: ("Start the review", START_REVIEW),
    Stage.STARTED: ("Close and publish", CLOSE_REVIEW),
}
#: So many people are named before the rest is counted.
_PEOPLE_SHOWN = 15


def meeting_blocks(
    postmortem: Postmortem,
    meeting: Meeting | None,
    room: Room = ROOMY,
    *,
    chair_has_left: bool = False,
) -> list[Block]:
    """How far the review is, with the button that goes on; nothing where the tier has none."""
    if not has_meeting(postmortem.facts.tier):
        return []
    value = str(postmortem.id)
    if meeting is None:
        call = button("Call the review", CALL_REVIEW, value)
        return [
            section(
                "*Review*\n_Nobody has called it yet. A peer who was not in it chairs it._", call
            )
        ]
    remarks = _remarks(meeting, room.reason, has_left=chair_has_left)
    words = section("\n".join([f"*Review* {_standing(meeting)}", *remarks]))
    buttons = meeting_buttons(value, meeting, chair_has_left=chair_has_left)
    return [words, actions(buttons)] if buttons else [words]


def _standing(meeting: Meeting) -> str:
    chair = mention(meeting.facilitator)
    match meeting.stage:
        case Stage.CALLED:
            return f"chaired by {chair}, called by {mention(meeting.called_by)}"
        case Stage.STARTED:
            since = moment(meeting.started_at or meeting.called_at)
            return f"under way since {since}, chaired by {chair}"
    return f"signed off by {chair}, {moment(meeting.signed_off_at or meeting.called_at)}"


def _remarks(meeting: Meeting, most: int, *, has_left: bool) -> list[str]:
    found = []
    if has_left and meeting.stage is not Stage.SIGNED_OFF:
        found.append(
            f":warning: {mention(meeting.facilitator)} has left the workspace. "
            f"{mention(meeting.called_by)}, pass the chair on."
        )
    if meeting.without:
        reason = shown(one_line(meeting.without), most)
        found.append(f"_Begun before everybody agreed to the timeline, because:_ {reason}")
    return found


def meeting_buttons(value: str, meeting: Meeting, *, chair_has_left: bool = False) -> list[Block]:
    """What can be done next with a review, the first thing first."""
    if meeting.stage is Stage.SIGNED_OFF:
        return []
    label, action_id = _NEXT[meeting.stage]
    go_on = [] if chair_has_left else [button(label, action_id, value, primary=True)]
    return [*go_on, button("Pass it on", HAND_ON, value, spoken="Pass the chair of this review on")]


def people(ids: Sequence[str]) -> str:
    """These people, mentioned; beyond the first fifteen they are counted."""
    more = len(ids) - _PEOPLE_SHOWN
    named = " ".join(map(mention, ids[:_PEOPLE_SHOWN]))
    return f"{named} and {more} more" if more > 0 else named


def start_modal(postmortem: Postmortem, waiting: Sequence[str]) -> View:
    """The form that asks why the review starts although somebody has not agreed (rule 7)."""
    words = section(
        f":hourglass: *Not agreed to the timeline yet:* {people(waiting)}.\n"
        "Better ask them once more. If it cannot wait, say why: it is kept with the review."
    )
    reason = text_element(
        most=REASON_MAX,
        multiline=True,
        placeholder="On leave; read the timeline and has no remarks",
    )
    return modal(
        f"{postmortem.key} · Start",
        [words, field_input("without", "Why start without them?", reason)],
        callback_id=STARTING,
        submit="Start the review",
        metadata=Opened(postmortem_id=postmortem.id).metadata(),
    )


def read_start_review(view: View) -> tuple[int, str]:
    """Which postmortem's review starts, and why it does not wait."""
    return opened(view).postmortem_id, values(view).get("without", "").strip()
