"""Action items: at most three, each with an owner who can answer for it."""

import pytest

from blocks.postmortems import ACCEPT_RISK, ADD_ITEM, OPEN_FACTS
from domain.publishing import Publication
from sandbox import Modal
from sandbox.seeing import find_clickable
from storage import publishing
from tests.scenarios.deciding import edit_form, edited, window
from tests.scenarios.reviewing import DM, TEAM
from tests.scenarios.stage import CHANNEL, NOW, Stage

SIX = ("ana", "bob", "mei", "priya", "diego", "freya")
TODAY = NOW.date()


def text_of(form: Modal, field: str) -> object:
    return form.values[field]["value"]["value"]


async def test_an_item_shows_who_does_what_until_when(slack: Stage) -> None:
    await slack.started()
    await slack.promised(priority="P1")
    words = slack.card().words()
    assert "*1. Drain connections first*" in words
    assert "_Done when:_ A failover in staging loses no request" in words
    assert f"<@{slack.id_of('bob')}> · P1 · due 8 Dec 2026 · guardrail" in words


async def test_a_fourth_item_is_refused_in_the_form(slack: Stage) -> None:
    await slack.started()
    late = await slack.opened("mei", ADD_ITEM)
    for number in range(3):
        await slack.promised(what=f"Change {number}")
    answer = await late.fill(**slack.promise(what="One more")).submit()
    assert "at most 3 action items, and this one has them" in answer.errors["what"]
    assert "accept this as a risk" in answer.errors["what"]
    assert text_of(late, "what") == "One more"
    assert len(await slack.items()) == 3


async def test_with_three_items_the_card_offers_no_fourth(slack: Stage) -> None:
    await slack.started()
    assert find_clickable(slack.card().blocks, None, ADD_ITEM)
    for number in range(3):
        await slack.promised(what=f"Change {number}")
    assert not find_clickable(slack.card().blocks, None, ADD_ITEM)
    assert find_clickable(slack.card().blocks, None, ACCEPT_RISK)


@pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
async def test_of_six_people_at_once_exactly_three_are_kept(slack: Stage) -> None:
    await slack.started()
    for name in ("diego", "freya"):
        await slack.person(name).join(CHANNEL)
    forms = [await slack.opened(name, ADD_ITEM) for name in SIX]
    for name, form in zip(SIX, forms, strict=True):
        form.fill(**slack.promise(what=f"{name}'s change", owner=name))
    answers = await slack.at_once(*(form.submit() for form in forms))
    assert sorted(answer.closed for answer in answers) == [False] * 3 + [True] * 3
    assert {item.position for item in await slack.items()} == {1, 2, 3}
    left = [(name, form) for name, form in zip(SIX, forms, strict=True) if form.is_open]
    assert all(text_of(form, "what") == f"{name}'s change" for name, form in left)
    assert all("Change one of those" in form.errors["what"] for _, form in left)


async def test_a_tier_3_postmortem_holds_one_item(slack: Stage) -> None:
    await slack.started(severity="P3")
    late = await slack.opened("mei", ADD_ITEM)
    await slack.promised()
    answer = await late.fill(**slack.promise()).submit()
    assert "A tier 3 postmortem holds one action item, and it has one." in answer.errors["what"]
    assert len(await slack.items()) == 1


async def test_the_tier_cannot_be_lowered_under_its_items(slack: Stage) -> None:
    await slack.started(severity="P2")
    for number in range(3):
        await slack.promised(what=f"Change {number}")
    form = await slack.opened("ana", OPEN_FACTS)
    answer = await form.fill(severity="P3").submit()
    assert "Tier 3 holds 1 action item, this postmortem has 3." in answer.errors["tier_override"]
    again = form.fill(tier_override="2", tier_reason="Three changes came out of it")
    assert (await again.submit()).closed


async def test_an_item_can_be_changed(slack: Stage) -> None:
    await slack.started()
    await slack.promised()
    await edited(slack, "mei", what="Drain, then fail over", priority="P3")
    (item,) = await slack.items()
    assert (item.what, item.priority, item.position) == ("Drain, then fail over", "P3", 1)
    assert "*1. Drain, then fail over*" in slack.card().words()
    assert await slack.count("item_history") == 2


async def test_whoever_edits_an_item_second_sees_the_conflict(slack: Stage) -> None:
    await slack.started()
    await slack.promised()
    bobs = await edit_form(slack, "bob")
    await edited(slack, "ana", what="Ana's words")
    assert not (await bobs.fill(what="Bob's words").submit()).closed
    assert f"<@{slack.id_of('ana')}> changed the action item" in bobs.text()
    assert ">Ana's words" in bobs.text()
    assert text_of(bobs, "what") == "Bob's words"
    assert (await bobs.submit()).closed
    assert [item.what for item in await slack.items()] == ["Bob's words"]


async def test_a_double_click_on_add_makes_one_item(slack: Stage) -> None:
    await slack.started()
    form = (await slack.opened("ana", ADD_ITEM)).fill(**slack.promise())
    answers = await slack.at_once(form.submit(), form.submit())
    assert [answer.closed for answer in answers] == [True, True]
    assert len(await slack.items()) == 1


async def test_a_double_click_on_a_changed_item_is_no_conflict(slack: Stage) -> None:
    await slack.started()
    await slack.promised()
    form = (await edit_form(slack, "ana")).fill(what="Changed")
    answers = await slack.at_once(form.submit(), form.submit())
    assert [answer.closed for answer in answers] == [True, True]
    assert await slack.count("item_history") == 2
    assert slack.logged("form_overtaken") == []


async def test_saving_an_item_unchanged_adds_nothing_to_its_history(slack: Stage) -> None:
    await slack.started()
    await slack.promised()
    await edited(slack, "bob")
    assert await slack.count("item_history") == 1


@pytest.mark.parametrize("is_new", [True, False])
async def test_an_item_that_slack_sends_twice_is_stored_once(
    slack: Stage,
    is_new: bool,  # noqa: FBT001 - a column of the table
) -> None:
    await slack.started()
    await slack.promised()
    form = await (slack.opened("ana", ADD_ITEM) if is_new else edit_form(slack, "ana"))
    slack.sandbox.faults.ignore_acks(1)
    answer = await form.fill(**slack.promise(what="Something else")).submit()
    assert (answer.closed, answer.errors) == (True, {})
    assert await slack.count("item_history") == 2
    assert len(slack.logged("form_repeated")) == 1


async def test_once_it_is_published_an_item_changes_by_decisions_only(slack: Stage) -> None:
    await slack.started()
    await slack.promised()
    form = await edit_form(slack, "bob")
    async with slack.bot.database.sessions.begin() as session:
        publication = Publication(published_by="U1", published_at=NOW)
        await publishing.publish(session, TEAM, 1, publication)
    answer = await form.fill(what="Something else").submit()
    assert "its items change by decisions only" in answer.errors["what"]
    assert "Edit" not in (await window(slack, "bob")).text()
    assert [item.what for item in await slack.items()] == ["Drain connections first"]


async def test_an_item_that_passes_by_its_form_is_told_to_its_new_owner(slack: Stage) -> None:
    await slack.started()
    await slack.promised()
    await slack.told("bob", "PM-1/1 is yours", DM)
    await edited(slack, "ana", owner=slack.id_of("mei"))
    assert "Drain connections first" in await slack.told("mei", "PM-1/1 is yours now", DM)
