"""What stands in a timeline or waits for one, and how people put it there without its form."""

from typing import Any

from domain.timeline import TimelineEntry
from sandbox import Modal
from sandbox.messages import Message
from sandbox.posting import post, react
from storage import jotted, timeline
from tests.scenarios.stage import CHANNEL, NOW, Stage

STOPWATCH, DM = "stopwatch", "@closed_loop"
PRIVATE, DEPLOYS = "#inc-auth-tokens", "#inc-payments-webhooks"


async def entries(slack: Stage, postmortem_id: int = 1) -> list[TimelineEntry]:
    """Give the timeline of a postmortem."""
    async with slack.bot.database.sessions() as session:
        return await timeline.entries(session, postmortem_id)


async def replaced(slack: Stage, *entries: TimelineEntry, postmortem_id: int = 1) -> None:
    """Let a timeline be these entries, whoever did that."""
    team = slack.sandbox.workspace.team_id
    async with slack.bot.database.sessions.begin() as session:
        await timeline.replace(session, team, postmortem_id, entries, by="U1", now=NOW)


async def waiting(slack: Stage, channel: str = CHANNEL) -> list[TimelineEntry]:
    """Give what was noted before the channel's postmortem was started."""
    place = slack.sandbox.workspace.channel(channel)
    async with slack.bot.database.sessions() as session:
        return await jotted.of_channel(session, slack.sandbox.workspace.team_id, place.id)


def posted(slack: Stage, text: str, by: str = "bob", channel: str = CHANNEL) -> Message:
    """Let somebody, or some app, say something."""
    place = slack.sandbox.workspace.channel(channel)
    return post(slack.sandbox.workspace, place, slack.id_of(by), text)


def spoken(slack: Stage, text: str, by: str = "bob", channel: str = CHANNEL) -> str:
    """Let somebody, or some app, say something; give its ts."""
    return posted(slack, text, by, channel).ts


async def said(slack: Stage, text: str = "Failing over now", channel: str = CHANNEL) -> str:
    """Let Ana say something; give its ts."""
    return await slack.person("ana").say(channel, text)


async def marked(slack: Stage, ts: str, by: str = "bob", channel: str = CHANNEL) -> None:
    """Let somebody mark a message with the stopwatch."""
    await slack.person(by).react(channel, ts, STOPWATCH)
    await slack.settled()


async def unmarked(slack: Stage, ts: str, by: str = "bob", channel: str = CHANNEL) -> None:
    """Let somebody take the stopwatch back."""
    await slack.person(by).unreact(channel, ts, STOPWATCH)
    await slack.settled()


def marked_by(slack: Stage, ts: str, *users: str) -> Message:
    """Let people, or apps, mark a message all in one moment."""
    place = slack.sandbox.workspace.channel(CHANNEL)
    message = place.find(ts)
    assert message is not None
    for user in users:
        react(slack.sandbox.workspace, place, message, user, STOPWATCH)
    return message


async def happened(slack: Stage, event: dict[str, Any], channel: str = CHANNEL) -> None:
    """Let Slack tell the app of something that nobody here does."""
    place = slack.sandbox.workspace.channel(channel)
    slack.sandbox.workspace.emit({"channel": place.id, **event}, place)
    await slack.settled()


async def shortcut(slack: Stage, ts: str, by: str = "ana", channel: str = CHANNEL) -> Modal:
    """Give the form that *Add to timeline* opens for a message."""
    await slack.person(by).shortcut("add_to_timeline", channel=channel, ts=ts)
    return await slack.person(by).modal("Add to timeline")


async def added(slack: Stage, ts: str, channel: str = CHANNEL, **typed: object) -> None:
    """Let Ana add a message with that form."""
    answer = await (await shortcut(slack, ts, channel=channel)).fill(**typed).submit()
    assert answer.closed, answer.errors
    await slack.settled()
