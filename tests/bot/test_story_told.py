"""The demo's fourteen months once they are told: real cards, reviews, canvases and promises."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest
import pytest_asyncio
from sqlalchemy import text

from blocks.whole import PostmortemView
from bot.planner import Planner
from bot.process import Bot
from bot.story import Incident, read_story
from bot.story.read import CausalClass
from bot.story.read import Stage as HowFar
from domain.completeness import missing
from domain.inherited import LineState
from domain.meetings import Stage as Meeting
from domain.meetings import has_meeting
from domain.record import Event
from domain.search import Wanted
from handlers import views
from handlers.sections import SUMMARY
from storage import inherited, meetings, postmortems, promises, record, search, workspaces
from storage.statements import run
from tests.bot.storytelling import NOW, story_told
from tests.scenarios.hearing import digests
from tests.scenarios.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")
STORY = read_story()
CLASSES = get_args(CausalClass)
PUBLISHED = [each for each in STORY if each.stage is HowFar.PUBLISHED]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def told(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """What these tests only look at."""
    async with story_told(tmp_path_factory.mktemp("told")) as stage:
        yield stage


async def seen(stage: Stage, incident: Incident) -> PostmortemView:
    """Give what the card of an incident shows."""
    channel = stage.sandbox.workspace.channel(incident.channel)
    async with stage.bot.database.sessions() as session:
        found = await postmortems.in_channel(session, stage.sandbox.workspace.team_id, channel.id)
        assert found is not None
        return await views.of_postmortem(session, found)


async def seen_twice(bot: Bot) -> int:
    """How many items stand open in the history of two reviews."""
    async with bot.database.sessions() as session:
        query = text(
            "SELECT item_id FROM item_history WHERE event = 'reviewed' "
            "AND item_id IN (SELECT id FROM action_item WHERE state = 'open') "
            "GROUP BY item_id HAVING count(*) >= 2"
        )
        return len((await run(session, query)).all())


async def test_every_postmortem_has_one_card_and_lacks_nothing_but_the_draft(told: Stage) -> None:
    lacking = {}
    for incident in STORY:
        card = told.card(f"#{incident.channel}")
        shown = await seen(told, incident)
        lacking[incident.stage] = missing(incident.tier, shown.filled)
        assert incident.title in card.text
        assert card.pinned
        assert [each.name for each in shown.classes] == sorted(incident.classes, key=CLASSES.index)
        assert incident.stage is HowFar.DRAFT or lacking[incident.stage] == []
    assert lacking[HowFar.DRAFT] == ["causal class", "an action item"]
    assert told.clock.now() == NOW


async def test_what_is_published_was_agreed_to_and_signed_off_by_a_peer(told: Stage) -> None:
    for incident in PUBLISHED:
        shown = await seen(told, incident)
        assert shown.publication is not None
        if shown.meeting is None:
            assert not has_meeting(incident.tier)
            continue
        chair = told.id_of(incident.facilitator)
        assert (shown.meeting.stage, shown.meeting.facilitator) == (Meeting.SIGNED_OFF, chair)
        assert shown.publication.published_by == chair
        assert {one.person for one in shown.agreements} == set(shown.postmortem.facts.responders)


async def test_the_record_tells_it_in_the_order_in_which_it_happened(told: Stage) -> None:
    for incident in PUBLISHED:
        shown = await seen(told, incident)
        async with told.bot.database.sessions() as session:
            entries = await record.of_postmortem(session, shown.postmortem.id)
        assert entries == sorted(entries, key=lambda each: each.at)
        assert [entries[0].event, entries[-1].event] == [Event.TAGGED, Event.PUBLISHED]


async def test_one_waits_for_an_agreement_and_one_for_its_review(told: Stage) -> None:
    agreeing, called = [await seen(told, each) for each in STORY[-2:]]
    assert [one.person for one in agreeing.agreements] == [told.id_of("jun")]
    assert agreeing.meeting is None
    heard = told.person("mei").messages("@closed_loop")
    reminders = [each for each in heard if "PM-29 ·" in each.text]
    assert len(reminders) == 4
    assert "Do you agree with the timeline?" in reminders[0].text
    assert len(called.agreements) == 3
    assert called.meeting is not None
    assert called.meeting.stage is Meeting.CALLED
    chair = [each.text for each in told.person("freya").messages("@closed_loop")]
    assert any("You chair the review of PM-30" in each for each in chair)


async def test_the_last_six_are_announced_and_kept_channels_have_a_canvas(told: Stage) -> None:
    assert len(told.posted(SUMMARY, "#postmortems")) == 2
    assert len(told.posted(SUMMARY, "#engineering")) == 4
    channels = [told.sandbox.workspace.channel(each.channel) for each in PUBLISHED]
    kept = {each.id for each in channels if not each.archived}

    assert 10 < len(kept) < len(PUBLISHED)
    assert {each.channel for each in told.sandbox.workspace.canvases.values()} == kept


async def test_the_programme_has_a_lead_channels_and_people_who_take_turns(told: Stage) -> None:
    team = told.sandbox.workspace.team_id
    async with told.bot.database.sessions() as session:
        programme = await workspaces.programme(session, team)
        chairs = await meetings.facilitators(session, team)

    assert programme.lead == told.id_of("lena")
    assert programme.organisation_channel != programme.engineering_channel
    assert set(chairs) < {told.id_of(each.facilitator) for each in STORY}
    assert programme.review_channel == told.sandbox.workspace.channel("reliability").id


async def test_an_old_document_came_along_with_more_lines_than_a_postmortem_has_items(
    told: Stage,
) -> None:
    team = told.sandbox.workspace.team_id
    async with told.bot.database.sessions() as session:
        (hit,) = (await search.find(session, team, Wanted(words="finance report late"))).found
        lines = await inherited.lines(session, hit.id)

    assert hit.number == 1
    assert len(lines) == 5
    assert {each.state for each in lines} == {LineState.UNDECIDED}


async def test_the_told_story_can_be_gone_on_with(told: Stage) -> None:
    tomas, team = told.person("tomas"), told.sandbox.workspace.team_id
    await tomas.command("#inc-identity-webhook-key", "/postmortem")
    assert "Login webhooks rejected" in (await tomas.modal()).text()

    coming = await Planner(told.bot, team).coming(NOW, NOW + timedelta(days=60))
    async with told.bot.database.sessions() as session:
        standing = await promises.open_items(session, team, NOW.date())

    assert {one.is_review for one in coming} == {True, False}
    assert "Bob Okonjo is silent, PM-24/1 returns" in [one.what for one in coming]
    assert [one.what.partition(" hears of ")[2] for one in coming[:1]] == ["2 items"]
    assert [one.at for one in coming] == sorted(one.at for one in coming)
    assert standing.expired == await seen_twice(told.bot) >= 3
    assert standing.open > standing.overdue > standing.expired


async def test_owners_have_digests_of_these_days_and_the_newest_waits_unread(told: Stage) -> None:
    workspace = told.sandbox.workspace
    for name in ("bob", "lena", "mei", "aisha", "tomas"):
        me = told.id_of(name)
        dm = workspace.dm(me, workspace.app.bot_user)
        stamps = [each.ts for each in digests(told, name)]
        # Lena's first is of the day on which Otto left.
        assert NOW - timedelta(days=10) < datetime.fromtimestamp(float(stamps[-2]), UTC)
        assert stamps[-2] <= dm.last_read[me] < stamps[-1]
        assert len(stamps) == len({ts.partition(".")[0] for ts in stamps})


async def test_what_was_decided_of_late_stands_in_the_digest_and_under_the_card(
    told: Stage,
) -> None:
    moved, verified = digests(told, "mei")[-1].words(), digests(told, "aisha")[-1].words()

    assert ":white_check_mark: *PM-26/2* moved to 24 Dec" in moved
    assert ":white_check_mark: *PM-19/3* works" in verified
    place = told.sandbox.workspace.channel("inc-identity-wildcard")
    assert "no probe sees a key" in place.messages[-1].text
    assert "asks you to take on PM-24/1" in told.person("bob").messages("@closed_loop")[-1].text


async def test_a_fix_that_did_not_keep_its_class_away_is_ineffective(told: Stage) -> None:
    async with told.bot.database.sessions() as session:
        query = text("SELECT what FROM action_item WHERE state = 'ineffective'")
        (found,) = (await run(session, query)).scalars()

    assert found == "Give a new build 5 % of the traffic for ten minutes first"


async def test_of_two_accepted_risks_one_ran_out_and_one_will_soon(told: Stage) -> None:
    async with told.bot.database.sessions() as session:
        query = text("SELECT until FROM accepted_risk WHERE ended_on IS NULL ORDER BY until")
        until = [date.fromisoformat(each) for each in (await run(session, query)).scalars()]

    assert until[0] < NOW.date() < until[1] < NOW.date() + timedelta(days=30)
