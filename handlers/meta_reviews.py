"""The quarterly look across postmortems (rule 21)."""

from slack_bolt.async_app import AsyncApp

from handlers.outgoing import Compose
from handlers.subcommands import Subcommand

DELIVERIES: dict[str, Compose] = {}
SUBCOMMANDS: dict[str, Subcommand] = {}


def register(app: AsyncApp) -> None:
    """Register nothing yet."""
    del app
