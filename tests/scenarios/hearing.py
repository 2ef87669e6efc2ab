"""What scenarios about digests need: the clock turned to an instant, and who got which."""

from datetime import UTC, datetime

from bot.clock import Clock
from bot.rooms import SCHEDULE
from handlers.digests import DIGEST
from sandbox.messages import Message
from tests.scenarios.stage import Stage


async def until(slack: Stage, at: str) -> None:
    """Turn the clock to an instant in UTC (`2026-12-17 09:30`), and let happen what is due."""
    await slack.passes(datetime.fromisoformat(at).replace(tzinfo=UTC) - slack.clock.now())
    await strike(slack)


async def strike(slack: Stage) -> None:
    """Let the clock strike, and whatever is owed be sent."""
    await slack.bot.clock.strike()
    await slack.settled()


def digests(slack: Stage, name: str) -> list[Message]:
    """Give the digests somebody has got, the oldest first."""
    workspace = slack.sandbox.workspace
    dm = workspace.dm(slack.id_of(name), workspace.app.bot_user)
    keys = [(each.metadata or {}).get("event_payload", {}).get("key", "") for each in dm.messages]
    return [each for each, key in zip(dm.messages, keys, strict=True) if f"/{DIGEST}/" in key]


def posted(slack: Stage, name: str) -> list[str]:
    """When each of these was posted, in UTC."""
    return [
        f"{datetime.fromtimestamp(float(each.ts), UTC):%Y-%m-%d %H:%M}"
        for each in digests(slack, name)
    ]


def calls(slack: Stage) -> list[str]:
    """Which methods of Slack were called until now, but for the roll call of each day."""
    return [call.method for call in slack.sandbox.calls if call.method != "users.list"]


def replica(slack: Stage) -> Clock:
    """Give the clock of another process on the same database."""
    return Clock(
        slack.bot.database.sessions,
        slack.bot.app.client,
        slack.clock.now,
        SCHEDULE,
        slack.bot.courier.wake,
    )
