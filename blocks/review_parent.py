"""A monthly review's message in its channel: who chairs, what is on the table, how far it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from blocks.limits import BLOCK_WEIGHT
from blocks.parts import Block, Message, actions, button, context, header, section
from blocks.review_buttons import CLOSE_REVIEW_OF_MONTH, NEXT_CARD, PASS_REVIEW_ON
from blocks.review_calls import calendar_button
from blocks.text import mention, moment
from domain.reviews import Counts, Review, Stage, Why

#: How each sort is counted: of one, and of several.
_COUNTED: Mapping[Why, tuple[str, str]] = {
    Why.EXPIRED: (":hourglass: {} expired", ":hourglass: {} expired"),
    Why.OVERDUE: (":rotating_light: {} overdue", ":rotating_light: {} overdue"),
    Why.INEFFECTIVE: (":warning: {} ineffective", ":warning: {} ineffective"),
    Why.EVIDENCE: (":mag: {} waiting for evidence", ":mag: {} waiting for evidence"),
    Why.OPEN: (":white_circle: {} open", ":white_circle: {} open"),
    Why.RISK: (
        ":scales: {} accepted risk whose date has come",
        ":scales: {} accepted risks whose date has come",
    ),
    Why.LINE: (":scroll: {} inherited line", ":scroll: {} inherited lines"),
}
_HOW = (
    "Everything has a card in the thread: expired ones first, then overdue ones, then the rest. "
    "Owners decide by the buttons on their cards, and the chair can on their behalf. What is "
    "expired or overdue must be decided before the review can be closed."
)
#: So many lines of what was decided early are said, if together they weigh no more than this.
EARLY_MOST, _EARLY_WEIGHT = 40, 12_000


@dataclass(frozen=True, kw_only=True)
class ReviewView:
    """A review as its message shows it; with `has_more` something can be brought up still."""

    review: Review
    counts: Counts
    has_more: bool


def next_button(review: Review) -> Block:
    """Bring up what comes next; whoever presses it a second time is told that it has."""
    label = "Next" if review.at_once == 1 else f"Next {review.at_once}"
    return button(
        label, NEXT_CARD, f"{review.id}:{review.shown}", spoken="Bring up the next", primary=True
    )


def close_button(review: Review) -> Block:
    """Close the review."""
    return button("Close the review", CLOSE_REVIEW_OF_MONTH, str(review.id))


def parent_message(view: ReviewView) -> Message:
    """The message that a review's cards reply to."""
    review, counts = view.review, view.counts
    if not counts.total:
        said = "Nothing is open, no accepted risk has run out: there is nothing to walk."
        return {"text": f"{review.name}: {said}", "blocks": [header(review.name), section(said)]}
    progress = _progress(view)
    chair = f"{mention(review.facilitator)} chairs."
    at_first = "When it began: " if review.started_at else ""
    lines = [
        section(f"{_closed(view) if review.stage is Stage.CLOSED else chair} {progress}"),
        section(at_first + " · ".join(_counted(counts))),
    ]
    text = f"{review.name}. {chair} {progress}"
    if review.stage is Stage.CLOSED:
        return {"text": text, "blocks": [header(review.name), *lines]}
    return {
        "text": text,
        "blocks": [header(review.name), *lines, context(_HOW), actions(_ways(view))],
    }


def _ways(view: ReviewView) -> list[Block]:
    review = view.review
    pass_on = button("Pass the chair on", PASS_REVIEW_ON, str(review.id))
    next_one = [next_button(review)] if view.has_more else []
    return [*next_one, close_button(review), pass_on, calendar_button(str(review.id))]


def _progress(view: ReviewView) -> str:
    counts = view.counts
    owed = f" · *{counts.owed} must still be decided*" if counts.owed else ""
    return f"{counts.settled} of {counts.total} decided{owed}"


def _closed(view: ReviewView) -> str:
    review = view.review
    by = f" by {mention(review.closed_by)}" if review.closed_by else ""
    at = f" {moment(review.closed_at)}" if review.closed_at else ""
    return f":white_check_mark: *Closed*{by}{at}."


def _counted(counts: Counts) -> list[str]:
    return [
        _COUNTED[why][number != 1].format(number)
        for why in Why
        if (number := counts.by_why.get(why, 0))
    ]


def early_message(lines: Sequence[str], number: int) -> Message:
    """What was decided between the call and the beginning, a line each, as far as there is room.

    `number` is how much that is; none, where nobody took on what was handed over.
    """
    if not number:
        said = "What was decided before the review began is on the table again."
        return {"text": said, "blocks": [section(said)]}
    said = f"{number} {'was' if number == 1 else 'were'} decided before the review began"
    rows, weight = [], 0
    for line in lines:
        weight += len(line) + BLOCK_WEIGHT
        if weight <= _EARLY_WEIGHT:
            rows.append(section(line))
    more = number - len(rows)
    rest = [context(f"… and {more} more: the summary has them all.")] if more else []
    return {"text": f"{said}.", "blocks": [section(f"*{said}:*"), *rows, *rest]}
