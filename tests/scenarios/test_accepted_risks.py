"""A risk accepted by somebody instead of an action item nobody owns."""

from datetime import timedelta

import pytest

from blocks.action_items import ACCEPT_INSTEAD
from blocks.postmortems import ACCEPT_RISK, ADD_ITEM
from tests.scenarios.stage import NOW, Stage

TODAY = NOW.date()


async def test_without_an_owner_the_risk_is_accepted_instead(slack: Stage) -> None:
    await slack.started()
    (await slack.opened("ana", ADD_ITEM)).fill(what="Survive losing two regions")
    await slack.person("ana").press(action_id=ACCEPT_INSTEAD)
    form = await slack.person("ana").modal("PM-1 · Accept a risk")
    reason = form.values["reason"]["value"]["value"]
    assert reason == "Nobody owns this change: Survive losing two regions"
    typed = {"risk": "Two regions fail at once", "accepter": slack.id_of("lena")}
    assert (await form.fill(**typed).submit()).closed
    await slack.settled()
    assert f"accepted by <@{slack.id_of('lena')}> until 23 May 2027" in slack.card().words()


async def test_who_thinks_better_of_it_finds_the_item_as_it_was_typed(slack: Stage) -> None:
    await slack.started()
    typed = {"what": "Survive losing two regions", "done_when": "A drill in staging"}
    (await slack.opened("ana", ADD_ITEM)).fill(**typed)
    await slack.person("ana").press(action_id=ACCEPT_INSTEAD)
    await (await slack.person("ana").modal("PM-1 · Accept a risk")).close()
    form = await slack.person("ana").modal("PM-1 · Action item")
    assert form.values["done_when"]["value"]["value"] == "A drill in staging"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"accepter": "pager"}, "accepter"),
        ({"until": TODAY}, "until"),
        ({"until": TODAY + timedelta(days=400)}, "until"),
        ({"reason": " "}, "reason"),
    ],
)
async def test_a_risk_nobody_can_answer_for_is_refused(
    slack: Stage, typed: dict[str, object], field: str
) -> None:
    await slack.started()
    whole = {"risk": "Two regions fail", "reason": "Rare", "accepter": "lena", **typed}
    whole["accepter"] = slack.id_of(str(whole["accepter"]))
    form = (await slack.opened("ana", ACCEPT_RISK)).fill(**whole)
    assert list((await form.submit()).errors) == [field]
    assert await slack.count("accepted_risk") == 0


async def test_a_double_click_on_accept_records_one_risk(slack: Stage) -> None:
    await slack.started()
    whole = {"risk": "Two regions fail", "reason": "Rare", "accepter": slack.id_of("lena")}
    form = (await slack.opened("ana", ACCEPT_RISK)).fill(**whole)
    await slack.at_once(form.submit(), form.submit())
    assert await slack.count("accepted_risk") == 1
