"""The demo's fourteen months, believable on paper; `test_story_told.py` looks at what they become.

What is written in them is held to the rules that everybody is held to.
"""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

import pytest

from bot.story import Incident, read_story, read_today, reviews_held
from bot.story.dates import dates
from bot.story.hours import at_work
from bot.story.items import Event
from bot.story.read import INCIDENTS, TODAY, Stage
from bot.story.tour import DM, TOUR
from domain.action_items import max_items
from domain.completeness import MILESTONES_WANTED
from domain.passages import CLOSING
from domain.postmortems import Tier
from domain.whys import WHYS_ASKED, goes_past_a_person
from domain.words import OF_A_CAUSE, findings
from sandbox.seed import PEOPLE

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


def test_29_incidents_over_six_services_and_fourteen_months() -> None:
    starts = [incident.started(NOW.date()) for incident in STORY]

    assert len(STORY) == 29
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

    assert len(seen) == 12
    assert repeats > len(STORY) / 3


def test_items_came_to_every_end_that_an_item_can_come_to() -> None:
    items = list(chain.from_iterable(incident.items for incident in STORY))
    events = [[turn.event for turn in (*item.then, *item.lately)] for item in items]
    ends = Counter(chain.from_iterable(events))

    # What reviews saw follows from what was open, and is nobody's to write down.
    assert set(ends) == set(Event) - {Event.REVIEWED}
    assert sum(each.count(Event.MOVED) >= 2 for each in events) >= 4
    assert sum(not each for each in events) >= 4


@pytest.mark.parametrize("incident", STORY, ids=named)
def test_an_incident_keeps_the_rules_of_the_programme(incident: Incident) -> None:
    assert len(incident.items) <= max_items(incident.tier)
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
        days = [turn.after for turn in item.then]
        assert days == sorted(days)
    assert max(line.minutes for line in incident.said) == incident.recovered


PUBLISHED = [each for each in STORY if each.stage is Stage.PUBLISHED]
FULL = [each for each in STORY if each.tier is Tier.FULL]


def test_all_but_the_last_three_are_published_and_each_of_those_stands_elsewhere() -> None:
    assert STORY[:-3] == PUBLISHED
    assert [each.stage for each in STORY[-3:]] == [Stage.DRAFT, Stage.AGREEING, Stage.CALLED]


@pytest.mark.parametrize("incident", STORY, ids=named)
def test_what_it_says_passes_the_check_that_everybody_meets(incident: Incident) -> None:
    written = [*incident.analysis.values(), *incident.answers.values()]
    causes = [incident.cause, incident.impact, *(each.words for each in incident.factors)]

    assert [found for text in written for found in findings(text)] == []
    assert [found for text in causes for found in findings(text, OF_A_CAUSE)] == []


@pytest.mark.parametrize("incident", FULL, ids=named)
def test_a_full_one_goes_five_whys_deep_and_ends_at_the_system(incident: Incident) -> None:
    assert len(incident.whys) >= WHYS_ASKED
    assert goes_past_a_person(incident.whys)
    assert all(incident.analysis.values())
    assert set(MILESTONES_WANTED) <= {line.milestone for line in incident.timeline}


@pytest.mark.parametrize("incident", PUBLISHED, ids=named)
def test_what_is_published_has_answered_the_three_questions(incident: Incident) -> None:
    assert list(incident.answers) == list(CLOSING)
    assert all(len(answer) < 110 for answer in incident.answers.values())


@pytest.mark.parametrize("days", range(14))
def test_everybody_agrees_before_the_review_on_whatever_day_it_was_written(days: int) -> None:
    zones = {handle: zone for handle, _, zone, _ in PEOPLE}
    for incident in STORY:
        written = at_work(NOW - timedelta(days=days), zones[incident.responders[0]], "written")
        when = dates(incident, written, lambda day, who, what: at_work(day, zones[who], what))
        assert written < min(when.agreed.values()) <= max(when.agreed.values()) <= when.started
        assert written < when.called <= when.started <= when.closed


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
    channels = {each.channel for each in STORY} | {each.channel for each in read_today()} | {DM}

    assert 1 < len(TOUR) <= 16
    assert {step.person for step in TOUR} <= EVERYBODY
    assert {step.channel for step in TOUR} <= channels
