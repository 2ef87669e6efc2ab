"""What people change about themselves, and the event it causes."""

from zoneinfo import available_timezones

from sandbox.refusals import Json
from sandbox.workspace import Workspace


def move(workspace: Workspace, user: str, tz: str) -> None:
    """Let somebody live in another time zone (docs.slack.dev/reference/events/user_change)."""
    if tz not in available_timezones():
        raise ValueError(f"There is no time zone {tz}: choose one such as Europe/Lisbon.")
    account = workspace.people[user]
    account.tz = tz
    now = workspace.clock.now()
    account.updated = int(now.timestamp())
    with_email = workspace.app.may("users:read.email")
    shown = account.to_api(workspace.team_id, now, with_email=with_email)
    event: Json = {"type": "user_change", "user": shown, "cache_ts": account.updated}
    workspace.emit(event)
