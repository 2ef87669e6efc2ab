"""What fits into a postmortem and what is too much of it, which stays in the notes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from documents.foreign.clocks import speaks_of_clocks
from documents.foreign.headings import Part
from documents.foreign.lists import LISTS
from documents.foreign.outline import Chapter
from documents.foreign.page import Block, Page
from documents.foreign.placing import Placed
from documents.foreign.points import Point, read_points
from documents.foreign.tables import read_table
from documents.foreign.timeline_lines import is_template
from domain.contributing_factors import (
    FACTOR_MAX,
    FACTORS_MAX,
    ContributingFactor,
    FactorKind,
)
from domain.inherited import LINE_MAX, InheritedLine
from domain.postmortems import TITLE_MAX
from domain.timeline import ENTRIES_MAX, ENTRY_MAX, Source, TimelineEntry

QUOTE_MAX = 60
#: Stands before the words of an entry whose day is known and no more.
NO_TIME = "(time not known)"
#: So many lines without a time are named one by one.
NAMED_MAX = 20

_KINDS = {
    Part.FACTORS: FactorKind.MADE_POSSIBLE,
    Part.SLOWED_DETECTION: FactorKind.SLOWED_DETECTION,
    Part.SLOWED_RESOLUTION: FactorKind.SLOWED_RESOLUTION,
}


def shortened(text: str, most: int) -> str:
    """The text, or as much of it as fits, with an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


