"""A person in front of Slack: says, commands, clicks, fills, submits, opens Home."""

from typing import Any

from sandbox import posting
from sandbox.channels import Channel
from sandbox.checks import check_message
from sandbox.filling import chosen_value, keep
from sandbox.messages import Message
from sandbox.refusals import DidNotAnswer, Json, Refused
from sandbox.response_urls import respond
from sandbox.screen import Screen
from sandbox.seeing import find_clickable
from sandbox.writing import as_command_text, as_written


class Person(Screen):
    """One member of the workspace; every act waits until the app acknowledged it."""

    async def say(self, channel: str, text: str, *, thread_ts: str | None = None) -> str:
        """Write into a channel (or to "@somebody"); the message's ts."""
        ts = self.write(channel, text, thread_ts=thread_ts)
        await self._heard("The message")
        return ts

    def write(self, channel: str, text: str, *, thread_ts: str | None = None) -> str:
        """Say something without waiting whether the app heard of it, as one does in Slack."""
        place = self.channel(channel)
        written = as_written(self.workspace, text)
        message = posting.post(self.workspace, place, self.id, written, thread_ts=thread_ts)
        return message.ts

    async def _heard(self, what: str) -> None:
        """Wait until the app acknowledged the events that an act caused."""
        try:
            await self.delivery.acknowledged(self.patience)
        except TimeoutError:
            raise DidNotAnswer(what) from None

    async def react(self, channel: str, ts: str, name: str) -> None:
        """Add a reaction to a message."""
        place = self.channel(channel)
        posting.react(self.workspace, place, self._message(place, ts), self.id, name)
        await self._heard("The reaction")

    async def unreact(self, channel: str, ts: str, name: str) -> None:
        """Take a reaction back."""
        place = self.channel(channel)
        posting.unreact(self.workspace, place, self._message(place, ts), self.id, name)
        await self._heard("The reaction")

    async def join(self, channel: str) -> None:
        """Join a public channel."""
        place = self.workspace.channel(channel)
        if place.kind != "public":
            raise LookupError(f"{channel} is private: ask somebody in it to invite you.")
        posting.join(self.workspace, place, self.id)
        await self._heard("Joining")

    async def leave(self, channel: str) -> None:
        """Leave a channel."""
        posting.leave(self.workspace, self.channel(channel), self.id)
        await self._heard("Leaving")

    async def remove(self, channel: str, name: str) -> None:
        """Remove somebody, or the app's bot, from a channel."""
        posting.leave(self.workspace, self.channel(channel), self.workspace.person(name).id)
        await self._heard("The removal")

    async def invite(self, channel: str, name: str) -> None:
        """Let somebody, or the app's bot, into a channel."""
        place = self.channel(channel)
        posting.join(self.workspace, place, self.workspace.person(name).id, self.id)
        await self._heard("The invitation")

    async def command(self, channel: str, text: str) -> str | None:
        """Type a slash command; the ephemeral text of the acknowledgement, if it has one."""
        place = self.channel(channel)
        name, _, rest = text.partition(" ")
        command = self.workspace.app.command(name)
        if command is None:
            raise ValueError(f"{name} is not a valid command.")
        typed = as_command_text(self.workspace, rest.strip(), escape=command.should_escape)
        payload = self.interactions.command(self.account, place, name, typed)
        answer = await self.ask("slash_commands", payload, name)
        if not answer:
            return None
        shown = self._answered(payload["response_url"], answer)
        return shown.text if shown and shown.only_for else None

    def _answered(self, response_url: str, answer: Json) -> Message | None:
        url = self.workspace.triggers.urls[response_url.rsplit("/", 1)[-1]]
        try:
            check_message(answer.get("text"), answer.get("blocks"))
            return respond(self.workspace, url, answer)
        except Refused as refused:
            self.workspace.complaints.append(f"a command's answer was refused: {refused.to_api()}")
            return None

    async def click(
        self,
        channel: str,
        text: str | None = None,
        *,
        action_id: str | None = None,
        block_id: str | None = None,
        ts: str | None = None,
        value: Any = None,
    ) -> None:
        """Click a button, or choose `value` in a menu, of the newest message that has it."""
        place = self.channel(channel)
        for message in reversed(self.messages(channel)):
            found = find_clickable(message.blocks, text, action_id, block_id)
            if found and ts in (None, message.ts):
                block, element = found
                act = chosen_value(element, value)
                keep(message.values, block, element, act)
                pressed = self.interactions.on_message(
                    self.account, place, message, (block, element, act)
                )
                await self.ask("interactive", pressed, f'"{text or action_id}"')
                return
        raise LookupError(f"Nothing in {channel} reads {text or action_id!r}.")

    async def press(
        self, text: str | None = None, *, action_id: str | None = None, value: Any = None
    ) -> None:
        """Click a button inside the top modal (or, when none is open, the Home tab)."""
        stack = self.workspace.views.of(self.id)
        view = stack[-1] if stack else self.workspace.views.homes.get(self.id)
        found = find_clickable(view.blocks, text, action_id) if view else None
        if view is None or found is None:
            raise LookupError(f"No open view has a button that reads {text or action_id!r}.")
        await self.act_in(view, *found, chosen_value(found[1], value))

    async def open_home(self) -> None:
        """Open the app's Home tab."""
        channel = self.workspace.dm(self.id, self.workspace.app.bot_user)
        event: Json = {"type": "app_home_opened", "user": self.id, "channel": channel.id}
        home = self.workspace.views.homes.get(self.id)
        if home:
            event["view"] = home.to_api(self.workspace.app, self.workspace.team_id)
        self.workspace.emit({**event, "tab": "home"}, channel)
        await self._heard("Home")

    def _message(self, channel: Channel, ts: str) -> Message:
        found = channel.find(ts)
        if found is None:
            raise LookupError(f"There is no message {ts} in {channel.name}.")
        return found
