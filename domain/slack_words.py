"""What a Slack message says, in plain words: its mark-up undone, its blocks and attachments read.

Links become their label and mentions the name they show; emoji stay as they were typed.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

Message = Mapping[str, Any]

#: Nobody is known by name.
NOBODY: Mapping[str, str] = MappingProxyType({})
#: docs.slack.dev/messaging/formatting-message-text
_MARK = re.compile(r"<([@#!]?)((?<=!)[^<>|]+|[^\s<>|]+)(?:\|([^<>]*))?>")
_USER = re.compile(r"<@([A-Z0-9]+)")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_EVERYBODY = frozenset({"here", "channel", "everyone"})
#: An attachment that Slack made of a link: the person who wrote the link did not write this.
_UNFURLED = ("from_url", "original_url")
#: What Slack calls an attachment that its app gave no words to fall back to.
_WORDLESS = frozenset({"", "[no preview available]"})


def words_of(message: Message, names: Mapping[str, str] = NOBODY) -> str:
    """All that a message says, a line each; `names` tells what those it mentions are called."""
    return _tidy(unmarked("\n".join(_said(message)), names))


def mentioned(message: Message) -> set[str]:
    """The ids of the people whom a message mentions."""
    return {user for part in _said(message) for user in _USER.findall(part)}


def unmarked(text: str, names: Mapping[str, str] = NOBODY) -> str:
    """The text as its readers see it, in plain characters."""

    def seen(found: re.Match[str]) -> str:
        sign, what, label = found[1], found[2], found[3] or ""
        match sign:
            case "@":
                return f"@{names.get(what) or label or what}"
            case "#":
                return f"#{label or what}"
            case "!":
                return f"@{what}" if what in _EVERYBODY else label or f"@{what.partition('^')[2]}"
        return label or what.removeprefix("mailto:")

    plain = _MARK.sub(seen, text)
    for entity, character in _ENTITIES:
        plain = plain.replace(entity, character)
    return plain


def shortened(text: str, most: int) -> str:
    """The text in at most `most` characters, cut after a word, with an ellipsis for the rest."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    end = max(kept.rfind(" "), kept.rfind("\n"))
    return f"{(kept[:end] if end > most // 2 else kept).rstrip()}…"


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _said(message: Message) -> list[str]:
    """The texts of a message, still marked up; the names of its files where it has no words."""
    own = message.get("text") or ""
    parts = [own] if own.strip() else _in_blocks(message.get("blocks"))
    wordless = not any(map(str.strip, parts))
    for attachment in message.get("attachments") or ():
        if wordless or not any(attachment.get(key) for key in _UNFURLED):
            parts += _in_attachment(attachment)
    if any(map(str.strip, parts)):
        return parts
    return [each.get("title") or each.get("name") or "" for each in message.get("files") or ()]


def _in_attachment(attachment: Message) -> list[str]:
    written = [attachment.get(key) or "" for key in ("pretext", "title", "text")]
    found = [each for each in written if each.strip()] or _in_blocks(attachment.get("blocks"))
    fallback = attachment.get("fallback") or ""
    if found or fallback.strip() not in _WORDLESS:
        return found or [fallback]
    return [
        f"{each.get('title') or ''} {each.get('value') or ''}"
        for each in attachment.get("fields") or ()
    ]


def _in_blocks(blocks: Any) -> list[str]:
    return [text for block in blocks or () for text in _in_block(block)]


def _in_block(block: Message) -> list[str]:
    match block.get("type"):
        case "section" | "header":
            return [_text_of(part) for part in (block.get("text"), *block.get("fields", ()))]
        case "context":
            return [" ".join(map(_text_of, block.get("elements", ())))]
        case "markdown":
            return [str(block.get("text", ""))]
        case "rich_text":
            return ["".join(_in_rich_text(part)) for part in block.get("elements", ())]
    return []


def _text_of(part: Any) -> str:
    """The characters of a text object; other elements have none."""
    return str(part.get("text") or "") if isinstance(part, Mapping) else ""


def _in_rich_text(part: Message) -> Iterator[str]:
    for inner in part.get("elements", ()):
        yield from _in_rich_text(inner)
    write = _RICH.get(part.get("type", ""))
    if write is not None:
        yield write(part)


#: docs.slack.dev/reference/block-kit/blocks/rich-text-block, marked up like any text.
_RICH: Mapping[str, Callable[[Message], str]] = {
    "text": lambda part: str(part["text"]),
    "link": lambda part: str(part.get("text") or part["url"]),
    "emoji": lambda part: f":{part['name']}:",
    "user": lambda part: f"<@{part['user_id']}>",
    "channel": lambda part: f"<#{part['channel_id']}>",
    "broadcast": lambda part: f"<!{part['range']}>",
    "rich_text_section": lambda _: "\n",
}
