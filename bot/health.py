"""What `/readyz` asks: the database answers, Slack is connected, deliveries go out."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta

from bot.socket_mode import Socket
from bot.web import Look, Readiness
from storage import deliveries
from storage.deliveries import Health
from storage.engine import Database

#: A delivery due for longer than this means that they are stuck.
STUCK_AFTER = timedelta(minutes=5)


def looking(database: Database, socket: Socket | None, now: Callable[[], datetime]) -> Look:
    """Ask the database once, for all it tells; and Slack in Socket Mode.

    In HTTP mode Slack calls us, so there is no connection to ask for.
    """

    async def look() -> Readiness:
        at = now()
        health = await database.answer(lambda session: deliveries.health(session, at))
        checks = {"database": health is not None, "deliveries": _flowing(health, at)}
        if socket is not None:
            checks["slack"] = await socket.connected()
        return Readiness(checks=checks, numbers={} if health is None else _numbers(health))

    return look


def _flowing(health: Health | None, now: datetime) -> bool:
    if health is None:
        return False
    return health.oldest_due is None or now - health.oldest_due < STUCK_AFTER


def _numbers(health: Health) -> dict[str, int]:
    return {name: number for name, number in asdict(health).items() if name != "oldest_due"}
