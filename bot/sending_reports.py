"""What `closedloop due --send` tells of what it did, to people and to programs."""

from collections import Counter
from collections.abc import Sequence

from bot.due_reports import Row, table, written
from bot.sending import Became, Outcome

_WRONG = frozenset({Outcome.FAILED, Outcome.GIVEN_UP})


def all_is_well(became: Sequence[Became]) -> bool:
    """Whether everything was sent that could be."""
    return not any(each.outcome in _WRONG for each in became)


def as_json(became: Sequence[Became]) -> str:
    """What became of each delivery, and how many of each there are, as a program reads it."""
    counts = Counter(each.outcome for each in became)
    numbers = {each.name.lower(): counts[each] for each in Outcome}
    return written(numbers | {"deliveries": [_row(each) for each in became]})


def as_table(became: Sequence[Became]) -> str:
    """A row for each delivery, and the counts in a sentence."""
    if not became:
        return "Nothing was due."
    counts = Counter(each.outcome for each in became)
    said = ", ".join(f"{counts[each]} {each}" for each in Outcome if counts[each])
    return f"{table('deliveries', [_row(each) for each in became])}\n\n{said.capitalize()}."


def _row(became: Became) -> Row:
    delivery = became.delivery
    waits = became.outcome in {Outcome.FAILED, Outcome.LATER}
    return {
        "kind": delivery.kind,
        "to": became.to,
        "since": became.since,
        "became": str(became.outcome),
        "next_try": delivery.due_at if waits else None,
        "last_error": delivery.last_error if became.outcome in _WRONG else None,
    }
