"""An incident of a class whose fix was verified: the fix did not keep it away (rule 13)."""

from datetime import timedelta

from blocks.postmortems import OPEN_ROOT_CAUSE
from domain.action_items import ItemState
from domain.decisions import Decision
from tests.scenarios.deciding import decided, led_by, promised, the_item
from tests.scenarios.following import DAY, the_news, under_the_card
from tests.scenarios.stage import NOW, STARTED, Stage

NEXT, PRIVATE = "#inc-payments-webhooks", "#inc-auth-tokens"


async def tagged(slack: Stage, channel: str, name: str = "capacity") -> None:
    """Let Ana say of which class the channel's incident is."""
    form = await slack.opened("ana", OPEN_ROOT_CAUSE, channel)
    answer = await form.fill(root_cause="The pool was too small.", classes=[name]).submit()
    assert answer.closed, (answer.errors, form.text())
    await slack.settled()


async def verified(slack: Stage) -> None:
    """Let Bob's item of the first incident be verified, and the next incident have begun after."""
    await promised(slack)
    await tagged(slack, "#inc-checkout-latency", "1")
    await led_by(slack, "freya")
    await decided(slack, "bob", Decision.IMPLEMENT, words="Drains first")
    await slack.passes(31 * DAY)
    await decided(slack, "bob", Decision.VERIFY, words="Two failovers lost nothing")


async def happens(slack: Stage, channel: str = NEXT, since: timedelta = 30 * DAY) -> None:
    """Let another incident of the same class be written down."""
    await slack.started(channel=channel, started_at=NOW + since)
    await tagged(slack, channel, "1")


async def test_a_verified_item_is_marked_and_its_owner_and_the_lead_are_told(slack: Stage) -> None:
    await verified(slack)
    await slack.passes(2 * DAY)
    await happens(slack, since=32 * DAY)
    assert (await the_item(slack)).state is ItemState.INEFFECTIVE
    said = "Your item PM-1/1 is marked ineffective: PM-2 has the same causal class, “"
    assert the_news(slack, "bob")[-1].startswith(said)
    assert "PM-1/1 is marked ineffective: PM-2" in the_news(slack, "freya")[-1]
    assert "PM-1/1 is marked ineffective" in under_the_card(slack)[-1]
    assert "*ineffective*" in slack.card().words()


async def test_an_incident_that_began_before_the_fix_was_verified_marks_nothing(
    slack: Stage,
) -> None:
    await verified(slack)
    await happens(slack, since=STARTED - NOW)
    assert (await the_item(slack)).state is ItemState.VERIFIED


async def test_a_class_said_twice_marks_an_item_once(slack: Stage) -> None:
    await verified(slack)
    await slack.passes(2 * DAY)
    await happens(slack, since=32 * DAY)
    await slack.saved("ana", OPEN_ROOT_CAUSE, NEXT, root_cause="The pool again.")
    assert await slack.count("item_history WHERE event = 'ineffective'") == 1


async def test_a_private_incident_is_not_named(slack: Stage) -> None:
    await verified(slack)
    await slack.passes(2 * DAY)
    await happens(slack, PRIVATE, since=32 * DAY)
    assert "an incident in a private channel has the same" in under_the_card(slack)[-1]
    assert "PM-2" not in under_the_card(slack)[-1]
