"""Finding postmortems again: what is looked for, and the words around what was found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.postmortems import Severity

#: More words than this are no longer looked for by anybody.
TERMS_MAX = 8
QUERY_MAX = 200
PAGE = 15


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody looks for; everything that is empty leaves nothing out. Pages count from 0."""

    words: str = ""
    service: str = ""
    class_id: int | None = None
    only_open: bool = False
    page: int = 0

    @property
    def offset(self) -> int:
        """How many are on the pages before."""
        return self.page * PAGE

    def turned(self, pages: int) -> "Wanted":
        """The same, some pages further; the first page has none before it."""
        return replace(self, page=max(0, self.page + pages))


@dataclass(frozen=True, kw_only=True)
class Found:
    """One postmortem in a list; `words` is all that can be found of it, where words were wanted."""

    id: int
    number: int
    title: str
    service: str
    severity: Severity
    tier: int
    started_at: datetime
    channel: str | None
    is_private: bool
    open_items: int
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of a list, and how many there are on all of them."""

    found: Sequence[Found]
    total: int


def terms(words: str) -> list[str]:
    """The words that are looked for, each as the beginning of one: letters and digits only."""
    found = re.findall(r"\w+", words[:QUERY_MAX].lower().replace("_", " "))
    return list(dict.fromkeys(found))[:TERMS_MAX]


def excerpt(text: str, looked_for: list[str], most: int) -> str:
    """The words around the first that was looked for, in at most `most` characters.

    Empty where none of them stands there as the beginning of a word.
    """
    lowered = text.replace("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "I").lower()
    places = [place for term in looked_for if (place := _begins(lowered, term)) >= 0]
    if not places:
        return ""
    at = min(places)
    start, end = max(0, at - most), at + most  # the rest may be long, and is not looked at
    plain = " ".join(text[start:end].split())
    place = len(" ".join(f"{text[start:at]}|".split())) - 1
    begin = max(0, place - most // 3)
    if start or begin:
        begin = max(begin, plain.find(" ", begin, place) + 1)
    cut = plain[begin : begin + most - 2]
    more = end < len(text) or begin + len(cut) < len(plain)
    if more and " " in cut:
        cut = cut.rsplit(" ", 1)[0]
    return f"{'…' if start or begin else ''}{cut}{'…' if more else ''}"


def _begins(text: str, term: str) -> int:
    """Where the term first stands as the beginning of a word; -1 where it never does."""
    at = text.find(term)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(term, at + 1)
    return at
