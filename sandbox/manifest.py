"""The app as its manifest describes it: what it may do, hear and be called with."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from sandbox.refusals import Json


@dataclass(frozen=True)
class Command:
    """A slash command of the manifest."""

    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True)
class Shortcut:
    """A shortcut of the manifest; its type is `global` or `message`."""

    name: str
    callback_id: str
    type: str
    description: str = ""


def _token(prefix: str) -> str:
    return f"{prefix}-{secrets.token_hex(12)}"


@dataclass(frozen=True)
class App:
    """The one app installed in the workspace."""

    name: str
    scopes: tuple[str, ...]
    events: tuple[str, ...]
    commands: tuple[Command, ...]
    shortcuts: tuple[Shortcut, ...] = ()
    home_tab: bool = False
    #: Whether nobody can write to it in its direct messages.
    messages_read_only: bool = False
    id: str = "A0SANDBOX01"
    bot_id: str = "B0SANDBOX01"
    bot_user: str = "U0SANDBOX01"
    bot_token: str = field(default_factory=lambda: _token("xoxb"))
    app_token: str = field(default_factory=lambda: _token("xapp-1"))
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    verification: str = field(default_factory=lambda: secrets.token_hex(8))

    def may(self, scope: str) -> bool:
        """Whether the app was granted this scope."""
        return scope in self.scopes

    def command(self, name: str) -> Command | None:
        """The slash command of that name, if the manifest has it."""
        return next((one for one in self.commands if one.command == name), None)

    def shortcut(self, callback_id: str, kind: str) -> Shortcut:
        """The shortcut of that id and kind (`global` or `message`); LookupError without."""
        for one in self.shortcuts:
            if (one.callback_id, one.type) == (callback_id, kind):
                return one
        there = ", ".join(one.callback_id for one in self.shortcuts if one.type == kind)
        raise LookupError(f"There is no {kind} shortcut {callback_id}; the app has: {there}.")


def read_manifest(path: Path) -> App:
    """The app that this manifest file describes."""
    manifest: Json = yaml.safe_load(path.read_text(encoding="utf-8"))
    features = manifest.get("features", {})
    name = features.get("bot_user", {}).get("display_name")
    home = features.get("app_home", {})
    return App(
        name=name or manifest["display_information"]["name"],
        scopes=tuple(_under(manifest, "oauth_config", "scopes", "bot")),
        events=tuple(_under(manifest, "settings", "event_subscriptions", "bot_events")),
        commands=tuple(_command(one) for one in features.get("slash_commands", [])),
        shortcuts=tuple(Shortcut(**one) for one in features.get("shortcuts", [])),
        home_tab=bool(home.get("home_tab_enabled")),
        messages_read_only=bool(home.get("messages_tab_read_only_enabled")),
    )


def _command(entry: Json) -> Command:
    return Command(
        command=entry["command"],
        description=entry.get("description", ""),
        usage_hint=entry.get("usage_hint", ""),
        should_escape=entry.get("should_escape", False),
    )


def _under(manifest: Json, *keys: str) -> list[str]:
    found: Any = manifest
    for key in keys:
        found = found.get(key) or {}
    return list(found)
