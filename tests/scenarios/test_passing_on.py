"""The chair of a review passed on: by whoever chairs, whoever called it, and nobody else."""

from blocks.meetings import HAND_ON
from sandbox.posting import deactivate
from tests.scenarios.reviewing import called, passed_on, told
from tests.scenarios.stage import CHANNEL, Stage


async def test_passing_on_tells_the_next_and_thanks_the_first(slack: Stage) -> None:
    await called(slack)
    await passed_on(slack, "freya", "lena", reason="On leave until Thursday")
    assert (
        f"<@{slack.id_of('lena')}> chairs the review of PM-1 instead"
        in told(slack, "freya").words()
    )
    said = told(slack, "lena").words()
    assert f"<@{slack.id_of('freya')}> passed it on to you" in said
    assert ">On leave until Thursday" in said
    assert f"chaired by <@{slack.id_of('lena')}>" in slack.card().words()


async def test_whoever_called_it_may_pass_it_on_and_a_stranger_may_not(slack: Stage) -> None:
    await called(slack)
    await slack.person("bob").click(CHANNEL, action_id=HAND_ON)
    sentence = "Freya Lind chairs this review. Only the chair, whoever called the review"
    assert sentence in await slack.told("bob", "chairs this review")
    await passed_on(slack, "ana", "lena", CHANNEL)
    assert "You chair the review" in told(slack, "lena").words()


async def test_the_chair_is_passed_on_once(slack: Stage) -> None:
    await called(slack)
    anas = (await slack.opened("ana", HAND_ON)).fill(facilitator=slack.id_of("diego"))
    await passed_on(slack, "freya", "lena")
    errors = (await anas.submit()).errors
    assert "passed on to Lena Vogt while you had this open" in errors["facilitator"]
    await anas.close()
    same = (await slack.opened("ana", HAND_ON)).fill(facilitator=slack.id_of("lena"))
    assert "Lena Vogt chairs it already" in (await same.submit()).errors["facilitator"]


async def test_a_double_click_passes_it_on_once(slack: Stage) -> None:
    await called(slack)
    form = (await slack.opened("ana", HAND_ON)).fill(facilitator=slack.id_of("lena"))
    answers = await slack.at_once(form.submit(), form.submit())
    assert [answer.closed for answer in answers] == [True, True]
    assert await slack.count("record WHERE event = 'chair passed on'") == 1


async def test_a_chair_who_left_is_replaced_by_whoever_called_it(slack: Stage) -> None:
    await called(slack)
    deactivate(slack.sandbox.workspace, slack.id_of("freya"))
    await slack.settled()
    await passed_on(slack, "ana", "lena", CHANNEL)
    assert f"chaired by <@{slack.id_of('lena')}>" in slack.card().words()
