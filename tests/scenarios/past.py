"""What was said in a channel before the test began, as Slack would have kept it."""

from datetime import datetime, timedelta

from sandbox.messages import Message
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
