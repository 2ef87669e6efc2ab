"""`/postmortem review`: when the next one is, how far one is, and beginning one."""

from datetime import time

import pytest

from blocks.review_buttons import PASS_REVIEW_ON
from sandbox import Modal
from sandbox.usergroups import UserGroup
from tests.scenarios.calling import (
    REVIEW_CHANNEL,
    chair_told,
    review_called,
    set_programme,
    the_review,
)
from tests.scenarios.reviewing import take_turns
from tests.scenarios.stage import CHANNEL, Stage

both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)


@pytest.fixture
async def promised(slack: Stage) -> Stage:
    """Something that Bob is to do."""
    await slack.started()
    await slack.promised()
    return slack


async def window(slack: Stage, by: str = "freya", channel: str = REVIEW_CHANNEL) -> Modal:
    """Give what `/postmortem review` opens for somebody."""
    await slack.person(by).command(channel, "/postmortem review")
    modal = await slack.person(by).modal()
    await slack.settled()
    return modal


def chosen(form: Modal) -> str:
    """Who is chosen in the form to chair it."""
    return str(form.values["facilitator"]["value"]["selected_user"])


async def begun(slack: Stage, by: str = "freya", **typed: str) -> None:
    """Let somebody begin a review by hand."""
    form = await window(slack, by)
    answer = await form.fill(**{name: slack.id_of(who) for name, who in typed.items()}).submit()
    assert answer.closed, answer.errors
    await slack.settled()


async def refused(slack: Stage, form: Modal) -> str:
    """Give why a review was not begun."""
    errors = (await form.submit()).errors
    await slack.settled()
    return errors["facilitator"]


@both_ways
async def test_whoever_takes_turns_begins_one_by_hand(promised: Stage) -> None:
    await take_turns(promised, "freya", "lena")
    assert chosen(await window(promised)) == promised.id_of("freya")
    await begun(promised)
    (parent,) = promised.posted("review", REVIEW_CHANNEL)
    assert "Monthly review of 24 Nov 2026" in parent.words()
    assert len(promised.posted("review_card", REVIEW_CHANNEL)) == 1
    assert "Ask *what* and *how*" in chair_told(promised, "freya").words()
    assert (await the_review(promised)).called_by == promised.id_of("freya")


async def test_suggested_is_whose_turn_it_is_and_not_whoever_asks(promised: Stage) -> None:
    await take_turns(promised, "freya", "lena")
    forms = await window(promised, "freya"), await window(promised, "lena")
    assert chosen(forms[0]) == chosen(forms[1])


async def test_the_lead_begins_one_that_somebody_else_chairs(promised: Stage) -> None:
    await set_programme(promised, lead="lena")
    await take_turns(promised, "freya")
    assert chosen(await window(promised, "lena")) == promised.id_of("freya")
    await begun(promised, "lena", facilitator="mei")
    assert chair_told(promised, "mei")


async def test_where_nobody_takes_turns_anybody_begins_one(promised: Stage) -> None:
    await begun(promised, "bob", facilitator="bob")
    assert (await the_review(promised)).facilitator == promised.id_of("bob")


async def test_the_members_of_a_user_group_take_turns_too(promised: Stage) -> None:
    workspace = promised.sandbox.workspace
    mei = promised.id_of("mei")
    workspace.usergroups["S1"] = UserGroup("S1", "chairs", "Chairs", mei, 0, users=[mei])
    await set_programme(promised, facilitator_group="S1")
    assert "Ask Mei Tanaka" in (await window(promised, "bob")).text()
    await promised.settled()
    assert chosen(await window(promised, "mei", CHANNEL)) == mei


async def test_a_group_that_slack_does_not_name_leaves_those_who_are_named(promised: Stage) -> None:
    await set_programme(promised, facilitator_group="SGONE")
    await take_turns(promised, "freya")
    assert chosen(await window(promised)) == promised.id_of("freya")
    assert promised.logged("facilitators_unknown")


async def test_somebody_else_is_told_whom_to_ask(promised: Stage) -> None:
    await take_turns(promised, "freya", "lena")
    said = (await window(promised, "bob")).text()
    assert "Whoever takes turns at chairing begins the monthly review. Ask" in said


async def test_without_a_channel_it_says_where_one_is_said(promised: Stage) -> None:
    said = (await window(promised, channel="@bob")).text()
    assert "Nobody has said in which channel" in said
    assert "/postmortem settings" in said
    assert "held in a public channel that I am in" in said


@pytest.mark.parametrize("channel", ["#sec-review", "#inc-auth-tokens", "#inc-search-index"])
async def test_none_is_held_where_not_everybody_or_not_the_app_is(
    promised: Stage, channel: str
) -> None:
    said = (await window(promised, "ana", channel)).text()
    assert "held in a public channel that I am in" in said


async def test_one_begun_anywhere_is_held_in_the_channel_that_is_set(promised: Stage) -> None:
    await set_programme(promised, review_channel=REVIEW_CHANNEL)
    form = await window(promised, "bob", CHANNEL)
    assert (await form.fill(facilitator=promised.id_of("bob")).submit()).closed
    await promised.settled()
    assert len(promised.posted("review", REVIEW_CHANNEL)) == 1


