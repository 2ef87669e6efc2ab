"""Walking a monthly review: cards one by one, decided by their buttons, shrinking to a line."""

import asyncio

from blocks.review_buttons import CLOSE_REVIEW_OF_MONTH, NEXT_CARD
from domain.decisions import Decision
from sandbox.messages import Message
from tests.scenarios import monthly
from tests.scenarios.monthly import (
    OVERDUE,
    REVIEWS,
    begun,
    cancelled_elsewhere,
    cards,
    has,
    item,
    parent,
)
from tests.scenarios.stage import Stage


def said_to(slack: Stage, name: str) -> list[Message]:
    return slack.person(name).messages(REVIEWS)


async def test_a_review_begins_with_its_counts_and_the_first_card(slack: Stage) -> None:
    await monthly.set_up(slack)
    await item(slack, "mei")
    await item(slack, "bob", OVERDUE)
    await item(slack, "ana", reviews_seen=2)
    await begun(slack)
    said = parent(slack).words()
    assert f"<@{slack.id_of('freya')}> chairs. 0 of 3 decided · *2 must still be decided*" in said
    assert ":hourglass: 1 expired · :rotating_light: 1 overdue · :white_circle: 1 open" in said
    (card,) = cards(slack)
    assert card.thread_ts == parent(slack).ts
    assert f"due 14 Dec 2026 · P2 · owner <@{slack.id_of('ana')}>" in card.words()


async def test_an_expired_item_is_not_moved_and_its_card_says_why(slack: Stage) -> None:
    await monthly.set_up(slack)
    await item(slack, "bob", reviews_seen=2)
    await begun(slack)
    (card,) = cards(slack)
    assert "2 monthly reviews have seen it open: it has expired.* That is why" in card.words()
    for decision in (Decision.RESCHEDULE, Decision.RESCOPE):
        assert not has(card, f"decide.{decision.name.lower()}")
    for decision in (Decision.IMPLEMENT, Decision.PROMOTE, Decision.ACCEPT, Decision.CANCEL):
        assert has(card, f"decide.{decision.name.lower()}")


async def test_next_brings_up_the_next_card_and_moves_on(slack: Stage) -> None:
    await monthly.set_up(slack)
    for owner in ("bob", "mei"):
        await item(slack, owner)
    await begun(slack)
    await monthly.next_pressed(slack)
    first, second = cards(slack)
    assert not has(first, NEXT_CARD)
    assert has(second, CLOSE_REVIEW_OF_MONTH)
    assert "That was everything on the table" in second.words()


async def test_of_two_who_press_next_at_once_the_second_is_told(slack: Stage) -> None:
    await monthly.set_up(slack)
    for owner in ("bob", "mei", "ana"):
        await item(slack, owner)
    await begun(slack)
    await asyncio.gather(
        slack.person("freya").click(REVIEWS, action_id=NEXT_CARD, ts=cards(slack)[0].ts),
        slack.person("lena").click(REVIEWS, action_id=NEXT_CARD, ts=parent(slack).ts),
    )
    await slack.settled()
    assert len(cards(slack)) == 2
    told = {each.ts: each.text for name in ("freya", "lena") for each in said_to(slack, name)}
    assert len([each for each in told.values() if "has gone on already" in each]) == 1


async def test_only_the_chair_and_the_lead_go_on(slack: Stage) -> None:
    await monthly.set_up(slack)
    for owner in ("bob", "mei"):
        await item(slack, owner)
    await begun(slack)
    await monthly.next_pressed(slack, "bob")
    assert "chairs this review. Ask" in await slack.told("bob", "chairs this review", REVIEWS)
    assert len(cards(slack)) == 1


async def test_a_decided_card_shrinks_to_one_line_and_the_parent_counts_it(slack: Stage) -> None:
    await monthly.set_up(slack)
    which = await item(slack, "bob", OVERDUE)
    await item(slack, "mei")
    await begun(slack)
    await monthly.moved(slack, "bob", which)
    (card,) = cards(slack)
    said = card.blocks[0]["text"]["text"]
    name = slack.person("bob").account.real_name
    done = f"{name} moved it to 24 Dec 2026: The vendor is late"
    assert said == f":calendar: *PM-1/1* Mend what bob knows · {done}"
    assert [each["type"] for each in card.blocks] == ["section", "actions"]
    assert has(card, NEXT_CARD)
    assert "1 of 2 decided" in parent(slack).words()


async def test_the_chair_decides_on_the_owners_behalf_but_does_not_cancel(slack: Stage) -> None:
    await monthly.set_up(slack)
    which = await item(slack, "bob", OVERDUE)
    await begun(slack)
    await slack.person("freya").click(REVIEWS, action_id="decide.cancel")
    assert "Only" in await slack.told("freya", "can cancel it", REVIEWS)
    await monthly.moved(slack, "freya", which)
    assert ", chairing the review for " in cards(slack)[0].words()


async def test_somebody_who_is_not_the_owner_is_refused(slack: Stage) -> None:
    await monthly.set_up(slack)
    await item(slack, "bob", OVERDUE)
    await begun(slack)
    await slack.person("mei").click(REVIEWS, action_id="decide.reschedule")
    assert "PM-1/1" in await slack.told("mei", "who owns this item", REVIEWS)


async def test_what_is_decided_elsewhere_is_skipped_and_counted(slack: Stage) -> None:
    await monthly.set_up(slack)
    await item(slack, "bob", OVERDUE)
    await item(slack, "mei", OVERDUE)
    later = await item(slack, "ana")
    await begun(slack)
    await cancelled_elsewhere(slack, later)
    assert "1 of 3 decided" in parent(slack).words()
    await monthly.next_pressed(slack)
    assert "That was everything on the table" in cards(slack)[-1].words()
    assert len(cards(slack)) == 2


async def test_everybody_is_called_by_one_card_only(slack: Stage) -> None:
    await monthly.set_up(slack, cards_at_once=25)
    for _ in range(3):
        await item(slack, "bob")
    await begun(slack)
    calling = [each for each in cards(slack) if f"<@{slack.id_of('bob')}>" in each.words()]
    assert len(cards(slack)) == 3
    assert len(calling) == 1


async def test_of_a_private_item_nobody_reads_a_word(slack: Stage) -> None:
    await monthly.set_up(slack)
    place = slack.sandbox.workspace.channel("#inc-auth-tokens").id
    secret = await monthly.incident(
        slack, channel=place, channel_name="inc-auth-tokens", is_private=True
    )
    which = await item(slack, "diego", of=secret, what="Rotate the signing key")
    await begun(slack)
    (card,) = cards(slack)
    said = card.blocks[0]["text"]["text"]
    assert said == f"*PM-1/1* private item · owner <@{slack.id_of('diego')}>"
    await cancelled_elsewhere(slack, which)
    assert "Rotate" not in str(cards(slack)[0].blocks) + cards(slack)[0].text
    assert "cancelled it" in cards(slack)[0].words()
    assert "Gone" not in cards(slack)[0].words()
