"""chat.postMessage, update, delete, postEphemeral and getPermalink."""

from sandbox import posting
from sandbox.channels import Channel
from sandbox.checks import check_message
from sandbox.inputs import with_ids
from sandbox.methods.ask import Ask
from sandbox.methods.conversations import dm_with
from sandbox.refusals import Json, Refused, arguments_refused

#: chat.update takes a tenth of what chat.postMessage takes
#: (github.com/seratch/ChatGPT-in-Slack issue 102: `msg_too_long` above 4,000).
LONGEST_UPDATE = 4000
#: chat.postMessage, `too_many_attachments`: "A maximum of 100 attachments".
MOST_ATTACHMENTS = 100


def _target(ask: Ask) -> Channel:
    """Where to post: a conversation's id, a channel's #name, or a person's id."""
    name = str(ask.required("channel"))
    if name.startswith(("U", "W")):
        return dm_with(ask, name, unknown="channel_not_found")
    named = [one for one in ask.workspace.channels.values() if f"#{one.name}" == name]
    channel = named[0] if named else ask.workspace.find_channel(name)
    if not channel.visible_to(ask.app.bot_user):
        raise Refused("channel_not_found")
    return channel


def _writable(ask: Ask) -> Channel:
    channel = _target(ask)
    inside = ask.app.bot_user in channel.members
    if not inside and not ask.app.may("chat:write.public"):
        raise Refused("not_in_channel")
    if channel.archived:
        raise Refused("is_archived")
    return channel


def _content(ask: Ask) -> tuple[str, list[Json]]:
    text, blocks = ask.args.get("text"), ask.args.get("blocks")
    if markdown := ask.args.get("markdown_text"):
        if text or blocks:
            raise Refused("markdown_text_conflict")
        text = markdown
    attachments = ask.args.get("attachments") or []
    if not isinstance(attachments, list):
        raise arguments_refused("[ERROR] must be an array [json-pointer:/attachments]")
    if len(attachments) > MOST_ATTACHMENTS:
        raise Refused("too_many_attachments")
    check_message(text, blocks, ask.args.get("metadata"))
    return str(text or ""), with_ids(blocks or [], "m")


def _post(ask: Ask) -> Json:
    channel = _writable(ask)
    text, blocks = _content(ask)
    message = posting.post(
        ask.workspace,
        channel,
        ask.app.bot_user,
        text,
        blocks=blocks,
        metadata=ask.args.get("metadata"),
        thread_ts=ask.thread(channel),
    )
    shown = ask.shown(message, with_metadata=True)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "message": shown}


def _update(ask: Ask) -> Json:
    channel = ask.channel()
    message = ask.message(channel)
    if message.user != ask.app.bot_user:
        raise Refused("cant_update_message")
    if channel.archived:
        raise Refused("is_inactive")
    text, _ = _content(ask)
    if len(text) > LONGEST_UPDATE:
        raise Refused("msg_too_long")
    wanted, blocks = _changed(ask, text), ask.args.get("blocks")
    posting.edit(ask.workspace, channel, message, wanted, flagged=not blocks)
    shown = ask.shown(message, with_metadata=True)
    del shown["ts"]
    shown.pop("thread_ts", None)
    return {
        "ok": True,
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": shown,
    }


def _changed(ask: Ask, text: str) -> Json:
    """What is to be changed.

    docs.slack.dev, chat.update: "If the `text` argument is provided and `blocks` are not provided,
    the `blocks` will be removed"; with blocks, "the `edited` flag will not be displayed"; metadata
    left out is retained.
    """
    wanted: Json = {key: ask.args[key] for key in ("blocks", "metadata") if key in ask.args}
    if text:
        wanted = {"blocks": [], **wanted, "text": text}
    if "blocks" in wanted:
        wanted["blocks"] = with_ids(wanted["blocks"] or [], "m")
    return wanted


def _delete(ask: Ask) -> Json:
    channel = ask.channel()
    message = ask.message(channel)
    if message.user != ask.app.bot_user:
        raise Refused("cant_delete_message")
    posting.delete(ask.workspace, channel, message)
    return {"ok": True, "channel": channel.id, "ts": message.ts}


def _post_ephemeral(ask: Ask) -> Json:
    channel = _writable(ask)
    person = ask.workspace.find_person(ask.required("user"), "user_not_in_channel")
    if person.id not in channel.members:
        raise Refused("user_not_in_channel")
    text, blocks = _content(ask)
    message = posting.post(
        ask.workspace,
        channel,
        ask.app.bot_user,
        text,
        blocks=blocks,
        thread_ts=ask.thread(channel),
        only_for=person.id,
    )
    return {"ok": True, "message_ts": message.ts}


def _permalink(ask: Ask) -> Json:
    channel = ask.channel()
    message = ask.message(channel, "message_ts")
    link = f"{ask.base_url}archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"ok": True, "permalink": link, "channel": channel.id}


METHODS = {
    "chat.postMessage": _post,
    "chat.update": _update,
    "chat.delete": _delete,
    "chat.postEphemeral": _post_ephemeral,
    "chat.getPermalink": _permalink,
}
