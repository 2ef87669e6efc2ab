"""A digest shows in full what has come since the one before, and names what waits besides."""

from datetime import date

import pytest

from domain.decisions import Decision
from tests.scenarios.deciding import decided, led_by
from tests.scenarios.following import leaves
from tests.scenarios.hearing import digests, posted, until
from tests.scenarios.stage import Stage

#: Two of Bob's items: one is told of on Thursdays, the other on Fridays.
THURSDAY, FRIDAY, NEXT_THURSDAY = "2026-12-17 09:30", "2026-12-18 09:30", "2026-12-24 09:30"
ALSO = "Also waiting for you: {}. It stands in Home and in `/postmortem items`."


@pytest.fixture
async def twice(slack: Stage) -> Stage:
    """Bob has heard of each of his two items once."""
    await slack.started()
    await slack.promised(due_on=date(2026, 12, 24))
    await slack.promised(what="Alert on a full pool", due_on=date(2026, 12, 25))
    for at in (THURSDAY, FRIDAY):
        await until(slack, at)
    assert posted(slack, "bob") == [THURSDAY, FRIDAY]
    return slack


async def test_each_item_is_shown_on_its_own_day_and_named_on_the_others(twice: Stage) -> None:
    said = digests(twice, "bob")[1]
    assert said.text == "1 item needs you: 1 due soon"
    assert "Alert on a full pool" in said.words()
    assert "Drain connections first" not in said.words()
    assert ALSO.format("PM-1/1") in said.words()
    await until(twice, NEXT_THURSDAY)
    said = digests(twice, "bob")[2]
    assert said.text == "1 item needs you: 1 due today"
    assert ALSO.format("PM-1/2") in said.words()


async def test_what_changes_later_leaves_the_message_split_as_it_was(twice: Stage) -> None:
    await until(twice, "2026-12-21 12:00")
    await decided(twice, "bob", Decision.BLOCK, words="The vendor")
    said = digests(twice, "bob")[1]
    assert said.text == "1 item needs you: 1 due soon"
    assert ALSO.format("PM-1/1") in said.words()
    await decided(twice, "bob", Decision.CANCEL, words="The service goes away")
    said = digests(twice, "bob")[1]
    assert "Also waiting" not in said.words()
    assert "*PM-1/1* is cancelled" in said.words()


async def test_whoever_leads_reads_what_was_left_behind_by_the_same_rule(slack: Stage) -> None:
    await slack.started()
    for day in (24, 25):
        await slack.promised(due_on=date(2026, 12, day))
    await led_by(slack, "lena")
    await until(slack, "2026-11-26 12:00")  # she was looked up meanwhile
    await leaves(slack, "bob")
    for at in ("2026-12-17 08:30", "2026-12-18 08:30"):
        await until(slack, at)
    said = digests(slack, "lena")[1]
    assert said.text == "1 item needs you: 1 due soon"
    assert ALSO.format("PM-1/1") in said.words()


async def test_when_what_has_come_is_decided_before_it_is_sent_nothing_is(slack: Stage) -> None:
    await slack.started()
    for day in (25, 24):
        await slack.promised(due_on=date(2026, 12, day))
    await until(slack, THURSDAY)
    slack.sandbox.faults.api_down()
    await until(slack, FRIDAY)
    slack.sandbox.faults.clear()
    await decided(slack, "bob", Decision.CANCEL, words="The service goes away")
    await until(slack, "2026-12-18 10:00")
    assert posted(slack, "bob") == [THURSDAY]
