"""Channels and direct messages."""

from dataclasses import dataclass, field
from typing import Literal

from sandbox.messages import Message
from sandbox.refusals import Json

Kind = Literal["public", "private", "dm"]
CHANNEL_TYPE = {"public": "channel", "private": "group", "dm": "im"}

#: What stands in every channel that is no DM and that no other workspace shares.
UNSHARED: Json = {
    "is_im": False,
    "is_mpim": False,
    "unlinked": 0,
    "is_shared": False,
    "is_org_shared": False,
    "is_ext_shared": False,
    "is_pending_ext_shared": False,
    "pending_shared": [],
    "pending_connected_team_ids": [],
}


@dataclass
class Channel:
    """A place where messages stand; a DM is one between two."""

    id: str
    name: str
    kind: Kind
    creator: str
    created: int
    members: list[str] = field(default_factory=list)
    topic: str = ""
    purpose: str = ""
    archived: bool = False
    general: bool = False
    messages: list[Message] = field(default_factory=list)
    last_read: dict[str, str] = field(default_factory=dict)
    bookmarks: list[Json] = field(default_factory=list)

    @property
    def type(self) -> str:
        """The word events use: channel, group or im."""
        return CHANNEL_TYPE[self.kind]

    def visible_to(self, person: str) -> bool:
        """Whether somebody may know that it exists."""
        return self.kind == "public" or person in self.members

    def partner(self, person: str) -> str:
        """The other one of a DM; oneself in the DM with oneself."""
        return next((one for one in self.members if one != person), person)

    def find(self, ts: str) -> Message | None:
        """The message that everybody may see with this ts."""
        return next((m for m in self.messages if m.ts == ts and not m.only_for), None)

    def to_api(self, viewer: str, team_id: str) -> Json:
        """The channel object as `conversations.info` answers it to `viewer`."""
        if self.kind == "dm":
            return self._dm_to_api(viewer, team_id)
        private = self.kind == "private"
        return {
            "id": self.id,
            "name": self.name,
            "is_channel": not private,
            "is_group": private,
            "is_private": private,
            "created": self.created,
            "is_archived": self.archived,
            "is_general": self.general,
            "name_normalized": self.name,
            **UNSHARED,
            "context_team_id": team_id,
            "updated": self.created * 1000,
            "creator": self.creator,
            "shared_team_ids": [team_id],
            "topic": self._said(self.topic),
            "purpose": self._said(self.purpose),
            "previous_names": [],
        }

    def _said(self, value: str) -> Json:
        return {
            "value": value,
            "creator": self.creator if value else "",
            "last_set": self.created if value else 0,
        }

    def _dm_to_api(self, viewer: str, team_id: str) -> Json:
        return {
            "id": self.id,
            "created": self.created,
            "is_archived": self.archived,
            "is_im": True,
            "is_org_shared": False,
            "user": self.partner(viewer),
            "context_team_id": team_id,
            "updated": self.created * 1000,
        }
