"""A monthly review that nobody closes: owners hear of it, the lead, then everybody (rule 20)."""

from dataclasses import replace

import pytest

from blocks.item_buttons import action_of
from blocks.review_buttons import CLOSE_REVIEW_OF_MONTH
from domain.decisions import Decision
from sandbox.messages import Message
from storage import reviews
from tests.scenarios.following import heard
from tests.scenarios.hearing import until
from tests.scenarios.reviewing import DM, TEAM
from tests.scenarios.slipping import BEGUN, CALLED, REVIEWS, has_programme, is_late
from tests.scenarios.stage import Stage

#: Two and five working days later in Berlin, then when Bob's work begins in London.
REMINDED, IN_LONDON, ESCALATED = "2026-12-03 08:30", "2026-12-03 09:30", "2026-12-08 08:30"


@pytest.fixture
async def slipping(slack: Stage) -> Stage:
    """A review that has begun, with an item each of Bob's and Mei's to be decided."""
    await has_programme(slack)
    await is_late(slack)
    for at in (CALLED, BEGUN):
        await until(slack, at)
    return slack


def owed(slack: Stage, name: str) -> Message:
    """Give the one reminder that somebody has got."""
    (message,) = heard(slack, name, "review_owed")
    return message


async def is_cancelled(slack: Stage, by: str, kind: str) -> None:
    """Let somebody give an item up by the window that their message of this kind opens."""
    (message,) = heard(slack, by, kind)
    await slack.person(by).click(DM, action_id="open_item", ts=message.ts)
    await slack.settled()
    await slack.person(by).press(action_id=action_of(Decision.CANCEL))
    await slack.settled()
    answer = await (await slack.person(by).modal()).fill(words="We moved off it").submit()
    assert answer.closed, answer.errors
    await slack.settled()


async def is_closed(slack: Stage) -> None:
    """Let the review be closed now, in a moment when nobody is told."""
    async with slack.bot.database.sessions.begin() as session:
        review = await reviews.open_review(session, TEAM)
        assert review is not None
        await reviews.change(session, replace(review, closed_at=slack.clock.now()))
        await reviews.look_again(session, TEAM, None)


async def test_after_two_working_days_owners_hear_what_is_theirs_in_their_own_hours(
    slipping: Stage,
) -> None:
    await until(slipping, REMINDED)
    assert not heard(slipping, "bob", "review_owed")
    await until(slipping, IN_LONDON)
    said = owed(slipping, "bob")
    assert said.text.startswith("1 item waits for your decision: the monthly review of 1 Dec 2026")
    assert "Drain connections first" in said.words()
    assert "Alert before" not in said.words()
    assert not heard(slipping, "mei", "review_owed")
    await until(slipping, "2026-12-04 00:30")
    assert "Alert before the pool is full" in owed(slipping, "mei").words()


async def test_the_chair_hears_who_still_has_to_decide(slipping: Stage) -> None:
    await until(slipping, REMINDED)
    said = owed(slipping, "freya").words()
    assert "which you chair, is not closed yet" in said
    assert f"<@{slipping.id_of('bob')}> 1, <@{slipping.id_of('mei')}> 1" in said


async def test_what_is_decided_is_said_where_it_was_asked_for(slipping: Stage) -> None:
    await until(slipping, IN_LONDON)
    await is_cancelled(slipping, "bob", "review_owed")
    said = owed(slipping, "bob").words()
    assert "Nothing of yours keeps the monthly review of 1 Dec 2026 open any more." in said
    assert "*PM-1/1* is decided" in said
    assert f"decide: <@{slipping.id_of('mei')}> 1." in owed(slipping, "freya").words()


async def test_once_all_is_decided_the_chair_is_offered_to_close_it(slipping: Stage) -> None:
    await until(slipping, IN_LONDON)
    await is_cancelled(slipping, "bob", "review_owed")
    await until(slipping, "2026-12-04 00:30")
    await is_cancelled(slipping, "mei", "review_owed")
    said = owed(slipping, "freya")
    assert "Nothing has to be decided any more: you can close it." in said.words()
    buttons = [each for block in said.blocks for each in block.get("elements", [])]
    assert CLOSE_REVIEW_OF_MONTH in [each.get("action_id") for each in buttons]


