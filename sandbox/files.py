"""Files that people and the app put into the workspace, kept in memory."""

import mimetypes
from dataclasses import dataclass, field
from secrets import token_hex
from urllib.parse import quote

from sandbox.refusals import Json

#: As much of a text file as a message shows under it, in characters.
PREVIEW = 1000
#: As many bytes as one character may have in UTF-8.
WIDEST = 4
TEXTS = ("text/", "application/json")


def new_file_id() -> str:
    """An id that no file and no canvas had before."""
    return f"F0{token_hex(5).upper()}"


def mimetype_of(name: str) -> str:
    """Guess from its name what a file holds."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


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
    alt_txt: str = ""
    #: The key under which its bytes are awaited, until the upload is completed.
    ticket: str | None = None
    #: How many bytes were announced.
    length: int | None = None
    deleted: bool = False

    @property
    def arrived(self) -> bool:
        """Whether the bytes that were announced are here."""
        return self.length is None or len(self.content) == self.length

    @property
    def is_text(self) -> bool:
        """Whether it can be read as text."""
        return self.mimetype.startswith(TEXTS)

    @property
    def preview(self) -> str | None:
        """The beginning of a text file; None for any other."""
        if not self.is_text:
            return None
        return self.content[: PREVIEW * WIDEST].decode("utf-8", "replace")[:PREVIEW]

    @property
    def path(self) -> str:
        """Where its bytes are, from the workspace's root."""
        return f"/files/{self.id}/{quote(self.name, safe='')}"

    @property
    def filetype(self) -> str:
        """Slack's short name of its type; mostly what stands behind the last dot."""
        ending = self.name.rpartition(".")[2].lower() if "." in self.name else ""
        return {"txt": "text", "md": "markdown", "": "text" if self.is_text else "binary"}.get(
            ending, ending
        )

    def to_page(self) -> Json:
        """The file as the browser page shows it."""
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.mimetype,
            "size": len(self.content),
            "user": self.user,
            "created": self.created,
            "url": self.path,
            "preview": self.preview,
        }

    def to_api(self, team_id: str, base_url: str) -> Json:
        """The file object as messages hold it (docs.slack.dev: objects, "File object")."""
        if self.deleted:
            return {"id": self.id, "mode": "tombstone"}
        url = f"{base_url}{self.path.removeprefix('/')}"
        return {
            **self._described(team_id),
            "mode": "snippet" if self.is_text else "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": bool(self.channels),
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": url,
            "url_private_download": url,
            "permalink": url,
            "is_starred": False,
            "has_rich_preview": False,
            "file_access": "visible",
        }

    def _described(self, team_id: str) -> Json:
        described: Json = {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.mimetype,
            "filetype": self.filetype,
            "pretty_type": self.filetype.replace("_", " ").title(),
            "user": self.user,
            "user_team": team_id,
            "editable": self.is_text,
            "size": len(self.content),
        }
        if self.alt_txt:
            described["alt_txt"] = self.alt_txt
        if self.is_text:
            described["preview"] = self.preview
        return described
