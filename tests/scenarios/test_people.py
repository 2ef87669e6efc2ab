"""Who somebody is: remembered, kept fresh, and asked of a Slack that may not answer."""

from datetime import timedelta

from blocks.postmortems import ACCEPT_RISK, ADD_ITEM, OPEN_TIMELINE
from sandbox.posting import deactivate
from tests.scenarios.stage import NOW, Stage

TWO_DAYS = timedelta(days=2)
DM = "@closed_loop"


async def test_what_slack_says_of_a_person_is_taken_over(slack: Stage) -> None:
    await slack.started()
    assert "America/New_York" in (await slack.opened("ana", OPEN_TIMELINE)).text()
    account = slack.person("ana").account
    account.tz = "Europe/Berlin"
    user = account.to_api("T0SANDBOX01", NOW)
    slack.sandbox.workspace.emit({"type": "user_change", "user": user})
    await slack.settled()
    await (await slack.person("ana").modal()).close()
    assert "Europe/Berlin" in (await slack.opened("ana", OPEN_TIMELINE)).text()


async def test_an_owner_who_leaves_after_being_met_is_refused(slack: Stage) -> None:
    await slack.started()
    await slack.promised(owner="mei")
    deactivate(slack.sandbox.workspace, slack.id_of("mei"))
    await slack.settled()
    form = (await slack.opened("ana", ADD_ITEM)).fill(**slack.promise(owner="mei"))
    assert "Mei Tanaka has left the workspace" in (await form.submit()).errors["owner"]


async def test_nobody_is_remembered_who_was_never_met(slack: Stage) -> None:
    deactivate(slack.sandbox.workspace, slack.id_of("lena"))
    await slack.settled()
    assert await slack.count("person") == 0


async def test_a_slack_that_does_not_say_who_the_owner_is_asks_for_another_press(
    slack: Stage,
) -> None:
    await slack.started()
    form = (await slack.opened("ana", ADD_ITEM)).fill(**slack.promise(owner="diego"))
    with slack.late("users.info"):
        answer = await form.submit()
    assert answer.errors == {
        "owner": "Slack did not say in time who this is. Nothing is lost: press Save again."
    }
    assert (await form.submit()).closed


async def test_a_slack_that_fails_does_not_lose_an_item(slack: Stage) -> None:
    await slack.started()
    form = (await slack.opened("ana", ADD_ITEM)).fill(**slack.promise(owner="diego"))
    slack.sandbox.faults.down()
    answer = await form.submit()
    assert "press Save again" in answer.errors["owner"]
    slack.sandbox.faults.down(on=False)
    assert (await form.submit()).closed


async def test_a_timeline_opens_in_utc_when_slack_does_not_say_where_somebody_is(
    slack: Stage,
) -> None:
    await slack.started("bob")
    await slack.run_sql("DELETE FROM person")
    slack.sandbox.faults.rate_limit("users.info", retry_after=30)
    assert "Times are read in *UTC*" in (await slack.opened("ana", OPEN_TIMELINE)).text()


async def test_a_risk_is_asked_for_again_at_its_own_field(slack: Stage) -> None:
    await slack.started()
    whole = {"risk": "Two regions fail", "reason": "Rare", "accepter": slack.id_of("lena")}
    form = (await slack.opened("ana", ACCEPT_RISK)).fill(**whole)
    slack.sandbox.faults.down(status=503)
    assert list((await form.submit()).errors) == ["accepter"]


async def test_an_owner_who_left_unheard_is_asked_for_again_after_a_day(slack: Stage) -> None:
    await slack.started()
    await slack.promised(owner="mei")
    slack.person("mei").account.deleted = True  # and no event tells of it
    await slack.passes(TWO_DAYS)
    form = (await slack.opened("ana", ADD_ITEM)).fill(**slack.promise(owner="mei"))
    assert "Mei Tanaka has left the workspace" in (await form.submit()).errors["owner"]


async def test_an_accepter_who_left_unheard_is_asked_for_again_after_a_day(slack: Stage) -> None:
    await slack.started()
    await slack.promised(owner="mei")
    slack.person("mei").account.deleted = True
    await slack.passes(TWO_DAYS)
    whole = {"risk": "Two regions fail", "reason": "Rare", "accepter": slack.id_of("mei")}
    form = (await slack.opened("ana", ACCEPT_RISK)).fill(**whole)
    assert "Mei Tanaka has left the workspace" in (await form.submit()).errors["accepter"]


async def test_of_a_silent_slack_the_old_answer_about_an_owner_holds(slack: Stage) -> None:
    await slack.started()
    await slack.promised(owner="mei")
    await slack.passes(TWO_DAYS)
    form = (await slack.opened("ana", ADD_ITEM)).fill(**slack.promise(owner="mei"))
    slack.sandbox.faults.down()
    assert (await form.submit()).closed
    slack.sandbox.faults.down(on=False)


async def test_choosing_an_owner_asks_again_so_that_saving_need_not(slack: Stage) -> None:
    await slack.started()
    await slack.promised(owner="mei")
    await slack.passes(TWO_DAYS)
    form = await slack.opened("ana", ADD_ITEM)
    asked = len(slack.sandbox.calls_of("users.info"))
    await form.choose("owner", slack.id_of("mei"))
    await slack.settled()
    assert len(slack.sandbox.calls_of("users.info")) > asked
    asked = len(slack.sandbox.calls_of("users.info"))
    assert (await form.fill(**slack.promise(owner="mei")).submit()).closed
    assert len(slack.sandbox.calls_of("users.info")) == asked


async def test_where_somebody_is_may_be_known_of_old(slack: Stage) -> None:
    await slack.started()
    await slack.promised()
    await slack.passes(TWO_DAYS)
    asked = len(slack.sandbox.calls_of("users.info"))
    await slack.opened("ana", OPEN_TIMELINE)
    assert len(slack.sandbox.calls_of("users.info")) == asked


async def test_choosing_an_owner_while_slack_is_slow_bothers_nobody(slack: Stage) -> None:
    await slack.started()
    form = await slack.opened("ana", ADD_ITEM)
    slack.sandbox.faults.rate_limit("users.info", retry_after=30)
    await form.choose("owner", slack.id_of("diego"))
    await slack.settled()
    assert len(slack.logged("people_unknown")) == 1
    assert slack.person("ana").messages(DM) == []


async def test_one_lost_reply_does_not_cost_another_press(slack: Stage) -> None:
    await slack.started()
    form = (await slack.opened("ana", ADD_ITEM)).fill(**slack.promise(owner="diego"))
    slack.sandbox.faults.drop_reply("users.info")
    assert (await form.submit()).closed
