"""files.getUploadURLExternal, completeUploadExternal, info, list and delete."""

from secrets import token_hex

from sandbox import hosting
from sandbox.channels import Channel
from sandbox.checks.messages import check_message_blocks
from sandbox.files import File, mimetype_of, new_file_id
from sandbox.inputs import with_ids
from sandbox.methods.ask import NO_NUMBER, Ask
from sandbox.methods.conversations import dm_with
from sandbox.refusals import Json, Refused, arguments_refused

#: docs.slack.dev, files.getUploadURLExternal: "limit of 1000 character", snippets "1MB".
LONGEST_ALT, LARGEST_SNIPPET = 1000, 1024**2
MOST_CHANNELS = 100
#: What `files.list` can filter for, and how such a file is told.
TYPES = ("all", "spaces", "snippets", "images", "gdocs", "zips", "pdfs", "canvases", "lists")


def _announce(ask: Ask) -> Json:
    name, length = str(ask.required("filename")), _length(ask)
    alt_txt = str(ask.args.get("alt_txt") or "")
    if len(alt_txt) > LONGEST_ALT:
        raise Refused("alt_txt_too_large")
    if ask.args.get("snippet_type") and length > LARGEST_SNIPPET:
        raise Refused("snippet_too_large")
    file = File(new_file_id(), name, ask.app.bot_user, ask.now(), b"", mimetype_of(name))
    file.alt_txt, file.ticket, file.length = alt_txt, token_hex(16), length
    ask.workspace.files[file.id] = file
    return {"ok": True, "upload_url": f"{ask.base_url}upload/{file.ticket}", "file_id": file.id}


def _length(ask: Ask) -> int:
    try:
        length = int(ask.required("length"))
    except NO_NUMBER:
        raise arguments_refused("[ERROR] must be an integer [json-pointer:/length]") from None
    # "Typically only occurs when the `length` provided is 0."
    if length <= 0:
        raise Refused("missing_argument")
    return length


def _complete(ask: Ask) -> Json:
    wanted = ask.decoded("files")
    if not isinstance(wanted, list) or not all(isinstance(one, dict) for one in wanted):
        raise arguments_refused("[ERROR] must be an array of objects [json-pointer:/files]")
    files = [_awaited(ask, one) for one in wanted]
    channels = _targets(ask)
    comment = str(ask.args.get("initial_comment") or "")
    blocks = [] if comment else _blocks(ask)
    threads = [ask.thread(channel) for channel in channels]
    for file, one in zip(files, wanted, strict=True):
        file.title, file.ticket = str(one.get("title") or ""), None
    for channel, root in zip(channels, threads, strict=True):
        more = {"blocks": blocks, "thread_ts": root}
        hosting.share(ask.workspace, channel, ask.app.bot_user, files, comment, **more)
    ask.workspace.changes.happened()
    return {"ok": True, "files": [hosting.shared_to_api(ask.workspace, one) for one in files]}


def _awaited(ask: Ask, wanted: Json) -> File:
    file = ask.workspace.files.get(str(wanted.get("id")))
    if file is None or file.ticket is None or not file.arrived:
        raise Refused("file_not_found")
    return file


def _targets(ask: Ask) -> list[Channel]:
    ids = ask.ids("channels")
    if len(ids) > MOST_CHANNELS:
        raise Refused("channels_limit_exceeded")
    found = [_target(ask, name, "invalid_channel") for name in ids]
    if ask.args.get("channel_id"):
        found.insert(0, _target(ask, str(ask.args["channel_id"]), "channel_not_found"))
    return found


def _target(ask: Ask, name: str, unknown: str) -> Channel:
    if name.startswith(("U", "W")):
        return dm_with(ask, name, unknown)
    channel = ask.workspace.channels.get(name)
    if channel is None or not channel.visible_to(ask.app.bot_user):
        raise Refused(unknown)
    if ask.app.bot_user not in channel.members:
        raise Refused("not_in_channel")
    if channel.archived:
        raise Refused("posting_to_channel_denied")
    return channel


def _blocks(ask: Ask) -> list[Json]:
    blocks = ask.args.get("blocks") or []
    if blocks:
        check_message_blocks(blocks)
    return with_ids(blocks, "m")


def _found(ask: Ask) -> File:
    file = ask.workspace.files.get(str(ask.required("file")))
    if file is None or not hosting.visible(ask.workspace, file, ask.app.bot_user):
        raise Refused("file_not_found")
    if file.deleted:
        raise Refused("file_deleted")
    return file


def _info(ask: Ask) -> Json:
    canvas = ask.workspace.canvases.get(str(ask.required("file")))
    if canvas:
        if not canvas.visible_to(ask.app.bot_user, ask.workspace.channels):
            raise Refused("file_not_found")
        shown = canvas.to_api(ask.team)
    else:
        file = _found(ask)
        shown = hosting.shared_to_api(ask.workspace, file)
    return {"ok": True, "file": shown, "comments": []}


def _delete(ask: Ask) -> Json:
    file = _found(ask)
    if file.user != ask.app.bot_user:
        raise Refused("cant_delete_file")
    hosting.remove(ask.workspace, file)
    return {"ok": True}


def _list(ask: Ask) -> Json:
    if any(one not in TYPES for one in ask.ids("types")):
        raise Refused("unknown_type")
    user, place = ask.args.get("user"), ask.args.get("channel")
    if user:
        ask.workspace.find_person(user)
    seen = [
        one
        for one in ask.workspace.files.values()
        if not one.deleted
        and hosting.visible(ask.workspace, one, ask.app.bot_user)
        and user in (None, "", one.user)
        and (not place or place in one.channels)
    ]
    shown = [hosting.shared_to_api(ask.workspace, one) for one in reversed(seen)]
    paging = {"count": 100, "total": len(shown), "page": 1, "pages": 1}
    return {"ok": True, "files": shown[:100], "paging": paging}


METHODS = {
    "files.getUploadURLExternal": _announce,
    "files.completeUploadExternal": _complete,
    "files.info": _info,
    "files.list": _list,
    "files.delete": _delete,
}
