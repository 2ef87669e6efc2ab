"""Which scope every Web API method needs (docs.slack.dev/reference/methods, each page's table)."""

#: Method -> any one of these bot scopes is enough; none named: any token will do.
SCOPES: dict[str, tuple[str, ...]] = {
    "api.test": (),
    "auth.test": (),
    "apps.connections.open": (),
    "blocks.validate": (),
    "team.info": ("team:read",),
    "users.info": ("users:read",),
    "users.list": ("users:read",),
    "conversations.open": ("im:write", "mpim:write", "groups:write", "channels:manage"),
    "conversations.join": ("channels:join",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "chat.delete": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.getPermalink": (),
    "views.open": (),
    "views.push": (),
    "views.update": (),
    "views.publish": (),
    "pins.add": ("pins:write",),
    "pins.remove": ("pins:write",),
    "pins.list": ("pins:read",),
    "reactions.add": ("reactions:write",),
    "reactions.remove": ("reactions:write",),
    "reactions.get": ("reactions:read",),
    "bookmarks.add": ("bookmarks:write",),
}
#: Methods whose scope follows the kind of conversation: `channels:read`, `groups:read` …
SCOPES_BY_KIND: dict[str, str] = {
    "conversations.info": "read",
    "conversations.members": "read",
    "conversations.list": "read",
    "users.conversations": "read",
    "conversations.history": "history",
    "conversations.replies": "history",
}
PREFIXES = {"public": "channels", "private": "groups", "dm": "im", "mpim": "mpim"}


def scope_for(method: str, kind: str) -> str:
    """Give the scope that this method needs for a conversation of this kind."""
    return f"{PREFIXES[kind]}:{SCOPES_BY_KIND[method]}"
