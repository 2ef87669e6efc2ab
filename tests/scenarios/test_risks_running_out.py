"""An accepted risk whose date comes is looked at again: accepted for longer, or none any more."""

from datetime import date, timedelta
from typing import Any

import pytest

from blocks.postmortems import ACCEPT_RISK
from blocks.risk_buttons import END_RISK, RENEW_RISK
from sandbox import Modal
from storage import accepted_risks
from tests.scenarios.deciding import led_by
from tests.scenarios.following import DAY, heard, leaves
from tests.scenarios.reviewing import DM
from tests.scenarios.stage import CHANNEL, NOW, Stage

UNTIL = NOW.date() + timedelta(days=10)


async def accepted(slack: Stage, by: str = "mei") -> None:
    """Let Ana write down a risk that somebody accepts for ten days."""
    await slack.started()
    risk: dict[str, Any] = {"risk": "Two regions fail at once", "reason": "Rare", "until": UNTIL}
    await slack.saved("ana", ACCEPT_RISK, accepter=slack.id_of(by), **risk)


async def looked_at(slack: Stage, by: str = "mei") -> Modal:
    """Give the form that somebody opened on the card."""
    await slack.person(by).click(CHANNEL, action_id=RENEW_RISK)
    return await slack.person(by).modal("PM-1 · Accepted risk")


async def renewed(slack: Stage, by: str, **typed: Any) -> None:
    """Let somebody accept it for longer."""
    wanted = {"reason": "A fix takes a quarter", "until": UNTIL + 90 * DAY, **typed}
    answer = await (await looked_at(slack, by)).fill(**wanted).submit()
    assert answer.closed, answer.errors
    await slack.settled()


async def test_whoever_is_named_hears_what_they_answer_for(slack: Stage) -> None:
    await accepted(slack)
    [said] = heard(slack, "mei", "risk_news")
    assert "a risk of PM-1: Two regions fail at once. You answer for it until 4 Dec" in said.text
    await slack.person("mei").click(DM, action_id=END_RISK)
    assert "Two regions fail at once" in (await slack.person("mei").modal()).text()


async def test_a_risk_is_accepted_again_with_a_reason_and_on_record(slack: Stage) -> None:
    await accepted(slack)
    await renewed(slack, "mei")
    assert "until 4 Mar 2027" in slack.card().words()
    assert await slack.count("record WHERE event = 'risk accepted again'") == 1
    async with slack.bot.database.sessions() as session:
        [risk] = await accepted_risks.risks(session, 1)
    assert (risk.renewals, risk.reason) == (1, "A fix takes a quarter")


async def test_a_risk_that_is_none_any_more_ends_and_the_card_says_so(slack: Stage) -> None:
    await accepted(slack)
    await looked_at(slack)
    await slack.person("mei").press(action_id=END_RISK)
    await slack.settled()
    form = await slack.person("mei").modal()
    assert (await form.fill(reason="The second region is gone").submit()).closed
    await slack.settled()
    assert "ended 24 Nov 2026" in slack.card().words()
    assert await slack.count("record WHERE event = 'risk ended'") == 1
    assert await slack.count("accepted_risk WHERE hear_at IS NOT NULL") == 0


async def test_a_stranger_reads_who_decides_and_the_lead_may(slack: Stage) -> None:
    await accepted(slack)
    await slack.person("bob").click(CHANNEL, action_id=RENEW_RISK)
    sentence = "Mei Tanaka accepted this risk and decides about it. Ask them."
    assert sentence in await slack.told("bob", "accepted this risk")
    await led_by(slack, "bob")
    await renewed(slack, "bob")
    assert f"accepted by <@{slack.id_of('bob')}>" in slack.card().words()


async def test_anybody_may_where_the_accepter_has_left_and_nobody_leads(slack: Stage) -> None:
    await accepted(slack)
    await leaves(slack, "mei")
    await renewed(slack, "bob")
    assert await slack.count("record WHERE event = 'risk accepted again'") == 1


async def test_whoever_is_slower_looks_at_it_again(slack: Stage) -> None:
    await accepted(slack)
    await led_by(slack, "bob")
    slow = (await looked_at(slack, "bob")).fill(reason="Rare", until=UNTIL + 30 * DAY)
    await renewed(slack, "mei")
    assert "Somebody accepted this risk again" in (await slow.submit()).errors["reason"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"reason": " "}, "reason"), ({"until": date(2026, 1, 1)}, "until")],
)
async def test_what_the_rules_ask_is_asked_again(
    slack: Stage, typed: dict[str, object], field: str
) -> None:
    await accepted(slack)
    whole = {"reason": "Rare", "until": UNTIL + DAY, **typed}
    assert list((await (await looked_at(slack)).fill(**whole).submit()).errors) == [field]


async def test_a_risk_that_ran_out_is_marked_where_it_is_shown(slack: Stage) -> None:
    await accepted(slack)
    assert "ran out" not in slack.card().words()
    await slack.passes(11 * DAY)
    await slack.person("ana").command(CHANNEL, "/postmortem")
    assert "ran out: is it still right not to act?" in (await slack.person("ana").modal()).text()
