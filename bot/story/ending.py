"""How the workspace stands when the story ends: old channels archived, old messages read."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.story.items import Item
from bot.story.read import Incident
from bot.story.staff import LEAD
from sandbox.channels import Channel
from sandbox.posting import archive
from sandbox.workspace import Workspace

#: An incident's channel is archived after this, once nothing of it is open.
KEPT = timedelta(weeks=30)
#: What was said since then nobody has read yet but those who said it.
UNREAD = timedelta(hours=2)


def put_away(workspace: Workspace, incidents: Sequence[Incident], now: datetime) -> None:
    """Archive what is long over, and let everybody have read what is not of the last hours."""
    for incident in incidents:
        if is_put_away(incident, now):
            channel = workspace.channel(incident.channel)
            archive(workspace, channel, workspace.person(LEAD).id)
    for channel in workspace.channels.values():
        _read(channel, (now - UNREAD).timestamp())


def is_put_away(incident: Incident, now: datetime) -> bool:
    """Whether an incident is so long over, and all of its items ended, that its channel is too."""
    over = now - incident.started(now.date()) > KEPT
    return over and all(_ended(item) for item in incident.items)


def _ended(item: Item) -> bool:
    return any(turn.event.state for turn in item.then)


def _read(channel: Channel, until: float) -> None:
    old = [one.ts for one in channel.messages if float(one.ts) <= until]
    for person in channel.members:
        own = [one.ts for one in channel.messages if one.user == person]
        if seen := max([*old[-1:], *own[-1:]], default=""):
            channel.last_read[person] = seen
