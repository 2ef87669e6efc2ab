"""The Web API's methods, one module per family."""

from collections.abc import Callable

from sandbox.methods import (
    auth,
    bookmarks,
    canvases,
    channels,
    chat,
    conversations,
    files,
    history,
    pins,
    usergroups,
    users,
    views,
)
from sandbox.methods.ask import Ask
from sandbox.refusals import Json

METHODS: dict[str, Callable[[Ask], Json]] = {
    **auth.METHODS,
    **bookmarks.METHODS,
    **canvases.METHODS,
    **channels.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **history.METHODS,
    **pins.METHODS,
    **usergroups.METHODS,
    **users.METHODS,
    **views.METHODS,
}
