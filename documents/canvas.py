"""A postmortem as Slack's canvas takes it: the same sections, no front matter, no wide table.

A canvas reads a part of Markdown only (docs.slack.dev/surfaces/canvases): headings down to the
third, no HTML, and no list within a quotation, for which it refuses the whole.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from textwrap import shorten
from zoneinfo import ZoneInfo

from documents.document import Document
from documents.own import sections
from documents.own.chapters import trimmed, write_chapters
from documents.own.norms import normalised
from documents.own.people import write_person
from documents.own.phrases import write_phrase, write_title
from documents.writing import chapters, title_line
from domain.action_items import ActionItem, ItemState, Progress
from domain.timeline import SourceState, TimelineEntry

_LIST_IN_A_QUOTE = re.compile(r"^(?P<quote>(?:\s*>)+\s*)(?P<mark>[-*+]|\d+[.)])(?=\s)")
_SMALL_HEADING = re.compile(r"^#{4,6}(?=[ \t])")
_LINE_END = re.compile(r"(?<!\\)<br>")
_UTC = ZoneInfo("UTC")
#: Enough of a factor to know which it is.
_FACTOR_SHOWN = 120


def to_canvas(document: Document) -> str:
    """Write a postmortem as a canvas; times are UTC.

    Its timeline is a list by day, since a canvas takes small tables only.
    """
    kept = normalised(document)
    shorter = {
        sections.TIMELINE: timeline_list(kept.entries),
        sections.ITEMS: item_paragraphs(kept),
    }
    written = [(name, shorter.get(name, lines)) for name, lines in chapters(kept, _UTC)]
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
    later = [("Detected", facts.detected_at), ("Recovered", facts.recovered_at)]
    said = [
        ("Service", facts.service),
        ("Severity", f"{facts.severity}, tier {facts.tier:d}"),
        ("Started", _instant(facts.started_at)),
        *((name, _since(at, facts.started_at)) for name, at in later if at is not None),
        ("Causal classes", ", ".join(document.classes)),
        ("Responders", ", ".join(people)),
        ("Chair", document.facilitator and write_person(document.facilitator, names)),
    ]
    for name, value in said:
        if value:
            yield f"- **{name}:** {write_phrase(' '.join(value.split()))}"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(_UTC):%Y-%m-%d %H:%M} UTC"


def _since(at: datetime, start: datetime) -> str:
    return f"{_instant(at)} ({_after(at - start)})"


def _after(length: timedelta) -> str:
    """How long it took, to two units: `after 1 h 12 min`."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 1:
        return "within a minute"
    numbers = ((minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "min"))
    return " ".join(["after", *[f"{number} {unit}" for number, unit in numbers if number][:2]])


def item_paragraphs(document: Document) -> list[str]:
    """Each item under its heading: when it is done, who sees to it by when, and what it answers."""
    lines: list[str] = []
    for item in document.items:
        title = write_title(f"{item.position}. {_on_one_line(item.what)}")
        lines += ["", f"### {title}", "", *_promise(item, document)]
    return trimmed(lines)


def _promise(item: ActionItem, document: Document) -> Iterator[str]:
    if item.done_when.strip():
        yield f"**Done when:** {write_phrase(_on_one_line(item.done_when))}"
    yield f"**Owner:** {' · '.join(_standing(item, document.names))}"
    if item.factor_id is not None and 0 < item.factor_id <= len(document.factors):
        factor = document.factors[item.factor_id - 1].text
        said = shorten(factor, _FACTOR_SHOWN, placeholder=" …")
        yield f"**Answers:** {write_phrase(f'factor {item.factor_id}, {said}')}"


def _standing(item: ActionItem, names: Mapping[str, str]) -> Iterator[str]:
    yield write_phrase(write_person(item.owner, names))
    yield f"due {item.due_on:%Y-%m-%d}"
    yield f"{item.priority} {item.kind}"
    yield from _state(item)
    if item.reschedules:
        yield f"moved {_times(item.reschedules)}"
    if item.reviews_seen:
        yield f"seen open by {item.reviews_seen} review{'' if item.reviews_seen == 1 else 's'}"


def _state(item: ActionItem) -> Iterator[str]:
    """Where it stands, and what it waits for."""
    yield "expired" if item.has_expired else str(item.state)
    if item.is_open and item.progress is not Progress.NOT_STARTED:
        yield str(item.progress)
    if item.state is ItemState.IMPLEMENTED and item.soaks_until:
        yield f"soaks until {item.soaks_until:%Y-%m-%d}"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


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
