"""A whole monthly review as those in it see it, from call to close (rules 3, 15, 18, 19)."""

import pytest

from blocks.item_buttons import action_of
from blocks.review_buttons import CLOSE_REVIEW_OF_MONTH, NEXT_CARD, OWNER_ABSENT
from domain.decisions import Decision
from domain.reviews import Stage as Point
from tests.scenarios import monthly, whole
from tests.scenarios.calling import chair_told, notices
from tests.scenarios.following import heard
from tests.scenarios.fourteen import OWNERS, Month, laid
from tests.scenarios.hearing import until
from tests.scenarios.monthly import REVIEWS, cards, has, parent
from tests.scenarios.stage import Stage


@pytest.fixture
async def month(slack: Stage) -> Month:
    """Fourteen items of five people, a week before the review."""
    return await laid(slack)


async def test_the_chair_is_told_ahead_and_every_owner_in_their_own_morning(month: Month) -> None:
    told = []
    for at in (whole.CALLED, *whole.MORNINGS):
        await until(month.slack, at)
        told.append("".join(f"{who} " for who in OWNERS if notices(month.slack, who)))
    # In Kolkata it is two in the afternoon then; New York has a holiday.
    assert told[:3] == ["priya ", "bob priya tomas ", "bob mei priya tomas "]
    assert told[3] == "ana bob mei priya tomas "
    assert "14 items (2 expired, 5 overdue, 7 open)" in chair_told(month.slack, "freya").words()
    (announced,) = month.slack.posted("review_called", REVIEWS)
    assert f"<@{month.id_of('freya')}> chairs it" in announced.words()


async def test_it_begins_by_itself_and_reads_out_what_was_decided_early(month: Month) -> None:
    await whole.begun(month)
    said = parent(month.slack).words()
    assert f"<@{month.id_of('freya')}> chairs. 1 of 14 decided" in said
    assert "*7 must still be decided*" in said
    (early,) = month.slack.posted("review_early", REVIEWS)
    assert "*PM-4/3* Say how old the index is · Ana Duarte says it is implemented" in early.words()
    (card,) = cards(month.slack)
    assert card.thread_ts == parent(month.slack).ts
    assert "PM-2/1" in month.newest()


async def test_an_expired_item_is_accepted_as_a_risk_and_the_other_promoted(month: Month) -> None:
    await whole.begun(month)
    assert not has(month.card("PM-2/1"), action_of(Decision.RESCHEDULE))
    assert "it has expired" in month.card("PM-2/1").words()
    await whole.expired_decided(month)
    (asked,) = heard(month.slack, "ana", "item_news")
    assert "named you as the one who accepts the risk instead of PM-2/1" in asked.text
    assert "Ana Duarte answers for it: Two calendars tell us" in month.card("PM-2/1").words()
    assert "project that Lena Vogt owns: Queues 2027" in month.card("PM-2/2").words()
    assert "3 of 14 decided · *5 must still be decided*" in parent(month.slack).words()


async def test_a_peer_may_not_decide_and_reads_whom_to_ask(month: Month) -> None:
    await whole.expired_walked(month)
    await month.goes_on()
    await month.presses("priya", action_of(Decision.RESCHEDULE), value=str(month.ids["PM-1/1"]))
    said = await month.slack.told("priya", "who owns this item", REVIEWS)
    assert f"<@{month.id_of('bob')}>" in said
    assert f"<@{month.id_of('lena')}>, who leads the programme" in said
    assert not month.slack.sandbox.workspace.views.of(month.id_of("priya"))
    assert "3 of 14 decided" in parent(month.slack).words()


async def test_the_lead_has_one_message_of_all_that_an_absent_owner_owes(month: Month) -> None:
    await whole.absent_said(month)
    (asked,) = heard(month.slack, "lena", "review_absent")
    assert [key in asked.words() for key in ("PM-4/1", "PM-4/2", "PM-1/2")] == [True, True, False]
    assert "who is not here: the programme lead is asked" in month.card("PM-4/1").words()
    assert not has(month.card("PM-4/1"), OWNER_ABSENT)
    await whole.lead_decides(month)
    (asked,) = heard(month.slack, "lena", "review_absent")
    assert [key in asked.words() for key in ("PM-4/1", "PM-4/2")] == [False, True]
    assert "Lena Vogt, who leads the programme, moved it" in month.card("PM-4/1").words()


async def test_in_front_of_peers_the_owner_cancels_and_nobody_else_does(month: Month) -> None:
    await whole.absent_said(month)
    await month.goes_on()
    await month.presses("freya", action_of(Decision.CANCEL), value=str(month.ids["PM-1/2"]))
    assert f"<@{month.id_of('mei')}>" in await month.slack.told("freya", "can cancel it", REVIEWS)
    await month.decides("mei", Decision.CANCEL, "PM-1/2", words="There is no pool any more")
    done = "Mei Tanaka cancelled it: There is no pool any more"
    assert month.newest().endswith(f"*PM-1/2* Alert before the pool is full · {done}")


async def test_half_way_somebody_else_chairs_and_whoever_did_goes_on_no_more(month: Month) -> None:
    await whole.passed_on(month)
    assert f"<@{month.id_of('jun')}> chairs. 6 of 14 decided" in parent(month.slack).words()
    assert "I have to catch a train" in chair_told(month.slack, "jun").words()
    assert "chairs the monthly review" in chair_told(month.slack, "freya").words()
    up = len(cards(month.slack))
    await month.goes_on("freya")
    await month.slack.told("freya", "Jun Park chairs this review. Ask Jun Park", REVIEWS)
    assert len(cards(month.slack)) == up
    await month.goes_on("jun")
    assert month.newest() == f"*PM-3/1* private item · owner <@{month.id_of('ana')}>"


async def test_what_is_done_elsewhere_meanwhile_needs_no_card(month: Month) -> None:
    await whole.walked(month)
    walked = [each.blocks[0]["text"]["text"] for each in cards(month.slack)]
    assert len(walked) == 12
    assert not any("PM-2/3" in each or "PM-4/3" in each for each in walked)
    assert "9 of 14 decided · *1 must still be decided*" in parent(month.slack).words()


async def test_it_is_not_closed_before_the_last_that_is_owed_is_decided(month: Month) -> None:
    await whole.walked(month)
    assert (
        "must be decided before the review can be closed: PM-4/2" in cards(month.slack)[-1].words()
    )
    assert not has(cards(month.slack)[-1], NEXT_CARD)
    await month.presses("jun", CLOSE_REVIEW_OF_MONTH)
    said = await month.slack.told("jun", "PM-4/2 is expired or overdue", REVIEWS)
    assert "the programme lead is asked, and must then decide" in said
    assert (await monthly.the_review(month.slack)).stage is Point.UNDER_WAY
    await whole.closes(month)
    assert (await monthly.the_review(month.slack)).stage is Point.CLOSED
    assert "*Closed*" in parent(month.slack).words()
