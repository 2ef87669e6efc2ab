"""The payloads of commands, shortcuts, block actions, menus asked for, views sent and closed."""

from sandbox.channels import Channel
from sandbox.inputs import state_values
from sandbox.messages import Message
from sandbox.modals import OpenView
from sandbox.people import Account
from sandbox.refusals import Json
from sandbox.triggers import ResponseUrl
from sandbox.workspace import Workspace

ACTION_KEYS = ("type", "action_id", "text", "value", "style", "url")
CHANNEL_NAMES = {"private": "privategroup", "dm": "directmessage"}


class Interactions:
    """Builds what Slack sends when somebody acts."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @property
    def base_url(self) -> str:
        """Where the workspace is served."""
        return self._workspace.url

    def _response_url(self, url: ResponseUrl) -> str:
        return self.base_url + self._workspace.triggers.response_url(url)

    def _who(self, person: Account) -> Json:
        workspace = self._workspace
        user = {"id": person.id, "username": person.handle, "name": person.handle}
        return {
            "team": {"id": workspace.team_id, "domain": workspace.domain},
            "user": {**user, "team_id": workspace.team_id},
            "api_app_id": workspace.app.id,
            "token": workspace.app.verification,
            "is_enterprise_install": False,
            "enterprise": None,
        }

    def command(self, person: Account, channel: Channel, name: str, text: str) -> Json:
        """A slash command."""
        workspace = self._workspace
        return {
            "token": workspace.app.verification,
            "team_id": workspace.team_id,
            "team_domain": workspace.domain,
            "channel_id": channel.id,
            "channel_name": _named(channel)["name"],
            "user_id": person.id,
            "user_name": person.handle,
            "command": name,
            "text": text,
            "api_app_id": workspace.app.id,
            "is_enterprise_install": False,
            "response_url": self._response_url(
                ResponseUrl(channel.id, person.id, None, ephemeral=True)
            ),
            "trigger_id": workspace.triggers.new(person.id, channel=channel.id),
        }

    def _action(self, block: Json, element: Json, value: Json) -> Json:
        action: Json = {key: element[key] for key in ACTION_KEYS if key in element}
        stamp = self._workspace.next_ts()
        return {**action, "block_id": block["block_id"], **value, "action_ts": stamp}

    def _message(self, message: Message) -> Json:
        return self._workspace.shown(message, with_metadata=True)

    def on_message(
        self, person: Account, channel: Channel, message: Message, act: tuple[Json, Json, Json]
    ) -> Json:
        """A click on a message's element; `act` is block, element and what was chosen."""
        ephemeral = message.only_for is not None
        url = ResponseUrl(channel.id, person.id, message.ts, ephemeral=ephemeral)
        payload: Json = {
            "type": "block_actions",
            **self._who(person),
            "container": _container(channel, message),
            "trigger_id": self._workspace.triggers.new(person.id, channel=channel.id),
            "channel": _named(channel),
            "state": {"values": state_values(message.blocks, message.values.get(person.id, {}))},
            "response_url": self._response_url(url),
            "actions": [self._action(*act)],
        }
        # Slack keeps no ephemeral messages, so it cannot send one along.
        if not ephemeral:
            payload["message"] = self._message(message)
        return payload

    def on_view(self, person: Account, view: OpenView, act: tuple[Json, Json, Json]) -> Json:
        """A click on an element of a modal or Home tab."""
        in_modal = view.content["type"] == "modal"
        return {
            "type": "block_actions",
            **self._who(person),
            "container": {"type": "view", "view_id": view.id},
            "trigger_id": self._workspace.triggers.new(
                person.id, in_modal=in_modal, channel=view.channel
            ),
            "view": view.to_api(self._workspace.app, self._workspace.team_id),
            "actions": [self._action(*act)],
        }

    def submitted(self, person: Account, view: OpenView) -> Json:
        """A modal sent off."""
        return {
            "type": "view_submission",
            **self._who(person),
            "trigger_id": self._workspace.triggers.new(
                person.id, in_modal=True, channel=view.channel
            ),
            "view": view.to_api(self._workspace.app, self._workspace.team_id),
        }

    def closed(self, person: Account, view: OpenView, *, cleared: bool) -> Json:
        """A modal closed by its person."""
        return {
            "type": "view_closed",
            **self._who(person),
            "view": view.to_api(self._workspace.app, self._workspace.team_id),
            "is_cleared": cleared,
        }

    def suggestion(
        self,
        person: Account,
        place: OpenView | tuple[Channel, Message],
        menu: tuple[Json, Json],
        typed: str,
    ) -> Json:
        """The question for a menu's options; `menu` is its block and element."""
        block, element = menu
        asked = {"action_id": element["action_id"], "block_id": block["block_id"], "value": typed}
        payload = {"type": "block_suggestion", **self._who(person), **asked}
        if isinstance(place, OpenView):
            shown = place.to_api(self._workspace.app, self._workspace.team_id)
            return {**payload, "container": {"type": "view", "view_id": place.id}, "view": shown}
        channel, message = place
        payload |= {"container": _container(channel, message), "channel": _named(channel)}
        if message.only_for is None:
            payload["message"] = self._message(message)
        return payload

    def shortcut(self, person: Account, callback_id: str) -> Json:
        """A global shortcut."""
        team = self._workspace.team_id
        return {
            "type": "shortcut",
            **self._shortcut(person, callback_id, None),
            "user": {"id": person.id, "username": person.handle, "team_id": team},
        }

    def message_shortcut(
        self, person: Account, callback_id: str, channel: Channel, message: Message
    ) -> Json:
        """A shortcut of a message's menu."""
        team = self._workspace.team_id
        url = ResponseUrl(channel.id, person.id, None, ephemeral=True)
        return {
            "type": "message_action",
            **self._shortcut(person, callback_id, channel.id),
            "user": {"id": person.id, "name": person.handle, "team_id": team},
            "channel": _named(channel),
            "message_ts": message.ts,
            "message": self._message(message),
            "response_url": self._response_url(url),
        }

    def _shortcut(self, person: Account, callback_id: str, channel: str | None) -> Json:
        workspace = self._workspace
        return {
            "callback_id": callback_id,
            "trigger_id": workspace.triggers.new(person.id, channel=channel),
            "action_ts": workspace.next_ts(),
            "team": {"id": workspace.team_id, "domain": workspace.domain},
            "token": workspace.app.verification,
            "is_enterprise_install": False,
            "enterprise": None,
        }


def _named(channel: Channel) -> Json:
    return {"id": channel.id, "name": CHANNEL_NAMES.get(channel.kind, channel.name)}


def _container(channel: Channel, message: Message) -> Json:
    return {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.only_for is not None,
    }
