"""The time there is for all of a stop."""

import asyncio


class Deadline:
    """One span of time that several steps share; it begins when the first of them asks."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._over: float | None = None

    def left(self) -> float:
        """Seconds that are left; 0 when it is over."""
        now = asyncio.get_running_loop().time()
        if self._over is None:
            self._over = now + self._seconds
        return max(0.0, self._over - now)
