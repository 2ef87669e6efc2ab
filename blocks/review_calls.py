"""Who chairs a monthly review and when it is: what its chair and channel are told (rule 19)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from blocks.forms import remembered, values
from blocks.inputs import field_input, person_element, text_element
from blocks.parts import Block, Message, View, actions, button, context, modal, section
from blocks.review_buttons import PASS_REVIEW_ON, REVIEW_CALENDAR
from blocks.text import channel_link, mention, moment, quoted
from domain.postmortems import REASON_MAX
from domain.reviews import Review, Stage, Why

#: The form that passes the chair of a monthly review on.
PASSING_REVIEW_ON = "pass_review_on_form"

_ROLE = """\
• Walk every item: expired ones first, then overdue ones, then the rest. *Next* brings them up.
• Ask *what* and *how*, not *who*: “What kept it from being done?” “How would we see that it works?”
• Voice no solution. Yours closes the conversation; a question keeps it open.
• Each expired or overdue item needs a decision. You may decide on an owner's behalf, but not \
cancel: only its owner and the programme lead can.
• If an owner is not there, press *Owner absent*: the programme lead is asked, once.
• When all is walked, close it: the summary goes into the channel."""
_COUNTED = {
    Why.EXPIRED: "expired",
    Why.OVERDUE: "overdue",
    Why.INEFFECTIVE: "ineffective",
    Why.EVIDENCE: "waiting for evidence",
    Why.OPEN: "open",
}


def lower(name: str) -> str:
    """A review's name within a sentence."""
    return name[0].lower() + name[1:]


def to_come(counts: Mapping[Why, int]) -> str:
    """How much a review has to walk, and what of it, in words."""
    items = sum(counts.get(why, 0) for why in _COUNTED)
    of_them = ", ".join(
        f"{counts[why]} {words}" for why, words in _COUNTED.items() if counts.get(why)
    )
    parts = [
        f"{_number(items, 'item')} ({of_them})" if items else "",
        _counted(counts, Why.RISK, "accepted risk", "whose date has come"),
        _counted(counts, Why.LINE, "line", "of old documents"),
    ]
    return " · ".join(part for part in parts if part) or "nothing"


def _counted(counts: Mapping[Why, int], why: Why, noun: str, rest: str) -> str:
    number = counts.get(why, 0)
    return f"{_number(number, noun)} {rest}" if number else ""


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def chair_buttons(review: Review) -> list[Block]:
    """What can be done about who chairs a review and when it is; nothing once it is closed."""
    if review.stage is Stage.CLOSED:
        return []
    value, name = str(review.id), lower(review.name)
    return [
        button(
            "Pass the chair on", PASS_REVIEW_ON, value, spoken=f"Pass the chair of the {name} on"
        ),
        calendar_button(value),
    ]


def calendar_button(value: str) -> Block:
    """Sends a calendar file of the reviews to come."""
    return button("Calendar file", REVIEW_CALENDAR, value, spoken="Calendar file of the reviews")


def chair_message(review: Review, counts: Mapping[Why, int], passed_by: str = "") -> Message:
    """Tell the chair what the role is; `passed_by` is whoever had it before or passed it on."""
    head = f"You chair the {lower(review.name)}"
    lines = [
        f"*{head}* in {channel_link(review.channel)}",
        *_from(review, passed_by),
        _standing(review, counts),
    ]
    blocks = [section("\n".join(lines))]
    if review.stage is not Stage.CLOSED:
        blocks += [section(_ROLE), actions(chair_buttons(review))]
    return {"text": f"{head}, {moment(review.due_at)}", "blocks": blocks}


def _from(review: Review, passed_by: str) -> list[str]:
    if not review.passed_on:
        return []
    who = mention(passed_by) if passed_by else "Somebody"
    reason = review.passed_because.strip()
    return [f"{who} passed it on to you.", *([quoted(reason, 600)] if reason else [])]


