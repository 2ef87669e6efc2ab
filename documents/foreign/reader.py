"""Postmortems of other tools: read part by part, and what has no place into the notes."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import PurePath
from typing import Any

from documents.document import Document
from documents.foreign.clocks import Clocks, clocks
from documents.foreign.course import NO_DATE, Course, anchor, course, with_milestones
from documents.foreign.fitting import Fitting
from documents.foreign.headings import Part
from documents.foreign.labels import Label, Said, said_in
from documents.foreign.measures import measures
from documents.foreign.notes import notes
from documents.foreign.outline import Chapter, Outline, outline
from documents.foreign.page import Page
from documents.foreign.placing import Placed, placed
from documents.foreign.prose import causes, impact, passages
from documents.foreign.timelines import read_lines
from domain.causal_classes import CLASSES_MAX
from domain.passages import NOTES_MAX, Passage
from domain.postmortems import Facts

TOO_LONG = "It holds more text than a postmortem can keep. Part it into several files."

_REPORT = re.compile(
    r"\s*(?:(?:incident|outage)\s+)?(?:post[\s-]?mortem|rca|pir|incident (?:report|review)|"
    r"post[\s-]incident (?:report|review)|root cause analysis)(?:\s+(?:report|review))?"
    r"(?:\s+(?:for|of))?\s*(?:[:|\u2013\u2014]|-\s|$)\s*",
    re.IGNORECASE,
)
_PUBLIC = re.compile(r"\W*(?:no|false|public|internal|open|0)\b", re.IGNORECASE)


class Unreadable(ValueError):
    """A document that cannot be a postmortem; the message tells what to do."""


@dataclass(kw_only=True)
class _Reading:
    """A page while it is read, and what was noticed."""

    page: Page
    name: str
    found: Outline
    said: list[Said]
    parts: dict[Part, list[Chapter]]
    own: tzinfo
    warnings: list[str] = field(default_factory=list)


def read_foreign(text: str, name: str, own: tzinfo = UTC) -> tuple[Document, list[str]]:
    """Read a postmortem of another tool, with what a person should look at.

    `own` is the zone of its times where they name none, or one that may be several. Nothing is
    dropped: what is not understood is kept in the notes. Raises Unreadable where there is no day
    at all, or more text than a postmortem keeps.
    """
    page = Page(text)
    found = outline(page)
    parts: defaultdict[Part, list[Chapter]] = defaultdict(list)
    for chapter in found.chapters:
        parts[chapter.part or Part.OTHER].append(chapter)
    said = said_in(page, found)
    reading = _Reading(page=page, name=name, found=found, said=said, parts=parts, own=own)
    return _document(reading), reading.warnings


def _document(reading: _Reading) -> Document:
    """Each reader takes its lines from the page; what none of them took goes into the notes."""
    fitting = Fitting(page=reading.page, warnings=reading.warnings)
    parts, said = reading.parts, reading.said
    title, more = _title(reading, fitting)
    which, told = _timeline(reading, title)
    when = _course(reading, which, told, title)
    known, assumed = measures(reading.page, said, title)
    read: dict[str, Any] = {
        "entries": tuple(with_milestones(fitting.entries(parts[Part.TIMELINE], told), when)),
        "factors": fitting.factors(parts),
        "inherited": fitting.inherited(parts[Part.ACTION_ITEMS]),
        "root_cause": causes(fitting, parts, said),
        "classes": _classes(reading),
        "time_to_detect": when.time_to_detect,
        "time_to_recover": when.time_to_recover,
        "is_private": _is_private(said),
    }
    written = passages(fitting, parts)
    facts = _facts(title, when, known | {"impact": impact(fitting, parts, said)})
    reading.warnings += assumed
    kept = written | _notes(reading, [more, _of_clocks(which)])
    return Document(facts=facts, passages=kept, **read)


def _facts(title: str, when: Course, known: Mapping[str, Any]) -> Facts:
    return Facts(
        title=title,
        started_at=when.started_at,
        detected_at=when.detected_at,
        recovered_at=when.recovered_at,
        **known,
    )


def _title(reading: _Reading, fitting: Fitting) -> tuple[str, str]:
    """The title, and all of it where it is too long for one."""
    page, found = reading.page, reading.found
    labels = [each for each in reading.said if each.label is Label.TITLE]
    heading = _REPORT.sub("", found.title, count=1)
    page.take(found.title_lines.start, found.title_lines.stop)
    if heading:
        return fitting.title(heading)
    if labels:
        page.take(labels[0].first, labels[0].end)
        words = page.plain(labels[0].value)
        return fitting.title(_REPORT.sub("", words, count=1) or words)
    reading.warnings.append("It has no title: the name of the file was taken.")
    return fitting.title(
        " ".join(re.split(r"[\s_-]+", PurePath(reading.name).stem)).strip() or "Untitled"
    )


def _timeline(reading: _Reading, title: str) -> tuple[Clocks, list[Placed]]:
    page, chapters = reading.page, reading.parts[Part.TIMELINE]
    zones = (each.value for each in reading.said if each.label is Label.ZONE)
    which = clocks(page, chapters, zones, reading.own)
    stem = PurePath(reading.name).stem
    told = [page.source(each.first, each.end) for each in chapters]
    places = (title, stem, stem.replace("_", " "), *told, "\n".join(page.lines))
    day = anchor(page, reading.said, places)
    return which, list(placed(read_lines(page, chapters), day, which))


def _course(reading: _Reading, which: Clocks, told: Sequence[Placed], title: str) -> Course:
    page = reading.page
    stem = PurePath(reading.name).stem
    day = anchor(page, reading.said, (title, stem, stem.replace("_", " "), "\n".join(page.lines)))
    found = course(page, reading.said, which, day, told)
    if found is None:
        raise Unreadable(NO_DATE)
    for each in found.understood:
        page.take(each.first, each.end)
    names = dict.fromkeys((which.unclear, *(each.line.moment.unclear for each in told)))
    unclear = ", ".join(filter(None, names))
    if unclear:
        reading.warnings.append(
            f"Its times are in {unclear}, which is not one offset everywhere: they were read as "
            f"{which.own}. Write the offset there, like UTC+1, or name the zone that was meant, "
            "like --zone Europe/Berlin, to have them right."
        )
    reading.warnings.extend(found.warnings)
    return found


def _of_clocks(which: Clocks) -> str:
    return f"Times of the document: {which.unclear}, read as {which.own}." if which.unclear else ""


def _classes(reading: _Reading) -> tuple[str, ...]:
    for each in reading.said:
        names = [name.strip() for name in each.value.split(",") if name.strip()]
        if each.label is Label.CLASSES and len(names) <= CLASSES_MAX:
            reading.page.take(each.first, each.end)
            return tuple(dict.fromkeys(names))
    return ()


def _is_private(said: Sequence[Said]) -> bool:
    """Whether it says that not everybody may read it; in doubt it does."""
    return any(each.label is Label.PRIVATE and not _PUBLIC.match(each.value) for each in said)


def _notes(reading: _Reading, extra: Sequence[str]) -> dict[Passage, str]:
    left = notes(reading.page, reading.found, extra)
    if len(left) > NOTES_MAX:
        raise Unreadable(TOO_LONG)
    return {Passage.NOTES: left} if left else {}
