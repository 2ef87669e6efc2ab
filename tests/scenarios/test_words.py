"""The language check in a form: a hint, the text untouched, and the next press saves (rule 4)."""

import pytest

from blocks.hints import SAVE_AS_IT_IS
from blocks.postmortems import ADD_ITEM, OPEN_FACTORS, OPEN_ROOT_CAUSE
from sandbox import Modal
from tests.scenarios.deciding import edited
from tests.scenarios.stage import Stage

VAGUE = "Improve monitoring"
PERSON = "The engineer ran the script against production"


def typed(form: Modal, field: str) -> object:
    return form.values[field]["value"]["value"]


@pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
async def test_a_hint_comes_first_and_the_second_press_saves(slack: Stage) -> None:
    await slack.started()
    form = await slack.opened("ana", OPEN_FACTORS)
    assert not (await form.fill(made_possible=PERSON).submit()).closed
    assert "“engineer ran”" in form.text()
    assert typed(form, "made_possible") == PERSON
    assert form.view["submit"]["text"] == SAVE_AS_IT_IS
    assert await slack.count("contributing_factor") == 0
    assert (await form.submit()).closed
    await slack.settled()
    assert f"•  {PERSON}" in slack.card().words()


async def test_an_item_gets_a_hint_at_each_of_its_texts(slack: Stage) -> None:
    await slack.started()
    form = await slack.opened("ana", ADD_ITEM)
    item = slack.promise(what=VAGUE, done_when="Monitoring is improved")
    assert not (await form.fill(**item).submit()).closed
    assert "“Improve monitoring”" in form.text()
    assert "“Monitoring is improved”" in form.text()
    assert await slack.items() == []
    assert (await form.submit()).closed
    assert [each.what for each in await slack.items()] == [VAGUE]
    assert len(slack.logged("form_hinted")) == 1


async def test_a_new_phrase_is_hinted_again_and_an_old_one_is_not(slack: Stage) -> None:
    await slack.started()
    form = await slack.opened("ana", OPEN_FACTORS)
    await form.fill(made_possible=PERSON).submit()
    both = f"{PERSON}\nHuman error"
    assert not (await form.fill(made_possible=both).submit()).closed
    assert "“Human error”" in form.text()
    assert "“engineer ran”" not in form.text()
    assert typed(form, "made_possible") == both
    assert (await form.submit()).closed
    assert await slack.count("contributing_factor") == 2


async def test_better_words_are_saved_at_once(slack: Stage) -> None:
    await slack.started()
    form = await slack.opened("ana", OPEN_FACTORS)
    await form.fill(made_possible=PERSON).submit()
    better = "The script runs against production unless a flag says otherwise"
    assert (await form.fill(made_possible=better).submit()).closed
    await slack.settled()
    assert better in slack.card().words()


async def test_a_conflict_comes_first_then_the_hint_then_it_is_saved(slack: Stage) -> None:
    await slack.started()
    bobs = await slack.opened("bob", OPEN_FACTORS)
    await slack.saved("ana", OPEN_FACTORS, slowed_detection="No alert on lag")
    assert not (await bobs.fill(made_possible=PERSON).submit()).closed
    assert "No alert on lag" in bobs.text()
    assert "“engineer ran”" not in bobs.text()
    assert not (await bobs.submit()).closed
    assert "No alert on lag" in bobs.text()
    assert "“engineer ran”" in bobs.text()
    assert (await bobs.submit()).closed
    assert await slack.count("contributing_factor") == 1


async def test_a_change_by_another_after_the_hint_is_a_conflict(slack: Stage) -> None:
    await slack.started()
    bobs = await slack.opened("bob", OPEN_FACTORS)
    await bobs.fill(made_possible=PERSON).submit()
    await slack.saved("ana", OPEN_FACTORS, slowed_detection="No alert on lag")
    assert not (await bobs.submit()).closed
    assert "No alert on lag" in bobs.text()
    assert typed(bobs, "made_possible") == PERSON
    assert (await bobs.submit()).closed


async def test_a_refusal_comes_before_a_hint(slack: Stage) -> None:
    await slack.started()
    form = await slack.opened("ana", ADD_ITEM)
    answer = await form.fill(**slack.promise(what=VAGUE, due_on="2026-01-01")).submit()
    assert list(answer.errors) == ["due_on"]
    assert slack.logged("form_hinted") == []


async def test_words_that_somebody_kept_are_not_hinted_at_the_next_change(slack: Stage) -> None:
    await slack.started()
    form = (await slack.opened("ana", ADD_ITEM)).fill(**slack.promise(what=VAGUE))
    await form.submit()
    assert (await form.submit()).closed
    await slack.settled()
    await edited(slack, "bob", priority="P3")
    await edited(slack, "bob", done_when="The dashboard shows the queue depth")
    assert len(slack.logged("form_hinted")) == 1


async def test_a_double_click_sees_one_hint_and_saves_nothing(slack: Stage) -> None:
    await slack.started()
    form = (await slack.opened("ana", OPEN_FACTORS)).fill(made_possible=PERSON)
    await slack.at_once(form.submit(), form.submit())
    assert form.is_open
    assert await slack.count("contributing_factor") == 0
    answers = await slack.at_once(form.submit(), form.submit())
    assert [answer.closed for answer in answers] == [True, True]
    assert await slack.count("contributing_factor") == 1


async def test_a_long_text_in_any_script_gets_its_hint(slack: Stage) -> None:
    await slack.started()
    lines = "\n".join([f"{'המאגר היה מלא 🔥 ' * 5}{PERSON} & <b>"] * 18)
    form = (await slack.opened("ana", OPEN_FACTORS)).fill(made_possible=lines)
    assert not (await form.submit()).closed
    assert form.text().count("“engineer ran”") == 1
    assert (await form.submit()).closed
    assert await slack.count("contributing_factor") == 18


async def test_a_responder_who_is_named_as_the_cause_gets_a_better_question(slack: Stage) -> None:
    await slack.started(responders=[slack.id_of("ana"), slack.id_of("bob")])
    form = await slack.opened("ana", OPEN_ROOT_CAUSE)

    answer = await form.fill(root_cause="Bob ran the script against production").submit()

    assert not answer.closed
    assert "“Bob" in form.text()
    assert (await form.submit()).closed
