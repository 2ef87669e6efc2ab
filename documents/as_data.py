"""A postmortem as JSON: for programs, with the names of our fields in their order."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from documents.document import Document
from documents.own.norms import normalised

#: What only a database knows: ids, who is asked to take an item on, and how its ticket stands.
_NOT_KEPT = frozenset({"id", "proposed_owner", "proposed_by", "ticket_closed", "ticket_trouble"})


def to_json(documents: Document | Sequence[Document]) -> str:
    """Write one postmortem as an object, or several as a list of them; days and instants in ISO."""
    said = (
        _data(documents) if isinstance(documents, Document) else [_data(each) for each in documents]
    )
    return json.dumps(said, ensure_ascii=False, indent=2, default=_day) + "\n"


def _data(document: Document) -> dict[str, Any]:
    """The fields of a document as a file keeps them, without those that no file keeps."""
    said: dict[str, Any] = _kept(asdict(normalised(document)))
    said["facts"]["tier"] = int(document.facts.tier)
    return said


def _kept(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _kept(part) for name, part in value.items() if name not in _NOT_KEPT}
    if isinstance(value, list | tuple):
        return [_kept(part) for part in value]
    return value


def _day(value: object) -> str:
    if isinstance(value, date):  # an instant is one too
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in JSON")
