"""The workspace in which the wrong calls are made: something of everything, each with a name."""

import json
from typing import Any

from sandbox import Sandbox
from sandbox.canvases import Canvas
from sandbox.files import File
from sandbox.posting import archive, post, react
from sandbox.workspace import Workspace
from tests.sandbox.payloads import form, section

SCOPES = (
    "bookmarks:read bookmarks:write canvases:read canvases:write channels:history channels:join "
    "channels:manage channels:read chat:write files:read files:write groups:history groups:read "
    "groups:write im:history im:read im:write pins:read pins:write reactions:read reactions:write "
    "usergroups:read users:read users:read.email"
)
#: JSON is YAML too.
MANIFEST = json.dumps(
    {
        "display_information": {"name": "Closed Loop"},
        "features": {"app_home": {"home_tab_enabled": True}},
        "oauth_config": {"scopes": {"bot": SCOPES.split()}},
    }
)


def names(slack: Sandbox) -> dict[str, str]:
    """Set everything up; what a wrong call calls "@name" stands here."""
    it = slack.workspace
    return {**_people(it), **_places(it), **_said(it), **_views(it), **_files(it), **_canvases(it)}


def resolved(thing: Any, known: dict[str, str]) -> Any:
    """Put in for every "@name" what it stands for."""
    if isinstance(thing, str):
        return ",".join(known[one[1:]] if one[:1] == "@" else one for one in thing.split(","))
    if isinstance(thing, dict):
        return {key: resolved(value, known) for key, value in thing.items()}
    return [resolved(one, known) for one in thing] if isinstance(thing, list) else thing


def _people(it: Workspace) -> dict[str, str]:
    known = {one: it.person(one).id for one in ("ana", "bob", "diego", "otto")}
    return {**known, "app": it.app.bot_user}


def _places(it: Workspace) -> dict[str, str]:
    begun = {
        "place": "inc-checkout",
        "general": "general",
        "private": "inc-auth-tokens",
        "hidden": "sec-review",
        "outside": "inc-search-index",
        "archived": "reliability",
    }
    dm = it.dm(it.app.bot_user, it.person("ana").id).id
    return {**{name: it.channel(place).id for name, place in begun.items()}, "dm": dm}


def _said(it: Workspace) -> dict[str, str]:
    place, old, app = it.channel("inc-checkout"), it.channel("reliability"), it.app.bot_user
    hers, pinned = place.messages[0], place.messages[1]
    pinned.pinned = True
    react(it, place, pinned, app, "eyes")
    mine, last = post(it, place, app, "mine"), post(it, old, app, "last")
    archive(it, old, it.person("ana").id)
    place.bookmarks.append({"id": "Bk0ONE", "title": "t", "link": "https://e.com", "emoji": ""})
    said = {"hers": hers.ts, "pinned": pinned.ts, "mine": mine.ts, "last": last.ts}
    return {**said, "bookmark": "Bk0ONE"}


def _views(it: Workspace) -> dict[str, str]:
    ana, bob = it.person("ana").id, it.person("bob").id
    view = it.views.open(ana, form(section("x"), external_id="one"))
    for _ in range(3):
        it.views.push(bob, form(section("x")))
    triggers = it.triggers
    known = {"trigger": triggers.new(ana), "used": triggers.new(ana), "old": triggers.new(ana)}
    triggers.exchange(known["used"])
    triggers.issued[known["old"]].at -= 3.1
    return {**known, "fourth": triggers.new(bob, in_modal=True), "view": view.id}


def _files(it: Workspace) -> dict[str, str]:
    ana, app, place = it.person("ana").id, it.app.bot_user, it.channel("inc-checkout").id
    for file in (
        File("F0SHARED", "p99.txt", ana, 1, b"8.1", channels=[place]),
        File("F0SECRET", "pay.txt", ana, 1, b"pay"),
        File("F0GONE", "old.txt", ana, 1, b"", channels=[place], deleted=True),
        File("F0AWAITED", "new.txt", app, 1, b"", ticket="a", length=3),
        File("F0ARRIVED", "new.txt", app, 1, b"new", ticket="b", length=3),
    ):
        it.files[file.id] = file
    ids = {"file": "F0SHARED", "secret": "F0SECRET", "gone": "F0GONE"}
    return {**ids, "awaited": "F0AWAITED", "arrived": "F0ARRIVED"}


def _canvases(it: Workspace) -> dict[str, str]:
    ana, app, place = it.person("ana").id, it.app.bot_user, it.channel("inc-checkout").id
    for canvas in (
        Canvas("F0CANVAS", "Notes", app, "# Notes\n\nx", 1, 1),
        Canvas("F0READ", "Runbook", ana, "# Runbook", 1, 1, access={app: "read"}),
        Canvas("F0UNSEEN", "Pay", ana, "# Pay", 1, 1),
        Canvas("F0PLACE", "Place", app, "", 1, 1, channel=place, channels_own=True),
    ):
        it.canvases[canvas.id] = canvas
    return {"canvas": "F0CANVAS", "to_read": "F0READ", "unseen": "F0UNSEEN"}
