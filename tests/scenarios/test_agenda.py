"""The agenda: what earlier incidents left open, this incident, patterns; for all, or for one."""

from typing import Any

import pytest

from blocks.postmortems import OPEN_FACTS
from domain.decisions import Decision
from storage import causal_classes
from tests.scenarios.deciding import offered, pressed
from tests.scenarios.reviewing import TEAM, begun
from tests.scenarios.stage import CHANNEL, NOW, STARTED, Stage

EARLIER = "#inc-payments-webhooks"
both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)


async def before(slack: Stage, channel: str = EARLIER, **item: Any) -> None:
    """Let an incident of the same service have left an item open."""
    await slack.started(channel=channel, by="ana", started_at=STARTED.replace(day=2))
    await slack.promised(channel=channel, **item)


async def tagged(slack: Stage, *which: int) -> None:
    """Let these postmortems be of the same class."""
    async with slack.bot.database.sessions.begin() as session:
        (capacity,) = (await causal_classes.by_name(session, TEAM, ["capacity"])).values()
        for each in which:
            await causal_classes.tag(session, TEAM, each, [capacity.id], by="U1", now=NOW)


async def shown(slack: Stage, channel: str = CHANNEL) -> str:
    """Give the agenda that somebody sees who asks for it, in all its words."""
    said = await slack.person("ana").command(channel, "/postmortem agenda")
    assert said is not None
    return next(
        one.words() for one in reversed(slack.person("ana").messages(channel)) if one.only_for
    )


@both_ways
async def test_whoever_asks_sees_the_agenda_alone(slack: Stage) -> None:
    await slack.started()
    assert "This incident* · 30 min" in await shown(slack)
    assert all("30 min" not in one.words() for one in slack.person("bob").messages(CHANNEL))


async def test_open_items_of_earlier_incidents_of_the_service_come_first(slack: Stage) -> None:
    await before(slack)
    await slack.started()
    words = await shown(slack)
    assert "`NOT STARTED` *PM-1/1* Drain connections first" in words
    assert f"<@{slack.id_of('bob')}> · due 24 Dec 2026" in words


async def test_what_is_overdue_is_said(slack: Stage) -> None:
    await before(slack)
    await slack.started()
    await slack.run_sql("UPDATE action_item SET due_on = '2026-11-01'")
    assert "*overdue* since 1 Nov 2026" in await shown(slack)


async def test_private_incidents_of_other_channels_stay_private(slack: Stage) -> None:
    await before(slack, "#inc-auth-tokens")
    await slack.started()
    await tagged(slack, 1, 2)
    words = await shown(slack)
    assert "PM-1/1" not in words
    assert "*capacity*" not in words.partition("Patterns")[2]


async def test_classes_are_counted(slack: Stage) -> None:
    await before(slack)
    await slack.started()
    await tagged(slack, 1, 2)
    assert "*capacity*: 2 incidents in 12 months, 1 open item" in await shown(slack)


async def test_a_channel_without_a_postmortem_has_no_agenda(slack: Stage) -> None:
    said = await slack.person("ana").command(CHANNEL, "/postmortem agenda")
    assert said is not None
    assert "This channel has no postmortem yet" in said


async def test_a_paragraph_has_no_agenda(slack: Stage) -> None:
    await slack.started(severity="P3")
    said = await slack.person("ana").command(CHANNEL, "/postmortem agenda")
    assert said is not None
    assert "A tier 3 postmortem has no review" in said


async def test_the_agenda_is_a_message_of_its_own_that_stays(slack: Stage) -> None:
    await before(slack)
    await begun(slack, which=2)
    await slack.saved("ana", OPEN_FACTS, title="Checkout down")
    (agenda,) = slack.posted("agenda")
    assert "*PM-1/1*" in agenda.words()
    assert not agenda.pinned


async def test_what_is_decided_during_a_review_is_shown_in_its_agenda(slack: Stage) -> None:
    await before(slack)
    await begun(slack, which=2)
    for decision, typed in (
        (Decision.BLOCK, {"words": "the vendor"}),
        (Decision.PROMOTE, {"words": "Storage 2027", "link": "https://projects.example.com/7"}),
    ):
        offered(slack, "bob", decision)
        opened = await pressed(slack, "bob", decision)
        assert opened is not None
        assert (await opened.fill(**typed).submit()).closed
        await slack.settled()
        (agenda,) = slack.posted("agenda")
        shown = {Decision.BLOCK: "`BLOCKED` on the vendor", Decision.PROMOTE: "`PROMOTED TO A"}
        assert shown[decision] in agenda.words()
    assert "decided since this review began" in agenda.words()


async def test_after_the_review_its_agenda_stays_as_it_was(slack: Stage) -> None:
    await before(slack)
    await begun(slack, which=2)
    await slack.run_sql("UPDATE meeting SET signed_off_at = started_at")
    offered(slack, "bob", Decision.START)
    opened = await pressed(slack, "bob", Decision.START)
    assert opened is not None
    assert (await opened.fill(words="half").submit()).closed
    await slack.settled()
    assert "IN PROGRESS" not in slack.posted("agenda")[0].words()
