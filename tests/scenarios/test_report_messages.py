"""The report in a channel: once a month by itself, by hand, with the open items in its thread."""

import asyncio
import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from blocks.definitions import HOW_COUNTED
from blocks.report_messages import REPORT_CSV
from bot.due import look
from handlers.outgoing import Outgoing
from handlers.report_messages import DELIVERIES, owe
from handlers.report_owing import REPORT_ITEMS
from sandbox.files import File
from sandbox.messages import Message
from storage import deliveries
from storage.reports import REPORT
from tests.scenarios.hearing import replica, until
from tests.scenarios.reviewing import DM, TEAM
from tests.scenarios.slipping import REVIEWS, has_programme, is_late
from tests.scenarios.stage import Stage

#: Ten o'clock in Berlin on Friday, the first of January 2027, is on a holiday: Monday is the day.
JANUARY = "2027-01-04 09:00"
DECEMBER = "2026-12-01 09:00"

Kinds = set[str]


@pytest.fixture
async def programme(slack: Stage) -> Stage:
    """Two open items of one incident, in a workspace whose reviews are held in Berlin."""
    await has_programme(slack)
    await is_late(slack)
    return slack


def reports(slack: Stage, channel: str = REVIEWS) -> list[Message]:
    return slack.posted(REPORT, channel)


def replies(slack: Stage, channel: str = REVIEWS) -> list[Message]:
    return slack.posted(REPORT_ITEMS, channel)


async def posted_by_hand(slack: Stage, service: str = "", months: int = 6) -> None:
    """Let somebody post a report where the reviews are held."""
    place = slack.sandbox.workspace.channel(REVIEWS).id
    which: dict[str, Any] = {"subject": "hand:1.2.3", "months": months, "service": service}
    async with slack.bot.database.sessions.begin() as session:
        await owe(session, TEAM, channel=place, **which, now=slack.clock.now())
    await slack.settled()


async def test_it_is_posted_at_the_reviews_hour_on_the_first_working_day(programme: Stage) -> None:
    await until(programme, "2026-12-01 08:59")
    assert not reports(programme)
    await until(programme, DECEMBER)
    (message,) = reports(programme)
    assert message.text.startswith("Postmortem report: the last 6 months. ")


async def test_a_holiday_puts_it_off_to_the_next_working_day(programme: Stage) -> None:
    await until(programme, DECEMBER)
    await until(programme, "2027-01-04 08:59")
    assert len(reports(programme)) == 1
    await until(programme, JANUARY)
    assert len(reports(programme)) == 2


async def test_two_replicas_and_a_later_strike_post_it_once(programme: Stage) -> None:
    other = replica(programme)
    await until(programme, "2026-12-01 08:58")
    await programme.passes(timedelta(minutes=2))
    await asyncio.gather(programme.bot.clock.strike(), other.strike())
    await programme.settled()
    await until(programme, "2026-12-02 12:00")
    assert len(reports(programme)) == len(replies(programme)) == 1


async def test_one_that_was_missed_is_caught_up_within_seven_days(programme: Stage) -> None:
    await until(programme, "2026-12-08 08:59")
    assert len(reports(programme)) == 1


async def test_after_seven_days_the_next_month_has_to_do(programme: Stage) -> None:
    await until(programme, "2026-12-08 09:01")
    assert not reports(programme)


async def test_where_it_is_switched_off_none_is_posted(programme: Stage) -> None:
    await has_programme(programme, report_monthly=False)
    await until(programme, DECEMBER)
    assert not reports(programme)


async def test_without_an_incident_there_is_nothing_to_report(slack: Stage) -> None:
    await has_programme(slack)
    await until(slack, DECEMBER)
    assert await slack.count("delivery") == 0


async def test_without_a_review_channel_engineering_gets_it(programme: Stage) -> None:
    place = programme.sandbox.workspace.channel("#general").id
    await has_programme(programme, review_channel="", engineering_channel=place)
    await until(programme, DECEMBER)
    assert len(reports(programme, "#general")) == 1


