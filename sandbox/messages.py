"""A message, and how Slack shows it to an app."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sandbox.files import File, files_to_api
from sandbox.refusals import Json
from sandbox.seeing import visible_text


@dataclass
class Message:
    """One message of a channel; `only_for` makes it ephemeral."""

    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    bot_id: str | None = None
    app_id: str | None = None
    metadata: Json | None = None
    thread_ts: str | None = None
    subtype: str | None = None
    only_for: str | None = None
    edited: str | None = None
    pinned: bool = False
    reactions: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, Json] = field(default_factory=dict)
    #: Ids of the files shared with it.
    files: list[str] = field(default_factory=list)

    def to_api(
        self,
        team_id: str,
        *,
        with_metadata: bool = False,
        files: Mapping[str, File] | None = None,
    ) -> Json:
        """Give the message object, without the keys that only some methods add.

        `files` are the workspace's, among them the shared ones.
        """
        answer: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts}
        answer["team"] = team_id
        optional = {
            "subtype": self.subtype,
            "bot_id": self.bot_id,
            "app_id": self.app_id,
            "thread_ts": self.thread_ts,
            "blocks": self.blocks,
        }
        answer |= {key: value for key, value in optional.items() if value}
        if self.edited:
            answer["edited"] = {"user": self.user, "ts": self.edited}
        if self.files and files is not None:
            answer |= {"files": files_to_api(files, self.files, team_id), "upload": True}
        if with_metadata and self.metadata:
            answer["metadata"] = self.metadata
        return answer

    def reactions_to_api(self) -> list[Json]:
        """Give the reactions, most used name first as they came."""
        return [
            {"name": name, "users": list(users), "count": len(users)}
            for name, users in self.reactions.items()
        ]

    def words(self) -> str:
        """All that is written in it."""
        return f"{self.text}\n{visible_text(self.blocks)}"

    def seen_by(self, person: str) -> bool:
        """Whether this person has it on screen."""
        return self.only_for in (None, person)
