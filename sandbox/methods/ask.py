"""One Web API call while it is being answered."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from sandbox.channels import Channel
from sandbox.manifest import App
from sandbox.messages import Message
from sandbox.refusals import Json, Refused, arguments_refused
from sandbox.scopes import MANAGING, SCOPES_BY_KIND, scope_for
from sandbox.workspace import Workspace

LARGEST_PAGE = 1000
#: What `int` raises about a list, a word, or infinity.
NO_NUMBER = (TypeError, ValueError, OverflowError)


@dataclass(frozen=True)
class Ask:
    """The method asked for, its arguments, and the workspace it is asked of."""

    method: str
    args: Json
    workspace: Workspace
    base_url: str
    socket_url: str

    @property
    def app(self) -> App:
        """The app that asks."""
        return self.workspace.app

    @property
    def team(self) -> str:
        """The workspace's id."""
        return self.workspace.team_id

    def required(self, name: str) -> Any:
        """An argument that has to be given."""
        value = self.args.get(name)
        if value in (None, ""):
            raise arguments_refused(f"[ERROR] missing required field: {name}")
        return value

    def decoded(self, name: str) -> Any:
        """A required argument that forms carry as JSON."""
        value = self.required(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise arguments_refused(f"[ERROR] invalid JSON [json-pointer:/{name}]") from None

    def ids(self, name: str) -> list[str]:
        """The ids of a list, as clients write one: an array, JSON, or with commas."""
        value = self.args.get(name) or []
        if isinstance(value, str):
            value = self.decoded(name) if value.startswith("[") else value.split(",")
        if not isinstance(value, list):
            raise arguments_refused(f"[ERROR] must be an array [json-pointer:/{name}]")
        return [str(one).strip() for one in value if str(one).strip()]

    def flag(self, name: str) -> bool:
        """A yes or no, as clients write it."""
        return self.args.get(name) in (True, 1, "1", "true", "True")

    def needs(self, scope: str) -> None:
        """Refuse when the app was not granted this scope."""
        if not self.app.may(scope):
            provided = ",".join(self.app.scopes)
            raise Refused("missing_scope", needed=scope, provided=provided)

    def shown(self, message: Message, *, with_metadata: bool = False) -> Json:
        """A message object, with the files shared in it."""
        return self.workspace.shown(message, with_metadata=with_metadata)

    def now(self) -> int:
        """The workspace's time in whole seconds."""
        return int(self.workspace.clock.now().timestamp())

    def managed_channel(self) -> Channel:
        """The channel meant, which the app is in and may manage."""
        channel = self.channel()
        if channel.kind == "dm":
            raise Refused("method_not_supported_for_channel_type")
        scopes = MANAGING[self.method][channel.kind]
        if not any(self.app.may(scope) for scope in scopes):
            self.needs(scopes[0])
        if self.app.bot_user not in channel.members:
            raise Refused("not_in_channel")
        return channel

    def channel(self, name: str = "channel") -> Channel:
        """The conversation meant, if the app may know of it."""
        channel = self.workspace.find_channel(self.required(name))
        if not channel.visible_to(self.app.bot_user):
            raise Refused("channel_not_found")
        if self.method in SCOPES_BY_KIND:
            self.needs(scope_for(self.method, channel.kind))
        return channel

    def member_channel(self) -> Channel:
        """The conversation meant, which the app has to be a member of."""
        channel = self.channel()
        if self.app.bot_user not in channel.members:
            raise Refused("not_in_channel")
        return channel

    def message(self, channel: Channel, name: str = "ts") -> Message:
        """The message meant, which everybody in the channel can see."""
        message = channel.find(str(self.required(name)))
        if message is None:
            raise Refused("message_not_found")
        return message

    def thread(self, channel: Channel) -> str | None:
        """The thread to answer in; a reply's own ts leads to its parent."""
        ts = self.args.get("thread_ts")
        if not ts:
            return None
        parent = channel.find(str(ts))
        if parent is None:
            raise Refused("thread_not_found")
        return parent.thread_ts or parent.ts

    def page(self, things: list[Any], usual: int = 100) -> tuple[list[Any], str]:
        """One page of a list, and the cursor of the next."""
        try:
            limit = int(self.args.get("limit") or usual)
        except NO_NUMBER:
            raise Refused("invalid_limit") from None
        if not 1 <= limit <= LARGEST_PAGE:
            raise Refused("invalid_limit")
        start = _place(self.args.get("cursor"))
        end = start + limit
        return things[start:end], _cursor(end) if end < len(things) else ""


def _cursor(place: int) -> str:
    return base64.b64encode(f"next:{place}".encode()).decode()


def _place(cursor: object) -> int:
    if not cursor:
        return 0
    try:
        place = int(base64.b64decode(str(cursor), validate=True).decode().removeprefix("next:"))
    except (binascii.Error, ValueError):
        raise Refused("invalid_cursor") from None
    if place < 0:
        raise Refused("invalid_cursor")
    return place
