"""Whoever agreed before a change is asked anew in a while, or as soon as somebody asks (rule 7)."""

from datetime import timedelta

from blocks.agreements import AGREE, ASK
from blocks.postmortems import OPEN_TIMELINE
from tests.scenarios.stage import Stage
from tests.scenarios.test_agreements import DM, MORE, dms, later, press, team

__all__ = ["team"]


async def test_asking_sends_at_once_what_was_to_be_asked_in_a_while(team: Stage) -> None:
    await press(team, "bob", AGREE)
    await team.saved("ana", OPEN_TIMELINE, entries=MORE)
    assert dms(team, "bob") == []
    await press(team, "ana", ASK)
    said = await team.told("ana", "The timeline has changed:")
    assert f"<@{team.id_of('bob')}> was to be asked anew <!date^" in said
    assert "and is asked now." in said
    assert "Asked before" not in said
    assert [len(dms(team, who)) for who in ("bob", "mei")] == [1, 1]


async def test_the_question_comes_once_however_early(team: Stage) -> None:
    await press(team, "bob", AGREE)
    await team.saved("ana", OPEN_TIMELINE, entries=MORE)
    await press(team, "ana", ASK)
    await later(team)
    assert len(dms(team, "bob")) == 1
    await press(team, "bob", AGREE, DM)
    assert "You agreed to this timeline <!date^" in dms(team, "bob")[0].words()


async def test_after_a_clock_turned_by_weeks_one_reminder_comes(team: Stage) -> None:
    await press(team, "ana", ASK)
    await later(team, by=timedelta(days=14))
    reminders = [one for one in dms(team, "bob") if "Still waiting" in one.words()]
    assert len(reminders) == 1
