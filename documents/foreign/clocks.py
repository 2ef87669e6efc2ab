"""By whose clock an old document tells its times."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo

from documents.foreign.instants import Moment, read_moment, zone_in
from documents.foreign.outline import Chapter
from documents.foreign.page import Page
from documents.foreign.tables import read_table

_ABOUT_CLOCKS = re.compile(
    r"\b(?:all|the|times?|timestamps?|are|is|in|zones?|timezone|given|shown|listed|below|of|"
    r"expressed|following|dates?|and|unless|otherwise|noted|stated|here)\b|\W",
    re.IGNORECASE,
)


_SAYS_ZONE = re.compile(
    r"\b(?:times?|timestamps|zone|timezone)\b|\(.*(?:UTC|GMT).*\)", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Clocks:
    """Whose clock a timeline was written by; `unclear` is a name that is not read.

    `own` is the zone of those who wrote it: by it is read what names none, or an unclear one.
    """

    zone: tzinfo = UTC
    unclear: str = ""
    own: tzinfo = UTC

    def of(self, moment: Moment) -> tzinfo:
        """By whose clock a moment of it is told."""
        return moment.zone or (self.own if moment.unclear else self.zone)


def speaks_of_clocks(text: str) -> bool:
    """Whether a sentence says nothing but which zone the times are in."""
    named = zone_in(text)
    return named is not None and not _ABOUT_CLOCKS.sub("", text.replace(named[1], ""))


def clocks(page: Page, chapters: Sequence[Chapter], labels: Iterable[str], own: tzinfo) -> Clocks:
    """The zone that a timeline's heading, columns or first sentences name, else one of `labels`."""
    named = (*_about(page, chapters), *labels)
    found, _ = next(filter(None, map(zone_in, named)), (Moment(), ""))
    return Clocks(zone=found.zone or own, unclear=found.unclear, own=own)


def _about(page: Page, chapters: Sequence[Chapter]) -> Iterator[str]:
    for chapter in chapters:
        yield chapter.title
        for block in chapter.blocks:
            if block.kind == "table":
                yield from map(page.plain, read_table(block).headings)
            elif block.kind == "paragraph":
                yield from filter(_is_about_clocks, map(page.plain, block.content.split("\n")))


def _is_about_clocks(sentence: str) -> bool:
    return _SAYS_ZONE.search(sentence) is not None and read_moment(sentence) is None
