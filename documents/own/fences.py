"""Fenced code in a text: which lines of it Markdown takes for code, whatever is around them."""

import re
from collections.abc import Sequence

_OPENING = re.compile(r"(?P<indent> *)(?P<fence>`{3,}(?=[^`]*\Z)|~{3,})")
_BLANK = " \t"


def is_blank(line: str) -> bool:
    """Whether Markdown sees nothing in a line."""
    return not line.strip(_BLANK)


def fenced(lines: Sequence[str]) -> set[int]:
    """The numbers of the lines that are fenced code, the fences too.

    Only of fences that are closed for certain: by a line as far in as the one that opens, with
    nothing farther out between them, so that it stays code inside a list as well.
    """
    inside: set[int] = set()
    at = 0
    closings = _Closings(lines)
    while at < len(lines):
        end = closings.end_of(at)
        inside.update(range(at, end))
        at = max(end, at + 1)
    return inside


class _Closings:
    """Where fences close."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        #: Up to where fences of one kind do not close: no line is looked at twice for one kind.
        self._in_vain: dict[str, int] = {}

    def end_of(self, at: int) -> int:
        """The line after the fenced code that opens in this line; the line itself, if none does."""
        opening = _OPENING.match(self._lines[at])
        if opening is None or self._in_vain.get(opening[0], 0) > at:
            return at
        last = self._last(opening, at + 1)
        closing = self._lines[last] if last < len(self._lines) else ""
        if _closes(opening, closing) and _indent(closing) == opening["indent"]:
            return last + 1
        self._in_vain[opening[0]] = last
        return at

    def _last(self, opening: re.Match[str], first: int) -> int:
        """The first line that closes the fence, or is farther out; the end where there is none."""
        return next(
            (
                number
                for number in range(first, len(self._lines))
                if _closes(opening, self._lines[number])
                or not (is_blank(self._lines[number]) or _is_in(opening, self._lines[number]))
            ),
            len(self._lines),
        )


def _closes(opening: re.Match[str], line: str) -> bool:
    fence = line.strip(_BLANK)
    return fence.startswith(opening["fence"]) and not fence.strip(fence[:1])


def _is_in(opening: re.Match[str], line: str) -> bool:
    return line.startswith(opening["indent"])


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(_BLANK))]
