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
    plain = " ".join(text.split())
    places = [
        found.start()
        for term in looked_for
        if (found := re.search(rf"\b{re.escape(term)}", plain, re.IGNORECASE))
    ]
    if not places:
        return ""
    begin = max(0, min(places) - most // 3)
    begin = 0 if begin == 0 else plain.find(" ", begin) + 1
    cut = plain[begin : begin + most - 2]
    more = begin + len(cut) < len(plain)
    return f"{'…' if begin else ''}{cut.rsplit(' ', 1)[0] if more and ' ' in cut else cut}" + (
        "…" if more else ""
    )
