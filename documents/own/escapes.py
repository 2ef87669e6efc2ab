"""Backslashes before what Markdown would obey: put there in writing, taken away in reading.

Those that stand there already are doubled, as CommonMark reads them
(spec.commonmark.org/0.31.2/#backslash-escapes). So a mark after an odd number of backslashes is
text, and one without any was left to Markdown on purpose: reading need not know why.
"""

import re

Marks = re.Pattern[str]


def marks(before: str, mark: str, flags: re.RegexFlag = re.NOFLAG) -> Marks:
    """Compile what is obeyed: `mark`, where the text up to it matches `before`."""
    # Looking behind first keeps a run of backslashes from being read once for each of them.
    return re.compile(rf"{before}(?<!\\)(?P<slashes>\\*)(?P<mark>{mark})", flags)


def escape(text: str, obeyed: Marks, *, live: bool = False) -> str:
    """Make these marks text; those that have no backslash stay as they are where that is `live`."""

    def escaped(found: re.Match[str]) -> str:
        if live and not found["slashes"]:
            return found[0]
        return f"{_before(found)}{found['slashes'] * 2}\\{found['mark']}"

    return obeyed.sub(escaped, text)


def unescape(text: str, obeyed: Marks) -> str:
    """Return the text that `escape` made this of."""

    def bare(found: re.Match[str]) -> str:
        half, is_text = divmod(len(found["slashes"]), 2)
        return f"{_before(found)}{found['slashes'][:half]}{found['mark']}" if is_text else found[0]

    return obeyed.sub(bare, text)


def _before(found: re.Match[str]) -> str:
    return found.string[found.start() : found.start("slashes")]


#: What reaches out of its place anywhere in a text: HTML, entities, links, definitions of links.
_INLINE = marks("", r"<(?=[A-Za-z/!?])|&(?=#|[A-Za-z][A-Za-z0-9]*;)|\](?=[(:])")
_CODE = re.compile(r"(`[^`\n]*`)")


def escape_inline(text: str, *, live: bool = False) -> str:
    """Make text of HTML, entities and links; inside inline code they are text already.

    All of the text is code where it is `live`.
    """
    if live:
        return escape(text, _INLINE, live=True)
    if not all(map(_is_clear, text.split("\n"))):
        return escape(text, _INLINE)
    pieces = _CODE.split(text)
    return "".join(
        escape(piece, _INLINE, live=is_code)
        for pair in zip(pieces[::2], [*pieces[1::2], ""], strict=True)
        for piece, is_code in zip(pair, (False, True), strict=True)
    )


def _is_clear(line: str) -> bool:
    """Whether nobody could take another part of the line for inline code than we do."""
    if "`" not in line:
        return True
    return line.count("`") % 2 == 0 and not any(each in line for each in ("``", "\\`", "|"))


def unescape_inline(text: str) -> str:
    """Return the text that `escape_inline` made this of."""
    return unescape(text, _INLINE)
