"""Reading the product's own Markdown back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import yaml

from documents.document import Document
from documents.own import sections
from documents.own.chapters import read_chapters
from documents.own.factors import read_factors
from documents.own.front_matter import FrontMatter, read_front_matter
from documents.own.inherited import read_inherited
from documents.own.items import read_items
from documents.own.passages import read_closing, read_whys
from documents.own.phrases import read_title
from documents.own.prose import read_prose
from documents.own.risks import read_risks
from documents.own.timeline import read_timeline
from documents.own.unreadable import Unreadable
from documents.writing import title_line
from domain.passages import Passage

_LISTS: Mapping[str, tuple[str, Callable[[Sequence[str]], Any]]] = {
    sections.TIMELINE: ("entries", read_timeline),
    sections.FACTORS: ("factors", read_factors),
    sections.ITEMS: ("items", read_items),
    sections.RISKS: ("risks", read_risks),
    sections.INHERITED: ("inherited", read_inherited),
    sections.ROOT_CAUSE: ("root_cause", read_prose),
}


def read_own(text: str) -> Document | None:
    """Read what `to_markdown` wrote, as `documents.own.norms` promises; None for other layouts.

    Texts may have been mended by hand since; a title that was mended in the heading counts, and a
    section or a line of the front matter that was added becomes a note. Where anything else is
    not as we write it, it is another layout: better read by a reader that expects nothing.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    try:
        front = read_front_matter(lines)
        return None if front is None else _document(front)
    except (ValueError, RecursionError, yaml.YAMLError):
        return None


def _document(front: FrontMatter) -> Document:
    heading, chapters = read_chapters(2, front.body)
    if len(heading) != 1 or len({chapter.title for chapter in chapters}) < len(chapters):
        raise Unreadable("there is more than one title, or a section twice")
    below = {chapter.title: chapter.lines for chapter in chapters}
    lists = {
        field: read(below[section]) for section, (field, read) in _LISTS.items() if section in below
    }
    document = Document(**front.values, **lists, passages=_passages(below, front.left))
    impact = read_prose(below.get(sections.IMPACT, ()))
    return _titled(replace(document, facts=replace(document.facts, impact=impact)), heading[0])


def _passages(below: Mapping[str, Sequence[str]], left: Sequence[str]) -> dict[Passage, str]:
    """The passages; what was added by hand and is no section of ours stands in the notes."""
    written = {each: read_prose(below.get(name, ())) for name, each in sections.IN_PROSE.items()}
    written[Passage.WHYS] = read_whys(below.get(sections.WHYS, ()))
    added = [
        "\n".join((f"### {title}", "", *lines))
        for title, lines in below.items()
        if title not in sections.ALL
    ]
    notes = (read_prose(below.get(sections.NOTES, ())), "\n".join(left), *added)
    written[Passage.NOTES] = "\n\n".join(filter(None, notes))
    written |= read_closing(below.get(sections.CLOSING, ()))
    return {each: text for each, text in written.items() if text}


def _titled(document: Document, heading: str) -> Document:
    """The document under the title of its heading, which may have been mended by hand."""
    if heading.rstrip() == title_line(document):
        return document
    if not heading.startswith("# "):
        raise Unreadable(f"{heading!r} is no title")
    title = read_title(heading.removeprefix("# ").strip()).removeprefix(f"{document.key} · ")
    return replace(document, facts=replace(document.facts, title=title))
