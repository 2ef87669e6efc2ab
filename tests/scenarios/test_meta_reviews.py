"""The quarterly meta-review: patterns, the fixes proposed for them, and its own action items."""

from datetime import UTC, datetime, timedelta
from typing import Any

from blocks.action_items import ADD_ITEM
from blocks.find import OPEN_FOUND
from blocks.meetings import CALL_REVIEW
from blocks.meta_patterns import OPEN_PATTERN, PROPOSE_FIX
from blocks.meta_reviews import CLOSE_META
from blocks.postmortems import OPEN_ROOT_CAUSE
from domain.decisions import Decision
from domain.programme import Programme
from domain.quarters import Quarter
from handlers import meta_reviews
from handlers.outgoing import Outgoing
from sandbox import Modal
from sandbox.messages import Message
from storage import causal_classes, deliveries, workspaces
from tests.scenarios.deciding import offered, pressed
from tests.scenarios.following import later
from tests.scenarios.reviewing import DM, TEAM, take_turns
from tests.scenarios.stage import NOW, Stage

PLACE = "#general"
INCIDENTS = ("#inc-checkout-latency", "#inc-payments-webhooks")
PRIVATE = "#inc-auth-tokens"
IN_Q3 = datetime(2026, 8, 3, 10, tzinfo=UTC)
Q3 = Quarter(2026, 3)
#: A week after the first Tuesday of 2027.
DUE = datetime(2027, 1, 12, 10, tzinfo=UTC)


async def happened(slack: Stage, *channels: str, at: datetime = IN_Q3) -> None:
    """Let incidents of the same class have happened; Lena leads the programme."""
    for channel in channels:
        await slack.started(channel=channel, started_at=at, severity="P2")
    async with slack.bot.database.sessions.begin() as session:
        (capacity,) = (await causal_classes.by_name(session, TEAM, ["capacity"])).values()
        for which in range(1, len(channels) + 1):
            await causal_classes.tag(session, TEAM, which, [capacity.id], by="U1", now=NOW)
        place = slack.sandbox.workspace.channel(PLACE).id
        lead = slack.id_of("lena")
        settings = Programme(review_channel=place, lead=lead, review_zone="UTC")
        await workspaces.change_programme(session, TEAM, settings)


async def begun(slack: Stage, *channels: str) -> None:
    """Let the meta-review of the third quarter begin, with Freya in the chair."""
    await happened(slack, *(channels or INCIDENTS))
    async with slack.bot.database.sessions.begin() as session:
        place = slack.sandbox.workspace.channel(PLACE).id
        who: dict[str, Any] = {"chair": slack.id_of("freya"), "channel": place, "by": ""}
        await meta_reviews.begin(session, TEAM, Q3, now=slack.clock.now(), **who)
    await slack.settled()


def told(slack: Stage) -> Message:
    """Give the meta-review's one message."""
    (message,) = slack.posted("meta_review", PLACE)
    return message


async def fix_form(slack: Stage, by: str) -> Modal:
    """Give the form of a fix that somebody opened."""
    return await slack.opened(by, PROPOSE_FIX, PLACE)


async def test_it_shows_the_trend_as_a_chart_and_names_the_incidents(slack: Stage) -> None:
    await begun(slack, *INCIDENTS, PRIVATE)
    kinds = [block["type"] for block in told(slack).blocks]
    assert "data_visualization" in kinds
    words = told(slack).words()
    assert "*capacity* · 3 in 2026 Q3, 0 in 2026 Q2, 3 in four quarters · 0 open items" in words
    assert f"<#{slack.sandbox.workspace.channel(INCIDENTS[0]).id}>" in words
    assert "1 of private channels" in words
    assert slack.sandbox.workspace.channel(PRIVATE).id not in words


async def test_where_slack_draws_no_charts_a_table_says_the_same(slack: Stage) -> None:
    await begun(slack)
    async with slack.bot.database.sessions() as session:
        delivery = await deliveries.find(session, TEAM, 3)
        assert delivery is not None
        outgoing = await meta_reviews.DELIVERIES["meta_review"](session, delivery)
    assert isinstance(outgoing, Outgoing)
    assert outgoing.fallback is not None
    kinds = [block["type"] for block in outgoing.fallback["blocks"]]
    assert "table" in kinds
    assert "data_visualization" not in kinds


async def test_the_chair_proposes_a_fix_for_a_pattern(slack: Stage) -> None:
    await begun(slack)
    await slack.saved("freya", PROPOSE_FIX, PLACE, fix="Every pool is sized by a test")
    assert ">Every pool is sized by a test" in told(slack).words()
    assert f"*Proposed fix* by <@{slack.id_of('freya')}>" in told(slack).words()


async def test_the_lead_may_change_it(slack: Stage) -> None:
    await begun(slack)
    await slack.saved("freya", PROPOSE_FIX, PLACE, fix="Every pool is sized by a test")
    await slack.saved("lena", PROPOSE_FIX, PLACE, fix="No pool has a fixed size")
    assert ">No pool has a fixed size" in told(slack).words()


async def test_somebody_else_is_told_whom_to_ask(slack: Stage) -> None:
    await begun(slack)
    await slack.person("bob").click(PLACE, action_id=PROPOSE_FIX)
    await slack.settled()
    said = await slack.told("bob", "chairs this meta-review", PLACE)
    assert "Tell" in said


