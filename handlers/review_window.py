"""`/postmortem review`: when the next one is, and a way to begin it."""

from slack_bolt.async_app import AsyncApp

from handlers.outgoing import Compose
from handlers.subcommands import Subcommand

DELIVERIES: dict[str, Compose] = {}
SUBCOMMANDS: dict[str, Subcommand] = {}


def register(app: AsyncApp) -> None:
    """Register nothing yet."""
    del app
