"""The start form knows when it was, as far as the channel's messages tell."""

from datetime import timedelta

import pytest

from sandbox import Modal
from tests.scenarios.past import incident, was_said
from tests.scenarios.stage import FACTS, STARTED, Stage

UNINVITED = "#inc-search-index"
TIMES = ("started_at", "detected_at", "recovered_at")


def times(form: Modal) -> list[float | None]:
    """Give the minutes into the incident that stand in the form."""
    found = {name.partition(".")[0]: block["value"] for name, block in form.values.items()}
    chosen = [found[name]["selected_date_time"] for name in TIMES]
    return [each and (each - STARTED.timestamp()) / 60 for each in chosen]


async def test_the_start_form_knows_when_it_was(slack: Stage) -> None:
    incident(slack)
    assert times(await slack.start_form()) == [4, 4, 72]


@pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
async def test_after_an_invitation_the_times_are_there_at_once(slack: Stage) -> None:
    incident(slack, UNINVITED)
    await slack.person("mei").invite(UNINVITED, "closed_loop")
    await slack.settled()
    before = len(slack.sandbox.calls)
    assert times(await slack.start_form(channel=UNINVITED)) == [4, 4, 72]
    assert [call.method for call in slack.sandbox.calls[before:]] == ["views.open"]


async def test_what_was_told_can_be_sent_off_as_it_is(slack: Stage) -> None:
    incident(slack)
    form = await slack.start_form()
    kept = {name: FACTS[name] for name in ("title", "service", "severity")}
    assert (await form.fill(**kept).submit()).closed
    await slack.settled()
    assert "1 h 8 min" in slack.card().words()


async def test_a_history_slack_does_not_give_in_time_holds_up_nothing(slack: Stage) -> None:
    incident(slack)
    # What is read beside it has half a second, on a machine that has nothing else to do.
    with slack.late("conversations.history", slowness=3):
        form = await slack.start_form()
    assert times(form) == [None, None, None]
    assert "title.read" in form.values


async def test_an_app_that_may_not_read_the_history_still_knows_the_rest(slack: Stage) -> None:
    incident(slack)
    slack.sandbox.faults.rate_limit("conversations.history", retry_after=60, times=9)
    form = await slack.start_form()
    assert times(form) == [None, None, None]
    assert "title.read" in form.values


async def test_a_channel_with_more_than_a_page_tells_only_when_it_was_over(slack: Stage) -> None:
    incident(slack)
    for n in range(200):
        was_said(slack, "ana", "hm", STARTED + timedelta(minutes=50, seconds=n))
    assert times(await slack.start_form()) == [None, None, 72]


async def test_what_is_said_before_the_form_is_opened_again_is_read_after_ten_minutes(
    slack: Stage,
) -> None:
    await slack.start_form()
    incident(slack)
    await slack.passes(timedelta(minutes=10))
    assert times(await slack.start_form("bob")) == [4, 4, 72]
