"""Things going wrong around the app: each is told to the person it concerns, in a sentence."""

import pytest

from blocks.postmortems import ADD_ITEM, OPEN_ROOT_CAUSE, OPEN_TIMELINE
from tests.scenarios.stage import CHANNEL, FACTS, Stage

both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
DM = "@closed_loop"


async def test_a_card_of_a_postmortem_that_is_gone_says_so(slack: Stage) -> None:
    await slack.started()
    await slack.run_sql("DELETE FROM postmortem")
    await slack.person("bob").click(CHANNEL, action_id=OPEN_ROOT_CAUSE)
    said = await slack.told("bob", "not in this workspace any more, or never was")
    assert "Run `/postmortem` in the incident's channel to start one." in said
    assert slack.card().only_for is None


async def test_a_form_of_a_postmortem_that_is_gone_says_so(slack: Stage) -> None:
    await slack.started()
    form = await slack.opened("bob", OPEN_ROOT_CAUSE)
    await slack.run_sql("DELETE FROM postmortem")
    await form.fill(root_cause="Mine").submit()
    assert form.title == "Not found"
    assert "Run `/postmortem` in the incident's channel to start one." in form.text()


@both_ways
async def test_a_form_that_cannot_be_stored_keeps_what_was_typed(slack: Stage) -> None:
    form = (await slack.start_form()).fill(**FACTS)
    await slack.run_sql("DROP TABLE section_edit")
    answer = await form.submit()
    (sentence,) = answer.errors.values()
    (line,) = slack.logged("request_failed")
    assert f"give your administrator this reference: {line['request_id']}." in sentence
    assert "Nothing you typed is lost" in sentence
    assert (line["user"], line["asked"]) == (slack.id_of("ana"), "start_postmortem")
    assert "SELECT" not in sentence


async def test_a_form_that_cannot_be_opened_is_told_beside_the_click(slack: Stage) -> None:
    await slack.started()
    await slack.run_sql("DROP TABLE timeline_entry")
    await slack.person("bob").click(CHANNEL, action_id=OPEN_TIMELINE)
    said = await slack.told("bob", "Something went wrong on our side")
    (line,) = slack.logged("form_not_opened")
    assert f"this reference: {line['request_id']}." in said
    assert line["asked"] == OPEN_TIMELINE
    assert (line["user"], line["team"]) == (slack.id_of("bob"), "T0SANDBOX01")


async def test_a_command_that_cannot_be_answered_is_told_to_its_caller(slack: Stage) -> None:
    await slack.run_sql("DROP TABLE responder")
    await slack.person("ana").command(CHANNEL, "/postmortem")
    said = await slack.told("ana", "Something went wrong on our side")
    assert slack.logged("form_not_opened")[0]["request_id"] in said


async def test_a_trigger_that_ran_out_asks_for_another_try(slack: Stage) -> None:
    slack.sandbox.faults.trigger_seconds = 0
    await slack.person("ana").command(CHANNEL, "/postmortem")
    said = await slack.told("ana", "Slack gives an app three seconds to open a form")
    assert "please try again" in said


async def test_a_lost_acknowledgement_opens_one_form_and_says_nothing_false(slack: Stage) -> None:
    slack.sandbox.faults.ignore_acks(1)
    await slack.person("ana").command(CHANNEL, "/postmortem")
    await slack.settled()
    assert len(slack.sandbox.workspace.views.of(slack.id_of("ana"))) == 1
    assert [one for one in slack.person("ana").messages(CHANNEL) if one.only_for] == []
    assert len(slack.logged("form_open_already")) == 1


@both_ways
async def test_without_its_database_a_form_stays_open_and_can_be_sent_later(slack: Stage) -> None:
    form = (await slack.start_form()).fill(**FACTS)
    async with slack.without_database():
        answer = await form.submit()
        assert "Nothing you typed is lost: please try again" in next(iter(answer.errors.values()))
    assert (await form.submit()).closed
    assert await slack.count("postmortem") == 1


async def test_what_goes_wrong_inside_a_form_is_told_by_direct_message(slack: Stage) -> None:
    await slack.started()
    bob = slack.person("bob")
    await bob.command(CHANNEL, "/postmortem")
    await bob.modal("Postmortem PM-1")
    for number in range(3):
        await slack.promised(what=f"Change {number}")
    await bob.press(action_id=ADD_ITEM)
    said = await slack.told("bob", "at most 3 action items", DM)
    assert "Change one of those, or accept this as a risk." in said
    assert (await bob.modal()).title == "Postmortem PM-1"