async def test_it_says_when_the_next_one_is(slack: Stage) -> None:
    await set_programme(slack, review_channel=REVIEW_CHANNEL, lead="lena", review_time=time(10))
    await slack.started(by="ana", channel=REVIEW_CHANNEL, responders=[slack.id_of("lena")])
    said = (await window(slack)).text()
    assert "The next monthly review is" in said
    assert "2026-12-01 09:00 UTC" in said
    assert "on the first Tuesday of each month at 10:00 (Europe/Berlin)" in said


async def test_nothing_to_walk_is_no_review(slack: Stage) -> None:
    form = (await window(slack)).fill(facilitator=slack.id_of("freya"))
    assert "there is nothing to walk" in await refused(slack, form)
    assert await slack.count("review") == 0


async def test_of_two_who_begin_one_at_once_the_second_is_told(promised: Stage) -> None:
    forms = [await window(promised, who) for who in ("freya", "lena")]
    for form in forms:
        form.fill(facilitator=promised.id_of("freya"))
    answers = await promised.at_once(*(form.submit() for form in forms))
    await promised.settled()
    assert sorted(answer.closed for answer in answers) == [False, True]
    (errors,) = [answer.errors for answer in answers if answer.errors]
    assert "already, and Freya Lind chairs it" in errors["facilitator"]
    assert await promised.count("review") == 1


async def test_there_is_one_a_day(promised: Stage) -> None:
    await begun(promised, facilitator="freya")
    await promised.run_sql("UPDATE review SET closed_at = called_at")
    form = (await window(promised)).fill(facilitator=promised.id_of("freya"))
    assert "is closed already" in await refused(promised, form)


async def test_one_that_was_held_before_its_day_is_not_said_to_come(promised: Stage) -> None:
    await set_programme(promised, review_channel=REVIEW_CHANNEL, review_zone="Europe/Berlin")
    await take_turns(promised, "freya")
    await review_called(promised)
    await begun(promised)
    await promised.run_sql("UPDATE review SET closed_at = called_at")
    assert "2027-01-05 09:00 UTC" in (await window(promised)).text()
    assert "in a review from 2 Dec on" in await refused(promised, await window(promised))


async def test_one_that_is_called_is_begun_before_its_time(promised: Stage) -> None:
    await take_turns(promised, "freya")
    await review_called(promised)
    form = await window(promised)
    assert "1 item (1 open)" in form.text()
    assert chosen(form) == promised.id_of("freya")
    assert (await form.submit()).closed
    await promised.settled()
    assert len(promised.posted("review", REVIEW_CHANNEL)) == 1
    (announced,) = promised.posted("review_called", REVIEW_CHANNEL)
    assert "was announced here. It began" in announced.words()


async def test_whoever_begins_it_may_have_somebody_else_chair(promised: Stage) -> None:
    await set_programme(promised, lead="lena")
    await take_turns(promised, "freya")
    await review_called(promised)
    await begun(promised, "lena", facilitator="mei")
    assert "chairs the monthly review" in chair_told(promised, "freya").words()
    assert "You chair" in chair_told(promised, "mei").words()


async def test_one_that_has_begun_meanwhile_is_not_begun_again(promised: Stage) -> None:
    await take_turns(promised, "freya")
    await review_called(promised)
    lenas = await window(promised, "freya")
    await promised.run_sql("UPDATE review SET started_at = called_at")
    assert "It has begun already, and Freya Lind chairs it" in await refused(promised, lenas)


async def test_under_way_it_leads_to_the_thread(promised: Stage) -> None:
    await begun(promised, facilitator="freya")
    said = await window(promised, "bob")
    assert "Go to its thread" in said.text()
    assert "0 of 1 decided" in said.text()
    await promised.person("freya").command(REVIEW_CHANNEL, "/postmortem review")
    await promised.settled()
    await promised.person("freya").press(action_id=PASS_REVIEW_ON)
    await promised.settled()
    assert (await promised.person("freya").modal()).title == "Pass the chair on"


async def test_a_silent_slack_still_says_how_far_it_is(promised: Stage) -> None:
    await begun(promised, facilitator="freya")
    promised.sandbox.faults.rate_limit("chat.getPermalink", retry_after=30)
    said = (await window(promised, "bob")).text()
    assert "Under way in" in said
    assert "Go to its thread" not in said


async def test_an_unknown_word_is_answered_with_those_there_are(slack: Stage) -> None:
    await slack.person("bob").command(CHANNEL, "/postmortem review tomorrow")
    await slack.settled()
    assert "/postmortem review calendar" in await slack.told("bob", "I know")


async def test_an_export_of_the_last_one_is_sent_once_there_is_one(promised: Stage) -> None:
    await begun(promised, facilitator="freya")
    await promised.person("bob").command(CHANNEL, "/postmortem review export")
    await promised.settled()
    assert "No monthly review" in await promised.told("bob", "No monthly review")
