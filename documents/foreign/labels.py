"""What a document says of itself in a line each: `Severity: SEV2`, `| Service | checkout |`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from documents.foreign.headings import Part, bare
from documents.foreign.lists import LISTS, bullets, walked
from documents.foreign.outline import Chapter, Outline
from documents.foreign.page import Block, Page
from documents.foreign.tables import Row, read_table

VALUE_MAX = 5000


class Label(StrEnum):
    """What a line can say."""

    TITLE = "title"
    DATE = "date"
    STARTED = "started"
    DETECTED = "detected"
    RECOVERED = "recovered"
    TIME_TO_DETECT = "time to detect"
    TIME_TO_RECOVER = "time to recover"
    SEVERITY = "severity"
    SERVICE = "service"
    CATEGORY = "category"
    CLASSES = "causal classes"
    RESPONDERS = "responders"
    USERS = "users affected"
    REVENUE = "revenue lost"
    BUDGET = "error budget"
    IMPACT = "impact"
    ROOT_CAUSE = "root cause"
    TRIGGER = "trigger"
    ZONE = "time zone"
    PRIVATE = "private"


_NAMES = {
    Label.TITLE: "title|incident title|incident name",
    Label.DATE: "date|incident date|date of incident|date of the incident|day|dates|"
    "date and time|when|occurred on|incident day",
    Label.STARTED: "started|start|start time|started at|start date|incident start|began|"
    "incident started|incident start time|impact start|outage start|time of incident|begin|"
    "start of incident|start of impact|impact started|start date and time|occurred at|"
    "impact started at|incident started at|started on|time started|impact began|"
    "impact start time|outage start time",
    Label.DETECTED: "detected|detected at|detected on|time of detection|discovered|"
    "discovered at|first alert|alerted at|time detected|reported|reported at|incident reported|"
    "incident detected|incident reported at|incident detected at",
    Label.RECOVERED: "recovered|recovered at|resolved|resolved at|resolved on|end|ended|"
    "end time|ended at|end date|incident end|impact end|outage end|restored|restored at|"
    "incident resolved|end of incident|end of impact|impact ended|end date and time|mitigated at|"
    "fixed|fixed at|impact ended at|time resolved|time recovered|incident resolved at|mitigated|"
    "impact end time|outage end time|incident end time",
    Label.TIME_TO_DETECT: "time to detect|time to detection|ttd|mttd|detection time|"
    "time to discover|time to discovery|detected after|time until detection|detected within",
    Label.TIME_TO_RECOVER: "time to recover|time to recovery|ttr|mttr|recovery time|"
    "time to resolve|time to resolution|time to restore|time to restoration|resolution time|"
    "duration|incident duration|outage duration|total duration|duration of incident|downtime|"
    "duration of outage|resolved after|recovered after|time until recovery|total downtime",
    Label.SEVERITY: "severity|sev|severity level|incident severity|priority|incident priority|"
    "severity rating|criticality|impact level",
    Label.SERVICE: "service|services|affected service|affected services|services affected|"
    "service affected|system|systems|affected system|affected systems|component|components|"
    "affected component|affected components|product|application|impacted service|"
    "impacted services|services impacted|service name",
    Label.CATEGORY: "category|categories|area",
    Label.CLASSES: "class|classes|causal class|causal classes|cause class",
    Label.RESPONDERS: "responders|participants|attendees|people|involved|authors|author",
    Label.USERS: "users affected|affected users|customers affected|affected customers|"
    "number of users affected|users impacted|impacted users|customers impacted",
    Label.REVENUE: "revenue lost|lost revenue|revenue loss|revenue impact",
    Label.BUDGET: "error budget|error budget used|error budget burned|error budget consumed|"
    "budget burned|slo budget|slo budget burned|error budget spent",
    Label.IMPACT: "impact|customer impact|user impact|business impact",
    Label.ROOT_CAUSE: "root cause|root causes|cause",
    Label.TRIGGER: "trigger",
    Label.ZONE: "time zone|timezone|tz",
    Label.PRIVATE: "private|confidential|visibility|classification|confidentiality",
}
_LABELS = {name: label for label, names in _NAMES.items() for name in names.split("|")}
#: Prose that may go on in the lines below.
PROSE = frozenset({Label.IMPACT, Label.ROOT_CAUSE, Label.TRIGGER})
_SAYS = re.compile(
    r"\s*(?:[-*+]\s+|[0-9]+[.)]\s+)?(?P<mark>\*\*|__|\*)?(?P<name>[^\s:*|`][^:*|`]{1,45}?)"
    r"\s*(?:(?P=mark)\s*:|:\s*(?P=mark)|:)\s*(?P<value>\S.*)"
    r"|(?:\s*[-*+]\s+)?(?P<mark2>\*\*|__)(?P<name2>[^:*|`]{2,45}?):?(?P=mark2):?\s+(?P<value2>\S.*)"
)
_BARE = re.compile(
    r"\s*(?:[-*+]\s+|[0-9]+[.)]\s+)?(?P<name>[^\s:*|`][^:*|`]{1,45}?)\s*:\s*(?P<value>\S.*)"
)
_UNIT = re.compile(
    r"\((min(?:ute)?s?|h(?:ou)?rs?|days?)\)|\bin (minutes|hours|days)\b", re.IGNORECASE
)
_MENTION = re.compile(r"<@([UW][A-Z0-9]{2,20})(?:\|[^>]*)?>")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one line says, as Markdown; `unit` is what its label counts in."""

    label: Label
    value: str
    first: int
    end: int
    unit: str = ""


