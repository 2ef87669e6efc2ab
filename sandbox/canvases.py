"""Canvases: documents in Markdown that stand beside the messages."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from sandbox.channels import Channel
from sandbox.refusals import Json

LEVELS = ("read", "write", "owner")
HEADING = re.compile(r"(#{1,3}) ")
FENCE = "```"
LIST_IN_QUOTE = re.compile(r">\s*([-*+]|\d+\.)\s")


@dataclass(frozen=True)
class Section:
    """One paragraph, heading, list or the like of a canvas."""

    id: str
    markdown: str

    @property
    def kind(self) -> str | None:
        """The section type that a lookup can ask for: h1, h2, h3; None for what is no heading."""
        found = HEADING.match(self.markdown)
        return f"h{len(found[1])}" if found else None


@dataclass
class Canvas:
    """One canvas; with a `channel` it is a tab there."""

    id: str
    title: str
    owner: str
    markdown: str
    created: int
    updated: int
    channel: str | None = None
    #: Whether it is the one canvas that every channel may have (conversations.canvases.create).
    channels_own: bool = False
    #: User or channel id -> read, write or owner.
    access: dict[str, str] = field(default_factory=dict)

    def level_of(self, user: str, channels: Mapping[str, Channel]) -> str | None:
        """What somebody may do with it: the most of what they and their channels were given."""
        if self.owner == user:
            return "owner"
        given = [
            level
            for key, level in self.access.items()
            if key == user or (key in channels and user in channels[key].members)
        ]
        return max(given, key=LEVELS.index, default=None)

    def visible_to(self, user: str, channels: Mapping[str, Channel]) -> bool:
        """Whether somebody can read it: it was shown to them, or is a tab of what they can see."""
        tab = channels.get(self.channel or "")
        shown = tab is not None and tab.visible_to(user)
        return shown or self.level_of(user, channels) is not None

    def sections(self) -> list[Section]:
        """Its sections; an id lasts as long as its text, whatever comes before or after."""
        seen: dict[str, int] = {}
        found = []
        for text in paragraphs(self.markdown):
            seen[text] = seen.get(text, 0) + 1
            key = f"{self.id}:{seen[text]}:{text}"
            found.append(Section(f"temp:C:{sha256(key.encode()).hexdigest()[:28]}", text))
        return found

    def write(self, parts: list[str], now: int) -> None:
        """Let it consist of these parts."""
        self.markdown = "\n\n".join(part.strip("\n") for part in parts if part.strip())
        self.updated = now

    def to_page(self) -> Json:
        """The canvas as the browser page shows it."""
        return {
            "id": self.id,
            "title": self.title,
            "owner": self.owner,
            "markdown": self.markdown,
            "updated": self.updated,
            "channel": self.channel,
        }

    def to_api(self, team_id: str) -> Json:
        """The canvas as `files.info` answers it: to Slack it is a file as well."""
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.title.replace(" ", "_"),
            "title": self.title,
            "mimetype": "application/vnd.slack-docs",
            "filetype": "quip",
            "pretty_type": "Canvas",
            "user": self.owner,
            "user_team": team_id,
            "editable": True,
            "size": len(self.markdown.encode()),
            "mode": "quip",
            "is_external": False,
            "external_type": "",
            "is_public": self.channel is not None,
            "updated": self.updated,
        }


def paragraphs(markdown: str) -> Iterator[str]:
    """The parts of a document: what empty lines divide, code whole, each heading alone."""
    part: list[str] = []
    in_code = False
    for line in markdown.splitlines():
        apart = not in_code and (not line.strip() or HEADING.match(line))
        if apart and part:
            yield "\n".join(part)
            part = []
        if apart and line.strip():
            yield line
        elif line.strip() or in_code:
            part.append(line)
        in_code ^= line.startswith(FENCE)
    if part:
        yield "\n".join(part)


def unsupported(markdown: str) -> str | None:
    """Say what Slack would not take of this Markdown, in its own words (canvases.edit, example)."""
    for number, line in enumerate(markdown.splitlines(), 1):
        if LIST_IN_QUOTE.match(line):
            return (
                f"'content' error: line {number}: Unsupported block type (List) within block quote"
            )
    return None
