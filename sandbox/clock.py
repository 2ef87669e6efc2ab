"""The workspace's clock: it follows the wall, or stands still until somebody turns it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """What time it is in the workspace.

    `Clock()` follows the wall and can be turned on top of that; `Clock(at)` starts at `at` and
    stands still until turned. Calling a clock is the same as asking it for `now()`.
    """

    def __init__(self, at: datetime | None = None) -> None:
        if at is not None and at.tzinfo is None:
            raise ValueError("A clock needs an aware time: say which zone it is in.")
        self._standing = None if at is None else at.astimezone(UTC)
        self._turned = timedelta()
        self._listeners: list[Callable[[], object]] = []

    def now(self) -> datetime:
        """The time in the workspace, aware and in UTC."""
        return (self._standing or datetime.now(UTC)) + self._turned

    def __call__(self) -> datetime:
        """The same as `now`, for those who want a function."""
        return self.now()

    def turn(self, by: timedelta) -> None:
        """Move the hands forward and tell everybody who asked to hear of it."""
        if by < timedelta():
            raise ValueError("The clock only turns forward: give a positive time.")
        self._turned += by
        for listener in tuple(self._listeners):
            listener()

    def set_back(self, by: timedelta) -> None:
        """Let the past be told: only before anything has happened in the workspace."""
        self._turned -= by

    def come_back(self) -> None:
        """Turn forward to where the hands would stand had they never been set back."""
        self.turn(max(timedelta(), -self._turned))

    def on_turn(self, listener: Callable[[], object]) -> Callable[[], None]:
        """Call `listener()` after every turn until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)
