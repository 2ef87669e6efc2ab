"""Owners who are not at a monthly review, have left, or hand over what is on its table."""

from dataclasses import replace
from typing import Any

from blocks.review_buttons import NEXT_CARD, OWNER_ABSENT
from domain.decisions import Decision
from handlers.by_itself import keep
from handlers.kept_items import CHANGED, Deed
from storage import action_items
from tests.scenarios import monthly
from tests.scenarios.following import heard, leaves
from tests.scenarios.monthly import (
    OVERDUE,
    REVIEWS,
    begun,
    called,
    cards,
    has,
    item,
    parent,
    the_card,
)
from tests.scenarios.reviewing import DM, TEAM
from tests.scenarios.stage import NOW, Stage


async def became(slack: Stage, which: int, event: str, **fields: Any) -> None:
    """Let the owner of an item have done something to it, not at the review."""
    async with slack.bot.database.sessions.begin() as session:
        found = await action_items.item(session, TEAM, which)
        assert found is not None
        postmortem, old = found
        deed = Deed(by=old.owner, at=slack.clock.now(), event=event)
        await keep(session, postmortem, old, replace(old, **fields), deed)
    slack.bot.courier.wake()
    await slack.settled()


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
    assert f"has left: <@{slack.id_of('lena')}>, who leads the programme, decides" in said
    assert f"<@{slack.id_of('bob')}>" not in said


async def test_whoever_is_given_an_item_is_not_absent_because_its_owner_was(slack: Stage) -> None:
    await monthly.set_up(slack)
    which = await item(slack, "bob", OVERDUE)
    await item(slack, "mei", OVERDUE)
    await begun(slack)
    await slack.person("freya").click(REVIEWS, action_id=OWNER_ABSENT)
    await slack.settled()
    await became(slack, which, CHANGED, owner=slack.id_of("mei"))
    assert "who is not here" not in cards(slack)[0].words()
    assert has(cards(slack)[0], OWNER_ABSENT)
    (told,) = heard(slack, "lena", "review_absent")
    assert "PM-1/1" not in told.words()
    await monthly.next_pressed(slack)
    assert f"<@{slack.id_of('mei')}>" in the_card(slack, "PM-2/1").words()
    assert [each.owner for each in await monthly.table(slack)] == [slack.id_of("mei")] * 2


async def test_what_was_handed_over_early_and_comes_back_is_walked(slack: Stage) -> None:
    await monthly.set_up(slack)
    which = await item(slack, "bob", OVERDUE)
    await item(slack, "mei")
    review = await called(slack, due_at=NOW + monthly.DAY / 24)
    bob, mei = slack.id_of("bob"), slack.id_of("mei")
    await became(slack, which, Decision.REASSIGN, proposed_owner=mei, proposed_by=bob)
    await slack.passes(monthly.DAY / 24)
    await begun(slack, review)
    assert "That was everything on the table" in cards(slack)[0].words()
    await slack.person("mei").click(DM, action_id="decide.decline")
    await slack.settled()
    assert has(cards(slack)[0], NEXT_CARD)
    (early,) = slack.posted("review_early", REVIEWS)
    assert "on the table again" in early.words()


async def test_whoever_leads_the_programme_by_then_is_asked(slack: Stage) -> None:
    await monthly.set_up(slack)
    for owner in ("bob", "mei"):
        await item(slack, owner, OVERDUE)
    await begun(slack)
    await slack.person("freya").click(REVIEWS, action_id=OWNER_ABSENT)
    await slack.settled()
    await monthly.set_up(slack, lead="tomas")
    await monthly.next_pressed(slack)
    await slack.person("freya").click(REVIEWS, action_id=OWNER_ABSENT)
    await slack.settled()
    (told,) = heard(slack, "tomas", "review_absent")
    assert ["PM-1/1" in told.words(), "PM-2/1" in told.words()] == [True, True]
    (before,) = heard(slack, "lena", "review_absent")
    assert "you do not lead the programme any more" in before.words()
