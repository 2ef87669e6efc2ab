"""What a document looks like after a way through a file, whatever it was like before."""

from collections.abc import Container
from dataclasses import replace
from datetime import datetime
from itertools import starmap
from typing import Any

from documents.document import Document
from documents.own.instants import in_utc
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem
from domain.postmortems import Facts

#: What somebody typed into a line of the document.
_TEXTS = (
    *("text", "what", "done_when", "risk", "reason", "note", "shipped", "evidence", "link"),
    *("ticket", "ticket_url"),
)


def normalised(document: Document) -> Document:
    """Return the document as a file keeps it.

    - Texts of the body have no white space around them (forms take it away as well), line feeds
      at their line ends, and no NUL, which a database does not store either. A passage that is
      empty is not there.
    - Instants are in UTC and to the second.
    - Nothing has an id. An item without a place has the one it stands at. A risk names the item
      that was accepted as one by its place, or none where no item has that place.
    - An item that was never moved was due first on the day it is due.
    - Nobody is asked to take an item on: whom it waits for is between these two for two days, and
      nobody is asked anew by a file that is read later. Its owner answers for it, as they did.
    - Of an item's ticket it keeps what that is called and where it is. Whether that is closed, or
      what is wrong with it, the tracker knows, and it may be otherwise when the file is read.

    Nothing else changes. What stands in the front matter (title, service, classes, names …) stays
    as it is to the letter.
    """
    items = tuple(starmap(_item, enumerate(document.items, start=1)))
    places = {item.position for item in items}
    return replace(
        document,
        facts=_facts(document.facts),
        root_cause=_text(document.root_cause),
        passages={each: text for each, raw in document.passages.items() if (text := _text(raw))},
        names=dict(document.names),
        entries=tuple(replace(_plain(each), at=in_utc(each.at)) for each in document.entries),
        factors=tuple(map(_plain, document.factors)),
        items=items,
        risks=tuple(_risk(each, places) for each in document.risks),
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


def _item(place: int, item: ActionItem) -> ActionItem:
    plain: ActionItem = _plain(item)
    return replace(
        plain,
        position=item.position or place,
        original_due_on=item.original_due_on or item.due_on,
        verified_at=_instant(item.verified_at),
        proposed_owner="",
        proposed_by="",
        ticket_closed=False,
        ticket_trouble="",
    )


def _risk(risk: AcceptedRisk, places: Container[int | None]) -> AcceptedRisk:
    plain: AcceptedRisk = _plain(risk)
    return replace(plain, item_id=risk.item_id if risk.item_id in places else None)


def _plain(line: Any) -> Any:
    """The same without id, its texts as a file keeps them."""
    said = {name: _text(getattr(line, name)) for name in _TEXTS if hasattr(line, name)}
    return replace(line, id=None, **said)


def _text(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd").strip()


def _instant(at: datetime | None) -> datetime | None:
    return at and in_utc(at)
