"""From the end of an incident to a complete tier 2 postmortem: how many forms, what they ask."""

import pytest

from bench.capture import FORMS_MAX, SECONDS_MAX, Form, written_up
from bench.incident_channel import CHANNEL, incident
from tests.scenarios.stage import Stage

TOLD_BY_THE_CHANNEL = {
    "title",
    "service",
    "severity",
    "started_at",
    "detected_at",
    "recovered_at",
    "responders",
}
TEXTS = {"impact", "root_cause", "what", "done_when"}


@pytest.fixture
async def forms(slack: Stage) -> list[Form]:
    """Let the incident happen, and Ana write it up."""
    await incident(slack)
    return await written_up(slack)


async def test_five_forms_and_three_minutes_leave_nothing_missing(
    slack: Stage, forms: list[Form]
) -> None:
    assert slack.card(CHANNEL).text.endswith("Nothing is missing.")
    assert len(forms) <= FORMS_MAX, [each.name for each in forms]
    assert sum(each.seconds for each in forms) <= SECONDS_MAX


async def test_what_the_channel_tells_is_not_asked_again(forms: list[Form]) -> None:
    assert forms[0].prefilled >= TOLD_BY_THE_CHANNEL
    assert not any(each.prefilled & each.filled for each in forms)


async def test_people_type_what_only_they_can_know(forms: list[Form]) -> None:
    typed = frozenset[str]().union(*(each.filled for each in forms))
    assert typed == TEXTS | {"owner", "kind"}


async def test_the_timeline_and_its_milestones_come_from_the_channel(
    slack: Stage, forms: list[Form]
) -> None:
    card = slack.card(CHANNEL).words()
    assert "9 entries" in card
    assert "*detected*" in card
    assert "*fix deployed*" in card
    assert [each.keys for each in forms if "From the channel" in each.name] == [0]
