"""The product's own Markdown: good to read, and read back to the same postmortem."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from documents.document import Document
from documents.own import sections
from documents.own.chapters import trimmed, write_chapters
from documents.own.factors import write_factors
from documents.own.front_matter import write_front_matter
from documents.own.inherited import write_inherited
from documents.own.items import write_items
from documents.own.norms import normalised
from documents.own.passages import write_closing, write_whys
from documents.own.phrases import write_title
from documents.own.prose import write_prose
from documents.own.risks import write_risks
from documents.own.timeline import write_timeline
from domain.passages import Passage


def to_markdown(document: Document, zone: str = "UTC") -> str:
    """Write a postmortem; `read_own` reads it back as `documents.own.norms` says.

    The timeline is on the clock of `zone`, each time with its offset unless that is UTC. Sections
    that nobody has filled in are left out.
    """
    kept = normalised(document)
    lines = [
        *write_front_matter(kept),
        "",
        title_line(kept),
        "",
        *write_chapters(2, chapters(kept, ZoneInfo(zone))),
    ]
    return "\n".join(trimmed(lines)) + "\n"


def title_line(document: Document) -> str:
    """The heading of the whole: `# PM-12 · Checkout latency`."""
    title = " ".join(document.facts.title.split())
    return f"# {write_title(f'{document.key} · {title}' if document.key else title)}".rstrip()


def chapters(document: Document, zone: ZoneInfo) -> list[tuple[str, Sequence[str]]]:
    """Every section by its name, as lines; those that nobody has filled in have none."""
    names, factors, passages = document.names, document.factors, document.passages
    return [
        (sections.IMPACT, _prose(document.facts.impact)),
        (sections.TIMELINE, write_timeline(document.entries, zone)),
        (sections.FACTORS, write_factors(factors)),
        (sections.ROOT_CAUSE, _prose(document.root_cause)),
        (sections.WHYS, write_whys(passages.get(Passage.WHYS, ""))),
        *((name, _prose(passages.get(each, ""))) for name, each in sections.IN_PROSE.items()),
        (sections.ITEMS, write_items(document.items, names, factors)),
        (sections.RISKS, write_risks(document.risks, names)),
        (sections.INHERITED, write_inherited(document.inherited, names)),
        (sections.CLOSING, write_closing(passages)),
        (sections.NOTES, _prose(passages.get(Passage.NOTES, ""))),
    ]


def _prose(text: str) -> list[str]:
    return write_prose(text) if text else []
