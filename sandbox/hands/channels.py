"""What somebody does with channels and their members."""

import re

from sandbox import posting
from sandbox.channels import Channel, Kind
from sandbox.hands.screen import Screen
from sandbox.people import Account

#: docs.slack.dev, conversations.create: lower case, digits, hyphens, underscores; at most 80.
NAME = re.compile(r"[\w-]{1,80}")
LONGEST_TOPIC = 250


class ChannelHands(Screen):
    """Hands for who is where."""

    async def join(self, channel: str) -> None:
        """Join a public channel."""
        self.present()
        place = self.workspace.channel(channel)
        if place.kind != "public":
            raise LookupError(f"{channel} is private: ask somebody in it to invite you.")
        if place.archived:
            raise LookupError(f"#{place.name} is archived: choose another channel.")
        posting.join(self.workspace, place, self.id)
        await self.heard("Joining")

    async def leave(self, channel: str) -> None:
        """Leave a channel."""
        posting.leave(self.workspace, self._not_general(channel, "leave"), self.id)
        await self.heard("Leaving")

    async def remove(self, channel: str, user: str) -> None:
        """Remove somebody, or the app's bot, from a channel."""
        place = self._not_general(channel, "be removed from")
        account = self.workspace.person(user)
        if account.id not in place.members:
            raise LookupError(f"{account.handle} is not in #{place.name}.")
        posting.leave(self.workspace, place, account.id)
        await self.heard("The removal")

    async def invite(self, channel: str, user: str) -> None:
        """Let somebody, or the app's bot, into a channel."""
        place = self.room(channel)
        account = self._active(user)
        if account.id in place.members:
            raise LookupError(f"{account.handle} is in #{place.name} already.")
        posting.join(self.workspace, place, account.id, self.id)
        await self.heard("The invitation")

    async def topic(self, channel: str, text: str) -> None:
        """Set a channel's topic; an empty one takes it away."""
        place = self.room(channel)
        if len(text) > LONGEST_TOPIC:
            raise ValueError(f"A topic has at most {LONGEST_TOPIC} characters: shorten it.")
        place.topic = text.strip()
        what = f"set the channel topic: {posting.escaped(place.topic)}"
        done = what if place.topic else "cleared the channel topic"
        posting.announce(self.workspace, place, self.id, "channel_topic", done)
        await self.heard("The topic")

    async def create_channel(self, name: str, *, private: bool = False) -> Channel:
        """Create a channel with oneself in it."""
        self.present()
        plain = name.strip().removeprefix("#")
        if not NAME.fullmatch(plain) or plain != plain.lower():
            raise ValueError(
                "A channel's name has up to 80 small letters, digits, - and _: choose such a name."
            )
        if any(one.name == plain for one in self.workspace.channels.values()):
            raise ValueError(f"There is a channel #{plain} already: choose another name.")
        kind: Kind = "private" if private else "public"
        channel = posting.create(self.workspace, plain, self.id, kind)
        await self.heard("The new channel")
        return channel

    async def archive(self, channel: str) -> None:
        """Archive a channel: it can be read from now on, and no more."""
        posting.archive(self.workspace, self._not_general(channel, "archive"), self.id)
        await self.heard("The archiving")

    async def open_dm(self, user: str) -> Channel:
        """Open the direct messages with somebody; with the app, that is a tab of its Home."""
        self.present()
        account = self.workspace.person(user)
        if account.id == self.workspace.app.bot_user:
            return await self.enter("messages")
        return self.workspace.dm(self.id, account.id)

    async def deactivate(self, user: str) -> None:
        """Deactivate an account, as an administrator would."""
        self.present()
        account = self._active(user)
        if not account.is_person:
            raise ValueError(f"{account.real_name} is no person: choose somebody else.")
        if account.id == self.id:
            raise ValueError("Nobody deactivates their own account: choose somebody else.")
        posting.deactivate(self.workspace, account.id)
        await self.heard("The deactivation")

    def _active(self, user: str) -> Account:
        account = self.workspace.person(user)
        if account.deleted:
            raise LookupError(f"{account.handle}'s account is deactivated: choose somebody else.")
        return account

    def _not_general(self, channel: str, what: str) -> Channel:
        place = self.room(channel)
        if place.general:
            raise LookupError(f"Nobody can {what} #{place.name}: everybody is in it.")
        return place
