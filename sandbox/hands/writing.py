"""What Slack makes of typed text: characters escaped, names turned into mentions."""

import re

from sandbox.posting import escaped
from sandbox.workspace import Workspace

MENTION = re.compile(r"(?<![\w&])([@#])([\w.-]*\w)")
SPECIAL = {"here", "channel", "everyone"}


def as_written(workspace: Workspace, text: str) -> str:
    """Give a message as it is stored: escaped, with `@name` and `#name` as mentions."""
    return _mentioned(workspace, escaped(text), with_names=False)


def as_command_text(workspace: Workspace, text: str, *, escape: bool) -> str:
    """Give a command's text: mentions are escaped when its manifest entry says `should_escape`."""
    plain = escaped(text)
    return _mentioned(workspace, plain, with_names=True) if escape else plain


def _mentioned(workspace: Workspace, text: str, *, with_names: bool) -> str:
    def mention(found: re.Match[str]) -> str:
        sign, name = found.groups()
        if sign == "@" and name in SPECIAL and not with_names:
            return f"<!{name}>"
        try:
            thing = workspace.person(name) if sign == "@" else workspace.channel(name)
        except LookupError:
            return found.group()
        shown = f"|{name}" if with_names else ""
        return f"<{sign}{thing.id}{shown}>"

    return MENTION.sub(mention, text)


def named(text: str) -> str:
    """Give who a built-in command is about: `@name`, or the mention that a page makes of it."""
    mention = re.fullmatch(r"<@(\w+)(\|[^>]*)?>", text)
    name = mention[1] if mention else text
    if not name:
        raise ValueError("Say who: type @ and a name after the command.")
    return name
