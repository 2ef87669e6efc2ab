"""What scenarios about reviews need: who takes turns, who agrees, and how a review is called."""

from typing import Any

from blocks.meetings import CALL_REVIEW, HAND_ON, START_REVIEW
from blocks.postmortems import OPEN_TIMELINE
from sandbox.messages import Message
from storage import agreements, meetings, workspaces
from tests.scenarios.stage import CHANNEL, NOW, Stage

DM = "@closed_loop"
TEAM = "T0SANDBOX01"


async def take_turns(slack: Stage, *names: str) -> None:
    """Let these take turns at chairing."""
    people = [slack.id_of(name) for name in names]
    async with slack.bot.database.sessions.begin() as session:
        await workspaces.ensure(session, TEAM)
        await meetings.name_facilitators(session, TEAM, people)


async def agreed(slack: Stage, *names: str, which: int = 1) -> None:
    """Give the channel's postmortem, with this id, a timeline to which these have agreed."""
    await slack.saved("ana", OPEN_TIMELINE, entries="14:03 failover started")
    async with slack.bot.database.sessions.begin() as session:
        for name in names:
            await agreements.agree(session, TEAM, which, slack.id_of(name), NOW)


async def called(slack: Stage, chair: str = "freya", channel: str = CHANNEL) -> None:
    """Let Ana start the channel's postmortem and call its review, with this chair."""
    await take_turns(slack, chair)
    await slack.started(channel=channel)
    await slack.saved("ana", CALL_REVIEW, channel, facilitator=slack.id_of(chair))


async def begun(slack: Stage, which: int = 1) -> None:
    """Let Freya start a review to whose timeline everybody has agreed."""
    await take_turns(slack, "freya")
    await slack.started(responders=[slack.id_of("ana")])
    await agreed(slack, "ana", which=which)
    await slack.saved("ana", CALL_REVIEW, facilitator=slack.id_of("freya"))
    await slack.person("freya").click(DM, action_id=START_REVIEW)
    await slack.settled()


async def passed_on(slack: Stage, by: str, chair: str, channel: str = DM, **typed: Any) -> None:
    """Let somebody pass the chair on, as its holder does in the message about the role."""
    await slack.saved(by, HAND_ON, channel, facilitator=slack.id_of(chair), **typed)


def told(slack: Stage, name: str) -> Message:
    """Give the one message that the app has sent somebody directly."""
    (message,) = slack.person(name).messages(DM)
    return message
