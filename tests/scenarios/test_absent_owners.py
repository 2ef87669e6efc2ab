"""Owners who are not at a monthly review, have left, or hand over what is on its table."""

from blocks.review_buttons import OWNER_ABSENT
from domain.decisions import Decision
from tests.scenarios import monthly
from tests.scenarios.following import heard, leaves
from tests.scenarios.monthly import OVERDUE, REVIEWS, begun, cards, has, item, parent, the_card
from tests.scenarios.reviewing import DM
from tests.scenarios.stage import Stage


async def test_an_absent_owner_is_escalated_to_the_lead_once(slack: Stage) -> None:
    await monthly.set_up(slack)
    for _ in range(2):
        which = await item(slack, "bob", OVERDUE)
    await begun(slack)
    await slack.person("freya").click(REVIEWS, action_id=OWNER_ABSENT)
    await slack.settled()
    assert "who is not here: the programme lead is asked" in cards(slack)[0].words()
    (told,) = heard(slack, "lena", "review_absent")
    assert "PM-1/1" in told.words()
    assert "PM-2/1" in told.words()
    await monthly.next_pressed(slack)
    assert not has(cards(slack)[1], OWNER_ABSENT)
    await monthly.moved(slack, "lena", which)
    (told,) = heard(slack, "lena", "review_absent")
    assert "PM-2/1" not in told.words()


async def test_without_a_lead_nobody_is_asked_and_the_chair_is_told_what_to_do(
    slack: Stage,
) -> None:
    await monthly.set_up(slack, lead="")
    await item(slack, "bob", OVERDUE)
    await begun(slack)
    await slack.person("freya").click(REVIEWS, action_id=OWNER_ABSENT)
    assert "Name a lead" in await slack.told("freya", "Nobody leads", REVIEWS)


async def test_a_handed_over_item_comes_back_when_nobody_takes_it_on(slack: Stage) -> None:
    await monthly.set_up(slack)
    which = await item(slack, "bob", OVERDUE)
    await begun(slack)
    await monthly.decided(slack, "bob", Decision.REASSIGN, which, person=slack.id_of("mei"))
    assert "asked " in cards(slack)[0].words()
    assert "1 of 1 decided" in parent(slack).words()
    await slack.person("mei").click(DM, action_id="decide.decline")
    await slack.settled()
    assert "0 of 1 decided" in parent(slack).words()
    assert has(the_card(slack, "PM-1/1"), "decide.reschedule")


async def test_an_owner_who_has_left_is_not_called_the_lead_is(slack: Stage) -> None:
    await monthly.set_up(slack)
    await item(slack, "bob", OVERDUE)
    await leaves(slack, "bob")
    await begun(slack)
    said = cards(slack)[0].words()
    assert f"has left: <@{slack.id_of('lena')}>, who leads the programme, can hand it over" in said
    assert f"<@{slack.id_of('bob')}>" not in said
