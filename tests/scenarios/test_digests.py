"""Owners hear of what they promised: a week before, on the day, weekly; one message a day."""

from datetime import date, timedelta

import pytest

from blocks.item_buttons import action_of
from domain.decisions import Decision
from tests.scenarios.deciding import promised
from tests.scenarios.hearing import calls, digests, posted, until
from tests.scenarios.reviewing import DM
from tests.scenarios.stage import Stage

#: Bob's item is due on Thursday, 24 December; he works in London.
WEEK_BEFORE, ON_THE_DAY = "2026-12-17 09:30", "2026-12-24 09:30"


@pytest.fixture
async def bobs(slack: Stage) -> Stage:
    """An item that Bob is to do in a month."""
    await promised(slack)
    return slack


async def test_an_owner_hears_a_week_before_on_the_day_and_then_weekly(bobs: Stage) -> None:
    heard = [WEEK_BEFORE, ON_THE_DAY, "2026-12-31 09:30", "2027-01-07 09:30"]
    for at in sorted([*heard, "2026-12-20 12:00", "2027-01-04 09:30"]):
        await until(bobs, at)
    assert posted(bobs, "bob") == heard
    assert [each.text for each in digests(bobs, "bob")][:3] == [
        "1 item needs you: 1 due soon",
        "1 item needs you: 1 due today",
        "1 item needs you: 1 overdue",
    ]
    assert "due 24 Dec 2026, in 7 days" in digests(bobs, "bob")[0].words()
    assert "was due 24 Dec 2026, 14 days ago" in digests(bobs, "bob")[3].words()


async def test_nobody_hears_before_their_work_begins(bobs: Stage) -> None:
    await until(bobs, "2026-12-17 09:29")
    assert digests(bobs, "bob") == []
    await until(bobs, WEEK_BEFORE)
    assert posted(bobs, "bob") == [WEEK_BEFORE]


async def test_the_message_says_how_to_decide_and_how_to_stop_it(bobs: Stage) -> None:
    await until(bobs, WEEK_BEFORE)
    [said] = digests(bobs, "bob")
    assert "PM-1/1 Drain connections first" in said.words().replace("*", "")
    assert "Each of these stays until you decide it" in said.words()
    await bobs.person("bob").click(DM, action_id=action_of(Decision.RESCHEDULE))
    assert (await bobs.person("bob").modal()).title == "Move the date"


async def test_what_falls_on_a_weekend_or_a_holiday_is_told_on_the_next_working_day(
    slack: Stage,
) -> None:
    await slack.started()
    for day in (5, 25):
        await slack.promised(due_on=date(2026, 12, day))
    for number in range(27, 67):
        await until(slack, f"{date(2026, 11, 1) + timedelta(days=number)} 09:30")
    monday_before, monday, week_before_christmas = "2026-11-30", "2026-12-07", "2026-12-18"
    weekly = ["2026-12-14", "2026-12-21", "2026-12-29", "2027-01-04"]
    days = [monday_before, monday, weekly[0], week_before_christmas, *weekly[1:]]
    assert posted(slack, "bob") == [f"{each} 09:30" for each in days]


async def test_everybody_hears_in_the_morning_where_they_are(slack: Stage) -> None:
    await slack.started()
    for who in ("priya", "ana", "mei"):
        await slack.promised(owner=who)
    for hour in ("00:30", "04:00", "09:30", "14:30"):
        await until(slack, f"2026-12-17 {hour}")
    assert [posted(slack, who) for who in ("mei", "priya", "ana")] == [
        ["2026-12-17 00:30"],
        ["2026-12-17 04:00"],
        ["2026-12-17 14:30"],
    ]


async def test_all_that_is_due_on_a_day_is_one_message(bobs: Stage) -> None:
    await bobs.promised(due_on=date(2026, 12, 17))
    await bobs.promised(due_on=date(2026, 12, 3))
    await until(bobs, "2026-12-03 09:30")
    before = len(calls(bobs))
    await until(bobs, WEEK_BEFORE)
    text = "3 items need you: 1 overdue, 1 due today, 1 due soon"
    assert [each.text for each in digests(bobs, "bob")][-1] == text
    assert calls(bobs)[before:] == ["chat.postMessage"]


async def test_a_tick_with_nothing_due_asks_nothing_of_slack(bobs: Stage) -> None:
    await until(bobs, "2026-11-25 09:30")
    before = len(calls(bobs))
    for day in range(26, 30):
        await until(bobs, f"2026-11-{day} 09:30")
    assert calls(bobs)[before:] == []


async def test_after_the_app_was_down_for_days_one_digest_says_it_all(bobs: Stage) -> None:
    await bobs.promised(due_on=date(2026, 12, 16))
    await until(bobs, "2026-12-15 18:00")
    await until(bobs, "2026-12-18 11:00")
    assert posted(bobs, "bob") == ["2026-12-18 11:00"]
    assert digests(bobs, "bob")[0].text == "2 items need you: 1 overdue, 1 due soon"


async def test_after_an_outage_at_the_weekend_it_waits_for_monday(bobs: Stage) -> None:
    await until(bobs, "2026-12-16 18:00")
    for at in ("2026-12-19 12:00", "2026-12-20 12:00", "2026-12-21 09:29"):
        await until(bobs, at)
    assert digests(bobs, "bob") == []
    await until(bobs, "2026-12-21 09:30")
    assert posted(bobs, "bob") == ["2026-12-21 09:30"]


async def test_what_slack_did_not_take_for_days_comes_once_and_as_things_stand(
    bobs: Stage,
) -> None:
    await bobs.promised(due_on=date(2026, 12, 18))
    await until(bobs, "2026-12-16 18:00")
    bobs.sandbox.faults.down()
    for hour in range(0, 48, 4):
        await until(bobs, f"2026-12-{17 + hour // 24} {hour % 24:02}:30")
    bobs.sandbox.faults.clear()
    await until(bobs, "2026-12-19 10:00")
    await until(bobs, "2026-12-21 09:30")
    assert posted(bobs, "bob") == ["2026-12-21 09:30"]
    assert digests(bobs, "bob")[0].text == "2 items need you: 1 overdue, 1 due soon"