def _standing(review: Review, counts: Mapping[Why, int]) -> str:
    match review.stage:
        case Stage.CALLED:
            return (
                f"{moment(review.due_at)}: it begins by itself. On the table, as things stand: "
                f"{to_come(counts)}."
            )
        case Stage.UNDER_WAY:
            since = moment(review.started_at or review.due_at)
            return f"It began {since}. Walk it in its thread there."
    return ":white_check_mark: It is closed. Thank you."


def relieved_message(review: Review) -> Message:
    """Tell whoever chaired before that somebody else does now."""
    who = mention(review.facilitator)
    words = f"{who} chairs the {lower(review.name)} instead. Thank you."
    return {"text": words, "blocks": [section(words)]}


def expire_words(expiring: int, number: int) -> str:
    """How many of so many items this review is the last for; nothing where it is for none."""
    if not expiring:
        return ""
    if number == 1:
        return "It expires if it is still open after the review."
    they = "expires if it is" if expiring == 1 else "expire if they are"
    return f"{expiring} of them {they} still open after it."


def called_message(review: Review, counts: Mapping[Why, int], expiring: int = 0) -> Message:
    """Tell the channel when the next review is, who chairs it, and what will be walked.

    `expiring` is how many items expire if they are still open after it.
    """
    chair = mention(review.facilitator)
    if review.stage is not Stage.CALLED:
        words = f"The {lower(review.name)} was announced here. {_went(review, chair)}"
        return {"text": words, "blocks": [section(words)]}
    when = moment(review.due_at)
    last = expire_words(expiring, sum(counts.get(why, 0) for why in _COUNTED))
    blocks = [
        section(
            f"*{review.name}*\n{when}, here. {chair} chairs it.\n"
            f"On the table, as things stand: {to_come(counts)}.{f' {last}' if last else ''}"
        ),
        context(
            "Owners have theirs by direct message and can decide at once: what is decided before "
            "needs no words in the review."
        ),
        actions(chair_buttons(review)),
    ]
    return {"text": f"{review.name}: {when}, chaired by {chair}", "blocks": blocks}


def _went(review: Review, chair: str) -> str:
    """How far one is that was announced: by instants, for the message is older than they are."""
    began = moment(review.started_at or review.due_at)
    if review.closed_at is None:
        return f"It began {began} and is chaired by {chair}."
    return f"It began {began} and was closed {moment(review.closed_at)}. {chair} chaired it."


@dataclass(frozen=True, kw_only=True)
class PassRequest:
    """Who is to chair which review instead of `chair`, who did when the form was opened."""

    review_id: int
    facilitator: str
    chair: str
    reason: str


def pass_review_on_modal(review: Review, suggested: str) -> View:
    """The form that passes the chair on, with whoever's turn is next chosen."""
    who = (
        f"Suggested is {mention(suggested)}, whose turn is next."
        if suggested
        else "Nobody else takes turns: choose anybody."
    )
    chair = field_input(
        "facilitator",
        "Who chairs it instead?",
        person_element(suggested, "Choose one person"),
        hint="Somebody of this workspace. They are told at once.",
        told_at_once=True,
    )
    reason = field_input(
        "reason",
        "Why?",
        text_element(most=REASON_MAX, placeholder="On leave until Thursday"),
        hint="Whoever chairs instead reads it.",
        optional=True,
    )
    return modal(
        "Pass the chair on",
        [section(f"*{review.name}*"), chair, context(who), reason],
        callback_id=PASSING_REVIEW_ON,
        submit="Pass it on",
        metadata=json.dumps({"review": review.id, "chair": review.facilitator}),
    )


def read_pass_review_on(view: View) -> PassRequest:
    """What the form that passes the chair on asks for."""
    typed, kept = values(view), remembered(view)
    return PassRequest(
        review_id=kept["review"],
        facilitator=typed.get("facilitator") or "",
        chair=kept["chair"],
        reason=typed.get("reason", "").strip(),
    )
