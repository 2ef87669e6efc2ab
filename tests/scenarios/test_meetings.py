"""A review: called, chaired by a peer, passed on, and started when the timeline is agreed."""

import pytest

from blocks.meetings import CALL_REVIEW, HAND_ON, START_REVIEW
from blocks.postmortems import OPEN_FACTS
from tests.scenarios.reviewing import (
    DM,
    agreed,
    begun,
    called,
    take_turns,
    told,
)
from tests.scenarios.stage import CHANNEL, Stage

PRIVATE = "#inc-auth-tokens"
both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)


async def suggested(slack: Stage, button: str = CALL_REVIEW, by: str = "ana") -> tuple[str, str]:
    """Give the handle of whoever is chosen in the form that asks for a chair, and its words."""
    form = await slack.opened(by, button)
    chosen = form.values["facilitator"]["value"]["selected_user"]
    people = slack.sandbox.workspace.people
    return (people[chosen].handle if chosen else ""), form.text()


@both_ways
async def test_the_chair_is_told_what_the_role_is(slack: Stage) -> None:
    await called(slack)
    said = told(slack, "freya").words()
    assert "You chair the review of PM-1" in said
    assert "Ask *what* and *how*, not *who*" in said
    assert f"chaired by <@{slack.id_of('freya')}>" in slack.card().words()


async def test_whoever_never_chaired_is_suggested_and_why(slack: Stage) -> None:
    await take_turns(slack, "ana", "otto", "pager", "lena")
    await slack.started()
    handle, said = await suggested(slack)
    assert handle == "lena"
    assert "who has not chaired yet" in said
    assert "Still missing for this tier: impact" in said
    assert "Not agreed to the timeline yet" in said


async def test_whoever_chaired_longest_ago_is_next(slack: Stage) -> None:
    await called(slack)
    await take_turns(slack, "freya", "lena")
    assert (await suggested(slack, HAND_ON))[0] == "lena"
    await slack.started("priya", "#inc-payments-webhooks", responders=[slack.id_of("diego")])
    form = await slack.opened("priya", CALL_REVIEW, "#inc-payments-webhooks")
    assert form.values["facilitator"]["value"]["selected_user"] == slack.id_of("lena")


async def test_where_nobody_is_named_a_peer_of_earlier_incidents_is_suggested(
    slack: Stage,
) -> None:
    await slack.started("priya", "#inc-payments-webhooks", responders=[slack.id_of("diego")])
    await slack.started()
    assert (await suggested(slack))[0] == "diego"


async def test_without_anybody_free_nobody_is_chosen(slack: Stage) -> None:
    await take_turns(slack, "ana")
    await slack.started()
    handle, said = await suggested(slack)
    assert handle == ""
    assert "choose any peer who was not in this incident" in said


async def test_a_slack_that_is_silent_still_lets_the_review_be_called(slack: Stage) -> None:
    await take_turns(slack, "freya")
    await slack.started()
    slack.sandbox.faults.rate_limit("users.info", retry_after=30)
    assert (await suggested(slack))[0] == ""


@pytest.mark.parametrize(
    ("chair", "words"),
    [
        ("bob", "Bob Okonjo responded to this incident"),
        ("otto", "Otto Brandt has left the workspace"),
        ("pager", "Pager is an app"),
    ],
)
async def test_who_cannot_chair_is_refused(slack: Stage, chair: str, words: str) -> None:
    await slack.started()
    form = (await slack.opened("ana", CALL_REVIEW)).fill(facilitator=slack.id_of(chair))
    assert words in (await form.submit()).errors["facilitator"]
    assert await slack.count("meeting") == 0


async def test_of_two_who_call_it_the_second_is_told(slack: Stage) -> None:
    await slack.started()
    bobs = (await slack.opened("bob", CALL_REVIEW)).fill(facilitator=slack.id_of("lena"))
    await slack.saved("ana", CALL_REVIEW, facilitator=slack.id_of("freya"))
    errors = (await bobs.submit()).errors
    assert "called already, and Freya Lind chairs it" in errors["facilitator"]
    assert slack.person("lena").messages(DM) == []


async def test_a_double_click_calls_one_review(slack: Stage) -> None:
    await slack.started()
    form = (await slack.opened("ana", CALL_REVIEW)).fill(facilitator=slack.id_of("freya"))
    answers = await slack.at_once(form.submit(), form.submit())
    assert [answer.closed for answer in answers] == [True, True]
    assert await slack.count("record WHERE event = 'review called'") == 1


