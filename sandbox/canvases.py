"""Canvases: documents in Markdown that stand beside the messages."""

from dataclasses import dataclass

from sandbox.refusals import Json


@dataclass
class Canvas:
    """One canvas; with a `channel` it is that channel's own."""

    id: str
    title: str
    owner: str
    markdown: str
    created: int
    updated: int
    channel: str | None = None

    def to_page(self) -> Json:
        """Give the canvas as the browser page shows it."""
        return {
            "id": self.id,
            "title": self.title,
            "owner": self.owner,
            "markdown": self.markdown,
            "updated": self.updated,
            "channel": self.channel,
        }
