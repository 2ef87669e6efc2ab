"""What people typed, as GitHub's Markdown that shows it and obeys none of it.

GitHub makes mentions, issue links and commit links of a text after it was rendered: a backslash
keeps none of them away, an empty comment in the middle does (github.github.com/gfm;
docs.github.com/en/get-started/writing-on-github: autolinked references, mathematical expressions).
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from domain.tickets import TITLE_MAX, Line, Wanted

#: GitHub's limit for a description and for a comment, in characters; bytes are counted here, which
#: are never fewer.
BODY_MAX = 65_536
_DUE = "Due"
#: How an address is told from the words around it; what is odd is shown, and leads nowhere.
_URL = re.compile(
    r"https?://[\w.-]*\w(?::\d+)?(?:[/?#](?:[^\s<>\"'`|\\^{}]*[\w/=#])?)?", re.IGNORECASE
)
_ENTITY = re.compile(r"&#?\w+;")
_BROKEN = "\0"
#: Where a reference begins that GitHub would make a link of: a break comes after it.
_REFERENCES = re.compile(
    r"@(?=\w)|#(?=\d)|gh-(?=\d)|(?:https?|ftp|mailto|xmpp)(?=:)|www(?=\.)", re.IGNORECASE
)
#: Seven digits are the fewest that GitHub takes for a commit's.
_COMMIT = re.compile(r"(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])", re.IGNORECASE)
#: What would begin a heading or a list, or make a heading or a table of the line before.
_FIRST = re.compile(r"^(?P<digits>\d*)(?=[.)#+=-]|:-)")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LETTERS = str.maketrans(
    {letter: f"\\{letter}" for letter in "\\`*_[]~|"}
    | {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
    | {"$": "<span>$</span>", _BROKEN: "<!-- -->"}
)


def marked(text: str, key: str) -> str:
    """The text with a key of ours, which people do not see."""
    return f"{text}\n\n{mark(key)}"


def mark(key: str) -> str:
    """What a key of ours is found by; nobody can type it, for all that is typed is escaped."""
    return f"<!-- closedloop:{key} -->"


def title(wanted: Wanted) -> str:
    """The title, which GitHub shows as it is: on one line, cut to what every tracker takes."""
    line = " ".join(_CONTROLS.sub("", wanted.title).split())
    return _cut(line, TITLE_MAX)


def description(wanted: Wanted) -> str:
    """The description without a mark; the longest text is cut where all of it is too long.

    GitHub has no due dates: a line tells it, where none does so already.
    """
    lines = [*wanted.lines]
    if all(each.label != _DUE for each in lines):
        text = f"{wanted.due_on.day} {wanted.due_on:%b %Y}"
        lines.append(Line(label=_DUE, text=text))
    while len((text := _paragraphs(lines)).encode()) > BODY_MAX - len(mark("-" * 36)) - 2:
        longest = max(range(len(lines)), key=lambda at: len(lines[at].text))
        kept = lines[longest].text
        lines[longest] = replace(lines[longest], text=_cut(kept, len(kept) * 3 // 4))
    return text


def comment(text: str) -> str:
    """A comment without a mark."""
    while len((shown := escape(text)).encode()) > BODY_MAX - len(mark("-" * 36)) - 2:
        text = _cut(text, len(text) * 3 // 4)
    return shown


def reworded(body: str, old: str | None, new: str) -> str:
    """The body with the new description for the old one; what people wrote around it is left.

    Where they changed it themselves theirs is left too, below the new one. Without an old one all
    of the body is ours.
    """
    body = body.replace("\r\n", "\n")
    if old and old in body:
        return body.replace(old, new, 1)
    if old:
        return f"{new}\n\n{body}".rstrip()
    _, found, rest = body.partition("<!-- closedloop:")
    return f"{new}\n\n{found}{rest}" if found else new


def _paragraphs(lines: Iterable[Line]) -> str:
    return "\n\n".join(filter(None, map(_paragraph, lines)))


def _paragraph(line: Line) -> str:
    text = _link(line.text or line.url, line.url) if line.url else escape(line.text)
    return f"**{_inert(_one_line(line.label))}:** {text}" if line.label else text


def _link(text: str, url: str) -> str:
    if not url.startswith(("https://", "http://")):
        return escape(text)
    where = "".join(url.split()).replace("&", "&amp;")
    for odd, safe in {"<": "%3C", ">": "%3E", "\\": "%5C"}.items():
        where = where.replace(odd, safe)
    return f"[{_inert(_one_line(text))}](<{where}>)"


def escape(text: str) -> str:
    """The text on as many lines; addresses in it can be followed."""
    lines = [_line(line.strip()) for line in _CONTROLS.sub("", text).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _line(text: str) -> str:
    shown, at = "", 0
    for found in _URL.finditer(text):
        if not _ENTITY.search(found[0]):
            shown += f"{_inert(text[at : found.start()])}<{found[0]}>"
            at = found.end()
    return _FIRST.sub(r"\g<digits>\\", shown + _inert(text[at:]), count=1)


def _inert(text: str) -> str:
    broken = _REFERENCES.sub(rf"\g<0>{_BROKEN}", text)
    return _COMMIT.sub(_in_sixes, broken).translate(_LETTERS)


def _in_sixes(commit: re.Match[str]) -> str:
    return re.sub(r"\w{6}(?=\w)", rf"\g<0>{_BROKEN}", commit[0])


def _one_line(text: str) -> str:
    return " ".join(_CONTROLS.sub("", text).split())


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
