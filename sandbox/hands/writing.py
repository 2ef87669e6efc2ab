"""What Slack makes of typed text: characters escaped, names and addresses marked."""

import re

from sandbox.posting import escaped
from sandbox.workspace import Workspace

#: Slack keeps a list of all top-level domains and does not publish it; these are the usual ones.
DOMAINS = "com|org|net|edu|gov|info|io|dev|app|co|ai|eu|uk|de|fr|es|nl|ch|at|jp|br|in|us|ca|au"
#: What may stand in an address; "<" and ">" are escaped by then.
IN_ADDRESS = r"(?:(?!&[lg]t;)[^\s<>|])"
PIECE = re.compile(
    rf"(?<!\w)(?P<link>https?://(?=\w){IN_ADDRESS}+)"
    r"|(?<![\w.+-])(?:mailto:)?(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    rf"|(?<![\w@./:-])(?P<bare>(?:www\.[\w-]+\.|(?:[\w-]+\.)+(?=(?:{DOMAINS})(?![\w-]|\.\w)))"
    rf"\w[\w.-]*(?::\d+)?(?:[/?#]{IN_ADDRESS}*)?)"
    r"|(?<![\w&])(?P<sign>[@#])(?P<name>[\w.-]*\w)"
)
#: What ends a sentence, and no address.
PUNCTUATION = re.compile(r"(?:(?<!&amp);|[.,:!?'\"*_~`])+$")
BRACKETS = {")": "(", "]": "["}
SPECIAL = {"here", "channel", "everyone"}


def as_written(workspace: Workspace, text: str) -> str:
    """A message as it is stored: escaped, with mentions and links."""
    return _marked(workspace, escaped(text), with_names=False)


def as_command_text(workspace: Workspace, text: str, *, escape: bool) -> str:
    """A command's text: mentions and links only when its entry says `should_escape`."""
    plain = escaped(text)
    return _marked(workspace, plain, with_names=True) if escape else plain


def _marked(workspace: Workspace, text: str, *, with_names: bool) -> str:
    """Mark what is a link or names somebody (docs.slack.dev, "Formatting message text")."""

    def mark(found: re.Match[str]) -> str:
        if mail := found["mail"]:
            return f"<mailto:{mail}|{mail}>"
        if address := found["link"] or found["bare"]:
            address, rest = _without_end(address)
            link = f"<{address}>" if found["link"] else f"<http://{address}|{address}>"
            return f"{link}{rest}"
        return _mention(workspace, found, with_names=with_names)

    return PIECE.sub(mark, text)


def _without_end(address: str) -> tuple[str, str]:
    """Divide an address from the punctuation after it; a bracket belongs to what opened it."""
    kept = PUNCTUATION.sub("", address)
    last = kept[-1]
    if last in BRACKETS and kept.count(last) > kept.count(BRACKETS[last]):
        kept = _without_end(kept[:-1])[0]
    return kept, address[len(kept) :]


def _mention(workspace: Workspace, found: re.Match[str], *, with_names: bool) -> str:
    sign, name = found["sign"], found["name"]
    if sign == "@" and name in SPECIAL and not with_names:
        return f"<!{name}>"
    try:
        thing = workspace.person(name) if sign == "@" else workspace.channel(name)
    except LookupError:
        return found.group()
    shown = f"|{name}" if with_names else ""
    return f"<{sign}{thing.id}{shown}>"


def named(text: str) -> str:
    """Who a built-in command is about: `@name`, or the mention that a page makes of it."""
    mention = re.fullmatch(r"<@(\w+)(\|[^>]*)?>", text)
    name = mention[1] if mention else text
    if not name:
        raise ValueError("Say who: type @ and a name after the command.")
    return name
