"""Switches that make the workspace behave as Slack does on a bad day."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

#: In place of a method's name: whichever post comes next.
EVERY_POST = "*"
#: Methods that post or show something begin so, and those that only read end so.
POSTS = ("chat.", "views.", "pins.", "bookmarks.", "reactions.", "canvases.", "files.")
READS = (".list", ".info", ".get", ".getPermalink", ".lookup")


@dataclass
class Faults:
    """All switches are off until a test or a demo sets them."""

    #: A trigger id lives this long (docs.slack.dev: interactivity, "expire in 3 seconds").
    trigger_seconds: float = 3.0
    #: An app has this long to acknowledge.
    ack_seconds: float = 3.0
    #: A request has this long to arrive whole: one that is cut off may never end by itself.
    body_seconds: float = 5.0
    #: Pauses before an unacknowledged event is sent again (docs.slack.dev: Events API, retries).
    retry_waits: tuple[float, ...] = (0.0, 60.0, 300.0)
    #: Round-trip added to every Web API call, in seconds.
    latency: float = 0.0
    is_down: bool = False
    is_api_down: bool = False
    down_status: int | None = None
    limits_channels: bool = False
    _drops: Counter[str] = field(default_factory=Counter)
    _delays: dict[str, float] = field(default_factory=dict)
    _limited: dict[str, tuple[int, int]] = field(default_factory=dict)
    _broken: dict[str, tuple[int, int]] = field(default_factory=dict)
    _refused: dict[str, tuple[str, bool, int]] = field(default_factory=dict)
    _lost_acks: int = 0
    _close_sockets: Callable[[bool], Coroutine[Any, Any, None]] | None = None

    def drop_reply(self, method: str, times: int = 1) -> None:
        """Do the work of the next calls of `method`, then hang up without an answer.

        `"*"` is any post. `times=0` ends it.
        """
        self._drops[method] = self._drops[method] + times if times else 0

    def delay(self, method: str, seconds: float) -> None:
        """Let every answer of `method` take this much longer; 0 ends it."""
        self._delays[method] = seconds

    def rate_limit(self, method: str, retry_after: int, times: int = 1) -> None:
        """Answer the next calls of `method` with 429 and `Retry-After`.

        `"*"` is any post. `times=0` ends it.
        """
        self._limited[method] = (retry_after, times)

    def broken(self, method: str, status: int, times: int = 1) -> None:
        """Answer the next calls of `method` with an HTTP status, as what stands before it does."""
        self._broken[method] = (status, times)

    def takes_broken(self, method: str) -> int | None:
        """The status that this call ends with, when it is to; uses one up."""
        status, times = self._broken.get(method, (0, 0))
        if times == 0:
            return None
        self._broken[method] = (status, times - 1)
        return status

    def refuse(self, method: str, error: str, times: int = 1, *, done: bool = False) -> None:
        """Answer the next calls of `method` with an error of Slack's own, such as internal_error.

        Such a call may be `done` all the same (docs.slack.dev, chat.postMessage: "It's possible
        some aspect of the operation succeeded before the error was raised").
        """
        self._refused[method] = (error, done, times)

    def takes_refusal(self, method: str) -> tuple[str, bool] | None:
        """With which error this call is answered, and whether it is done; uses one up."""
        error, done, times = self._refused.get(method, ("", False, 0))
        if times == 0:
            return None
        self._refused[method] = (error, done, times - 1)
        return error, done

    def down(self, on: bool = True, *, status: int | None = None) -> None:  # noqa: FBT001, FBT002 -- reads as faults.down(True)
        """Refuse every Web API call: hang up on it, or answer with `status`."""
        self.is_down = on
        self.down_status = status

    def api_down(self, on: bool = True) -> None:  # noqa: FBT001, FBT002 -- reads as faults.api_down(True)
        """Hang up on whatever the app asks, and go on telling it what happens."""
        self.is_api_down = on

    @property
    def api_fails(self) -> bool:
        """Whether nothing that the app asks is answered."""
        return self.is_down or self.is_api_down

    def per_channel_rate(self, on: bool = True) -> None:  # noqa: FBT001, FBT002 -- reads as a switch
        """Hold the app to Slack's one message a second and channel."""
        self.limits_channels = on

    def ignore_acks(self, n: int = 1) -> None:
        """Lose the next acknowledgements on their way: what they answered is sent again.

        `n=0` ends it.
        """
        self._lost_acks = self._lost_acks + n if n else 0

    def disconnect(self, *, graceful: bool = False) -> asyncio.Task[None]:
        """Close every Socket Mode connection: hard, or as Slack does when it refreshes them."""
        if self._close_sockets is None:
            raise RuntimeError("No workspace is open: open a Sandbox first.")
        return asyncio.get_running_loop().create_task(self._close_sockets(graceful))

    def closing_sockets_by(self, close: Callable[[bool], Coroutine[Any, Any, None]]) -> None:
        """Say how `disconnect` is done."""
        self._close_sockets = close

    def clear(self) -> None:
        """Turn every switch off."""
        self.down(on=False)
        self.api_down(on=False)
        self.per_channel_rate(on=False)
        self.latency = 0.0
        self._lost_acks = 0
        for switches in (self._drops, self._delays, self._limited, self._broken, self._refused):
            switches.clear()

    def to_page(self) -> dict[str, Any]:
        """How the switches stand, as the browser page shows them."""
        limited = [(name, wait, left) for name, (wait, left) in self._limited.items() if left]
        return {
            "down": self.is_down,
            "api_down": self.is_api_down,
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
        name = next((one for one in _names(method) if self._drops[one]), None)
        if name is None:
            return False
        self._drops[name] -= 1
        return True

    def takes_lost_ack(self) -> bool:
        """Whether this acknowledgement is to be lost; uses one up."""
        if self._lost_acks == 0:
            return False
        self._lost_acks -= 1
        return True

    def takes_limit(self, method: str) -> int | None:
        """Seconds to wait when this call is over the limit; uses one up."""
        for name in _names(method):
            wait, times = self._limited.get(name, (0, 0))
            if times:
                self._limited[name] = (wait, times - 1)
                return wait
        return None

    def seconds_for(self, method: str) -> float:
        """How much longer this call's answer takes."""
        return self.latency + self._delays.get(method, 0.0)


def _names(method: str) -> tuple[str, ...]:
    """Under which names a switch for this method may be set."""
    is_post = method.startswith(POSTS) and not method.endswith(READS)
    return (method, EVERY_POST) if is_post else (method,)
