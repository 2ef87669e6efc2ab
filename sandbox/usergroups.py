"""User groups: a handle that names several people at once."""

from dataclasses import dataclass, field

from sandbox.refusals import Json


@dataclass
class UserGroup:
    """One group; a disabled one has the moment in `deleted`."""

    id: str
    handle: str
    name: str
    created_by: str
    created: int
    users: list[str] = field(default_factory=list)
    description: str = ""
    deleted: int = 0

    def to_api(self, team_id: str, *, with_users: bool = False, with_count: bool = False) -> Json:
        """The user group object as `usergroups.list` answers it."""
        shown: Json = {
            "id": self.id,
            "team_id": team_id,
            "is_usergroup": True,
            "is_subteam": True,
            "name": self.name,
            "description": self.description,
            "handle": self.handle,
            "is_external": False,
            "date_create": self.created,
            "date_update": self.created,
            "date_delete": self.deleted,
            "auto_provision": False,
            "enterprise_subteam_id": "",
            "created_by": self.created_by,
            "updated_by": self.created_by,
            "prefs": {"channels": [], "groups": []},
            "channel_count": 0,
        }
        if with_users:
            shown["users"] = list(self.users)
        if with_count:
            shown["user_count"] = len(self.users)
        return shown
