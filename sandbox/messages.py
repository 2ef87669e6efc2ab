"""A message, and how Slack shows it to an app."""

from collections.abc import Sequence
from dataclasses import dataclass, field

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
    pinned_by: str | None = None
    #: Who let in the one who joined.
    inviter: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    #: What each person has chosen in its inputs, as `state.values`.
    values: dict[str, Json] = field(default_factory=dict)
    #: Ids of the files shared with it.
    files: list[str] = field(default_factory=list)

    def to_api(
        self,
        team_id: str,
        *,
        with_metadata: bool = False,
        files: Sequence[Json] = (),
    ) -> Json:
        """The message object, without the keys that only some methods add.

        `files` are the file objects of those shared with it.
        """
        answer: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts}
        answer["team"] = team_id
        optional = {
            "subtype": self.subtype,
            "bot_id": self.bot_id,
            "app_id": self.app_id,
            "thread_ts": self.thread_ts,
            "inviter": self.inviter,
            "blocks": self.blocks,
        }
        answer |= {key: value for key, value in optional.items() if value}
        if self.edited:
            answer["edited"] = {"user": self.user, "ts": self.edited}
        if files:
            answer |= {"files": list(files), "upload": True}
        if with_metadata and self.metadata:
            answer["metadata"] = self.metadata
        return answer

    def reactions_to_api(self) -> list[Json]:
        """The reactions, most used name first as they came."""
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
