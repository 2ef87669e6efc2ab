"""Beginning a monthly review by hand: who may, and when there is one to begin (rules 18, 19)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from domain.errors import RuleBroken
from domain.reviews import Review, Stage, Why

_FIELD = "facilitator"
#: So many of those who may are named.
_NAMED_MOST = 3


def check_may_begin(
    person: str, facilitators: Sequence[str], others: Collection[str], names: Mapping[str, str]
) -> None:
    """Refuse somebody who does not take turns at chairing, where anybody does.

    `facilitators` are those who do and are here, `others` the programme lead and the chair.
    """
    if not facilitators or person in {*facilitators, *others}:
        return
    some = [names.get(each) or each for each in facilitators[:_NAMED_MOST]]
    listed = ", ".join(some[:-1]) + (" or " if some[:-1] else "") + some[-1]
    raise RuleBroken(
        _FIELD,
        f"Whoever takes turns at chairing begins the monthly review. Ask {listed}, or the "
        "programme lead.",
    )


def check_not_begun(review: Review, chair: str) -> None:
    """Refuse to begin what has begun or is closed; `chair` is what whoever chairs it is called."""
    if review.stage is Stage.UNDER_WAY:
        raise RuleBroken(
            _FIELD,
            f"It has begun already, and {chair} chairs it. Close this form and run "
            "/postmortem review: it leads to the thread.",
        )
    if review.stage is Stage.CLOSED:
        raise RuleBroken(
            _FIELD,
            "This review is closed. Close this form and run /postmortem review to see when the "
            "next one is.",
        )


def check_can_be_called(
    current: Review | None, last: Review | None, chair: str, today: date
) -> None:
    """Refuse a second review beside one that is called or under way, and a second one of a day.

    One that was begun early is that of its day all the same. `chair` is what whoever chairs the
    current one is called.
    """
    if current is not None:
        raise RuleBroken(
            _FIELD,
            f"A monthly review is {current.stage} already, and {chair} chairs it. Close this form "
            "and run /postmortem review to see it.",
        )
    if last is not None and last.due_on >= today:
        tomorrow = last.due_on + timedelta(days=1)
        raise RuleBroken(
            _FIELD,
            f"The {last.name[0].lower()}{last.name[1:]} is closed already. Whatever is left can be "
            f"decided in /postmortem items, or in a review from {tomorrow.day} {tomorrow:%b} on.",
        )


def check_anything_to_walk(counts: Mapping[Why, int]) -> None:
    """Refuse a review that would have nothing on its table."""
    if not sum(counts.values()):
        raise RuleBroken(
            _FIELD,
            "Nothing is open, and no accepted risk has run out: there is nothing to walk. Begin "
            "one when there is.",
        )
