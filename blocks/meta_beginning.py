"""Beginning a meta-review: the form that asks first, and what its chair is told (rule 21)."""

import json
from dataclasses import dataclass

from blocks.forms import remembered, values
from blocks.inputs import field_input, person_element
from blocks.parts import Message, View, context, modal, section
from blocks.text import channel_link
from domain.action_items import MAX_ITEMS
from domain.meta_reviews import MetaReview, name_of
from domain.quarters import Quarter, read_quarter

#: The form that begins a meta-review by hand.
BEGIN_META = "begin_meta_review"

_ROLE = f"""\
• Talk it through with whoever was there: what do the incidents behind a pattern have in common?
• Ask *what* and *how*, not *who*: “What would make this class of failure impossible?”
• For each pattern press *Propose a fix* and write down the one change of the system that would \
end it. Only you and the programme lead can.
• Promise up to {MAX_ITEMS} action items for it. They are walked by the monthly review.
• When all is said, press *Close the meta-review*."""


def begin_form(quarter: Quarter, channel: str, suggested: str) -> View:
    """The form that begins the meta-review of a quarter in a channel, with whose turn it is."""
    words = (
        f"*{name_of(quarter)}*\nIt is held in {channel_link(channel)}, where everybody sees it: "
        "which causes repeat, and what would end each."
    )
    chair = field_input(
        "facilitator",
        "Who chairs it?",
        person_element(suggested, "Choose one person"),
        hint="Suggested is whose turn it is. They are told at once what the role is.",
        told_at_once=True,
    )
    return modal(
        "Meta-review",
        [section(words), chair, context("Nothing is posted before you begin it.")],
        callback_id=BEGIN_META,
        submit="Begin",
        metadata=json.dumps({"quarter": quarter.key, "channel": channel}),
    )


@dataclass(frozen=True, kw_only=True)
class BeginRequest:
    """Which quarter is to be looked at, in which channel, and who is to chair it."""

    quarter: Quarter
    channel: str
    facilitator: str


def read_begin(view: View) -> BeginRequest:
    """What the form asks for."""
    kept = remembered(view)
    return BeginRequest(
        quarter=read_quarter(kept["quarter"]),
        channel=kept["channel"],
        facilitator=values(view).get("facilitator") or "",
    )


def chair_message(meta: MetaReview) -> Message:
    """Tell the chair of a meta-review what the role is."""
    head = f"You chair the {meta.name[0].lower()}{meta.name[1:]}"
    where = f"in {channel_link(meta.channel)}"
    return {
        "text": f"{head} {where}",
        "blocks": [section(f"*{head}* {where}, where it has begun."), section(_ROLE)],
    }
