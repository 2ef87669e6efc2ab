"""The views that people have open: a stack of modals and a Home tab each."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from sandbox.inputs import state_values, with_ids
from sandbox.manifest import App
from sandbox.refusals import Json, Refused

#: docs.slack.dev, "Modals": "Up to 3 views can exist in a modal at once".
MOST_VIEWS = 3


@dataclass
class OpenView:
    """A view on somebody's screen, with what has been typed into it."""

    id: str
    owner: str
    root: str
    previous: str | None
    content: Json = field(default_factory=dict)
    hash: str = ""
    values: Json = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    busy: bool = False
    #: The conversation that its owner was viewing when it was opened.
    channel: str | None = None

    @property
    def blocks(self) -> list[Json]:
        """What it shows."""
        blocks: list[Json] = self.content["blocks"]
        return blocks

    def show(self, view: Json, new_hash: str) -> None:
        """Show another content in the same place; what was typed survives where it can."""
        self.content = {**view, "blocks": with_ids(view["blocks"], f"{self.id.lower()}b")}
        self.values = state_values(self.blocks, self.values, self.channel)
        self.errors = {}
        self.hash = new_hash

    def to_api(self, app: App, team_id: str) -> Json:
        """The view object, as the app gets it in answers and payloads."""
        return {
            "id": self.id,
            "team_id": team_id,
            "type": self.content["type"],
            "title": self.content.get("title"),
            "submit": self.content.get("submit"),
            "close": self.content.get("close"),
            "blocks": self.blocks,
            "private_metadata": self.content.get("private_metadata", ""),
            "callback_id": self.content.get("callback_id", ""),
            "external_id": self.content.get("external_id", ""),
            "state": {"values": deepcopy(self.values)},
            "hash": self.hash,
            "clear_on_close": bool(self.content.get("clear_on_close")),
            "notify_on_close": bool(self.content.get("notify_on_close")),
            "submit_disabled": bool(self.content.get("submit_disabled")),
            "root_view_id": self.root,
            "previous_view_id": self.previous,
            "app_id": app.id,
            "app_installed_team_id": team_id,
            "bot_id": app.bot_id,
        }


class Views:
    """All open views of the workspace."""

    def __init__(self) -> None:
        self.stacks: dict[str, list[OpenView]] = {}
        self.homes: dict[str, OpenView] = {}
        self._numbers = iter(range(1, 1_000_000_000))

    def of(self, person: str) -> list[OpenView]:
        """The modals somebody has open, the visible one last."""
        return self.stacks.setdefault(person, [])

    def all(self) -> Iterator[OpenView]:
        """Every open view, modals and Home tabs."""
        for stack in self.stacks.values():
            yield from stack
        yield from self.homes.values()

    def new_hash(self) -> str:
        """A hash that no view had before."""
        return f"{next(self._numbers)}.sandbox"

    def open(self, person: str, view: Json, channel: str | None = None) -> OpenView:
        """Open a modal over a channel; one that was open before gives way."""
        opened = self._make(person, view, None, channel)
        self.stacks[person] = [opened]
        return opened

    def push(self, person: str, view: Json) -> OpenView:
        """Lay a modal on top of the open one."""
        stack = self.of(person)
        if len(stack) >= MOST_VIEWS:
            raise Refused("push_limit_reached")
        stack.append(self._make(person, view, stack[-1] if stack else None))
        return stack[-1]

    def publish(self, person: str, view: Json) -> OpenView:
        """Show a Home tab to one person."""
        home = self.homes.get(person)
        if home is None:
            home = self.homes[person] = self._make(person, view, None)
        else:
            home.show(view, self.new_hash())
        return home

    def find(self, view_id: str | None, external_id: str | None) -> OpenView:
        """The open view of that id, or Slack's `not_found`."""
        for view in self.all():
            named = external_id and view.content.get("external_id") == external_id
            if view.id == view_id or named:
                return view
        raise Refused("not_found")

    def close(self, view: OpenView) -> list[OpenView]:
        """Take a view and those above it off the screen, and tell which went."""
        stack = self.of(view.owner)
        if view not in stack:
            return []
        place = stack.index(view)
        gone = stack[place:]
        del stack[place:]
        return gone

    def _make(
        self, person: str, view: Json, below: OpenView | None, channel: str | None = None
    ) -> OpenView:
        view_id = f"V0SANDBOX{next(self._numbers)}"
        root = below.root if below else view_id
        made = OpenView(view_id, person, root, below.id if below else None)
        made.channel = below.channel if below else channel
        made.show(view, self.new_hash())
        return made
