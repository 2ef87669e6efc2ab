"""A Markdown file as a postmortem: of our own making, or of another tool's."""

from dataclasses import dataclass
from datetime import UTC, tzinfo

from documents.document import Document
from documents.foreign.reader import Unreadable, read_foreign
from documents.reading import read_own

NOTHING = "There is nothing in it."
NOT_TEXT = "It is not a text. Export the document as Markdown, in UTF-8."


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What a file became and what to look at in it, or why it became nothing (`refusal`)."""

    document: Document | None = None
    warnings: tuple[str, ...] = ()
    refusal: str = ""


def read(text: str, name: str, zone: tzinfo = UTC) -> Imported:
    """Read a postmortem; `name` is the file's, which may say a date or the title.

    `zone` is that of another tool's times where they name none, or one that may be several.
    """
    if not text.strip("\ufeff \t\r\n"):
        return Imported(refusal=NOTHING)
    if "\0" in text:
        return Imported(refusal=NOT_TEXT)
    if (own := read_own(text)) is not None:
        return Imported(document=own)
    try:
        document, warnings = read_foreign(text, name, zone)
    except Unreadable as unreadable:
        return Imported(refusal=str(unreadable))
    return Imported(document=document, warnings=tuple(warnings))
