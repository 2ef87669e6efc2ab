"""A person in front of Slack: says, commands, clicks, fills, submits, opens Home."""

from sandbox.diary import Due, Goal, span
from sandbox.hands.blocks import BlockHands
from sandbox.hands.commands import CommandHands
from sandbox.hands.messages import MessageHands
from sandbox.refusals import Json


class Person(MessageHands, CommandHands, BlockHands):
    """One member of the workspace; every act waits until the app acknowledged it.

    Whatever the browser page can do is a method here (sandbox/browser/acts.py), so that a test can
    do it too, and the other way round.
    """

    async def open_home(self) -> None:
        """Open the app's Home tab."""
        self.present()
        app = self.workspace.app
        if not app.home_tab:
            raise LookupError(f"{app.name} has no Home tab: open its messages instead.")
        channel = self.workspace.dm(self.id, app.bot_user)
        event: Json = {"type": "app_home_opened", "user": self.id, "channel": channel.id}
        home = self.workspace.views.homes.get(self.id)
        if home:
            event["view"] = home.to_api(app, self.workspace.team_id)
        self.workspace.emit({**event, "tab": "home"}, channel)
        await self.heard("Home")

    async def clock(self, *, seconds: float = 0, to: Goal | None = None) -> list[Due]:
        """Turn the workspace's clock by some seconds, or `to` what is next; what came due."""
        diary = self.workspace.diary
        if to is not None:
            return await diary.turn_to(to)
        return await diary.turn(span(seconds))
