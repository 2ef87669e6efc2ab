"""A digest asks whether an accepted risk that ran out is still one, and says what came of that."""

from datetime import date
from typing import Any

import pytest

from blocks.postmortems import ACCEPT_RISK
from blocks.risk_buttons import END_RISK, RENEW_RISK
from tests.scenarios.hearing import digests, until
from tests.scenarios.reviewing import DM
from tests.scenarios.stage import Stage

DAY = "2026-12-04 09:30"


@pytest.fixture
async def asked(slack: Stage) -> Stage:
    """Bob hears that two risks ran out which he accepted."""
    await slack.started()
    for risk in ("Two regions fail at once", "A disk fills up"):
        said: dict[str, Any] = {"risk": risk, "reason": "Rare", "until": date(2026, 12, 4)}
        await slack.saved("ana", ACCEPT_RISK, accepter=slack.id_of("bob"), **said)
    await until(slack, DAY)
    assert digests(slack, "bob")[0].text == "2 accepted risks that ran out need you"
    return slack


@pytest.mark.parametrize(
    ("button", "typed", "says"),
    [
        (RENEW_RISK, {"until": date(2027, 3, 4)}, "a risk is accepted until 4 Mar 2027"),
        (END_RISK, {}, "a risk has ended"),
    ],
)
async def test_what_came_of_it_is_a_line_and_the_other_is_asked_for(
    asked: Stage, button: str, typed: dict[str, Any], says: str
) -> None:
    bob = asked.person("bob")
    await bob.click(DM, action_id=button)
    form = (await bob.modal()).fill(reason="As decided", **typed)
    assert (await form.submit()).closed
    await asked.settled()
    [said] = digests(asked, "bob")
    assert said.text == "1 accepted risk that ran out needs you"
    assert f":white_check_mark: *PM-1* {says}" in said.words()
