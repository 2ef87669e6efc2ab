"""Contributing factors and root cause; and what happens when two people write at once."""

import pytest

from blocks.postmortems import ADD_ITEM, OPEN_FACTORS, OPEN_ROOT_CAUSE, OPEN_TIMELINE
from sandbox import Modal
from tests.scenarios.stage import Stage

FACTORS = {
    "made_possible": "• Pool sized for one region\n• No limit on retries",
    "slowed_detection": "The alert watched the average",
}


def typed(form: Modal, field: str) -> object:
    return form.values[field]["value"]["value"]


async def test_factors_are_kept_by_what_they_did(slack: Stage) -> None:
    await slack.started()
    await slack.saved("ana", OPEN_FACTORS, **FACTORS)
    form = await slack.opened("bob", OPEN_FACTORS)
    assert typed(form, "made_possible") == "Pool sized for one region\nNo limit on retries"
    assert typed(form, "slowed_detection") == "The alert watched the average"
    assert "_Slowed detection_\n•  The alert watched the average" in slack.card().words()


async def test_a_factor_that_an_item_answers_cannot_vanish(slack: Stage) -> None:
    await slack.started()
    await slack.saved("ana", OPEN_FACTORS, **FACTORS)
    await slack.promised(factor="No limit on retries")
    form = await slack.opened("bob", OPEN_FACTORS)
    answer = await form.fill(made_possible="Pool sized for one region").submit()
    assert answer.errors == {
        "made_possible": "Action item 1 answers “No limit on retries”. "
        "Keep the line, or choose another factor in that item first."
    }
    assert await slack.count("contributing_factor") == 3


async def test_a_reworded_factor_stays_the_one_its_item_answers(slack: Stage) -> None:
    await slack.started()
    await slack.saved("ana", OPEN_FACTORS, **FACTORS)
    await slack.promised(factor="No limit on retries")
    reworded = "Pool sized for one region\nRetries without a limit"
    await slack.saved("bob", OPEN_FACTORS, made_possible=reworded)
    assert "_Answers:_ Retries without a limit" in slack.card().words()


async def test_the_root_cause_is_kept_and_shown(slack: Stage) -> None:
    await slack.started()
    await slack.saved("ana", OPEN_ROOT_CAUSE, root_cause="First line.\nSecond line.")
    assert ">First line.\n>Second line." in slack.card().words()
    form = await slack.opened("bob", OPEN_ROOT_CAUSE)
    assert typed(form, "root_cause") == "First line.\nSecond line."


@pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
async def test_whoever_was_overtaken_sees_both_texts_and_can_save_theirs(slack: Stage) -> None:
    await slack.started()
    bobs = await slack.opened("bob", OPEN_ROOT_CAUSE)
    await slack.saved("ana", OPEN_ROOT_CAUSE, root_cause="The first words")
    assert not (await bobs.fill(root_cause="Other words").submit()).closed
    assert f"<@{slack.id_of('ana')}> changed the root cause" in bobs.text()
    assert ">The first words" in bobs.text()
    assert typed(bobs, "root_cause") == "Other words"
    assert (await bobs.submit()).closed
    await slack.settled()
    assert ">Other words" in slack.card().words()


async def test_being_overtaken_twice_warns_twice_and_shows_the_latest(slack: Stage) -> None:
    await slack.started()
    bobs = await slack.opened("bob", OPEN_ROOT_CAUSE)
    for words in ("A first text", "A second text"):
        await slack.saved("ana", OPEN_ROOT_CAUSE, root_cause=words)
        await bobs.fill(root_cause="Other words").submit()
    assert bobs.text().count("It now says") == 1
    assert ">A second text" in bobs.text()
    assert typed(bobs, "root_cause") == "Other words"


@pytest.mark.parametrize(
    ("button", "mine", "theirs"),
    [
        (OPEN_TIMELINE, {"entries": "09:05 mine"}, {"entries": "09:03 theirs"}),
        (OPEN_FACTORS, {"made_possible": "mine"}, {"slowed_detection": "theirs"}),
    ],
)
async def test_lists_of_lines_are_guarded_too(
    slack: Stage, button: str, mine: dict[str, str], theirs: dict[str, str]
) -> None:
    await slack.started()
    bobs = await slack.opened("bob", button)
    await slack.saved("ana", button, **theirs)
    assert not (await bobs.fill(**mine).submit()).closed
    assert "theirs" in bobs.text()
    ((field, words),) = mine.items()
    assert typed(bobs, field) == words
    assert (await bobs.submit()).closed


async def test_unrelated_sections_do_not_conflict(slack: Stage) -> None:
    await slack.started()
    bobs = await slack.opened("bob", OPEN_TIMELINE)
    meis = await slack.opened("mei", ADD_ITEM)
    await slack.saved("ana", OPEN_ROOT_CAUSE, root_cause="The pool.")
    assert (await bobs.fill(entries="14:03 failover").submit()).closed
    assert (await meis.fill(**slack.promise()).submit()).closed


@pytest.mark.parametrize(
    ("button", "field"), [(OPEN_TIMELINE, "entries"), (OPEN_ROOT_CAUSE, "root_cause")]
)
async def test_a_double_click_on_save_is_no_conflict(slack: Stage, button: str, field: str) -> None:
    await slack.started()
    form = (await slack.opened("ana", button)).fill(**{field: "14:03 failover"})
    answers = await slack.at_once(form.submit(), form.submit())
    assert [answer.closed for answer in answers] == [True, True]
    assert len(slack.logged("form_repeated")) == 1


async def test_a_section_that_slack_sends_twice_is_stored_once(slack: Stage) -> None:
    await slack.started()
    form = (await slack.opened("ana", OPEN_ROOT_CAUSE)).fill(root_cause="The pool.")
    slack.sandbox.faults.ignore_acks(1)
    assert (await form.submit()).closed
    assert len(slack.logged("form_repeated")) == 1
    assert slack.logged("form_overtaken") == []


async def test_a_factor_that_an_item_answers_can_be_moved_to_another_kind(slack: Stage) -> None:
    await slack.started()
    await slack.saved("ana", OPEN_FACTORS, made_possible="No limit on retries")
    await slack.promised(factor="No limit on retries")
    moved = {"made_possible": "", "slowed_detection": "No limit on retries"}
    await slack.saved("bob", OPEN_FACTORS, **moved)
    assert "_Slowed detection_\n•  No limit on retries" in slack.card().words()
    assert "_Answers:_ No limit on retries" in slack.card().words()
