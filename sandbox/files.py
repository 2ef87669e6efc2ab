"""Files that people and the app put into the workspace, kept in memory."""

from dataclasses import dataclass, field

from sandbox.refusals import Json

#: As much of a text file as a message shows under it, in characters.
PREVIEW = 1000


@dataclass
class File:
    """One hosted file; `channels` are those it was shared in."""

    id: str
    name: str
    user: str
    created: int
    content: bytes
    mimetype: str = "application/octet-stream"
    title: str = ""
    channels: list[str] = field(default_factory=list)

    @property
    def preview(self) -> str | None:
        """The beginning of a text file; None for any other."""
        if not self.mimetype.startswith(("text/", "application/json")):
            return None
        return self.content.decode("utf-8", "replace")[:PREVIEW]

    def to_page(self) -> Json:
        """Give the file as the browser page shows it."""
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.mimetype,
            "size": len(self.content),
            "user": self.user,
            "created": self.created,
            "url": f"/files/{self.id}/{self.name}",
            "preview": self.preview,
        }
