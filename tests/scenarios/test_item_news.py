"""Whoever needs to know of what was done to an item hears of it, once; peers read how it ends."""

from datetime import date

import pytest

from blocks.item_buttons import OPEN_ITEM, action_of
from blocks.risk_buttons import CONFIRM_RISK
from domain.decisions import Decision
from domain.news import CONFIRMED
from sandbox.seeing import find_clickable
from tests.scenarios.deciding import decided, history, led_by, promised, the_item, window
from tests.scenarios.following import heard, the_news, under_the_card
from tests.scenarios.reviewing import DM
from tests.scenarios.stage import Stage

PRIVATE = "#inc-auth-tokens"


async def test_an_owner_hears_what_somebody_else_wrote_down_for_them(slack: Stage) -> None:
    await promised(slack)
    [message] = heard(slack, "bob", "item_news")
    assert message.text.startswith("PM-1/1 is yours: Drain connections first, due ")
    assert f"<@{slack.id_of('ana')}> wrote it down." in message.text
    assert heard(slack, "ana", "item_news") == []
    await slack.person("bob").click(DM, action_id=OPEN_ITEM)
    assert "Drain connections first" in (await slack.person("bob").modal()).text()


async def test_whoever_writes_down_their_own_item_hears_nothing(slack: Stage) -> None:
    await slack.started()
    await slack.promised(by="bob")
    assert slack.person("bob").messages(DM) == []


async def test_an_owner_hears_what_the_lead_did_and_not_what_they_did(slack: Stage) -> None:
    await promised(slack)
    await led_by(slack, "mei")
    moved = {"day": date(2027, 1, 15), "words": "waiting for the vendor"}
    await decided(slack, "mei", Decision.RESCHEDULE, **moved)
    await decided(slack, "bob", Decision.BLOCK, words="the vendor is silent")
    [_, said] = the_news(slack, "bob")
    assert said == (
        f"<@{slack.id_of('mei')}>, who leads the programme, moved your item PM-1/1 to "
        "15 Jan 2027: waiting for the vendor."
    )
    assert the_news(slack, "mei") == []


async def test_how_an_item_ends_is_read_under_the_card_and_what_moves_it_is_not(
    slack: Stage,
) -> None:
    await promised(slack)
    moved = {"day": date(2027, 1, 15), "words": "waiting for the vendor"}
    await decided(slack, "bob", Decision.RESCHEDULE, **moved)
    assert under_the_card(slack) == []
    await decided(slack, "bob", Decision.CANCEL, words="The region is gone")
    bob = slack.sandbox.workspace.person("bob").real_name
    assert under_the_card(slack) == [f"{bob} cancelled PM-1/1: The region is gone."]


async def test_whoever_is_named_to_accept_the_risk_hears_of_it(slack: Stage) -> None:
    await promised(slack)
    risk = {"risk": "A failover loses requests", "words": "Rare", "day": date(2027, 3, 1)}
    await decided(slack, "bob", Decision.ACCEPT, person=slack.id_of("lena"), **risk)
    [said] = the_news(slack, "lena")
    assert "instead of PM-1/1: A failover loses requests. You answer for it until 1 Mar" in said


async def _accepted_for_lena(slack: Stage) -> None:
    await promised(slack)
    risk = {"risk": "A failover loses requests", "words": "Rare", "day": date(2027, 3, 1)}
    await decided(slack, "bob", Decision.ACCEPT, person=slack.id_of("lena"), **risk)


async def test_whoever_is_named_confirms_that_they_accept_the_risk(slack: Stage) -> None:
    await _accepted_for_lena(slack)
    await slack.person("lena").click(DM, action_id=CONFIRM_RISK)
    await slack.settled()
    [said] = heard(slack, "lena", "item_news")
    assert "You confirmed that you accept it." in said.words()
    assert find_clickable(said.blocks, None, CONFIRM_RISK) is None
    assert (await history(slack))[-1].event == CONFIRMED
    assert "confirmed that they accept the risk" in the_news(slack, "bob")[-1]


async def test_whoever_does_not_accept_the_risk_reopens_the_item(slack: Stage) -> None:
    await _accepted_for_lena(slack)
    await slack.person("lena").click(DM, action_id=action_of(Decision.REOPEN))
    await slack.settled()
    form = await slack.person("lena").modal()
    assert (await form.fill(words="I do not accept it").submit()).closed
    await slack.settled()
    assert (await the_item(slack)).is_open
    [said] = heard(slack, "lena", "item_news")
    assert "PM-1/1 was reopened since" in said.words()
    assert find_clickable(said.blocks, None, CONFIRM_RISK) is None


async def test_a_private_item_goes_by_its_key_to_all_but_its_owner(slack: Stage) -> None:
    await slack.started(channel=PRIVATE)
    await slack.promised(channel=PRIVATE, owner="ana", by="ana")
    asked = {"person": slack.id_of("lena"), "words": "You know the drains"}
    await window(slack, "ana", PRIVATE)
    await slack.person("ana").press(action_id=action_of(Decision.REASSIGN))
    await slack.settled()
    answer = await (await slack.person("ana").modal()).fill(**asked).submit()
    assert answer.closed, answer.errors
    await slack.settled()
    [question] = heard(slack, "lena", "handover")
    assert "Drain" not in question.words() + question.text
    assert "PM-1/1:* a private item" in question.words()


@pytest.mark.parametrize("words", ["<!channel> & <@U1>"])
async def test_reasons_are_shown_and_obeyed_by_nobody(slack: Stage, words: str) -> None:
    await promised(slack)
    await decided(slack, "bob", Decision.CANCEL, words=words)
    assert "&lt;!channel&gt; &amp; &lt;@U1&gt;" in under_the_card(slack)[0]
