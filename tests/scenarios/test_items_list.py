"""`/postmortem items`: what somebody has promised, and what everybody has."""

from dataclasses import replace

import pytest

from blocks.item_buttons import OPEN_ITEM, action_of
from blocks.items_list import TURN_ITEMS
from domain.action_items import Progress
from domain.decisions import Decision
from domain.item_search import PAGE
from sandbox import Modal
from storage import action_items
from tests.scenarios.stage import CHANNEL, NOW, Stage
from tests.storage.samples import ITEM, started

PRIVATE = "#inc-auth-tokens"


async def looking(slack: Stage, by: str, words: str = "") -> Modal:
    await slack.person(by).command(CHANNEL, f"/postmortem items {words}".strip())
    await slack.settled()
    return await slack.person(by).modal()


async def owning(slack: Stage, number: int) -> None:
    """Let Bob own so many items, each of a postmortem of its own."""
    team, mine = slack.sandbox.workspace.team_id, replace(ITEM, owner=slack.id_of("bob"))
    async with slack.bot.database.sessions.begin() as session:
        for each in range(number):
            made = await started(session, team, f"C{each}")
            await action_items.add(session, team, made.id, mine, by="U1", now=NOW, submission="")


@pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
async def test_somebody_sees_their_own_items_first(slack: Stage) -> None:
    await slack.started()
    await slack.promised(what="Drain connections", owner="bob")
    await slack.promised(what="Alert on the pool", owner="ana")

    found = (await looking(slack, "bob")).text()

    assert "1 item: 1 open" in found
    assert "*PM-1/1* Drain connections" in found
    assert "Alert on the pool" not in found


async def test_everybodys_items_are_chosen_in_the_window(slack: Stage) -> None:
    await slack.started()
    await slack.promised(what="Alert on the pool", owner="ana")
    found = await looking(slack, "bob")
    assert "You own no open action items." in found.text()

    await found.fill(whose="everybody").submit()

    assert "Alert on the pool" in (await slack.person("bob").modal()).text()


async def test_overdue_items_are_everybodys_whose_day_has_passed(slack: Stage) -> None:
    await slack.started()
    await slack.promised(due_on=NOW.date())
    assert "Nothing to show" in (await looking(slack, "ana", "overdue")).text()

    await slack.run_sql("UPDATE action_item SET due_on = '2026-11-20', reschedules = 3")

    assert "overdue by 4 days* · moved 3 times" in (await looking(slack, "ana", "overdue")).text()


async def test_the_items_of_a_service_are_listed_and_narrowed(slack: Stage) -> None:
    await slack.started()
    await slack.promised()
    found = await looking(slack, "ana", "CHECKOUT")
    assert "PM-1/1" in found.text()

    await found.fill(which="waiting for evidence").submit()

    assert "Nothing to show here" in (await slack.person("ana").modal()).text()


async def test_a_private_item_is_seen_by_its_members_and_its_owner(slack: Stage) -> None:
    await slack.started("ana", PRIVATE, title="Secret tokens leaked")
    await slack.promised("ana", PRIVATE, what="Rotate the secret", owner="bob")

    assert "Rotate the secret" in (await looking(slack, "ana", "all")).text()
    assert "Rotate the secret" in (await looking(slack, "bob")).text()
    assert "Rotate the secret" in (await looking(slack, "bob", "all")).text()
    stranger = (await looking(slack, "mei", "all")).text()
    assert "Rotate the secret" not in stranger
    assert "Nothing to show here" in stranger


async def test_the_items_of_somebody_else_are_found_by_name(slack: Stage) -> None:
    await slack.started()
    await slack.promised(owner="bob")
    name = slack.sandbox.workspace.person("bob").real_name

    found = await looking(slack, "ana", f"@{name.upper()}")

    assert "PM-1/1" in found.text()
    assert f"<@{slack.id_of('bob')}>" in found.text()


async def test_a_name_that_is_nobodys_is_refused_with_what_to_do(slack: Stage) -> None:
    await slack.started()

    await slack.person("ana").command(CHANNEL, "/postmortem items @nobody")

    said = await slack.told("ana", "I cannot tell whom you mean by @nobody")
    assert "/postmortem items all" in said


async def test_a_list_longer_than_a_page_is_turned(slack: Stage) -> None:
    bob = slack.person("bob")
    await owning(slack, PAGE + 2)
    assert f"Shown are 1 to {PAGE} of {PAGE + 2}" in (await looking(slack, "bob")).text()

    await bob.press(action_id=f"{TURN_ITEMS}.1")
    await slack.settled()

    assert f"Shown are {PAGE + 1} to {PAGE + 2} of {PAGE + 2}" in (await bob.modal()).text()


async def test_a_page_that_is_gone_meanwhile_shows_the_last_there_is(slack: Stage) -> None:
    bob = slack.person("bob")
    await owning(slack, PAGE + 1)
    await looking(slack, "bob")
    await slack.run_sql("UPDATE action_item SET state = 'cancelled' WHERE id > 3")

    await bob.press(action_id=f"{TURN_ITEMS}.1")
    await slack.settled()

    assert "PM-1/1" in (await bob.modal()).text()
    assert "Shown are" not in (await bob.modal()).text()


async def test_an_item_opens_from_the_list_and_can_be_decided_there(slack: Stage) -> None:
    await slack.started()
    await slack.promised(owner="bob")
    bob = slack.person("bob")
    await looking(slack, "bob")

    await bob.press(action_id=OPEN_ITEM)
    await slack.settled()
    assert "PM-1/1" in (await bob.modal()).title
    await bob.press(action_id=action_of(Decision.START))
    await slack.settled()
    answer = await (await bob.modal()).fill(words="The first half is in review").submit()

    assert answer.closed, answer.errors
    await slack.settled()
    assert [each.progress for each in await slack.items()] == [Progress.IN_PROGRESS]


async def test_the_list_below_is_current_after_a_decision_on_top_of_it(slack: Stage) -> None:
    await slack.started()
    await slack.promised(owner="bob")
    bob = slack.person("bob")
    await looking(slack, "bob", "CHECKOUT")
    await bob.press(action_id=OPEN_ITEM)
    await slack.settled()

    await bob.press(action_id=action_of(Decision.CANCEL))
    await slack.settled()
    assert (await (await bob.modal()).fill(words="No pool any more").submit()).closed
    await slack.settled()

    [below, item] = slack.sandbox.workspace.views.of(bob.id)
    assert "cancelled" in str(item)
    assert "Nothing to show here" in str(below)
    assert "CHECKOUT" in str(below)
