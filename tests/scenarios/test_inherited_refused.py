"""Inherited lines that somebody cannot decide: who can, who did already, or what else to do."""

from blocks.inherited_cards import ACCEPT_LINE, ADOPT_LINE, DROP_LINE
from domain.inherited import LineState
from tests.scenarios.deciding import led_by
from tests.scenarios.inherited import (
    TEXT,
    imported,
    join,
    lines_of,
    on_the_table,
    pressed,
    reviewed,
    shown,
    typed,
)
from tests.scenarios.stage import CHANNEL, Stage


async def test_where_no_postmortem_has_room_the_button_says_what_to_do(slack: Stage) -> None:
    await join(slack, "freya")
    await imported(slack, TEXT, "Another", facts={"tier_override": 3, "tier_reason": "x"})
    first, other = await reviewed(slack)
    await shown(slack, first)
    form = await pressed(slack, "freya", ADOPT_LINE)
    await form.fill(**typed(slack)).submit()
    await shown(slack, other)
    await slack.person("freya").click(CHANNEL, action_id=ADOPT_LINE)
    assert "Accept this line as a risk, or drop it." in await slack.told("freya", "no room")


async def test_of_two_who_decide_at_once_the_second_learns_who_and_what(slack: Stage) -> None:
    await led_by(slack, "mei")
    await join(slack, "freya", "mei")
    await on_the_table(slack, TEXT)
    late = (await pressed(slack, "mei", ADOPT_LINE)).fill(**typed(slack))
    form = await pressed(slack, "freya", DROP_LINE)
    assert (await form.fill(reason="Gone").submit()).closed
    answer = await late.submit()
    assert "Freya Lind has dropped this line already (Gone)." in str(answer.errors)
    await slack.person("freya").click(CHANNEL, action_id=ACCEPT_LINE)
    assert "Nothing is left to decide" in await slack.told("freya", "already")
    assert await slack.items() == []


async def test_whoever_neither_chairs_nor_leads_is_told_who_decides(slack: Stage) -> None:
    await led_by(slack, "mei")
    await on_the_table(slack, TEXT)
    await slack.person("bob").click(CHANNEL, action_id=DROP_LINE)
    said = await slack.told("bob", "chairs this review")
    assert f"<@{slack.id_of('freya')}> chairs this review and decides about inherited" in said
    assert f"<@{slack.id_of('mei')}>, who leads the programme" in said


async def test_when_the_review_is_closed_nothing_is_decided_any_more(slack: Stage) -> None:
    await join(slack, "freya")
    await on_the_table(slack, TEXT)
    form = await pressed(slack, "freya", DROP_LINE)
    await slack.run_sql("UPDATE review SET closed_at = started_at")
    answer = await form.fill(reason="Gone").submit()
    assert "is closed" in answer.errors["reason"]
    assert (await lines_of(slack))[0].state is LineState.UNDECIDED


async def test_a_private_line_is_read_only_by_whoever_may_and_dropped_unread(slack: Stage) -> None:
    await join(slack, "freya")
    await on_the_table(slack, TEXT, is_private=True)
    await slack.person("freya").click(CHANNEL, action_id=ADOPT_LINE)
    assert "only the programme lead may see it" in await slack.told("freya", "imported as private")
    form = await pressed(slack, "freya", DROP_LINE)
    assert TEXT not in form.text()
    assert (await form.fill(reason="Gone").submit()).closed
    assert (await lines_of(slack))[0].state is LineState.DROPPED
