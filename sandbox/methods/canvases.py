"""canvases.create, edit, delete, access.set, sections.lookup and conversations.canvases.create."""

from typing import Any

from sandbox.canvases import LEVELS, Canvas, unsupported
from sandbox.channels import Channel
from sandbox.files import new_file_id
from sandbox.methods.ask import Ask
from sandbox.methods.canvas_edits import apply
from sandbox.refusals import Json, Refused, arguments_refused

SECTION_TYPES = ("any_header", "h1", "h2", "h3")


def _markdown(ask: Ask) -> str:
    """The content to begin with; none makes an empty canvas."""
    if not ask.args.get("document_content"):
        return ""
    content = ask.decoded("document_content")
    if not isinstance(content, dict) or content.get("type") != "markdown":
        raise arguments_refused("[ERROR] must be markdown [json-pointer:/document_content/type]")
    markdown = str(content.get("markdown") or "")
    if wrong := unsupported(markdown):
        raise Refused("canvas_creation_failed", detail=wrong)
    return markdown


def _tab_in(ask: Ask) -> Channel | None:
    if not ask.args.get("channel_id"):
        return None
    channel = ask.channel("channel_id")
    if ask.app.bot_user not in channel.members:
        raise Refused("restricted_action")
    return channel


def _new(ask: Ask, channel: Channel | None, *, channels_own: bool) -> Json:
    markdown, now = _markdown(ask), ask.now()
    title = str(ask.args.get("title") or "") or "Untitled"
    canvas = Canvas(new_file_id(), title, ask.app.bot_user, "", now, now)
    canvas.write([markdown], now)
    if channel:
        canvas.channel, canvas.channels_own = channel.id, channels_own
        canvas.access[channel.id] = "write"
    ask.workspace.canvases[canvas.id] = canvas
    ask.workspace.changes.happened()
    return {"ok": True, "canvas_id": canvas.id}


def _create(ask: Ask) -> Json:
    return _new(ask, _tab_in(ask), channels_own=False)


def _create_in_channel(ask: Ask) -> Json:
    ask.required("channel_id")
    channel = _tab_in(ask)
    canvases = ask.workspace.canvases.values()
    if channel and any(one.channels_own and one.channel == channel.id for one in canvases):
        raise Refused("channel_canvas_already_exists")
    return _new(ask, channel, channels_own=True)


def _canvas(ask: Ask, *allowed: str) -> Canvas:
    """The canvas meant, with which the app may do one of these."""
    canvas = ask.workspace.canvases.get(str(ask.required("canvas_id")))
    level = canvas.level_of(ask.app.bot_user, ask.workspace.channels) if canvas else None
    if canvas is None or level is None:
        raise Refused("canvas_not_found")
    if level not in allowed:
        raise Refused("restricted_action")
    return canvas


def _edit(ask: Ask) -> Json:
    canvas = _canvas(ask, "write", "owner")
    changes = ask.decoded("changes")
    if not isinstance(changes, list) or not all(isinstance(one, dict) for one in changes):
        raise arguments_refused("[ERROR] must be an array of objects [json-pointer:/changes]")
    # docs.slack.dev, canvases.edit: "Only one operation per API call is currently supported."
    if len(changes) != 1:
        raise arguments_refused("[ERROR] must have exactly 1 item [json-pointer:/changes]")
    apply(canvas, changes[0], ask.now())
    ask.workspace.changes.happened()
    return {"ok": True}


def _delete(ask: Ask) -> Json:
    canvas = _canvas(ask, "owner")
    del ask.workspace.canvases[canvas.id]
    ask.workspace.changes.happened()
    return {"ok": True}


def _known(ask: Ask, users: list[str], channels: list[str]) -> None:
    for user in users:
        ask.workspace.find_person(user)
    for one in channels:
        if not ask.workspace.find_channel(one).visible_to(ask.app.bot_user):
            raise Refused("channel_not_found")


def _set_access(ask: Ask) -> Json:
    canvas = _canvas(ask, "owner")
    level = ask.required("access_level")
    users, channels = ask.ids("user_ids"), ask.ids("channel_ids")
    if bool(users) == bool(channels):
        raise Refused("invalid_parameters")
    if level not in LEVELS or (level == "owner" and channels):
        raise arguments_refused("[ERROR] must be read, write or owner [json-pointer:/access_level]")
    _known(ask, users, channels)
    canvas.access |= dict.fromkeys([*users, *channels], str(level))
    if level == "owner":
        canvas.owner = users[-1]
    ask.workspace.changes.happened()
    return {"ok": True}


def _lookup(ask: Ask) -> Json:
    canvas = _canvas(ask, *LEVELS)
    criteria = ask.decoded("criteria")
    if not isinstance(criteria, dict) or not criteria.keys() & {"section_types", "contains_text"}:
        raise arguments_refused("[ERROR] missing required field [json-pointer:/criteria]")
    types, text = _types(criteria), str(criteria.get("contains_text") or "")
    found = [
        section
        for section in canvas.sections()
        if text.casefold() in section.markdown.casefold()
        and (not types or section.kind in types or ("any_header" in types and section.kind))
    ]
    return {"ok": True, "sections": [{"id": section.id} for section in found]}


def _types(criteria: Json) -> list[Any]:
    types = criteria.get("section_types") or []
    if not isinstance(types, list) or any(one not in SECTION_TYPES for one in types):
        place = "[json-pointer:/criteria/section_types]"
        raise arguments_refused(f"[ERROR] must be of {', '.join(SECTION_TYPES)} {place}")
    return types


METHODS = {
    "canvases.create": _create,
    "canvases.edit": _edit,
    "canvases.delete": _delete,
    "canvases.access.set": _set_access,
    "canvases.sections.lookup": _lookup,
    "conversations.canvases.create": _create_in_channel,
}