async def test_whoever_was_reminded_reads_that_it_is_closed(slipping: Stage) -> None:
    await until(slipping, IN_LONDON)
    await is_cancelled(slipping, "bob", "review_owed")
    await until(slipping, "2026-12-04 00:30")
    await is_cancelled(slipping, "mei", "review_owed")
    asked = owed(slipping, "freya").ts
    closing = await slipping.opened("freya", CLOSE_REVIEW_OF_MONTH, DM, ts=asked)
    assert (await closing.submit()).closed
    await slipping.settled()
    for name in ("bob", "mei", "freya"):
        assert "is closed: nothing is asked of you any more." in owed(slipping, name).text


async def test_after_five_working_days_the_lead_hears_what_keeps_it_open(slipping: Stage) -> None:
    await until(slipping, REMINDED)
    await until(slipping, ESCALATED)
    (said,) = heard(slipping, "lena", "review_stuck")
    assert said.text == (
        "The monthly review of 1 Dec 2026 is not closed after 5 working days: 2 items must still "
        "be decided"
    )
    assert f"<@{slipping.id_of('bob')}> · was due 28 Nov 2026, 10 days ago" in said.words()
    assert "has left" not in said.words()


async def test_where_nobody_leads_the_channel_hears_it(slipping: Stage) -> None:
    await has_programme(slipping, lead="")
    await until(slipping, ESCALATED)
    (said,) = slipping.posted("review_stuck", REVIEWS)
    assert "Nobody leads the programme" in said.words()


async def test_nobody_is_reminded_of_one_that_was_closed_in_time(slipping: Stage) -> None:
    await is_closed(slipping)
    for at in (IN_LONDON, ESCALATED):
        await until(slipping, at)
    assert not heard(slipping, "bob", "review_owed")
    assert not heard(slipping, "lena", "review_stuck")


async def test_after_a_month_the_channel_is_told_and_after_a_quarter_plainly(
    slipping: Stage,
) -> None:
    await until(slipping, "2026-12-28 08:30")
    (said,) = slipping.posted("review_alert", REVIEWS)
    assert said.text == (
        "No monthly review has been closed yet. The first item was written on 24 Nov 2026, 34 "
        "days ago."
    )
    assert "2 items are open, 2 of them overdue." in said.words()
    await until(slipping, "2027-02-24 08:30")
    plain = slipping.posted("review_alert", REVIEWS)[1]
    assert plain.text.startswith("The programme has not begun: no monthly review has been closed")


async def test_after_a_quarter_without_another_one_the_programme_has_stopped(
    slipping: Stage,
) -> None:
    await is_closed(slipping)
    await has_programme(slipping, review_channel="", engineering_channel=channel(slipping))
    await slipping.started(by="priya", channel="#inc-payments-webhooks")
    await until(slipping, "2027-03-03 08:30")
    (said,) = slipping.posted("review_alert", REVIEWS)
    assert said.text == (
        "The programme has stopped: no monthly review has been closed since 1 Dec 2026, 92 days "
        "ago."
    )
    assert "The oldest, PM-1/1, was written on 24 Nov 2026." in said.words()
    assert "Choose a review channel in `/postmortem settings`" in said.words()


async def test_a_lead_who_is_told_instead_of_a_channel_is_told_when_at_work(slack: Stage) -> None:
    await has_programme(slack, review_channel="", review_zone="Asia/Tokyo")
    await is_late(slack)
    await until(slack, "2026-12-25 00:30")
    assert slack.logged("delivery_not_yet")
    assert not heard(slack, "lena", "review_alert")
    await until(slack, "2026-12-28 08:30")  # after Christmas
    assert "No monthly review has been closed yet" in heard(slack, "lena", "review_alert")[0].text


async def test_an_alert_that_cannot_be_posted_is_told_to_the_lead(slipping: Stage) -> None:
    slipping.sandbox.workspace.channel(REVIEWS).archived = True
    await until(slipping, "2026-12-28 08:30")
    assert heard(slipping, "lena", "trouble")


def channel(slack: Stage) -> str:
    return slack.sandbox.workspace.channel(REVIEWS).id
