"""The story's channels and what people say in them, straight into the workspace."""

from bot.story.moments import Act
from bot.story.read import Incident, Line, Live
from bot.story.staff import ALERTS, DEPLOYMENTS, LEAD
from domain.programme import REACTION
from sandbox.channels import Kind
from sandbox.messages import Message
from sandbox.posting import post
from sandbox.workspace import Workspace


class Talk:
    """Opens channels, and lets people talk there."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def open_today(self, live: Live) -> None:
        """Let a channel of today be there, long before anything is said in it."""
        app = [self._workspace.app.bot_user] if live.app else []
        kind: Kind = "private" if live.private else "public"
        channel = self._workspace.add_channel(
            live.channel, [*live.members, *app], kind=kind, topic=live.topic
        )
        channel.purpose, channel.general = live.purpose, live.channel == "general"

    async def open(self, incident: Incident) -> None:
        """Open the channel of an incident."""
        around = [incident.facilitator, LEAD, ALERTS, DEPLOYMENTS, self._workspace.app.bot_user]
        inside = list(dict.fromkeys([*incident.responders, *around]))
        topic = f"{incident.severity} · {incident.title}"
        self._workspace.add_channel(incident.channel, inside, topic=topic)

    def saying(self, channel: str, line: Line) -> Act:
        """Somebody's words, to be said when their moment comes."""

        async def say() -> None:
            self._mark(self.say(channel, line.who, line.words), line)

        return say

    def say(self, channel: str, who: str, words: str, thread_ts: str | None = None) -> Message:
        """Let somebody say something now."""
        speaker = self._workspace.person(who).id
        place = self._workspace.channel(channel)
        return post(self._workspace, place, speaker, words, thread_ts=thread_ts)

    def _mark(self, message: Message, line: Line) -> None:
        """Pin or mark a message as if that was before the app was invited: it hears of neither.

        So it is for a person to let the app find it.
        """
        if line.pinned:
            message.pinned, message.pinned_by = True, self._workspace.person(line.pinned).id
        if line.marked:
            message.reactions[REACTION] = [self._workspace.person(line.marked).id]
