"""Five weeks after a tier 1 postmortem came out its channel hears what became of its items."""

from datetime import timedelta
from typing import Any

import pytest

from blocks.item_buttons import OPEN_ITEM
from blocks.lessons import OPEN_LESSONS
from blocks.postmortems import OPEN_FACTORS, OPEN_FACTS, OPEN_ROOT_CAUSE, OPEN_TIMELINE
from domain.action_items import ItemState
from domain.decisions import Decision
from sandbox.messages import Message
from sandbox.posting import archive, unarchive
from storage import causal_classes
from tests.scenarios.deciding import changed, decided, happened
from tests.scenarios.following import DAY, heard_of_it
from tests.scenarios.hearing import until
from tests.scenarios.reviewing import TEAM, begun
from tests.scenarios.stage import CHANNEL, NOW, STARTED, Stage
from tests.scenarios.test_publishing import CAUSE, closed, whole
from tests.scenarios.test_root_causes import WHYS

#: It is published on Tuesday, 24 November; Freya, who chairs, works in Oslo.
MORNING = "2026-12-29 08:30"
JUST_BEFORE = "2026-12-29 08:29"
LINES = "14:03 [started] failover\n14:07 [detected] first alert\n14:40 [recovered] well"
BOTH = "Drain connections first"


async def published(slack: Stage) -> None:
    """Let a tier 1 postmortem with two items of Bob's be published."""
    await begun(slack)
    when: dict[str, Any] = {"detected_at": STARTED, "recovered_at": STARTED + timedelta(hours=1)}
    await slack.saved("ana", OPEN_FACTS, impact="A fifth failed.", **when)
    await slack.saved("ana", OPEN_TIMELINE, entries=LINES)
    await slack.saved("ana", OPEN_FACTORS, made_possible="No limit on retries")
    await slack.saved("ana", OPEN_ROOT_CAUSE, root_cause=CAUSE, classes=["4"], **WHYS)
    await slack.saved("ana", OPEN_LESSONS, went_well="a", went_wrong="b", lessons="c")
    for what in (BOTH, "Alert on the pool"):
        await slack.promised(what=what, factor="No limit on retries")
    await closed(slack)


def looks_back(slack: Stage) -> list[Message]:
    """What the channel was told weeks later."""
    return slack.posted("follow_up")


@pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
async def test_five_weeks_later_the_channel_hears_what_became_of_each_item(slack: Stage) -> None:
    await published(slack)
    await decided(slack, "bob", Decision.BLOCK, words="the vendor")

    await until(slack, JUST_BEFORE)
    assert looks_back(slack) == []
    await until(slack, MORNING)

    [said] = looks_back(slack)
    assert said.thread_ts is None
    assert said.text == ("Looking back at PM-1, Checkout latency: 2 action items: 2 overdue.")
    bob = slack.id_of("bob")
    assert f"*PM-1/1* {BOTH} · <@{bob}> · due 24 Dec 2026, 5 days overdue · :octagonal_sign: " in (
        said.words()
    )
    assert "No incident of the same class has happened since." in said.words()


async def test_an_item_is_opened_from_there(slack: Stage) -> None:
    await published(slack)
    await until(slack, MORNING)
    await slack.person("mei").click(CHANNEL, ts=looks_back(slack)[0].ts, action_id=OPEN_ITEM)
    await slack.settled()
    assert BOTH in (await slack.person("mei").modal()).text()


async def test_what_was_decided_otherwise_says_why_and_calls_nobody(slack: Stage) -> None:
    await published(slack)
    await decided(slack, "bob", Decision.CANCEL, words="The service is switched off in May")
    await slack.run_sql("UPDATE action_item SET state = 'verified' WHERE id = 2")
    await until(slack, MORNING)
    [said] = looks_back(slack)
    assert "Bob Okonjo · :no_entry_sign: *cancelled*: The service is switched off" in said.words()
    assert f"<@{slack.id_of('bob')}>" not in said.words()
    assert "Everything that was promised here is decided." in said.words()


async def test_incidents_of_the_same_class_since_are_counted(slack: Stage) -> None:
    await published(slack)
    for channel in ("#inc-payments-webhooks", "#inc-auth-tokens"):  # the second is private
        await slack.started(channel=channel, started_at=NOW)
    async with slack.bot.database.sessions.begin() as session:
        [own] = await causal_classes.of_postmortem(session, 1)
        for which in (2, 3):
            await causal_classes.tag(session, TEAM, which, [own.id], by="U1", now=NOW)
    await until(slack, MORNING)
    assert ":repeat: *One incident of the same class since:* PM-2." in looks_back(slack)[0].words()


async def test_what_is_amended_is_looked_back_at_once(slack: Stage) -> None:
    await published(slack)
    await until(slack, MORNING)
    await slack.saved("ana", OPEN_ROOT_CAUSE, root_cause="The pool was never sized at all.")
    await until(slack, "2027-02-23 14:30")
    assert len(looks_back(slack)) == 1
    assert await slack.count("delivery WHERE kind = 'follow_up'") == 1
    assert await slack.count("record WHERE event = 'amended'") == 1


async def test_what_is_tier_2_by_then_is_not_looked_back_at(slack: Stage) -> None:
    await published(slack)
    lower = {"tier_override": "2", "tier_reason": "Nobody noticed"}
    await slack.saved("ana", OPEN_FACTS, **lower)
    await until(slack, MORNING)
    assert looks_back(slack) == []


async def test_a_tier_2_postmortem_owes_no_look_back(slack: Stage) -> None:
    await begun(slack)
    await whole(slack)
    await closed(slack)
    assert await slack.count("publication") == 1
    assert await slack.count("delivery WHERE kind = 'follow_up'") == 0


async def test_a_channel_that_was_archived_in_between_hears_on_the_day(slack: Stage) -> None:
    await published(slack)
    place, ana = slack.sandbox.workspace.channel(CHANNEL), slack.id_of("ana")
    await slack.passes(7 * DAY)
    for change in (archive, unarchive):
        change(slack.sandbox.workspace, place, ana)
        await heard_of_it(slack)
    assert looks_back(slack) == []
    await until(slack, MORNING)
    assert len(looks_back(slack)) == 1


async def test_what_waits_for_weeks_is_neither_late_nor_in_the_way(slack: Stage) -> None:
    await published(slack)
    before = len(slack.posted("item_news"))
    assert await slack.count("delivery WHERE due_at IS NOT NULL") == 1
    await slack.saved("ana", OPEN_ROOT_CAUSE, root_cause="The pool was never sized at all.")
    assert "never sized" in slack.card().words()
    assert (await slack.bot.courier.send_due(), len(slack.posted("item_news"))) == (0, before)


async def test_an_item_that_came_to_nothing_calls_its_owner(slack: Stage) -> None:
    await published(slack)
    await changed(slack, state=ItemState.INEFFECTIVE)
    await happened(slack, "ineffective", "PM-2 has the same class")
    await until(slack, MORNING)
    assert f"<@{slack.id_of('bob')}> · :warning: *ineffective*" in looks_back(slack)[0].words()