async def test_the_open_items_are_in_its_thread(programme: Stage) -> None:
    await until(programme, DECEMBER)
    ((message,), (reply,)) = reports(programme), replies(programme)
    assert reply.thread_ts == message.ts
    assert reply.text == "2 action items are open."
    assert "data_table" in [block["type"] for block in reply.blocks]
    assert "Alert before the pool is full" in reply.words()


async def composed(slack: Stage, kind: str) -> list[Kinds]:
    """Give the kinds of blocks in what a delivery sends, and in its fallback."""
    async with slack.bot.database.sessions() as session:
        every = [await deliveries.find(session, TEAM, each) for each in range(1, 9)]
        (delivery,) = [each for each in every if each and each.kind == kind]
        outgoing = await DELIVERIES[kind](session, delivery)
    assert isinstance(outgoing, Outgoing)
    assert outgoing.fallback is not None
    said = (outgoing.message, outgoing.fallback)
    return [{block["type"] for block in each["blocks"]} for each in said]


@pytest.mark.parametrize("kind", [REPORT, REPORT_ITEMS])
async def test_where_slack_takes_no_charts_tables_say_the_same(programme: Stage, kind: str) -> None:
    await posted_by_hand(programme)
    modern, plain = await composed(programme, kind)
    assert modern & {"data_table", "data_visualization"} or kind == REPORT
    assert "table" in plain
    assert not plain & {"data_table", "data_visualization"}


async def test_a_report_by_hand_is_of_its_service_and_its_months(programme: Stage) -> None:
    await programme.started(channel="#inc-payments-webhooks", service="payments")
    await posted_by_hand(programme, service="Payments", months=3)
    (message,), (reply,) = reports(programme), replies(programme)
    assert message.text.startswith("Postmortem report: the last 3 months, Payments. ")
    assert reply.text == "No action item is open."


async def test_the_same_posting_twice_is_one_report(programme: Stage) -> None:
    await posted_by_hand(programme)
    await posted_by_hand(programme)
    assert len(reports(programme)) == 1


async def test_how_it_is_counted_is_one_click_away(programme: Stage) -> None:
    await posted_by_hand(programme)
    await programme.person("ana").join(REVIEWS)
    await programme.person("ana").click(REVIEWS, action_id=HOW_COUNTED)
    modal = await programme.person("ana").modal()
    assert "Repeat rate" in modal.text()


async def test_the_files_come_by_direct_message(programme: Stage) -> None:
    await posted_by_hand(programme)
    await programme.person("lena").join(REVIEWS)
    await programme.person("lena").click(REVIEWS, action_id=REPORT_CSV)
    await programme.settled()
    report, items = files_of(programme, "lena")
    assert (report.name, items.name) == (
        "postmortem-report-2026-11-24.csv",
        "open-action-items-2026-11-24.csv",
    )
    (*rows,) = csv.DictReader(io.StringIO(items.content.decode(), newline=""))
    assert {"Alert before the pool is full"} <= {each["what"] for each in rows}


def files_of(slack: Stage, name: str) -> list[File]:
    """Give the files that somebody was sent."""
    sent = [each for said in slack.person(name).messages(DM) for each in said.files]
    return [slack.sandbox.workspace.files[each] for each in sent]


async def test_the_report_to_come_is_foreseen(programme: Stage) -> None:
    sessions, now = programme.bot.database.sessions, programme.clock.now()
    (due,) = await look(sessions, now + timedelta(days=10), now)
    (foreseen,) = due.reports
    assert (foreseen.month, f"{foreseen.at:%Y-%m-%d %H:%M}") == ("2026-12", DECEMBER)
    (due,) = await look(sessions, now + timedelta(days=5), now)
    assert not due.reports


async def test_after_it_was_posted_the_next_one_is_foreseen(programme: Stage) -> None:
    await until(programme, DECEMBER)
    now = programme.clock.now()
    (due,) = await look(programme.bot.database.sessions, now + timedelta(days=40), now)
    assert [f"{each.at:%Y-%m-%d %H:%M}" for each in due.reports] == [JANUARY]
