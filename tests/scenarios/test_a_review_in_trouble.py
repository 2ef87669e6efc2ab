"""A monthly review while Slack is away, or several press at once: nothing lost or doubled."""

import asyncio
from datetime import timedelta

import pytest

from blocks.review_buttons import CLOSE_REVIEW_OF_MONTH, NEXT_CARD
from domain.decisions import Decision
from handlers.review_summaries import REVIEW_SUMMARY
from sandbox import Modal
from sandbox.messages import Message
from tests.scenarios import monthly
from tests.scenarios.deciding import offered, pressed, the_item
from tests.scenarios.monthly import LATER, OVERDUE, REVIEWS, begun, cards, item, parent
from tests.scenarios.stage import Stage
from tests.scenarios.trouble import A_WHILE, POST, WHY, keys, three, ways_on

both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)


async def closing_form(slack: Stage, by: str) -> Modal:
    """Give the form that closes the review, opened by somebody."""
    return await slack.opened(by, CLOSE_REVIEW_OF_MONTH, REVIEWS)


async def test_while_slack_answers_nothing_all_is_kept_and_told_later(slack: Stage) -> None:
    first, *_ = await three(slack)
    form = await monthly.form_of(slack, "bob", Decision.RESCHEDULE, first)
    slack.sandbox.faults.api_down()
    assert (await form.fill(**WHY).submit()).closed
    await monthly.next_pressed(slack)
    await monthly.cancelled_elsewhere(slack, 3)
    assert (await monthly.the_review(slack)).shown == 2
    slack.sandbox.faults.clear()
    await slack.passes(timedelta(minutes=10))
    await slack.settled()
    assert keys(slack) == ["PM-1/1", "PM-2/1"]
    assert "moved it to" in cards(slack)[0].words()
    assert "2 of 3 decided" in parent(slack).words()


async def test_with_every_line_to_slack_cut_a_press_counts_once(slack: Stage) -> None:
    first, *_ = await three(slack)
    await slack.sandbox.faults.disconnect()
    await monthly.next_pressed(slack)
    form = await monthly.form_of(slack, "bob", Decision.RESCHEDULE, first)
    await slack.sandbox.faults.disconnect()
    assert (await form.fill(**WHY).submit()).closed
    await slack.settled()
    assert keys(slack) == ["PM-1/1", "PM-2/1"]
    assert (await the_item(slack, first)).reschedules == 1
    assert "1 of 3 decided" in parent(slack).words()


@pytest.mark.parametrize("lost", [1, 2])
async def test_a_press_whose_acknowledgement_is_lost_brings_up_one_card(
    slack: Stage, lost: int
) -> None:
    await three(slack)
    slack.sandbox.faults.ignore_acks(lost)
    await monthly.next_pressed(slack)
    assert keys(slack) == ["PM-1/1", "PM-2/1"]


async def test_a_card_whose_reply_is_lost_stands_once(slack: Stage) -> None:
    await three(slack)
    slack.sandbox.faults.drop_reply(POST)
    await monthly.next_pressed(slack)
    await slack.passes(A_WHILE)
    await slack.settled()
    assert keys(slack) == ["PM-1/1", "PM-2/1"]
    assert slack.logged("delivery_found_in_channel")
    await monthly.next_pressed(slack)
    assert ways_on(slack) == [False, False, False]


@both_ways
async def test_of_chair_and_lead_who_press_next_at_once_one_goes_on(slack: Stage) -> None:
    await three(slack)
    up, whole = cards(slack)[0].ts, parent(slack).ts
    await asyncio.gather(
        slack.person("freya").click(REVIEWS, action_id=NEXT_CARD, ts=up),
        slack.person("lena").click(REVIEWS, action_id=NEXT_CARD, ts=whole),
    )
    await slack.settled()
    assert keys(slack) == ["PM-1/1", "PM-2/1"]
    said = [each.text for who in ("freya", "lena") for each in alone(slack, who)]
    assert len([each for each in said if "The review has gone on already" in each]) == 1


def alone(slack: Stage, name: str) -> list[Message]:
    """What the app told somebody alone in the review's channel."""
    return [each for each in slack.person(name).messages(REVIEWS) if each.only_for]


@both_ways
async def test_of_two_who_close_it_at_once_one_does_and_the_other_reads_so(slack: Stage) -> None:
    first, *_ = await three(slack)
    await monthly.moved(slack, "bob", first)
    forms = [await closing_form(slack, who) for who in ("freya", "lena")]
    told = [each.fill(learnt=f"Lesson {n}") for n, each in enumerate(forms)]
    answers = await slack.at_once(*(each.submit() for each in told))
    await slack.settled()
    assert sorted(each.closed for each in answers) == [False, True]
    (refused,) = [each.errors for each in answers if not each.closed]
    assert "is closed: nothing is walked in it any more" in refused["learnt"]
    assert len(slack.posted(REVIEW_SUMMARY, REVIEWS)) == 1
    assert (await the_item(slack, 2)).reviews_seen == 1


@both_ways
async def test_the_owner_decides_in_the_moment_in_which_the_chair_goes_on(slack: Stage) -> None:
    first, *_ = await three(slack)
    form = await monthly.form_of(slack, "bob", Decision.RESCHEDULE, first)
    press = slack.person("freya").click(REVIEWS, action_id=NEXT_CARD)
    await asyncio.gather(form.fill(**WHY).submit(), press)
    await slack.settled()
    assert keys(slack) == ["PM-1/1", "PM-2/1"]
    assert "moved it to" in cards(slack)[0].words()
    assert ways_on(slack) == [False, True]
    assert "1 of 3 decided" in parent(slack).words()


@both_ways
async def test_what_is_decided_in_the_moment_of_its_turn_is_skipped_or_one_line(
    slack: Stage,
) -> None:
    await monthly.set_up(slack)
    for owner, due in (("mei", LATER), ("bob", OVERDUE), ("ana", LATER)):
        await item(slack, owner, due)
    await begun(slack)
    offered(slack, "mei", Decision.CANCEL)
    form = await pressed(slack, "mei", Decision.CANCEL)
    assert form is not None
    press = slack.person("freya").click(REVIEWS, action_id=NEXT_CARD)
    await asyncio.gather(form.fill(words="Gone").submit(), press)
    await slack.settled()
    check_once(slack)


def check_once(slack: Stage) -> None:
    """Assert that one card came up, and that what Mei cancelled is decided wherever it stands."""
    assert "1 of 3 decided" in parent(slack).words()
    assert keys(slack)[0] == "PM-2/1"
    assert len(cards(slack)) == 2
    second = cards(slack)[1].words()
    assert ("cancelled it: Gone" in second) is (keys(slack)[1] == "PM-1/1")
    assert ways_on(slack)[0] is False
