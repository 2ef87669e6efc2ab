"""The fault switches of the browser page."""

from collections.abc import Awaitable, Callable

from sandbox.faults import EVERY_POST, Faults
from sandbox.hands.person import Person
from sandbox.methods import METHODS
from sandbox.refusals import Json

MOST_TIMES = 1000
LONGEST_WAIT = 3600
LONGEST_LATENCY = 60


async def _fault(person: Person, act: Json) -> Json:
    """Set one switch; the page reads how all of them stand in its state."""
    do = SWITCHES.get(str(act.get("name")))
    if do is None:
        raise ValueError(f"There is no such fault; choose one of: {', '.join(SWITCHES)}.")
    await do(person.workspace.faults, act)
    person.workspace.changes.happened()
    return {}


async def _down(faults: Faults, act: Json) -> None:
    faults.down(bool(act.get("on", True)))
    if faults.is_down:
        await faults.disconnect()


async def _api_down(faults: Faults, act: Json) -> None:
    faults.api_down(bool(act.get("on", True)))


async def _rate_limit(faults: Faults, act: Json) -> None:
    wait = int(_number(act, "retry_after", LONGEST_WAIT, 30))
    faults.rate_limit(_method(act), wait, _times(act))


async def _drop_reply(faults: Faults, act: Json) -> None:
    faults.drop_reply(_method(act), _times(act))


async def _lost_acks(faults: Faults, act: Json) -> None:
    faults.ignore_acks(_times(act))


async def _latency(faults: Faults, act: Json) -> None:
    faults.latency = _number(act, "seconds", LONGEST_LATENCY, 0)


async def _per_channel_rate(faults: Faults, act: Json) -> None:
    faults.per_channel_rate(bool(act.get("on", True)))


async def _disconnect(faults: Faults, act: Json) -> None:
    await faults.disconnect(graceful=bool(act.get("graceful")))


async def _none(faults: Faults, _act: Json) -> None:
    faults.clear()


def _number(act: Json, name: str, most: int, usual: float) -> float:
    value = act.get(name, usual)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise ValueError(f"Give {name} as a number from 0 to {most}.")
    return float(value)


def _times(act: Json) -> int:
    """How often; 0 ends it."""
    return int(_number(act, "times", MOST_TIMES, 1))


def _method(act: Json) -> str:
    method = str(act.get("method") or EVERY_POST)
    if method != EVERY_POST and method not in METHODS:
        raise ValueError(
            f"Slack has no method {method} here: name another, or {EVERY_POST} for any post."
        )
    return method


SWITCHES: dict[str, Callable[[Faults, Json], Awaitable[None]]] = {
    "down": _down,
    "api_down": _api_down,
    "rate_limit": _rate_limit,
    "drop_reply": _drop_reply,
    "lost_acks": _lost_acks,
    "latency": _latency,
    "per_channel_rate": _per_channel_rate,
    "disconnect": _disconnect,
    "none": _none,
}

FAULT_ACTS: dict[str, Callable[[Person, Json], Awaitable[Json]]] = {"fault": _fault}
