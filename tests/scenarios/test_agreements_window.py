"""Agreeing in the window where the whole timeline is read (rule 7)."""

from blocks.agreements import AGREE, ASK
from blocks.whole_timeline import READ_TIMELINE
from sandbox import Modal
from tests.scenarios.stage import Stage
from tests.scenarios.test_agreements import DM, dms, press, team

__all__ = ["team"]


async def window_of(slack: Stage, who: str) -> Modal:
    await press(slack, who, READ_TIMELINE, DM)
    return await slack.person(who).modal("PM-1 · Timeline")


async def test_whoever_was_asked_agrees_where_they_read(team: Stage) -> None:
    await press(team, "ana", ASK)
    window = await window_of(team, "bob")
    assert "adds what is missing." in window.text()
    await team.person("bob").press(action_id=AGREE)
    await team.settled()
    assert "You agreed to this timeline" in window.text()
    assert "You agreed to this timeline" in dms(team, "bob")[0].words()
    assert "agreed by 1 of 3" in team.card().words()
