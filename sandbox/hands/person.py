"""A person in front of Slack: says, commands, clicks, fills, submits, opens Home."""

from sandbox import profiles
from sandbox.diary import Due, Goal, span
from sandbox.hands.blocks import BlockHands
from sandbox.hands.commands import CommandHands
from sandbox.hands.messages import MessageHands


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
        await self.enter("home")

    async def set_time_zone(self, tz: str) -> None:
        """Choose another time zone in her own preferences."""
        self.present()
        profiles.move(self.workspace, self.id, tz)
        await self.heard("The time zone")

    async def clock(self, *, seconds: float = 0, to: Goal | None = None) -> list[Due]:
        """Turn the workspace's clock by some seconds, or `to` what is next; what came due."""
        diary = self.workspace.diary
        if to is not None:
            return await diary.turn_to(to)
        return await diary.turn(span(seconds))