@dataclass(frozen=True, kw_only=True)
class Fitting:
    """Takes from a page what has a place, and says what was too long for it."""

    page: Page
    warnings: list[str]

    def title(self, words: str) -> tuple[str, str]:
        """The title, and all of it where that is too long for one."""
        return self._kept_whole("Its title", words, TITLE_MAX)

    def _kept_whole(self, what: str, text: str, most: int) -> tuple[str, str]:
        if len(text) <= most:
            return text, ""
        self.warnings.append(
            f"{what} is longer than {most:,} characters: all of it is in the notes."
        )
        return shortened(text, most), text

    def text(self, what: str, text: str, most: int, lines: Sequence[range]) -> str:
        """A text for its place; where it is too long its lines stay in the notes as well."""
        kept, more = self._kept_whole(what, text, most)
        if not more:
            for each in lines:
                self.page.take(each.start, each.stop)
        return kept

    def entries(self, chapters: Sequence[Chapter], told: Sequence[Placed]) -> list[TimelineEntry]:
        """The entries of a timeline, in the order they happened."""
        dated = [each for each in told if each.at is not None and each.line.text]
        entries = [self._entry(each) for each in dated[:ENTRIES_MAX]]
        if len(dated) > ENTRIES_MAX:
            self.warnings.append(
                f"{len(dated):,} lines are more than a timeline holds: "
                f"those after the first {ENTRIES_MAX} are in the notes."
            )
        self._say_untimed(dated[:ENTRIES_MAX])
        self._say_undated(told)
        for chapter in chapters:
            self._take_frame(chapter)
        return sorted(entries, key=lambda entry: entry.at)

    def _entry(self, each: Placed) -> TimelineEntry:
        line = each.line
        told = line.text if each.is_timed else f"{NO_TIME} {line.text}"
        words = self.text(f"“{_quote(line.text)}”", told, ENTRY_MAX, [range(line.first, line.end)])
        assert each.at is not None  # noqa: S101 - said by the caller
        kind = line.milestone if each.is_timed else None  # a milestone is an instant
        return TimelineEntry(at=each.at, text=words, milestone=kind, source=Source.IMPORTED)

    def _say_untimed(self, dated: Sequence[Placed]) -> None:
        untimed = [each.line.text for each in dated if not each.is_timed]
        if untimed:
            more = f" and {len(untimed) - 1} more" if len(untimed) > 1 else ""
            self.warnings.append(
                f"A day and no time in “{_quote(untimed[0])}”{more}: "
                f"kept where the day begins, marked {NO_TIME}."
            )

    def _say_undated(self, told: Sequence[Placed]) -> None:
        undated = []
        for each in told:
            if each.line.is_day or is_template(each.line):
                self.page.take(each.line.first, each.line.end)
            elif each.at is None or not each.line.text:
                undated.append(self.page.lines[each.line.first])
        for line in undated[:NAMED_MAX]:
            self.warnings.append(f"No day, or no words, in “{_quote(line)}”: it is in the notes.")
        if len(undated) > NAMED_MAX:
            more = len(undated) - NAMED_MAX
            self.warnings.append(f"And {more:,} more lines like this are in the notes.")

    def _take_frame(self, chapter: Chapter) -> None:
        """Take what held the lines together, and the sentence that named their zone."""
        for block in chapter.blocks:
            if block.kind == "table":
                read_table(block).take_head(self.page)
            elif block.kind == "fence" and self._is_read(block):
                self.page.take(block.first, block.end)
            elif block.kind == "paragraph":
                self._take_sentences(block)

    def _is_read(self, block: Block) -> bool:
        inside = range(block.first + 1, block.end - 1)
        return all(self.page.is_taken(at) or not self.page.lines[at].strip() for at in inside)

    def _take_sentences(self, block: Block) -> None:
        for at in range(block.first, block.end):
            if speaks_of_clocks(self.page.plain(self.page.lines[at])):
                self.page.take(at, at + 1)

    def factors(self, parts: Mapping[Part, Sequence[Chapter]]) -> tuple[ContributingFactor, ...]:
        """What contributed; a list of root causes does too, where nothing else is said to."""
        found = [
            (kind, point) for part, kind in _KINDS.items() for point in self._points(parts[part])
        ]
        if not found:
            found = [
                (FactorKind.MADE_POSSIBLE, point) for point in self._listed(parts[Part.ROOT_CAUSE])
            ]
        if len(found) > FACTORS_MAX:
            self.warnings.append(
                f"{len(found)} factors are more than a postmortem holds: "
                f"those after the first {FACTORS_MAX} are in the notes."
            )
        kept = tuple(
            ContributingFactor(kind=kind, text=self._point("A factor", point, FACTOR_MAX))
            for kind, point in found[:FACTORS_MAX]
        )
        self._take_heads([each for part in (*_KINDS, Part.ROOT_CAUSE) for each in parts[part]])
        return kept

    def _points(self, chapters: Sequence[Chapter]) -> list[Point]:
        return read_points(self.page, chapters)

    def _listed(self, chapters: Sequence[Chapter]) -> list[Point]:
        """The points of lists alone; one bullet is a sentence, not a list."""
        lists = [each for each in chapters if any(block.kind in LISTS for block in each.blocks)]
        found = self._points(lists)
        return found if len(found) > 1 else []

    def inherited(self, chapters: Sequence[Chapter]) -> tuple[InheritedLine, ...]:
        """Every line that asks for something."""
        found = self._points(chapters)
        kept = tuple(
            InheritedLine(text=self._point("An action item", point, LINE_MAX)) for point in found
        )
        self._take_heads(chapters)
        return kept

    def _point(self, what: str, point: Point, most: int) -> str:
        name = f"{what}, “{_quote(point.text)}”,"
        return self.text(name, point.text, most, [range(point.first, point.end)])

    def _take_heads(self, chapters: Sequence[Chapter]) -> None:
        """Take the headings of tables, and those that every line below them begins with."""
        for chapter in chapters:
            for block in chapter.blocks:
                if block.kind == "table":
                    read_table(block).take_head(self.page)
            if chapter.blocks and not self.page.left(chapter.body, chapter.end):
                self.page.take(chapter.first, chapter.body)


def _quote(text: str) -> str:
    return shortened(re.sub(r"\s*\|\s*", " | ", " ".join(text.split())).strip(" |"), QUOTE_MAX)
