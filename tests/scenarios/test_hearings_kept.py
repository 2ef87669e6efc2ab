"""What is due to be heard of is heard of, whatever else happens in that very second."""

from datetime import timedelta

from domain.decisions import Decision
from tests.scenarios.deciding import decided, promised
from tests.scenarios.hearing import digests, posted, strike, until
from tests.scenarios.stage import Stage

WEEK_BEFORE = "2026-12-17 09:30"


async def test_a_note_in_the_second_in_which_a_digest_is_due_does_not_put_it_off(
    slack: Stage,
) -> None:
    await promised(slack)
    await until(slack, "2026-12-17 09:00")
    await slack.passes(timedelta(minutes=30))
    await decided(slack, "bob", Decision.BLOCK, words="waits for the vendor")
    await strike(slack)
    assert posted(slack, "bob") == [WEEK_BEFORE]
    assert "blocked: waits for the vendor" in digests(slack, "bob")[0].words()


async def test_what_is_done_in_the_second_in_which_it_is_due_is_not_asked_for(
    slack: Stage,
) -> None:
    await promised(slack)
    await until(slack, "2026-12-17 09:00")
    await slack.passes(timedelta(minutes=30))
    await decided(slack, "bob", Decision.IMPLEMENT, words="Shipped in 4.3")
    await strike(slack)
    assert digests(slack, "bob") == []
