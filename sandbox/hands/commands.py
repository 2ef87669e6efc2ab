"""Slash commands, Slack's own among them, and shortcuts."""

from collections.abc import Awaitable, Callable

from sandbox.channels import Channel
from sandbox.checks import check_message
from sandbox.hands.channels import ChannelHands
from sandbox.hands.writing import as_command_text, named
from sandbox.messages import Message
from sandbox.refusals import Json, Refused
from sandbox.response_urls import respond


class CommandHands(ChannelHands):
    """Hands for what is asked of the app by name."""

    async def command(self, channel: str, text: str, *, thread_ts: str | None = None) -> str | None:
        """Type a slash command; the ephemeral text of the acknowledgement, if it has one."""
        name, _, rest = text.strip().partition(" ")
        if thread_ts is not None:
            raise ValueError(f"{name} is not supported in threads. Sorry!")
        place = self.composer(channel)
        own = self._built_in().get(name)
        if own is not None:
            await own(place.id, rest.strip())
            return None
        return await self._ask_app(place, name, rest.strip())

    def _built_in(self) -> dict[str, Callable[[str, str], Awaitable[None]]]:
        """Slack's own commands; sandbox/browser/snapshot.py lists them for the page."""
        return {
            "/invite": lambda place, rest: self.invite(place, named(rest)),
            "/remove": lambda place, rest: self.remove(place, named(rest)),
            "/topic": self.topic,
            "/leave": lambda place, _: self.leave(place),
            "/archive": lambda place, _: self.archive(place),
        }

    async def _ask_app(self, place: Channel, name: str, rest: str) -> str | None:
        command = self.workspace.app.command(name)
        if command is None:
            raise ValueError(f"{name} is not a valid command.")
        typed = as_command_text(self.workspace, rest, escape=command.should_escape)
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

    async def shortcut(
        self, callback_id: str, *, channel: str | None = None, ts: str | None = None
    ) -> None:
        """Use a shortcut: of the message `ts` in `channel`, or a global one without them."""
        self.present()
        app = self.workspace.app
        if channel is None or ts is None:
            name = app.shortcut(callback_id, "global").name
            payload = self.interactions.shortcut(self.account, callback_id)
        else:
            name = app.shortcut(callback_id, "message").name
            place = self.channel(channel)
            message = self.found(place, ts)
            payload = self.interactions.message_shortcut(self.account, callback_id, place, message)
        await self.ask("interactive", payload, f'"{name}"')
