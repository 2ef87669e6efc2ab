"""What scenarios about the settings of trackers need: the windows, the forms, what is kept."""

from collections.abc import Sequence
from typing import Any

from blocks.trackers import CHANGE_PLACE, TRACKER_PEOPLE, WHOSE
from domain.tickets import Place
from sandbox import Modal
from storage import ticket_places, tickets, workspaces
from tests.scenarios.reviewing import TEAM
from tests.scenarios.stage import NOW, Stage

JIRA = {"kind": "jira", "project": "SHOP", "board": "1"}


async def window(slack: Stage, by: str = "lena") -> Modal:
    """Give the window somebody opened with the command."""
    await slack.person(by).command("#general", "/postmortem settings trackers")
    await slack.settled()  # one that was open before gives way
    return await slack.person(by).modal("Trackers")


async def pressed(slack: Stage, button: str, by: str = "lena", **which: Any) -> Modal:
    """Give what is on the screen once somebody has pressed a button of the window there."""
    await slack.person(by).press(action_id=button, **which)
    await slack.settled()
    return await slack.person(by).modal()


async def place_form(slack: Stage, service: str = "", by: str = "lena") -> Modal:
    """Give the form of a place that somebody opened."""
    await window(slack, by)
    return await pressed(slack, CHANGE_PLACE, by, value=f"{WHOSE}{service}")


async def placed(slack: Stage, service: str = "", by: str = "lena", **typed: Any) -> str:
    """Let somebody set a place; give the window's words then."""
    answer = await (await place_form(slack, service, by)).fill(**{**JIRA, **typed}).submit()
    assert answer.closed, answer.errors
    await slack.settled()
    return (await slack.person(by).modal("Trackers")).text()


async def people(slack: Stage, by: str = "lena") -> Modal:
    """Give the window of the people in the trackers."""
    await window(slack, by)
    return await pressed(slack, TRACKER_PEOPLE, by)


async def places(slack: Stage) -> list[Place]:
    """Give where tickets are made."""
    async with slack.bot.database.sessions() as session:
        return await ticket_places.standing(session, TEAM)


async def all_kept(slack: Stage, kept: Sequence[Place]) -> None:
    """Let tickets be made in these places, which nobody has tried."""
    async with slack.bot.database.sessions.begin() as session:
        await workspaces.ensure(session, TEAM)
        for each in kept:
            await ticket_places.keep(session, TEAM, each, NOW)


async def where(slack: Stage, item_id: int = 1) -> int | None:
    """Give the place where an item has its ticket, or waits for it."""
    async with slack.bot.database.sessions() as session:
        ticket = await tickets.find(session, item_id)
    return None if ticket is None else ticket.place_id
