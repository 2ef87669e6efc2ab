"""A postmortem as Slack's canvas takes it: the same sections, no front matter, no wide table.

A canvas reads a part of Markdown only (docs.slack.dev/surfaces/canvases): headings down to the
third, no HTML, and no list within a quotation, for which it refuses the whole.
"""

import re
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from documents.document import Document
from documents.own import sections
from documents.own.chapters import trimmed, write_chapters
from documents.own.norms import normalised
from documents.own.people import write_person
from documents.own.phrases import write_phrase
from documents.writing import chapters, title_line
from domain.timeline import SourceState, TimelineEntry

_LIST_IN_A_QUOTE = re.compile(r"^(?P<quote>(?:\s*>)+\s*)(?P<mark>[-*+]|\d+[.)])(?=\s)")
_SMALL_HEADING = re.compile(r"^#{4,6}(?=[ \t])")
_LINE_END = re.compile(r"(?<!\\)<br>")
_UTC = ZoneInfo("UTC")


def to_canvas(document: Document) -> str:
    """Write a postmortem as a canvas; times are UTC.

    Its timeline is a list by day, since a canvas takes small tables only.
    """
    kept = normalised(document)
    written = [
        (name, timeline_list(kept.entries) if name == sections.TIMELINE else lines)
        for name, lines in chapters(kept, _UTC)
    ]
    lines = [title_line(kept), "", *_facts(kept), "", *write_chapters(2, written)]
    ids = _ids(kept)
    return "\n".join(_taken(ids.sub("", line)) for line in trimmed(lines)) + "\n"


def _ids(document: Document) -> re.Pattern[str]:
    """The ids of people whose names are known, as they are written behind these."""
    known = "|".join(re.escape(each) for each in document.names if document.names[each].strip())
    return re.compile(rf" \((?:{known})\)" if known else r"(?!)")


def _taken(line: str) -> str:
    """The line as a canvas takes it."""
    larger = _SMALL_HEADING.sub("###", _LINE_END.sub(" ", line))
    return _LIST_IN_A_QUOTE.sub(r"\g<quote>\\\g<mark>", larger)


def _facts(document: Document) -> Iterator[str]:
    facts, names = document.facts, document.names
    people = [write_person(each, names) for each in facts.responders]
    times = [("Started", facts.started_at), ("Detected", facts.detected_at)]
    times.append(("Recovered", facts.recovered_at))
    said = [
        ("Service", facts.service),
        ("Severity", f"{facts.severity}, tier {facts.tier:d}"),
        *((name, f"{at:%Y-%m-%d %H:%M} UTC") for name, at in times if at is not None),
        ("Causal classes", ", ".join(document.classes)),
        ("Responders", ", ".join(people)),
        ("Facilitator", document.facilitator and write_person(document.facilitator, names)),
    ]
    for name, value in said:
        if value:
            yield f"- **{name}:** {write_phrase(' '.join(value.split()))}"


def timeline_list(entries: Sequence[TimelineEntry]) -> list[str]:
    """The entries under the date of their day, each a line."""
    lines: list[str] = []
    day = ""
    for entry in entries:
        at = entry.at.astimezone(_UTC)
        if f"{at:%Y-%m-%d}" != day:
            day = f"{at:%Y-%m-%d}"
            lines += ["", f"### {day}", ""]
        lines.append(f"- **{at:%H:%M} UTC** {_entry(entry)}")
    return trimmed(lines)


def _entry(entry: TimelineEntry) -> str:
    words = write_phrase(" ".join(entry.text.split()))
    milestone = f" *({entry.milestone})*" if entry.milestone else ""
    since = f", {entry.source_state} since" if entry.source_state is not SourceState.SAME else ""
    source = f" ([message]({entry.permalink}){since})" if _is_link(entry.permalink) else ""
    return f"{words}{milestone}{source}"


def _is_link(url: str) -> bool:
    return re.fullmatch(r"https://[^\s()<>]+", url) is not None
