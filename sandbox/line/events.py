"""What happens in the workspace, as the Events API tells it to a subscribed app."""

from sandbox.channels import Channel
from sandbox.line.delivery import Delivery
from sandbox.refusals import Json
from sandbox.workspace import Workspace

MESSAGE_EVENTS = {"public": "message.channels", "private": "message.groups", "dm": "message.im"}


class Events:
    """Passes on what the manifest subscribes to and the bot is there to see."""

    def __init__(self, workspace: Workspace, delivery: Delivery) -> None:
        self._workspace = workspace
        self._delivery = delivery
        workspace.on_event(self.happened)

    def happened(self, event: Json, channel: Channel | None) -> None:
        """Tell the app, if it asked to be told and may know."""
        app = self._workspace.app
        if channel is not None and app.bot_user not in channel.members:
            return
        name = _subscription(event, channel)
        if name in app.events:
            self._delivery.tell(self._callback(event))
        if self._mentions(event) and "app_mention" in app.events:
            mention = {key: event[key] for key in event if key != "channel_type"}
            self._delivery.tell(self._callback({**mention, "type": "app_mention"}))

    def _mentions(self, event: Json) -> bool:
        app = self._workspace.app
        said = event["type"] == "message" and not event.get("subtype")
        return said and f"<@{app.bot_user}>" in event.get("text", "")

    def _callback(self, event: Json) -> Json:
        app, team = self._workspace.app, self._workspace.team_id
        self._workspace.last_event = number = self._workspace.last_event + 1
        return {
            "token": app.verification,
            "team_id": team,
            "api_app_id": app.id,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev0SANDBOX{number:04d}",
            "event_time": int(self._workspace.clock.now().timestamp()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team,
                    "user_id": app.bot_user,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": f"4-sandbox-{number}",
        }


def _subscription(event: Json, channel: Channel | None) -> str:
    """The name under which a manifest subscribes to this event."""
    if event["type"] == "message" and channel is not None:
        return MESSAGE_EVENTS[channel.kind]
    return str(event["type"])