async def test_the_chair_cannot_be_made_a_responder(slack: Stage) -> None:
    await called(slack)
    form = await slack.opened("ana", OPEN_FACTS)
    answer = await form.fill(responders=[slack.id_of("freya")]).submit()
    assert answer.errors == {
        "responders": "Freya Lind chairs the review of this incident. Pass the chair on first."
    }


@both_ways
async def test_an_agreed_review_starts_at_once_and_posts_its_agenda(slack: Stage) -> None:
    await begun(slack)
    assert "*Review* under way since" in slack.card().words()
    (agenda,) = slack.posted("agenda")
    assert "This incident* · 30 min" in agenda.words()
    assert "The review is under way" in told(slack, "freya").words()


async def test_only_the_chair_starts_it(slack: Stage) -> None:
    await called(slack)
    await slack.person("ana").click(CHANNEL, action_id=START_REVIEW)
    assert "Ask Freya Lind" in await slack.told("ana", "chairs this review and starts it")
    assert slack.posted("agenda") == []


async def test_without_everybodys_agreement_a_reason_is_asked_for_and_kept(slack: Stage) -> None:
    await called(slack)
    await agreed(slack, "ana", "bob", "mei")
    form = await slack.opened("freya", START_REVIEW, DM)
    assert f"<@{slack.id_of('priya')}>" in form.text()
    assert f"<@{slack.id_of('ana')}>" not in form.text()
    assert "Say why" in (await form.fill(without=" ").submit()).errors["without"]
    assert (await form.fill(without="On leave").submit()).closed
    await slack.settled()
    assert "before everybody agreed to the timeline, because:_ On leave" in slack.card().words()
    assert f"not agreed to by <@{slack.id_of('priya')}>" in slack.posted("agenda")[0].words()


async def test_a_double_click_starts_it_once(slack: Stage) -> None:
    await called(slack)
    form = (await slack.opened("freya", START_REVIEW, DM)).fill(without="On leave")
    answers = await slack.at_once(form.submit(), form.submit())
    assert [answer.closed for answer in answers] == [True, True]
    assert await slack.count("record WHERE event = 'review started'") == 1


async def test_started_from_the_window_the_window_shows_it(slack: Stage) -> None:
    await called(slack)
    await slack.run_sql("DELETE FROM responder")
    await slack.person("freya").join(CHANNEL)
    await slack.person("freya").command(CHANNEL, "/postmortem")
    window = await slack.person("freya").modal("Postmortem PM-1")
    await slack.person("freya").press(action_id=START_REVIEW)
    await slack.settled()
    assert "under way since" in window.text()


async def test_a_button_of_yesterday_says_that_it_has_begun(slack: Stage) -> None:
    await called(slack)
    await slack.run_sql("UPDATE meeting SET started_at = called_at")
    await slack.person("freya").click(DM, action_id=START_REVIEW)
    assert "has begun already" in await slack.told("freya", "begun already", DM)


async def test_a_review_that_nobody_called_cannot_start(slack: Stage) -> None:
    await called(slack)
    await slack.run_sql("DELETE FROM meeting")
    await slack.person("freya").click(DM, action_id=START_REVIEW)
    assert "Press Call the review" in await slack.told("freya", "Nobody has called", DM)


async def test_whoever_is_not_in_a_private_channel_cannot_chair_there(slack: Stage) -> None:
    await take_turns(slack, "freya", "diego")
    await slack.started(channel=PRIVATE, responders=[slack.id_of("ana")])
    form = await slack.opened("ana", CALL_REVIEW, PRIVATE)
    assert form.values["facilitator"]["value"]["selected_user"] == slack.id_of("diego")
    errors = (await form.fill(facilitator=slack.id_of("freya")).submit()).errors
    assert "Invite Freya Lind to it first" in errors["facilitator"]
    with slack.late("conversations.members"):
        assert "press again" in (await form.submit()).errors["facilitator"]
    assert (await form.fill(facilitator=slack.id_of("diego")).submit()).closed


async def test_a_paragraph_has_no_review_to_call(slack: Stage) -> None:
    await slack.started()
    form = (await slack.opened("ana", CALL_REVIEW)).fill(facilitator=slack.id_of("freya"))
    await slack.saved("bob", OPEN_FACTS, tier_override="3", tier_reason="A drill")
    assert "has no review" in (await form.submit()).errors["facilitator"]
