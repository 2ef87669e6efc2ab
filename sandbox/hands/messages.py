"""What somebody does with messages: says, edits, deletes, reacts, pins, reads, uploads."""

from sandbox import pinning, posting
from sandbox.channels import Channel
from sandbox.files import File
from sandbox.hands.screen import Screen
from sandbox.hands.writing import as_written
from sandbox.hosting import share
from sandbox.messages import Message
from sandbox.sharing import add_file

#: docs.slack.dev, chat.postMessage: longer text is cut off; the composer takes no more.
LONGEST_MESSAGE = 40_000


class MessageHands(Screen):
    """Hands for what stands in a channel."""

    async def say(self, channel: str, text: str, *, thread_ts: str | None = None) -> str:
        """Write into a channel (or to "@somebody"); the message's ts."""
        ts = self.write(channel, text, thread_ts=thread_ts)
        await self.heard("The message")
        return ts

    def write(self, channel: str, text: str, *, thread_ts: str | None = None) -> str:
        """Say something without waiting whether the app heard of it, as one does in Slack."""
        place = self.composer(channel)
        root = self._root(place, thread_ts)
        written = self._written(text)
        return posting.post(self.workspace, place, self.id, written, thread_ts=root).ts

    async def edit(self, channel: str, ts: str, text: str) -> None:
        """Change one of her own messages."""
        place, message = self._own(channel, ts)
        posting.edit(self.workspace, place, message, {"text": self._written(text)})
        await self.heard("The change")

    async def delete(self, channel: str, ts: str) -> None:
        """Delete one of her own messages."""
        place, message = self._own(channel, ts)
        posting.delete(self.workspace, place, message)
        await self.heard("The deletion")

    async def react(self, channel: str, ts: str, name: str) -> None:
        """Add a reaction to a message."""
        place = self.writable(channel)
        posting.react(self.workspace, place, self.found(place, ts), self.id, name)
        await self.heard("The reaction")

    async def unreact(self, channel: str, ts: str, name: str) -> None:
        """Take a reaction back."""
        place = self.writable(channel)
        posting.unreact(self.workspace, place, self.found(place, ts), self.id, name)
        await self.heard("The reaction")

    async def pin(self, channel: str, ts: str) -> bool:
        """Pin a message, or take its pin away; whether it is pinned now."""
        place = self.writable(channel)
        message = self.found(place, ts)
        change = pinning.unpin if message.pinned else pinning.pin
        change(self.workspace, place, message, self.id)
        await self.heard("The pin")
        return message.pinned

    def read(self, channel: str) -> None:
        """See everything in a channel."""
        place = self.channel(channel)
        if place.messages:
            place.last_read[self.id] = place.messages[-1].ts
            self.workspace.changes.happened()

    def unread(self, channel: str, ts: str) -> None:
        """Mark a message, and all after it, as not read yet."""
        place = self.channel(channel)
        self.found(place, ts)
        before = [one.ts for one in place.messages if one.ts < ts]
        place.last_read[self.id] = before[-1] if before else ""
        self.workspace.changes.happened()

    async def upload(
        self,
        name: str,
        content: bytes,
        *,
        mimetype: str | None = None,
        channel: str | None = None,
        text: str = "",
        thread_ts: str | None = None,
    ) -> File:
        """Upload a file, for a file input or to share it in a channel at once."""
        self.present()
        place = self.composer(channel) if channel else None
        root = self._root(place, thread_ts) if place else None
        if not content:
            raise ValueError(f"{name} is empty: choose another file.")
        file = add_file(self.workspace, self.id, name, content, mimetype)
        if place:
            written = as_written(self.workspace, text)
            share(self.workspace, place, self.id, [file], written, thread_ts=root)
            await self.heard("The file")
        return file

    def _root(self, place: Channel, thread_ts: str | None) -> str | None:
        """The thread to answer in; a reply's own ts leads to its first message."""
        if thread_ts is None:
            return None
        parent = self.found(place, thread_ts)
        return parent.thread_ts or parent.ts

    def _written(self, text: str) -> str:
        if not text.strip():
            raise ValueError("A message needs some words: type them first.")
        if len(text) > LONGEST_MESSAGE:
            raise ValueError(f"A message has at most {LONGEST_MESSAGE} characters: shorten it.")
        return as_written(self.workspace, text)

    def _own(self, channel: str, ts: str) -> tuple[Channel, Message]:
        place = self.writable(channel)
        message = self.found(place, ts)
        if message.user != self.id or message.subtype not in (None, "file_share"):
            raise LookupError("Only your own messages can be changed: choose one of those.")
        return place, message
