"""Inherited lines as bullets; below each that was decided, what was decided about it."""

from collections.abc import Mapping, Sequence

from documents.own.chapters import said
from documents.own.factors import read_bullet
from documents.own.instants import read_labelled_instant, write_labelled_instant
from documents.own.labelled import read_labelled, write_labelled
from documents.own.people import read_person, write_person
from documents.own.phrases import write_phrase
from documents.own.unreadable import Unreadable
from domain.inherited import InheritedLine, LineState

_LABELS = ("State", "Because", "Decided by", "Decided at")
_INDENT = "  "


def write_inherited(lines: Sequence[InheritedLine], names: Mapping[str, str]) -> list[str]:
    """Write the lines in their order."""
    return [written for line in lines for written in _line(line, names)]


def _line(line: InheritedLine, names: Mapping[str, str]) -> list[str]:
    values = (
        "" if line.state is LineState.UNDECIDED else line.state,
        line.reason,
        write_person(line.decided_by, names),
        write_labelled_instant(line.decided_at),
    )
    decision = write_labelled(dict(zip(_LABELS, values, strict=True)), _INDENT)
    return [f"- {write_phrase(line.text)}".rstrip(), *decision]


def read_inherited(lines: Sequence[str]) -> tuple[InheritedLine, ...]:
    """Read the lines; raises ValueError for what is none."""
    bullets: list[list[str]] = []
    for line in said(lines):
        if not line.startswith(_INDENT):
            bullets.append([line])
        elif bullets:
            bullets[-1].append(line)
        else:
            raise Unreadable(f"{line!r} stands below no line")
    return tuple(_read_line(bullet, decision) for bullet, *decision in bullets)


def _read_line(bullet: str, decision: Sequence[str]) -> InheritedLine:
    values = read_labelled(decision, _LABELS)
    return InheritedLine(
        text=read_bullet(bullet),
        state=LineState(values["State"] or LineState.UNDECIDED),
        reason=values["Because"],
        decided_by=read_person(values["Decided by"]),
        decided_at=read_labelled_instant(values["Decided at"]),
    )
