"""An app that hears of everything, and what it was told."""

from typing import Any

from tests.sandbox.conftest import MANIFEST

#: The small manifest with every event that a person's deeds can cause.
MANY_EVENTS = MANIFEST.replace(
    "bot_events: [", "bot_events: [pin_added, pin_removed, file_shared, channel_created, "
)


def events(told: list[dict[str, Any]]) -> list[str]:
    """The events among what was told, by subtype or type."""
    heard = [one["event"] for one in told if "event" in one]
    return [one.get("subtype") or one["type"] for one in heard]
