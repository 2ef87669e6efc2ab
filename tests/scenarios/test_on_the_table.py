"""What lies on the table of a monthly review: risks too, all at once, decided early, or nothing."""

import pytest

from blocks.review_buttons import NEXT_CARD
from domain.reviews import Stage as Point
from tests.scenarios import monthly
from tests.scenarios.following import heard
from tests.scenarios.monthly import (
    LATER,
    OVERDUE,
    REVIEWS,
    begun,
    cancelled_elsewhere,
    cards,
    has,
    item,
    parent,
)
from tests.scenarios.stage import NOW, Stage


async def test_a_risk_that_ran_out_is_accepted_again_by_the_chair(slack: Stage) -> None:
    await monthly.set_up(slack)
    await monthly.risk(slack, "bob")
    await begun(slack)
    (card,) = cards(slack)
    assert "accepted risk: Two regions fail" in card.words()
    await slack.person("freya").click(REVIEWS, action_id="risk.renew")
    form = await slack.person("freya").modal()
    said = {"reason": "Still rare", "accepter": slack.id_of("bob"), "until": LATER}
    assert (await form.fill(**said).submit()).closed
    await slack.settled()
    assert "chairing the review for" in cards(slack)[0].words()
    assert "accepted it until 14 Dec 2026: Still rare" in cards(slack)[0].words()
    assert len(heard(slack, "bob", "risk_news")) == 1


async def test_a_review_of_nothing_closes_itself(slack: Stage) -> None:
    await monthly.set_up(slack)
    await begun(slack)
    assert "there is nothing to walk" in parent(slack).words()
    assert cards(slack) == []
    assert (await monthly.the_review(slack)).stage is Point.CLOSED


async def test_what_was_decided_early_is_one_reply(slack: Stage) -> None:
    await monthly.set_up(slack)
    which = await item(slack, "bob", OVERDUE)
    await item(slack, "mei")
    review = await monthly.called(slack, due_at=NOW + monthly.DAY / 24)
    await cancelled_elsewhere(slack, which)
    await slack.passes(monthly.DAY / 24)
    await begun(slack, review)
    (reply,) = slack.posted("review_early", REVIEWS)
    assert "1 was decided before the review began" in reply.words()
    assert "cancelled it: Gone" in reply.words()
    assert "<@" not in reply.words()
    assert len(cards(slack)) == 1


@pytest.mark.parametrize(("number", "up"), [(30, 25), (3, 3)])
async def test_all_at_once_means_a_page_at_a_time(slack: Stage, number: int, up: int) -> None:
    await monthly.set_up(slack, cards_at_once=25)
    for _ in range(number):
        await item(slack, "bob")
    await begun(slack)
    assert len(cards(slack)) == up
    assert [has(each, NEXT_CARD) for each in cards(slack)[:-1]] == [False] * (up - 1)
    assert has(cards(slack)[-1], NEXT_CARD) is (up < number)
