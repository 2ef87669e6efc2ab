"""What a document looks like after a way through a file, whatever it was like before."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from documents.document import Document
from documents.own.instants import in_utc
from domain.postmortems import Facts


def normalised(document: Document) -> Document:
    """Return the document as a file keeps it.

    - Texts of the body have no white space around them (forms take it away as well), line feeds
      at their line ends, and no NUL, which a database does not store either. A passage that is
      empty is not there.
    - Instants are in UTC and to the second.
    - Nothing has an id. An item without a place has the one it stands at.

    Nothing else changes. What stands in the front matter (title, service, classes, names …) stays
    as it is to the letter.
    """
    return replace(
        document,
        facts=_facts(document.facts),
        root_cause=_text(document.root_cause),
        passages={each: text for each, raw in document.passages.items() if (text := _text(raw))},
        names=dict(document.names),
        entries=tuple(replace(_plain(each), at=in_utc(each.at)) for each in document.entries),
        factors=tuple(map(_plain, document.factors)),
        items=tuple(
            replace(_plain(each), position=each.position or place)
            for place, each in enumerate(document.items, start=1)
        ),
        risks=tuple(map(_plain, document.risks)),
        inherited=tuple(
            replace(_plain(each), decided_at=_instant(each.decided_at))
            for each in document.inherited
        ),
    )


def _facts(facts: Facts) -> Facts:
    return replace(
        facts,
        impact=_text(facts.impact),
        started_at=in_utc(facts.started_at),
        detected_at=_instant(facts.detected_at),
        recovered_at=_instant(facts.recovered_at),
    )


def _plain(line: Any) -> Any:
    """The same without id, its texts as a file keeps them."""
    texts = ("text", "what", "done_when", "risk", "reason")
    said = {name: _text(getattr(line, name)) for name in texts if hasattr(line, name)}
    return replace(line, id=None, **said)


def _text(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd").strip()


def _instant(at: datetime | None) -> datetime | None:
    return at and in_utc(at)
