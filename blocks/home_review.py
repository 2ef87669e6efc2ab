"""The next monthly review, on everybody's Home: when it is, who chairs it, how much waits."""

from blocks.home_buttons import review_button
from blocks.parts import Block, header, section
from blocks.review_window import on_its_table
from blocks.text import channel_link, mention, moment
from domain.headlines import amount
from domain.health import Table
from domain.home import Home, NextReview
from domain.reviews import Review, Stage

_NOWHERE = (
    "Nobody has said in which channel the monthly review is held, so none is called by itself. "
    "Say where in `/postmortem settings`."
)


def review_blocks(said: Home) -> list[Block]:
    """The review under way, or called, or the next by the cadence."""
    words = "\n".join([_when(said.next_review), *_waiting(said)])
    return [header("Next review"), section(words, review_button("Open the monthly review"))]


def _when(following: NextReview) -> str:
    current = following.current
    if current is not None:
        return _current(current)
    if not following.channel or following.due_at is None:
        return _NOWHERE
    where, days = channel_link(following.channel), amount(following.told_days, "working day")
    return f"*{moment(following.due_at)}* in {where}. Who chairs is told {days} before."


def _current(review: Review) -> str:
    chair, where = mention(review.facilitator), channel_link(review.channel)
    if review.stage is Stage.CALLED:
        return f"*{moment(review.due_at)}* in {where}. {chair} chairs it."
    return f"*{review.name}* is under way in {where}. {chair} chairs it."


def _waiting(said: Home) -> list[str]:
    """How much is on its table; nothing where the numbers were of another review."""
    table, following = said.health.table if said.health else None, said.next_review
    current = following.current
    due_on = current.due_on if current else following.due_on
    if table is None or table.due_on != due_on:
        return []
    if current is not None and current.stage is Stage.UNDER_WAY:
        return [_left(table)]
    must = f"{table.undecided} expired or overdue" if table.undecided else ""
    return [on_its_table(table.total, must)]


def _left(table: Table) -> str:
    must = table.undecided
    owed = f" {must} must still be decided before it can be closed." if must else ""
    return f"{table.settled} of {table.total} decided.{owed}"
