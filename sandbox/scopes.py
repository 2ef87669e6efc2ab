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
    "bookmarks.edit": ("bookmarks:write",),
    "bookmarks.remove": ("bookmarks:write",),
    "bookmarks.list": ("bookmarks:read",),
    "files.getUploadURLExternal": ("files:write",),
    "files.completeUploadExternal": ("files:write",),
    "files.delete": ("files:write",),
    "files.info": ("files:read",),
    "files.list": ("files:read",),
    "canvases.create": ("canvases:write",),
    "canvases.edit": ("canvases:write",),
    "canvases.delete": ("canvases:write",),
    "canvases.access.set": ("canvases:write",),
    "canvases.sections.lookup": ("canvases:read",),
    "conversations.canvases.create": ("canvases:write",),
    "usergroups.list": ("usergroups:read",),
    "usergroups.users.list": ("usergroups:read",),
    "users.lookupByEmail": ("users:read.email",),
    "conversations.create": ("channels:manage", "groups:write"),
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
#: Methods that manage a channel -> kind -> any one of these is enough.
MANAGING: dict[str, dict[str, tuple[str, ...]]] = {
    "conversations.setTopic": {
        "public": ("channels:manage", "channels:write.topic"),
        "private": ("groups:write", "groups:write.topic"),
    },
    "conversations.setPurpose": {
        "public": ("channels:manage", "channels:write.topic"),
        "private": ("groups:write", "groups:write.topic"),
    },
    "conversations.invite": {
        "public": ("channels:manage", "channels:write.invites"),
        "private": ("groups:write", "groups:write.invites"),
    },
    "conversations.archive": {"public": ("channels:manage",), "private": ("groups:write",)},
    "conversations.create": {"public": ("channels:manage",), "private": ("groups:write",)},
}
PREFIXES = {"public": "channels", "private": "groups", "dm": "im", "mpim": "mpim"}


def scope_for(method: str, kind: str) -> str:
    """The scope that this method needs for a conversation of this kind."""
    return f"{PREFIXES[kind]}:{SCOPES_BY_KIND[method]}"
