"""The form in which a chair closes a monthly review."""

import json
from collections.abc import Sequence

from blocks.forms import remembered, values
from blocks.inputs import field_input, text_element
from blocks.parts import View, context, modal, section
from domain.review_summary import named
from domain.reviews import LEARNT_MAX, Counts, Review

CLOSING_FORM = "close_monthly_review"
#: The field by which the rules refuse.
LEARNT = "learnt"
_SUMMARY = (
    "A summary goes to the channel: what was decided, why, what is left, and what that says about "
    "the programme. Whatever is open still has been seen by one more review."
)


def closing_modal(review: Review, counts: Counts, undecided: Sequence[str] = ()) -> View:
    """The form; what a review taught may be left out. `undecided` are the first such keys."""
    left = counts.total - counts.settled
    which = f": {named(undecided, left)}" if undecided else ""
    rest = f" {left} {'is' if left == 1 else 'are'} left undecided{which}." if left else ""
    typed = text_element(review.learnt, most=LEARNT_MAX, multiline=True)
    return modal(
        "Close the review",
        [
            section(f"*{review.name}*: {counts.settled} of {counts.total} decided.{rest}"),
            field_input(
                LEARNT,
                "What did this review teach?",
                typed,
                hint="About how the programme works, not about one item.",
                optional=True,
            ),
            context(_SUMMARY),
        ],
        callback_id=CLOSING_FORM,
        submit="Close it",
        metadata=json.dumps({"review": review.id}),
    )


def read_closing(view: View) -> tuple[int, str]:
    """Which review is to be closed, and what it taught, as typed."""
    return int(remembered(view)["review"]), str(values(view).get(LEARNT) or "")
