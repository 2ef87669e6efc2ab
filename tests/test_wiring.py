"""Every listener asks only for what can be injected: a misspelt name would silently be None."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.app import Wiring
from bot.rooms import HANDLERS

#: What Bolt takes from a request is None in a request of another kind.
KINDS = frozenset({"action", "command", "event", "message", "options", "shortcut", "step", "view"})
BOLT = frozenset(AsyncArgs.__annotations__) - KINDS - {"next", "next_", "error"}
CONTEXT = frozenset(AsyncBoltContext.copyable_standard_property_names) | {"response_url"}
WIRING = Wiring(sessions=None, now=None, trackers=None)  # type: ignore[arg-type] # nothing is called, only named
OURS = frozenset(WIRING.injected())

Listener = Callable[..., Any]


class Noting:
    """What `register` needs of an app: it notes what is registered for which kind of request."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, Listener]] = []

    def __getattr__(self, kind: str) -> Callable[..., Callable[[Listener], None]]:
        return lambda *_constraints: lambda listener: self.noted.append((kind, listener))


def registered() -> list[tuple[str, Listener]]:
    app = Noting()
    for module in HANDLERS:
        module.register(app)
    return app.noted


def unknown(kind: str, listener: Listener) -> set[str]:
    """The arguments of a listener that nothing fills in a request of this kind."""
    return set(inspect.signature(listener).parameters) - BOLT - CONTEXT - OURS - {kind}


#: Each once; numbered, since two may bear the same name.
LISTENERS = [
    pytest.param(kind, listener, id=f"{number}-{kind}-{listener.__name__}")
    for number, (kind, listener) in enumerate(dict.fromkeys(registered()))
]


@pytest.mark.parametrize(("kind", "listener"), LISTENERS)
def test_a_listener_asks_only_for_what_is_injected(kind: str, listener: Listener) -> None:
    assert unknown(kind, listener) == set()


def test_a_misspelt_argument_is_found() -> None:
    async def listener(ack: object, veiw: object, session: object, respond: object) -> None:
        """Ask for two things that do not exist."""

    assert unknown("view", listener) == {"veiw", "session"}


def test_what_belongs_to_another_kind_of_request_is_found() -> None:
    async def listener(ack: object, view: object) -> None:
        """Ask for a view where Bolt gives an action."""

    assert unknown("action", listener) == {"view"}
    assert unknown("view", listener) == set()


def test_every_kind_of_request_has_listeners() -> None:
    assert {kind for kind, _ in registered()} <= KINDS
    assert {kind for kind, _ in registered()} >= {"action", "command", "event", "shortcut", "view"}
