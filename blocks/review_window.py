"""`/postmortem review`: how far the monthly review is, and the form that begins one by hand."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from blocks.forms import remembered, values
from blocks.inputs import field_input, person_element
from blocks.parts import Block, View, actions, context, modal, section
from blocks.review_calls import calendar_button, chair_buttons, to_come
from blocks.text import channel_link, escape, link, mention, moment
from domain.review_calendar import Held
from domain.reviews import Counts, Review, Why

#: The form that begins a review by hand.
BEGIN_REVIEW = "begin_review"
_TITLE = "Monthly review"
_BY_ITSELF = "It begins by itself. If everybody is there already, begin it now."


def under_way_window(review: Review, counts: Counts, address: str) -> View:
    """How far a review under way is; `address` is where its thread is, if Slack has said so."""
    thread = f" · {link(address, 'Go to its thread')}" if address else ""
    owed = (
        f"\n*{counts.owed} must still be decided* before it can be closed." if counts.owed else ""
    )
    words = (
        f"*{review.name}*\nUnder way in {channel_link(review.channel)}{thread}\n"
        f"{mention(review.facilitator)} chairs it. "
        f"{counts.settled} of {counts.total} decided.{owed}"
    )
    return modal(_TITLE, [section(words), actions(chair_buttons(review))], close="Close")


def called_window(review: Review, counts: Mapping[Why, int], refusal: str) -> View:
    """When the review that is called is, and the form that begins it now.

    `refusal` is why whoever looks cannot begin it; empty where they can.
    """
    words = (
        f"*{review.name}*\n{moment(review.due_at)} in {channel_link(review.channel)}. "
        f"{mention(review.facilitator)} chairs it.\n{_foreseen(counts)}"
    )
    blocks = [section(words), actions(chair_buttons(review))]
    if refusal:
        return modal(_TITLE, [*blocks, context(escape(refusal))], close="Close")
    asked = [*blocks, _chair(review.facilitator), context(_BY_ITSELF)]
    return _form(asked, BeginRequest(review_id=review.id, channel=review.channel))


def on_its_table(total: int, of_them: str) -> str:
    """How much a review to come has to walk on its day, by what is known now; `of_them` says what.

    What is overdue by then, or due for evidence, is no different today: so it is a forecast.
    """
    if not total:
        return "By what is known now, nothing will be on its table on that day."
    things = f"{total} thing{'' if total == 1 else 's'}"
    what = f": {of_them}" if of_them else ""
    return f"On that day {things} will be on its table if nothing is decided before{what}."


def _foreseen(counts: Mapping[Why, int]) -> str:
    return on_its_table(sum(counts.values()), to_come(counts))


@dataclass(frozen=True, kw_only=True)
class Idle:
    """How things are while no review is called.

    `held` is the next one by the clock, if a channel is set, which is on the days that `cadence`
    names. One that is begun now is held in `channel`, and `suggested` would chair it. `refusal` is
    why whoever looks cannot begin one; empty where they can.
    """

    held: Held | None
    cadence: str
    counts: Mapping[Why, int]
    channel: str = ""
    suggested: str = ""
    refusal: str = ""


def idle_window(idle: Idle) -> View:
    """When the next review is, and the form that begins one now."""
    calendar = actions([calendar_button("next")])
    blocks = [
        section(f"{_next(idle)}\nA review begun today would walk {to_come(idle.counts)}."),
        calendar,
    ]
    if idle.refusal:
        return modal(_TITLE, [*blocks, context(escape(idle.refusal))], close="Close")
    where = f"Begun now, it is held in {channel_link(idle.channel)}."
    asked = [*blocks, _chair(idle.suggested), context(where)]
    return _form(asked, BeginRequest(review_id=None, channel=idle.channel))


def _next(idle: Idle) -> str:
    if idle.held is None:
        return (
            "*Nobody has said in which channel the monthly review is held*, so none is called by "
            "itself. Say where in `/postmortem settings`."
        )
    return (
        f"*The next monthly review is {moment(idle.held.due_at)}* in "
        f"{channel_link(idle.held.channel)}.\nIt is held {escape(idle.cadence)}; what falls on a "
        "day on which nobody works is put off to the next."
    )


def _chair(initial: str) -> Block:
    return field_input(
        "facilitator",
        "Who chairs it?",
        person_element(initial, "Choose one person"),
        hint="Suggested is whose turn it is. They are told at once what the role is.",
        told_at_once=True,
    )


@dataclass(frozen=True, kw_only=True)
class BeginRequest:
    """Which review is to begin, None for a new one; where it is held, and who is to chair it."""

    review_id: int | None
    channel: str
    facilitator: str = ""


def _form(blocks: list[Block], wanted: BeginRequest) -> View:
    return modal(
        _TITLE,
        blocks,
        callback_id=BEGIN_REVIEW,
        submit="Begin now",
        metadata=json.dumps({"review": wanted.review_id, "channel": wanted.channel}),
    )


def read_begin(view: View) -> BeginRequest:
    """What the form that begins a review asks for."""
    kept = remembered(view)
    return BeginRequest(
        review_id=kept["review"],
        channel=kept["channel"],
        facilitator=values(view).get("facilitator") or "",
    )
