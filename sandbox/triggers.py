"""Trigger ids and response urls: the short-lived keys that an interaction hands to the app."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.faults import Faults
from sandbox.refusals import Refused, arguments_refused

#: docs.slack.dev, "Handling user interaction": a response_url works 5 times within 30 minutes.
MOST_RESPONSES = 5
RESPONSES_WITHIN = timedelta(minutes=30)


@dataclass
class Trigger:
    """A person's permission to put a modal before them, once."""

    person: str
    at: float
    in_modal: bool
    #: The conversation that the person was viewing.
    channel: str | None = None
    used: bool = False


@dataclass
class ResponseUrl:
    """Where an interaction may be answered later."""

    channel: str
    person: str
    message_ts: str | None
    ephemeral: bool
    left: int = MOST_RESPONSES
    #: The workspace's time at which it was given.
    at: float = 0


@dataclass
class Triggers:
    """All keys handed out.

    A trigger's age is the wall's, for Slack's three seconds are real ones; a response url's is the
    workspace's, so that turning the clock shows what half an hour later is like.
    """

    faults: Faults
    now: Callable[[], datetime]
    monotonic: Callable[[], float] = time.monotonic
    issued: dict[str, Trigger] = field(default_factory=dict)
    urls: dict[str, ResponseUrl] = field(default_factory=dict)

    def new(self, person: str, *, in_modal: bool = False, channel: str | None = None) -> str:
        """A fresh trigger id for an act of this person."""
        trigger_id = f"{len(self.issued) + 1}.{secrets.token_hex(10)}"
        self.issued[trigger_id] = Trigger(person, self.monotonic(), in_modal, channel)
        return trigger_id

    def exchange(self, trigger_id: object) -> Trigger:
        """Use a trigger up, or say in Slack's words why it is worth nothing."""
        if not trigger_id:
            raise arguments_refused("missing required field: trigger_id")
        trigger = self.issued.get(str(trigger_id))
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self.monotonic() - trigger.at > self.faults.trigger_seconds:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger

    def response_url(self, url: ResponseUrl) -> str:
        """The path under which this interaction can be answered."""
        key = secrets.token_hex(8)
        url.at = self.now().timestamp()
        self.urls[key] = url
        return f"response/{key}"

    def url(self, key: str) -> ResponseUrl:
        """Use a response url once, or say in Slack's words why it is worth nothing."""
        url = self.urls.get(key)
        if url is None:
            raise Refused("no_service")
        if self.now().timestamp() - url.at > RESPONSES_WITHIN.total_seconds():
            raise Refused("expired_url")
        if url.left == 0:
            raise Refused("used_url")
        url.left -= 1
        return url
