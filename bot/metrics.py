"""The loop in numbers, for whoever watches it: on `/metrics`, and once an hour in the logs.

They are read from the database when they are asked for, so every replica tells the same, and a
restart changes nothing. They are of all workspaces together, and name nobody.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from slack_sdk.web.async_client import AsyncWebClient

from bot.socket_mode import Socket
from bot.web import Exposition, Scrape
from storage.engine import Database, Sessions
from storage.loop import Loop, snapshot

log = structlog.get_logger(__name__)

#: Every gauge's name begins so (prometheus.io/docs/practices/naming).
PREFIX = "closedloop_"


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The loop as it stood at an instant; `connected` is None where Slack calls us."""

    loop: Loop
    at: datetime
    connected: bool | None


See = Callable[[], Awaitable[Seen | None]]
#: One number, or one for each state: together these make a sum that means something.
Value = float | Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Gauge:
    """One thing that is told, and how it is read; None where there is no such thing here."""

    name: str
    says: str
    read: Callable[[Seen], Value | None]


def _deliveries(seen: Seen) -> Mapping[str, int]:
    states = ("scheduled", "due", "late", "retrying", "given_up")
    return {state: getattr(seen.loop, state) for state in states}


def _oldest_due(seen: Seen) -> float:
    since = seen.loop.oldest_due
    return 0.0 if since is None else (seen.at - since).total_seconds()


def _items(seen: Seen) -> Mapping[str, int]:
    return {state.name.lower(): number for state, number in seen.loop.items.items()}


GAUGES = (
    Gauge(
        name="deliveries",
        says="Messages to Slack that are owed or were given up, by state.",
        read=_deliveries,
    ),
    Gauge(
        name="oldest_due_seconds",
        says="How long the oldest message whose time has come has waited; 0 when none has.",
        read=_oldest_due,
    ),
    Gauge(name="items", says="Action items, by state.", read=_items),
    Gauge(
        name="items_overdue",
        says="Open action items whose due date has passed.",
        read=lambda seen: seen.loop.overdue,
    ),
    Gauge(
        name="items_expired",
        says="Open action items that two monthly reviews have seen open.",
        read=lambda seen: seen.loop.expired,
    ),
    Gauge(
        name="accepted_risks",
        says="Risks that are accepted instead of an action item.",
        read=lambda seen: seen.loop.accepted_risks,
    ),
    Gauge(
        name="accepted_risks_run_out",
        says="Accepted risks whose until-date has come, and nobody has decided on since.",
        read=lambda seen: seen.loop.risks_run_out,
    ),
    Gauge(
        name="socket_connected",
        says="1 while this process is connected to Slack, else 0. Only in Socket Mode.",
        read=lambda seen: None if seen.connected is None else int(seen.connected),
    ),
)


def seeing(database: Database, socket: Socket | None, now: Callable[[], datetime]) -> See:
    """Look at everything at once; None when the database does not answer."""

    async def see() -> Seen | None:
        at = now()
        loop = await database.answer(lambda session: snapshot(session, at, at.date()))
        if loop is None:
            return None
        connected = None if socket is None else await socket.connected()
        return Seen(loop=loop, at=at, connected=connected)

    return see


def scraping(see: See) -> Scrape:
    """Write what is seen in the format that the reader accepts; None when nothing can be."""

    async def scrape(accept: str) -> Exposition | None:
        seen = await see()
        if seen is None:
            return None
        encode, content_type = choose_encoder(accept)
        registry = CollectorRegistry()
        registry.register(_Told(seen))
        return Exposition(body=encode(registry), content_type=content_type)

    return scrape


class _Told(Collector):
    """What was seen, as prometheus-client wants it."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, says, value in _values(self._seen):
            yield _family(PREFIX + name, says, value)


def _values(seen: Seen) -> Iterator[tuple[str, str, Value]]:
    for gauge in GAUGES:
        value = gauge.read(seen)
        if value is not None:
            yield gauge.name, gauge.says, value


def _family(name: str, says: str, value: Value) -> GaugeMetricFamily:
    if not isinstance(value, Mapping):
        return GaugeMetricFamily(name, says, value=value)
    family = GaugeMetricFamily(name, says, labels=["state"])
    for state, number in value.items():
        family.add_metric([state], number)
    return family


class Hourly:
    """A duty of the clock: logs the same numbers at the start, and when an hour begins.

    It remembers which hour it logged, and the database need not: a line is about this process and
    owed to nobody, so a restart says it again, and each replica says its own.
    """

    def __init__(self, see: See) -> None:
        self._see = see
        self._told: datetime | None = None

    async def __call__(self, _sessions: Sessions, _client: AsyncWebClient, now: datetime) -> None:
        """Log one line `loop`, unless this hour has one."""
        hour = now.replace(minute=0, second=0, microsecond=0)
        if hour == self._told:
            return
        self._told = hour
        seen = await self._see()
        if seen is None:
            log.warning("loop_unknown", reason="The database did not answer.")
            return
        log.info("loop", **{name: value for name, _says, value in _values(seen)})
