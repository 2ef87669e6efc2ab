"""Who chairs a monthly review: called in turn, told ahead, passed on (rule 19)."""

from slack_bolt.async_app import AsyncApp

from handlers.outgoing import Compose
from handlers.subcommands import Subcommand

DELIVERIES: dict[str, Compose] = {}
SUBCOMMANDS: dict[str, Subcommand] = {}


def register(app: AsyncApp) -> None:
    """Register nothing yet."""
    del app
