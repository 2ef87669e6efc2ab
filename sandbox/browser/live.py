"""What one browser tab has on its screen, and what has changed since it was told."""

import json
from typing import Any

from sandbox.browser.snapshot import around, messages
from sandbox.refusals import Json
from sandbox.workspace import Workspace


class Sight:
    """What one tab has been sent: everything around, and the messages of one channel."""

    def __init__(self, workspace: Workspace, me: str, channel: str) -> None:
        self._workspace = workspace
        self._me = me
        self._channel = channel
        # As text, so that what is changed in place afterwards is seen to differ.
        self._around: dict[str, str] = {}
        self._messages: dict[str, Json] | None = None

    def frame(self) -> str | None:
        """What the tab lacks; None when it lacks nothing."""
        now = {key: _text(one) for key, one in around(self._workspace, self._me).items()}
        changed = {key: text for key, text in now.items() if self._around.get(key) != text}
        self._around = now
        talk = self._talk()
        if not changed and not talk:
            return None
        return _frame(changed, talk)

    def look(self, channel: str) -> str:
        """Another channel's messages, whole; they are kept current from now on."""
        self._channel, self._messages = channel, None
        return _frame({}, self._talk())

    def _talk(self) -> Json:
        """What is new in the channel: changed messages and the ts of those gone."""
        if not self._channel:
            return {}
        fresh = self._fresh()
        known, self._messages = self._messages, fresh
        if known is None:
            return {self._channel: {"whole": True, "put": list(fresh.values()), "gone": []}}
        # A message's blocks are replaced and never changed in place, so this compares them by
        # identity, and two thousand messages in a millisecond or two.
        put = [message for ts, message in fresh.items() if known.get(ts) != message]
        gone = [ts for ts in known if ts not in fresh]
        return {self._channel: {"whole": False, "put": put, "gone": gone}} if put or gone else {}

    def _fresh(self) -> dict[str, Json]:
        channel = self._workspace.channels.get(self._channel)
        if channel is None or not channel.visible_to(self._me):
            return {}
        return {message["ts"]: message for message in messages(self._workspace, channel, self._me)}


def _frame(around: dict[str, str], talk: Json) -> str:
    changed = ",".join(f"{_text(key)}:{text}" for key, text in around.items())
    return f'{{"set":{{{changed}}},"messages":{_text(talk)}}}'


def _text(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))
