"""How the workspace stands when the story ends: old channels archived, old messages read."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from bot.story.read import Incident
from bot.story.staff import LEAD
from handlers.digests import DIGEST
from sandbox.channels import Channel
from sandbox.messages import Message
from sandbox.posting import archive
from sandbox.workspace import Workspace

#: An incident's channel is archived after this, once nothing of it is open.
KEPT = timedelta(weeks=30)
#: What was said since then nobody has read yet but those who said it.
UNREAD = timedelta(hours=2)


def put_away(workspace: Workspace, over: Sequence[Incident], now: datetime) -> None:
    """Archive the channels of what is over, and let everybody have read what is old.

    The newest message that says what needs somebody waits for them to read it.
    """
    for incident in over:
        archive(workspace, workspace.channel(incident.channel), workspace.person(LEAD).id)
    for channel in workspace.channels.values():
        _read(channel, (now - UNREAD).timestamp())


def is_old(incident: Incident, now: datetime) -> bool:
    """Whether the channel of an incident is archived, if nothing is left to do of it."""
    return now - incident.started(now.date()) > KEPT


def _read(channel: Channel, until: float) -> None:
    waits = next((one.ts for one in reversed(channel.messages) if _is_digest(one)), None)
    seen = takewhile(lambda one: one.ts != waits and float(one.ts) <= until, channel.messages)
    old = [one.ts for one in seen]
    for person in channel.members:
        own = [one.ts for one in channel.messages if one.user == person]
        if last := max([*old[-1:], *own[-1:]], default=""):
            channel.last_read[person] = last


def _is_digest(message: Message) -> bool:
    carried = (message.metadata or {}).get("event_payload", {})
    return f"/{DIGEST}/" in carried.get("key", "")
