"""The Web API's methods, one module per family."""

from collections.abc import Callable

from sandbox.methods import auth, bookmarks, chat, conversations, history, pins, users, views
from sandbox.methods.ask import Ask
from sandbox.refusals import Json

METHODS: dict[str, Callable[[Ask], Json]] = {
    **auth.METHODS,
    **bookmarks.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **history.METHODS,
    **pins.METHODS,
    **users.METHODS,
    **views.METHODS,
}
