"""The monthly reviews to come as a calendar file: by the command, and by a button."""

from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from blocks.review_buttons import REVIEW_CALENDAR
from tests.scenarios.calling import REVIEW_CHANNEL, review_called, set_programme
from tests.scenarios.reviewing import DM, take_turns
from tests.scenarios.stage import CHANNEL, Stage

both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)


@both_ways
async def test_the_calendar_file_comes_by_direct_message(slack: Stage) -> None:
    await set_programme(slack, review_channel=REVIEW_CHANNEL, review_zone="Europe/Berlin")
    await slack.person("bob").command(CHANNEL, "/postmortem review calendar")
    await slack.settled()
    assert "monthly-reviews.ics" in await slack.told("bob", "Sent to you as a direct message")
    events = Calendar.from_ical(calendar_of(slack, "bob")).events
    assert len(events) == 12
    assert events[0].decoded("DTSTART").astimezone(UTC) == datetime(2026, 12, 1, 9, tzinfo=UTC)


async def test_the_button_sends_it_too_with_the_review_that_is_called(slack: Stage) -> None:
    await take_turns(slack, "freya")
    await review_called(slack, at=datetime(2026, 11, 27, 15, tzinfo=UTC))
    await slack.person("freya").click(DM, action_id=REVIEW_CALENDAR)
    await slack.settled()
    first = Calendar.from_ical(calendar_of(slack, "freya")).events[0]
    assert first.decoded("DTSTART").astimezone(UTC) == datetime(2026, 11, 27, 15, tzinfo=UTC)
    assert "Freya Lind chairs it." in first.description


def calendar_of(slack: Stage, name: str) -> bytes:
    """Give the calendar file that somebody was sent."""
    workspace = slack.sandbox.workspace
    dm = workspace.dm(slack.id_of(name), workspace.app.bot_user)
    (which,) = [each for message in dm.messages for each in message.files]
    return workspace.files[which].content
