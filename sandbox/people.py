"""The accounts of the workspace: people, apps' bots, the deactivated."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.refusals import Json

SLACKBOT = "USLACKBOT"


@dataclass
class Account:
    """One row of the member list."""

    id: str
    handle: str
    real_name: str
    title: str = ""
    tz: str = "Etc/UTC"
    color: str = "4bbe2e"
    deleted: bool = False
    is_bot: bool = False
    is_guest: bool = False
    bot_id: str | None = None
    app_id: str | None = None
    updated: int = 0

    @property
    def is_person(self) -> bool:
        """Whether a human being may sit behind it."""
        return not self.is_bot and self.id != SLACKBOT

    def to_api(self, team_id: str, now: datetime, *, with_email: bool = False) -> Json:
        """The user object as `users.info` answers it."""
        answer: Json = {
            "id": self.id,
            "team_id": team_id,
            "name": self.handle,
            "deleted": self.deleted,
            "profile": self._profile(team_id, with_email=with_email),
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": self.updated,
        }
        # Slack leaves these out for deactivated accounts, which readers often forget.
        if not self.deleted:
            answer |= self._living(now)
        return answer

    def _living(self, now: datetime) -> Json:
        offset = now.astimezone(ZoneInfo(self.tz)).utcoffset()
        return {
            "color": self.color,
            "real_name": self.real_name,
            "tz": self.tz,
            "tz_label": self.tz.replace("_", " "),
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "is_admin": False,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": self.is_guest,
            "is_ultra_restricted": self.is_guest,
            "is_email_confirmed": self.is_person,
            "who_can_share_contact_card": "EVERYONE",
        }

    def _profile(self, team_id: str, *, with_email: bool) -> Json:
        profile: Json = {
            "title": self.title,
            "phone": "",
            "skype": "",
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": "",
            "display_name_normalized": "",
            "status_text": "",
            "status_emoji": "",
            "status_expiration": 0,
            "team": team_id,
        }
        if self.bot_id:
            profile |= {"bot_id": self.bot_id, "api_app_id": self.app_id or ""}
        elif with_email:
            profile["email"] = f"{self.handle}@example.com"
        return profile