def said_in(page: Page, found: Outline) -> list[Said]:
    """Everything that a document says of itself, in its order; nothing is taken yet."""
    lines = range(1, page.body_starts - 1)
    said = [each for at in lines if (each := _front_matter(page, at)) is not None]
    for chapter in found.chapters:
        said += _in_chapter(page, chapter)
    return said


def people_in(value: str) -> list[str]:
    """The Slack user ids that a text mentions."""
    return _MENTION.findall(value)


def _front_matter(page: Page, at: int) -> Said | None:
    """`key: value`; a list below its key is one value too."""
    name, colon, value = page.lines[at].partition(":")
    label = _LABELS.get(bare(name))
    if label is None or not colon or name != name.strip():
        return None
    end = at + 1
    items = [value.strip().strip("[]\"'")]
    while not value.strip() and re.match(r"\s*-\s+\S", page.lines[end]):
        items.append(page.lines[end].strip().lstrip("- ").strip("\"'"))
        end += 1
    said = ", ".join(filter(None, items))
    return Said(label=label, value=said, first=at, end=end) if said else None


def _in_chapter(page: Page, chapter: Chapter) -> Iterator[Said]:
    label = _LABELS.get(bare(chapter.title))
    if label and label not in PROSE and chapter.blocks and chapter.part in {None, Part.OTHER}:
        block = chapter.blocks[0]
        if block.kind == "paragraph" and block.end - block.first == 1:
            yield Said(label=label, value=block.content, first=chapter.first, end=block.end)
    if chapter.level == 0 or chapter.part in {Part.FACTS, Part.IMPACT}:
        for block in chapter.blocks:
            yield from _in_block(page, block)


def _in_block(page: Page, block: Block) -> Iterator[Said]:
    if block.kind == "paragraph":
        yield from _in_paragraph(page, block)
    elif block.kind in LISTS:
        for each in walked(bullets(block)):
            yield from _says(each.text.replace("\n", " "), each.first, each.end)
    elif block.kind == "table":
        table = read_table(block)
        for row in (Row(cells=table.headings, line=table.first), *table.rows):
            yield from _in_row(row)


def _in_row(row: Row) -> Iterator[Said]:
    if len(row.cells) == 2:  # noqa: PLR2004 - what is said, and its value
        name, value = (cell.strip() for cell in row.cells)
        yield from _says(f"{name.strip(':*_ ')}: {value}", row.line, row.line + 1)


def _in_paragraph(page: Page, block: Block) -> Iterator[Said]:
    """A label in each line; prose goes on until the next label or the paragraph's end."""
    at = block.first
    while at < block.end:
        said = next(_says(page.lines[at], at, at + 1), None)
        at += 1
        if said is None:
            continue
        while said.label in PROSE and at < block.end and not _SAYS.match(page.lines[at]):
            words = f"{said.value}\n{page.lines[at]}"
            said = Said(label=said.label, value=words, first=said.first, end=at + 1)
            at += 1
        yield said


def _says(line: str, first: int, end: int) -> Iterator[Said]:
    if len(line) > VALUE_MAX:
        return
    found = _SAYS.fullmatch(line) or _BARE.fullmatch(line)
    if found is None:
        return
    groups = found.groupdict()
    name, value = groups["name"] or groups["name2"], groups["value"] or groups["value2"]
    label = _LABELS.get(bare(name))
    if label is not None and value.strip():
        unit = _UNIT.search(name)
        counted = unit[1] or unit[2] if unit else ""
        yield Said(label=label, value=value.strip(), first=first, end=end, unit=counted)
