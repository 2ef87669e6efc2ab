"""What a monthly review costs however many items are open: memory, and calls to Slack."""

import pytest

from bench.review_beginning import beginning
from bench.review_walk import Cost, cost, projected
from bench.reviews import MEMORY_RATIO, table
from domain.reviews import PAGE
from storage.engine import Database


async def test_the_beginning_of_a_large_review_takes_no_more_memory(database: Database) -> None:
    few, many = [await beginning(database, size) for size in (20, 2_000)]
    assert many.peak <= MEMORY_RATIO * few.peak


@pytest.mark.parametrize("at_once", [1, PAGE])
async def test_a_walk_posts_each_card_once_and_changes_it_only_with_reason(at_once: int) -> None:
    walked = await cost(4, at_once)
    # The review's own message and the summary come on top, and the canvas is no message.
    assert walked.posts == walked.floor
    # A card changes when it is decided and when the next comes; so does the review's message.
    assert walked.changes <= 4 * walked.items + 1
    assert walked.others <= 4


def test_what_many_cost_follows_from_what_the_larger_one_has_more() -> None:
    small, large = [
        Cost(items=n, posts=n + 2, changes=2 * n + 1, others=1, beside=0) for n in (25, 50)
    ]
    many = projected(small, large, 10_000)
    assert (many.posts, many.changes, many.calls) == (10_002, 20_001, 30_004)
    assert "".join(table({"all": many}).splitlines()[1].split()) == (
        "all30,00410,0023.0010,0022h47min20,0016h40min"
    )
