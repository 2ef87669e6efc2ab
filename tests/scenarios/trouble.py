"""What scenarios about reviews on a bad day need: one under way, and what its thread shows."""

from collections.abc import Sequence
from datetime import timedelta

from blocks.review_buttons import NEXT_CARD
from tests.scenarios import monthly
from tests.scenarios.monthly import LATER, OVERDUE, begun, cards, has, item
from tests.scenarios.stage import Stage

POST = "chat.postMessage"
#: As long as the app waits for what became of a post that it was stopped in.
A_WHILE = timedelta(seconds=30)
WHY = {"day": LATER + 30 * monthly.DAY, "words": "The vendor is late"}


async def three(slack: Stage) -> list[int]:
    """Let a review of three items of Bob, Mei and Ana have begun; Bob's is overdue."""
    await monthly.set_up(slack)
    made = [await item(slack, "bob", OVERDUE), await item(slack, "mei"), await item(slack, "ana")]
    await begun(slack)
    return made


def keys(slack: Stage) -> list[str]:
    """Give which items have cards, in the order of the thread."""
    said = [each.blocks[0]["text"]["text"] for each in cards(slack)]
    return [each.split("*")[1] for each in said]


def ways_on(slack: Stage) -> Sequence[bool]:
    """Give for each card whether it offers to go on."""
    return [has(each, NEXT_CARD) for each in cards(slack)]
