"""What `/readyz` asks: the database answers, Slack is connected, deliveries go out."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.socket_mode import Socket
from bot.web import Checks
from storage import deliveries
from storage.engine import Database

#: A delivery due for longer than this means that they are stuck.
STUCK_AFTER = timedelta(minutes=5)


def checks(database: Database, socket: Socket | None, now: Callable[[], datetime]) -> Checks:
    """The three questions. In HTTP mode Slack calls us, so there is no connection to ask for."""

    async def flowing() -> bool:
        if not await database.reachable():
            return False
        async with database.sessions() as session:
            oldest = (await deliveries.health(session, now())).oldest_due
        return oldest is None or now() - oldest < STUCK_AFTER

    questions = {"database": database.reachable, "deliveries": flowing}
    return questions if socket is None else {**questions, "slack": socket.connected}