async def test_of_two_who_propose_at_once_the_second_sees_the_first(slack: Stage) -> None:
    await begun(slack)
    form = (await fix_form(slack, "lena")).fill(fix="No pool has a fixed size")
    await slack.saved("freya", PROPOSE_FIX, PLACE, fix="Every pool is sized by a test")
    assert not (await form.submit()).closed
    again = await slack.person("lena").modal()
    assert "proposed another fix" in again.text()
    assert (await again.submit()).closed
    await slack.settled()
    assert ">No pool has a fixed size" in told(slack).words()


async def test_an_empty_fix_is_refused_in_the_form(slack: Stage) -> None:
    await begun(slack)
    answer = await (await fix_form(slack, "freya")).fill(fix=" ").submit()
    assert "Say what would keep this class" in answer.errors["fix"]


async def test_its_items_obey_the_same_rules_as_any(slack: Stage) -> None:
    await begun(slack)
    for _ in range(3):
        await slack.promised(by="freya", channel=PLACE)
    words = told(slack).words()
    assert "*Action items* of PM-3" in words
    assert "*3. Drain connections first*" in words
    assert await slack.count("action_item") == 3
    assert "Add an action item" not in words


async def test_what_is_decided_about_an_item_is_shown_in_it(slack: Stage) -> None:
    await begun(slack)
    await slack.promised(by="freya", channel=PLACE)
    offered(slack, "bob", Decision.BLOCK)
    form = await pressed(slack, "bob", Decision.BLOCK)
    assert form is not None
    assert (await form.fill(words="the vendor").submit()).closed
    await slack.settled()
    assert "blocked: the vendor" in told(slack).words()


async def test_the_incidents_behind_a_pattern_open_in_a_window(slack: Stage) -> None:
    await begun(slack)
    window = await slack.opened("bob", OPEN_PATTERN, PLACE)
    assert "PM-1 Checkout latency" in window.text()
    assert "PM-2 Checkout latency" in window.text()


async def test_closed_it_says_what_was_proposed_and_lives_on(slack: Stage) -> None:
    await begun(slack)
    await slack.saved("freya", PROPOSE_FIX, PLACE, fix="Every pool is sized by a test")
    await slack.promised(by="freya", channel=PLACE)
    await slack.person("freya").click(PLACE, action_id=CLOSE_META)
    await slack.settled()
    words = told(slack).words()
    assert "The 1 pattern has a proposed fix. 1 action item is written down." in words
    assert ADD_ITEM not in str(told(slack).blocks)
    await slack.run_sql("UPDATE action_item SET note = 'x', progress = 'blocked'")
    offered(slack, "bob", Decision.START)
    assert (form := await pressed(slack, "bob", Decision.START)) is not None
    assert (await form.fill(words="half").submit()).closed
    await slack.settled()
    assert "in progress: half" in told(slack).words()


async def test_it_is_no_incident(slack: Stage) -> None:
    await begun(slack)
    assert "2 incidents of 2026 Q3 have a causal class." in told(slack).text
    assert "without one" not in told(slack).text
    assert slack.posted("card", PLACE) == []


async def test_the_clock_begins_one_a_week_after_the_first_monthly_review(slack: Stage) -> None:
    await happened(slack, *INCIDENTS, at=NOW)
    await take_turns(slack, "freya")
    await later(slack, DUE - slack.clock.now() - timedelta(seconds=1))
    assert slack.posted("meta_review", PLACE) == []
    await later(slack, timedelta(seconds=1))
    assert told(slack).text.startswith("Meta-review of 2026 Q4: 2 incidents of 2026 Q4")
    assert f"Chaired by <@{slack.id_of('freya')}>" in told(slack).words()
    await later(slack, timedelta(minutes=1))
    assert await slack.count("meta_review") == 1


async def test_one_that_was_missed_is_caught_up_for_two_weeks(slack: Stage) -> None:
    await happened(slack, *INCIDENTS, at=NOW)
    await later(slack, timedelta(seconds=1))
    await later(slack, DUE - slack.clock.now() + timedelta(days=14))
    assert await slack.count("meta_review") == 1


async def test_one_that_was_missed_for_longer_is_not(slack: Stage) -> None:
    await happened(slack, *INCIDENTS, at=NOW)
    await later(slack, timedelta(seconds=1))
    await later(slack, DUE - slack.clock.now() + timedelta(days=15))
    assert await slack.count("meta_review") == 0


async def test_without_a_tagged_incident_none_is_held(slack: Stage) -> None:
    await happened(slack)
    await later(slack, DUE - slack.clock.now())
    assert await slack.count("meta_review") == 0


async def opened_whole(slack: Stage) -> None:
    """Let Bob open the postmortem that keeps the items of the meta-review, from the list."""
    await slack.person("bob").command(PLACE, "/postmortem list all services")
    await slack.person("bob").modal()
    await slack.settled()
    await slack.person("bob").press(action_id=OPEN_FOUND)
    await slack.settled()


async def test_it_takes_no_causal_class_for_then_it_would_be_an_incident(slack: Stage) -> None:
    await begun(slack)
    await opened_whole(slack)
    await slack.person("bob").press(action_id=OPEN_ROOT_CAUSE)
    await slack.settled()
    answer = await (await slack.person("bob").modal()).fill(classes=["1"]).submit()
    assert "A meta-review is of no incident" in answer.errors["classes"]


async def test_nobody_can_call_a_review_of_it(slack: Stage) -> None:
    await begun(slack)
    await opened_whole(slack)
    await slack.person("bob").press(action_id=CALL_REVIEW)
    await slack.settled()
    assert "walked by the monthly review" in await slack.told("bob", "no review of its own", DM)
    assert await slack.count("meeting") == 0
