"""What was said in a channel before the test began, and what is found there."""

from datetime import datetime, timedelta

from blocks.backfill import FIND_ENTRIES
from blocks.postmortems import OPEN_TIMELINE
from domain.timeline import TimelineEntry
from sandbox import Modal
from sandbox.messages import Message
from storage import timeline
from tests.scenarios.stage import CHANNEL, STARTED, Stage


def was_said(
    slack: Stage, by: str, text: str, at: datetime | float, channel: str = CHANNEL
) -> Message:
    """Let somebody have said something at an instant, or so many minutes into the incident."""
    instant = at if isinstance(at, datetime) else STARTED + timedelta(minutes=at)
    account = slack.sandbox.workspace.person(by)
    place = slack.sandbox.workspace.channel(channel)
    message = Message(f"{instant.timestamp():.6f}", account.id, text)
    message.bot_id, message.app_id = account.bot_id, account.app_id
    place.messages.append(message)
    place.messages.sort(key=lambda each: each.ts)
    return message


def hushed(slack: Stage, channel: str = CHANNEL) -> None:
    """Let nobody but us have said anything in a channel."""
    place, us = slack.sandbox.workspace.channel(channel), slack.sandbox.workspace.app.bot_user
    place.messages[:] = [each for each in place.messages if each.user == us]


def incident(slack: Stage, channel: str = CHANNEL) -> None:
    """Let an incident of an hour and a quarter have been told as it went."""
    hushed(slack, channel)
    was_said(slack, "pager", "Deployed checkout 4.2 to production", -5, channel)
    was_said(slack, "pager", "[FIRING:1] checkout p99 above 8 s", 4, channel)
    was_said(slack, "pager", "[FIRING:1] checkout p99 above 9 s", 14, channel)
    was_said(slack, "ana", "I'm on it", 6, channel)
    was_said(slack, "bob", "is anybody else seeing this?", 8, channel)
    was_said(slack, "bob", "Found it: the pool was sized for one region", 31, channel)
    was_said(slack, "bob", "Rolled back to the build from this morning", 40, channel)
    was_said(slack, "ana", "Back under 400 ms. Calling it recovered.", 72, channel)


def chatter(slack: Stage, number: int, first: float = 1.0) -> None:
    """Let an app have said many different things, one every ten seconds."""
    hushed(slack)
    for n in range(number):
        word = "".join(chr(ord("a") + n // 26**place % 26) for place in range(3))
        was_said(slack, "pager", f"{word} is down", first + n / 6)


async def entries(slack: Stage) -> list[TimelineEntry]:
    """Give the first postmortem's timeline as it is stored."""
    async with slack.bot.database.sessions() as session:
        return await timeline.entries(session, 1)


async def found(slack: Stage, by: str = "ana") -> Modal:
    """Give what somebody is shown who lets the channel be looked through."""
    await slack.opened(by, OPEN_TIMELINE)
    await slack.person(by).press(action_id=FIND_ENTRIES)
    await slack.settled()
    return await slack.person(by).modal()


def ticked(form: Modal) -> list[str]:
    """Give what is ticked in it."""
    return [
        choice["text"]["text"]
        for _, block in sorted(form.values.items())
        for choice in block["value"]["selected_options"]
    ]
