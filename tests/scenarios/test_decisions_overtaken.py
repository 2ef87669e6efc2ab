"""A decision that comes after another one: what is read of it, and what it settles beside."""

from collections.abc import Sequence

import pytest

from domain.decisions import Decision
from tests.scenarios.deciding import (
    changed,
    decided,
    edited,
    happened,
    led_by,
    offered,
    pressed,
    promised,
    the_item,
)
from tests.scenarios.reviewing import DM
from tests.scenarios.stage import Stage
from tests.scenarios.test_deciding_who import LATER, PRIVATE, SECRET, left


def words_for(slack: Stage, name: str) -> Sequence[str]:
    """Give all that the app has said to somebody directly."""
    return [each.words() for each in slack.person(name).messages(DM)]


async def test_who_may_not_read_a_private_item_reads_no_reasons_of_others(slack: Stage) -> None:
    await slack.started(channel=PRIVATE)
    await slack.promised(channel=PRIVATE, what=SECRET, owner="ana")
    await led_by(slack, "lena")
    offered(slack, "lena", Decision.RESCHEDULE)
    opened = await pressed(slack, "lena", Decision.RESCHEDULE)
    assert opened is not None
    opened.fill(day=LATER, words="The vendor")
    await happened(slack, Decision.BLOCK, "The customer's lawyers")
    assert not (await opened.submit()).closed
    assert "<@U1> says it is blocked (a moment ago)" in opened.text()
    assert "lawyers" not in opened.text()


@pytest.mark.parametrize("owner", ["mei", "priya"])
async def test_who_is_named_as_owner_by_the_form_settles_a_question(
    slack: Stage, owner: str
) -> None:
    await promised(slack)
    await decided(slack, "bob", Decision.REASSIGN, person=slack.id_of("mei"))
    await edited(slack, "ana", owner=slack.id_of(owner))
    item = await the_item(slack)
    assert (item.owner, item.proposed_owner, item.proposed_by) == (slack.id_of(owner), "", "")
    assert "It was settled otherwise" in words_for(slack, "mei")[0]
    returning = "action_item WHERE returns_at IS NOT NULL"
    assert await slack.count(returning) == 0


async def test_what_its_form_changes_is_seen_at_home(slack: Stage) -> None:
    await promised(slack)
    for name in ("bob", "mei"):
        await slack.person(name).open_home()
        await slack.settled()
    await edited(slack, "ana", owner=slack.id_of("mei"), what="Drain one pool")
    assert "Drain one pool" in (await slack.person("mei").home_with("Drain")).text()
    await slack.person("bob").home_with("You own no open action item.")
    await slack.promised(what="Alert on a full pool")
    await slack.person("bob").home_with("Alert on a full pool")


async def test_who_declines_what_they_took_on_is_told_to_hand_it_over(slack: Stage) -> None:
    await promised(slack)
    await changed(slack, proposed_owner=slack.id_of("mei"))
    for decision in (Decision.TAKE, Decision.DECLINE):
        offered(slack, "mei", decision)
        await pressed(slack, "mei", decision)
    assert "This item is yours already" in await slack.told("mei", "hand it over", DM)
    assert (await the_item(slack)).owner == slack.id_of("mei")


async def test_without_an_owner_and_a_lead_whoever_was_asked_hands_it_to_themselves(
    slack: Stage,
) -> None:
    await promised(slack)
    await left(slack, "bob")
    offered(slack, "mei", Decision.TAKE)
    await pressed(slack, "mei", Decision.TAKE)
    said = await slack.told("mei", "not asked to take this item on", DM)
    assert said.endswith("If you want it, hand it over to yourself.")
