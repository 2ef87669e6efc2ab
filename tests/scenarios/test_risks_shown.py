"""Whatever shows its accepter a risk says how that is now, whoever ended it."""

from datetime import date

from domain.decisions import Decision
from tests.scenarios.deciding import decided, promised
from tests.scenarios.hearing import digests, until
from tests.scenarios.stage import Stage
from tests.scenarios.test_risks_running_out import accepted, renewed

RISK = {"risk": "A failover loses requests", "words": "Rare", "day": date(2026, 12, 3)}


async def test_an_item_that_is_reopened_asks_nobody_about_its_risk_any_more(slack: Stage) -> None:
    await promised(slack)
    await decided(slack, "bob", Decision.ACCEPT, person=slack.id_of("mei"), **RISK)
    await until(slack, "2026-12-04 04:00")
    [asked] = digests(slack, "mei")
    assert "A failover loses requests" in asked.words()
    again = {"day": date(2027, 1, 15), "words": "It happened again"}
    await decided(slack, "bob", Decision.REOPEN, **again)
    [asked] = digests(slack, "mei")
    assert "A failover loses requests" not in asked.words()


async def test_a_risk_that_is_accepted_again_is_gone_from_home(slack: Stage) -> None:
    await accepted(slack)
    await until(slack, "2026-12-04 04:00")
    mei = slack.person("mei")
    await mei.open_home()
    await mei.home_with("Two regions fail at once")
    await renewed(slack, "mei", until=date(2027, 3, 4))
    await mei.home_with("You own no open action item.")
