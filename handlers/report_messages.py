"""To be written."""

from slack_bolt.async_app import AsyncApp


def register(app: AsyncApp) -> None:
    """Register nothing yet."""
