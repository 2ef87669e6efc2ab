"""Five whys that go past a person (rule 6), through the form."""

import pytest

from blocks.postmortems import OPEN_FACTS, OPEN_ROOT_CAUSE
from domain.passages import Passage
from sandbox import Modal
from storage import passages
from tests.scenarios.stage import CHANNEL, Stage

BOB = "Bob forgot to renew the certificate"
WHYS = {f"why_{place}": f"Because of condition {place}" for place in range(1, 6)}
QUESTION = f"“{BOB}” names a person or a mistake. Ask once more: what let that through?"


async def whys(slack: Stage) -> str:
    """The stored whys of the first postmortem."""
    async with slack.bot.database.sessions() as session:
        return (await passages.written(session, 1)).get(Passage.WHYS, "")


async def asked_again(slack: Stage, **typed: str) -> Modal:
    """The form after a why that names a person was saved."""
    await slack.started()
    form = (await slack.opened("ana", OPEN_ROOT_CAUSE)).fill(**typed)
    assert not (await form.submit()).closed
    return form


async def test_whys_are_kept_and_shown_again(slack: Stage) -> None:
    await slack.started()
    await slack.saved("ana", OPEN_ROOT_CAUSE, root_cause="The pool.", **WHYS)
    assert (await whys(slack)).splitlines() == list(WHYS.values())
    form = await slack.opened("bob", OPEN_ROOT_CAUSE)
    assert form.values["why_3"]["value"]["value"] == WHYS["why_3"]


async def test_a_gap_between_two_whys_is_closed(slack: Stage) -> None:
    await slack.started()
    await slack.saved("ana", OPEN_ROOT_CAUSE, why_2="It was full", why_4="No limit was set")
    assert await whys(slack) == "It was full\nNo limit was set"


@pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
async def test_a_why_that_names_a_person_asks_for_the_next_one(slack: Stage) -> None:
    form = await asked_again(slack, why_1="Clients refused the certificate", why_2=BOB)
    assert QUESTION in form.text()
    assert form.values["why_2"]["value"]["value"] == BOB
    assert await whys(slack) == ""
    assert (await form.fill(why_3="Nothing watches the end date").submit()).closed
    assert (await whys(slack)).splitlines()[1:] == [BOB, "Nothing watches the end date"]


async def test_a_sixth_why_is_asked_where_the_fifth_names_a_person(slack: Stage) -> None:
    form = await asked_again(slack, **{**WHYS, "why_5": BOB})
    assert (await form.fill(why_6="Nothing watches the end date").submit()).closed
    assert len((await whys(slack)).splitlines()) == 6


async def test_after_the_seventh_nothing_more_is_asked(slack: Stage) -> None:
    form = await asked_again(slack, **{**WHYS, "why_5": BOB})
    assert not (await form.fill(why_6=BOB).submit()).closed
    assert (await form.fill(why_7=BOB).submit()).closed


async def test_the_author_may_keep_a_why_that_names_a_person(slack: Stage) -> None:
    form = await asked_again(slack, **{**WHYS, "why_5": BOB})
    assert (await form.fill(keep_why="as_it_is").submit()).closed
    await slack.settled()
    assert BOB in await whys(slack)
    assert "a why that goes past a person" in slack.card().words()


async def test_a_why_that_was_kept_is_not_asked_about_again(slack: Stage) -> None:
    form = await asked_again(slack, why_1=BOB)
    await form.fill(keep_why="as_it_is").submit()
    again = await slack.opened("mei", OPEN_ROOT_CAUSE)
    assert (await again.fill(root_cause="Nothing watches the end date.").submit()).closed


async def test_an_unanswered_question_stays_and_holds_up_nothing_that_was_typed(
    slack: Stage,
) -> None:
    form = await asked_again(slack, why_1=BOB, root_cause="The certificate.")
    assert not (await form.submit()).closed
    assert form.text().count(QUESTION) == 1
    assert form.values["root_cause"]["value"]["value"] == "The certificate."


async def test_whoever_is_overtaken_sees_their_whys(slack: Stage) -> None:
    await slack.started()
    bobs = await slack.opened("bob", OPEN_ROOT_CAUSE)
    await slack.saved("ana", OPEN_ROOT_CAUSE, **WHYS)
    assert not (await bobs.fill(why_1="Mine").submit()).closed
    assert ">Why? Because of condition 5" in bobs.text()
    assert (await bobs.submit()).closed
    assert await whys(slack) == "Mine"


async def test_whys_survive_a_smaller_tier(slack: Stage) -> None:
    await slack.started()
    await slack.saved("ana", OPEN_ROOT_CAUSE, **WHYS)
    await slack.saved("ana", OPEN_FACTS, severity="P2")
    await slack.saved("bob", OPEN_ROOT_CAUSE, root_cause="The pool.")
    assert len((await whys(slack)).splitlines()) == 5


async def test_a_root_cause_that_names_a_person_is_hinted_at_once(slack: Stage) -> None:
    await slack.started(severity="P2")
    form = (await slack.opened("ana", OPEN_ROOT_CAUSE)).fill(root_cause=BOB)
    assert not (await form.submit()).closed
    assert ":bulb:" in form.text()
    assert (await form.submit()).closed
    await slack.settled()
    assert BOB in slack.card(CHANNEL).words()
