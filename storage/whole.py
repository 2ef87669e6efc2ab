"""All that hangs on one postmortem, in one query.

A query makes four visits to SQLite's thread, or one to PostgreSQL, and a card shows a dozen
tables. So every row of each comes as a line of JSON, beside the name of the part it belongs to.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    CompoundSelect,
    Date,
    Enum,
    Label,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    union,
    union_all,
)
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem
from domain.agreements import Agreement
from domain.causal_classes import CausalClass, Earlier
from domain.contributing_factors import ContributingFactor
from domain.inherited import InheritedLine
from domain.meetings import Meeting
from domain.passages import Passage
from domain.people import Person
from domain.postmortems import Postmortem, Section, SectionEdit
from domain.publishing import Publication
from domain.timeline import TimelineEntry
from storage import tables
from storage.causal_classes import IS_PUBLIC, NEWEST_FIRST, OF_OTHERS, OF_POSTMORTEM
from storage.statements import columns, of_postmortem, run
from storage.tables.columns import Instant


@dataclass(frozen=True, kw_only=True)
class Whole:
    """What hangs on a postmortem, every list in the order in which its own module gives it.

    `earlier` are public incidents of the same classes; `met` are its responders and the chair of
    its review, by id, as far as they are known.
    """

    edits: Mapping[Section, SectionEdit]
    entries: list[TimelineEntry]
    factors: list[ContributingFactor]
    items: list[ActionItem]
    risks: list[AcceptedRisk]
    passages: Mapping[Passage, str]
    classes: list[CausalClass]
    earlier: list[Earlier]
    inherited: list[InheritedLine]
    agreements: list[Agreement]
    met: Mapping[str, Person]
    meeting: Meeting | None
    publication: Publication | None


async def read_all(session: AsyncSession, postmortem: Postmortem, since: datetime) -> Whole:
    """Read everything of a postmortem; of earlier incidents those that began since then."""
    asked = {"workspace": postmortem.workspace, "postmortem": postmortem.id, "since": since}
    read: dict[str, list[Any]] = {name: [] for name in _PARTS}
    found = await run(session, query(session.get_bind().dialect.name), asked)
    for name, _place, line in sorted(map(tuple, found)):  # in SQL each line would be copied
        read[name].append(_PARTS[name].read(json.loads(line)))
    written = {each["passage"]: each["text"] for each in read.pop("passages")}
    return Whole(
        edits={each.section: each for each in read.pop("edits")},
        passages={passage: written[passage] for passage in Passage if passage in written},
        met={each.id: each for each in read.pop("met")},
        meeting=next(iter(read.pop("meeting")), None),
        publication=next(iter(read.pop("publication")), None),
        **read,
    )


class _Part:
    """Some rows in their order, and what becomes of each."""

    def __init__(self, make: Callable[..., Any], rows: Select[Any], *order: Any) -> None:
        self._make = make
        self._rows = rows
        self._place = func.row_number().over(order_by=order).label("place")
        self._names = [each.name for each in rows.selected_columns]
        kinds = {each.name: _reader(each.type) for each in rows.selected_columns}
        self._readers = [(name, reader) for name, reader in kinds.items() if reader]

    def lines(self, name: str, as_line: Callable[..., Any]) -> Select[Any]:
        """The name of the part, and of each row its place and its columns as a line."""
        part: Label[str] = literal_column(f"'{name}'").label("part")
        line = as_line(*self._rows.selected_columns).label("line")
        return self._rows.with_only_columns(part, self._place, line, maintain_column_froms=True)

    def read(self, line: list[Any]) -> Any:
        """What was a row, made of its line."""
        values = dict(zip(self._names, line, strict=True))
        for name, reader in self._readers:
            if values[name] is not None:
                values[name] = reader(values[name])
        return self._make(**values)


def _reader(kind: TypeEngine[Any]) -> Callable[[Any], Any] | None:
    """What makes a value of this type of what JSON has; None where that is the value."""
    match kind:
        case Enum():
            return kind.enum_class
        case Instant():
            return _instant
        case Date():
            return date.fromisoformat
        case Boolean():
            return bool
    return None


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)  # SQLite keeps UTC, and does not say so
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _of(row: type[SQLModel], domain: type, *order: str) -> _Part:
    return _Part(domain, of_postmortem(row, domain), *(getattr(row, name) for name in order))


def _mine(row: Any, column: Any) -> Select[Any]:
    return select(column).where(row.postmortem_id == bindparam("postmortem"))


_PASSAGES = _mine(tables.PassageRow, col(tables.PassageRow.passage)).add_columns(
    col(tables.PassageRow.text)
)
_EARLIER = OF_OTHERS.where(
    col(tables.TaggingRow.class_id).in_(
        _mine(tables.TaggingRow, col(tables.TaggingRow.class_id)).correlate(None)
    ),
    IS_PUBLIC,
)
_MET = columns(tables.PersonRow, Person).where(
    col(tables.PersonRow.workspace_id) == bindparam("workspace"),
    col(tables.PersonRow.id).in_(
        union(
            _mine(tables.ResponderRow, col(tables.ResponderRow.person)),
            _mine(tables.MeetingRow, col(tables.MeetingRow.facilitator)),
        )
    ),
)
_PARTS: Mapping[str, _Part] = {
    "edits": _of(tables.SectionEditRow, SectionEdit, "section"),
    "entries": _of(tables.TimelineEntryRow, TimelineEntry, "at", "position"),
    "factors": _of(tables.ContributingFactorRow, ContributingFactor, "position"),
    "items": _of(tables.ActionItemRow, ActionItem, "position"),
    "risks": _of(tables.AcceptedRiskRow, AcceptedRisk, "id"),
    "passages": _Part(dict, _PASSAGES, col(tables.PassageRow.passage)),
    "classes": _Part(CausalClass, OF_POSTMORTEM, col(tables.CausalClassRow.id)),
    "earlier": _Part(Earlier, _EARLIER, *NEWEST_FIRST),
    "inherited": _of(tables.InheritedLineRow, InheritedLine, "position"),
    "agreements": _of(tables.AgreementRow, Agreement, "agreed_at", "person"),
    "met": _Part(Person, _MET, col(tables.PersonRow.id)),
    "meeting": _of(tables.MeetingRow, Meeting, "called_at"),
    "publication": _of(tables.PublicationRow, Publication, "published_at"),
}


@cache
def query(dialect: str) -> CompoundSelect[Any]:
    """Every part's lines; put together once for each database."""
    as_line = _as_text if dialect == "postgresql" else func.json_array
    return union_all(*(part.lines(name, as_line) for name, part in _PARTS.items()))


def _as_text(*values: Any) -> Any:
    return cast(func.json_build_array(*values), String)
