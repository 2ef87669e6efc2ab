"""Reading a channel's history for its timeline: long ones, slow ones, and ones that fail."""

from blocks.backfill import FIND_ENTRIES, READ_ON
from blocks.postmortems import OPEN_TIMELINE
from handlers import history
from tests.scenarios.past import chatter, entries, found, incident, ticked, was_said
from tests.scenarios.stage import CHANNEL, Stage


async def test_a_very_long_history_is_read_on_when_asked(slack: Stage) -> None:
    await slack.started()
    chatter(slack, 20)
    for n in range(history.MESSAGES_MAX):
        was_said(slack, "ana", "still looking", 5 + n / 50)
    form = await found(slack)
    assert "I read 5,000 messages so far" in form.text()
    assert ticked(form) == []
    await slack.person("ana").press(action_id=READ_ON)
    await slack.settled()
    assert "there is more" not in form.text()
    assert (await form.submit()).closed
    assert len(await entries(slack)) == 20


async def test_what_was_ticked_before_reading_on_stays_so(slack: Stage) -> None:
    await slack.started()
    chatter(slack, 20)
    slack.sandbox.faults.rate_limit("conversations.history", retry_after=900, times=1)
    form = await found(slack)
    await slack.person("ana").press(action_id=READ_ON)
    await slack.settled()
    assert len(ticked(form)) == 20


async def test_when_slack_limits_the_rate_the_window_waits_and_says_so(slack: Stage) -> None:
    await slack.started()
    incident(slack)
    slack.sandbox.faults.rate_limit("conversations.history", retry_after=1, times=1)
    form = await found(slack)
    assert len(ticked(form)) == 6
    told = [call.args["view"] for call in slack.sandbox.calls_of("views.update")]
    assert any("Slack lets me read on in 1 s" in str(view) for view in told)


async def test_when_slack_makes_it_wait_too_long_it_shows_what_it_has(slack: Stage) -> None:
    await slack.started()
    slack.sandbox.faults.rate_limit("conversations.history", retry_after=900, times=1)
    form = await found(slack)
    assert "there is more before that" in form.text()
    assert "I read 0 messages so far" in form.text()


async def test_a_channel_that_cannot_be_read_says_what_to_do(slack: Stage) -> None:
    await slack.started()
    slack.sandbox.faults.broken("conversations.history", 500, times=9)
    assert "Slack did not let me read the channel" in (await found(slack)).text()


async def test_a_channel_the_app_was_removed_from_says_how_to_invite_it(slack: Stage) -> None:
    await slack.started()
    await slack.opened("ana", OPEN_TIMELINE)
    await slack.person("ana").remove(CHANNEL, "closed_loop")
    await slack.person("ana").press(action_id=FIND_ENTRIES)
    await slack.settled()
    assert "`/invite @Closed Loop` there" in (await slack.person("ana").modal()).text()


async def test_a_window_that_was_closed_ends_the_reading(slack: Stage) -> None:
    await slack.started()
    incident(slack)
    slack.sandbox.faults.delay("conversations.history", 0.2)
    await slack.opened("ana", OPEN_TIMELINE)
    await slack.person("ana").press(action_id=FIND_ENTRIES)
    await (await slack.person("ana").modal("From the channel")).close(everything=True)
    await slack.settled()
    assert len(slack.logged("window_closed")) == 1
