"""The demo's fourteen months: believable on paper, and real cards once they are told."""

import re
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.demo import MANIFEST, settings_for
from bot.planner import Planner
from bot.process import Bot, running
from bot.story import Incident, read_story, read_today, reviews_held, staff, tell
from bot.story.read import INCIDENTS, TODAY, Event
from bot.story.tour import TOUR
from domain.action_items import max_items
from domain.completeness import missing
from domain.postmortems import Severity, Tier
from handlers import views
from sandbox import Clock, Sandbox
from sandbox.seed import PEOPLE
from storage import postmortems, promises
from storage.statements import run

STORY = read_story()
NAMED_DAY = re.compile(
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december|"
    r"spring|summer|autumn|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b",
    re.IGNORECASE,
)
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
EVERYBODY = {handle for handle, *_ in PEOPLE}
BOTS = {"pager", "ship"}


def named(incident: Incident) -> str:
    return incident.channel


def tier(incident: Incident) -> Tier:
    if incident.severity is Severity.P1 or incident.novel or incident.customers:
        return Tier.FULL
    return Tier.STANDARD if incident.severity is Severity.P2 else Tier.PARAGRAPH


def test_thirty_incidents_over_six_services_and_fourteen_months() -> None:
    starts = [incident.started(NOW.date()) for incident in STORY]

    assert len(STORY) == 30
    assert len({incident.service for incident in STORY}) == 6
    assert starts == sorted(starts)
    assert timedelta(days=400) < NOW - starts[0] < timedelta(days=440)
    assert NOW - starts[-1] > timedelta(days=1)


def test_classes_repeat_as_they_do_where_nobody_follows_up() -> None:
    seen: set[str] = set()
    repeats = 0
    for incident in STORY:
        repeats += bool(seen & set(incident.classes))
        seen |= set(incident.classes)

    assert len(seen) == 8
    assert repeats > len(STORY) / 3


def test_items_came_to_every_end_that_an_item_can_come_to() -> None:
    items = list(chain.from_iterable(incident.items for incident in STORY))
    ends = Counter(turn.event for item in items for turn in item.then)
    events = [[turn.event for turn in item.then] for item in items]

    # What reviews saw follows from what was open, and is nobody's to write down.
    assert set(ends) == set(Event) - {Event.REVIEWED}
    assert sum(each.count(Event.MOVED) >= 2 for each in events) >= 4
    assert sum(not each for each in events) >= 6


@pytest.mark.parametrize("incident", STORY, ids=named)
def test_an_incident_keeps_the_rules_of_the_programme(incident: Incident) -> None:
    assert len(incident.items) <= max_items(tier(incident))
    assert incident.facilitator not in incident.responders
    assert set(incident.people()) <= EVERYBODY | BOTS
    assert {item.owner for item in incident.items} <= EVERYBODY
    assert 0 < incident.detected < incident.recovered
    assert all((item.answers or 0) <= len(incident.factors) for item in incident.items)


@pytest.mark.parametrize("incident", STORY, ids=named)
def test_an_incident_is_told_in_order(incident: Incident) -> None:
    for lines in (incident.said, incident.timeline):
        minutes = [line.minutes for line in lines]
        assert minutes == sorted(minutes)
    for item in incident.items:
        days = [turn.days for turn in item.then]
        assert days == sorted(days)
    assert max(line.minutes for line in incident.said) == incident.recovered


def test_nothing_names_a_season_or_a_day_for_the_demo_runs_on_any() -> None:
    texts = [path.read_text() for path in (TODAY, *INCIDENTS.glob("*.yml"))]

    found = [NAMED_DAY.findall(text) for text in texts]

    # "day: Tue" of an incident is counted back from today; reviews are on Tuesdays whenever.
    assert [each for each in found if each] == [["Tuesday"]]


def test_reviews_were_held_on_first_tuesdays_at_ten() -> None:
    held = [at.astimezone(ZoneInfo("Europe/Berlin")) for at, _ in reviews_held(NOW)]

    assert [f"{at:%a %d %b %Y %H:%M}" for at in held] == [
        "Tue 03 Mar 2026 10:00",
        "Tue 06 Oct 2026 10:00",
    ]


def test_the_tour_leads_to_people_and_channels_that_are_there() -> None:
    channels = {each.channel for each in STORY} | {each.channel for each in read_today()}

    assert 1 < len(TOUR) <= 5
    assert {step.person for step in TOUR} <= EVERYBODY
    assert {step.channel for step in TOUR} <= channels


@pytest.fixture
async def told(tmp_path: Path) -> AsyncIterator[tuple[Sandbox, Bot]]:
    clock = Clock(NOW - timedelta(weeks=62))
    async with (
        Sandbox.open(manifest=MANIFEST, clock=clock, seed=staff) as slack,
        running(settings_for(slack, tmp_path / "story.sqlite3"), now=clock.now) as bot,
    ):
        await tell(slack.workspace, bot, STORY, read_today(), NOW)
        yield slack, bot


async def seen_twice(bot: Bot) -> int:
    """How many items stand open in the history of two reviews."""
    async with bot.database.sessions() as session:
        query = text(
            "SELECT item_id FROM item_history WHERE event = 'reviewed' "
            "AND item_id IN (SELECT id FROM action_item WHERE state = 'open') "
            "GROUP BY item_id HAVING count(*) >= 2"
        )
        return len((await run(session, query)).all())


async def test_every_postmortem_has_one_card_that_lacks_nothing_and_opens(
    told: tuple[Sandbox, Bot],
) -> None:
    slack, bot = told
    app, team = slack.workspace.app.bot_user, slack.workspace.team_id
    for incident in STORY:
        channel = slack.workspace.channel(incident.channel)
        (card,) = [one for one in channel.messages if one.user == app and not one.only_for]
        async with bot.database.sessions() as session:
            found = await postmortems.in_channel(session, team, channel.id)
            assert found is not None
            seen = await views.of_postmortem(session, found)
        assert missing(found.facts.tier, seen.filled) == []
        assert incident.title in card.text
        assert card.pinned
    assert slack.complaints == []
    assert slack.workspace.clock.now() == NOW


async def test_the_told_story_can_be_gone_on_with(told: tuple[Sandbox, Bot]) -> None:
    slack, bot = told
    tomas = slack.person("tomas")
    await tomas.command("#inc-identity-webhook-key", "/postmortem")
    assert "Login webhooks rejected" in (await tomas.modal()).text()

    planner = Planner(bot, slack.workspace.team_id, "Europe/Berlin")
    coming = await planner.coming(NOW, NOW + timedelta(days=60))
    async with bot.database.sessions() as session:
        standing = await promises.open_items(session, slack.workspace.team_id, NOW.date())

    assert {one.is_review for one in coming} == {True, False}
    assert [one.at for one in coming] == sorted(one.at for one in coming)
    assert standing.expired == await seen_twice(bot) >= 3
    assert standing.open > standing.overdue > standing.expired
