"""Switches that make the workspace behave as Slack does on a bad day."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Faults:
    """All switches are off until a test or a demo sets them."""

    #: A trigger id lives this long (docs.slack.dev: interactivity, "expire in 3 seconds").
    trigger_seconds: float = 3.0
    #: An app has this long to acknowledge.
    ack_seconds: float = 3.0
    #: Pauses before an unacknowledged event is sent again (docs.slack.dev: Events API, retries).
    retry_waits: tuple[float, ...] = (0.0, 60.0, 300.0)
    #: Round-trip added to every Web API call, in seconds.
    latency: float = 0.0
    is_down: bool = False
    down_status: int | None = None
    limits_channels: bool = False
    _drops: Counter[str] = field(default_factory=Counter)
    _delays: dict[str, float] = field(default_factory=dict)
    _limited: dict[str, tuple[int, int]] = field(default_factory=dict)
    _lost_acks: int = 0
    _close_sockets: Callable[[bool], Coroutine[Any, Any, None]] | None = None

    def drop_reply(self, method: str, times: int = 1) -> None:
        """Do the work of the next calls of `method`, then hang up without an answer."""
        self._drops[method] += times

    def delay(self, method: str, seconds: float) -> None:
        """Let every answer of `method` take this much longer; 0 ends it."""
        self._delays[method] = seconds

    def rate_limit(self, method: str, retry_after: int, times: int = 1) -> None:
        """Answer the next calls of `method` with 429 and `Retry-After`."""
        self._limited[method] = (retry_after, times)

    def down(self, on: bool = True, *, status: int | None = None) -> None:  # noqa: FBT001, FBT002 -- reads as faults.down(True)
        """Refuse every Web API call: hang up on it, or answer with `status`."""
        self.is_down = on
        self.down_status = status

    def per_channel_rate(self, on: bool = True) -> None:  # noqa: FBT001, FBT002 -- reads as a switch
        """Hold the app to Slack's one message a second and channel."""
        self.limits_channels = on

    def ignore_acks(self, n: int = 1) -> None:
        """Lose the next acknowledgements on their way: what they answered is sent again."""
        self._lost_acks += n

    def disconnect(self, *, graceful: bool = False) -> asyncio.Task[None]:
        """Close every Socket Mode connection: hard, or as Slack does when it refreshes them."""
        if self._close_sockets is None:
            raise RuntimeError("No workspace is open: open a Sandbox first.")
        return asyncio.get_running_loop().create_task(self._close_sockets(graceful))

    def closing_sockets_by(self, close: Callable[[bool], Coroutine[Any, Any, None]]) -> None:
        """Say how `disconnect` is done."""
        self._close_sockets = close

    def to_page(self) -> dict[str, Any]:
        """Give how the switches stand, as the browser page shows them."""
        limited = [(name, wait, left) for name, (wait, left) in self._limited.items() if left]
        return {
            "down": self.is_down,
            "latency": self.latency,
            "per_channel_rate": self.limits_channels,
            "drops": {name: left for name, left in self._drops.items() if left},
            "rate_limits": [
                {"method": name, "retry_after": wait, "left": left} for name, wait, left in limited
            ],
            "lost_acks": self._lost_acks,
        }

    def takes_drop(self, method: str) -> bool:
        """Whether this call's answer is to be lost; uses one up."""
        return self._use(self._drops, method)

    def takes_lost_ack(self) -> bool:
        """Whether this acknowledgement is to be lost; uses one up."""
        if self._lost_acks == 0:
            return False
        self._lost_acks -= 1
        return True

    def takes_limit(self, method: str) -> int | None:
        """Seconds to wait when this call is over the limit; uses one up."""
        wait, times = self._limited.get(method, (0, 0))
        if times == 0:
            return None
        self._limited[method] = (wait, times - 1)
        return wait

    def seconds_for(self, method: str) -> float:
        """How much longer this call's answer takes."""
        return self.latency + self._delays.get(method, 0.0)

    @staticmethod
    def _use(left: Counter[str], method: str) -> bool:
        if left[method] == 0:
            return False
        left[method] -= 1
        return True
