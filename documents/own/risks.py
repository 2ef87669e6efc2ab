"""Accepted risks: a heading each, then who accepted it, why, and until when."""

from collections.abc import Mapping, Sequence
from datetime import date

from documents.own.chapters import Chapter, only_chapters, said, write_chapters
from documents.own.instants import read_day, write_day
from documents.own.labelled import read_labelled, write_labelled
from documents.own.people import read_person, write_person
from documents.own.phrases import read_title, write_title
from domain.accepted_risks import AcceptedRisk

_LABELS = ("Accepted by", "Because", "Until", "Instead of item", "Renewed", "Ended")


def write_risks(risks: Sequence[AcceptedRisk], names: Mapping[str, str]) -> list[str]:
    """Write the risks in their order; the item that one stands for by its number."""
    return write_chapters(3, [(write_title(risk.risk), _decision(risk, names)) for risk in risks])


def _decision(risk: AcceptedRisk, names: Mapping[str, str]) -> list[str]:
    values = (
        write_person(risk.accepter, names),
        risk.reason,
        write_day(risk.until),
        str(risk.item_id or ""),
        str(risk.renewals or ""),
        write_day(risk.ended_on),
    )
    return write_labelled(dict(zip(_LABELS, values, strict=True)))


def read_risks(lines: Sequence[str]) -> tuple[AcceptedRisk, ...]:
    """Read the risks; raises ValueError for what is none."""
    return tuple(map(_read_risk, only_chapters(3, lines)))


def _read_risk(chapter: Chapter) -> AcceptedRisk:
    values = read_labelled([*said(chapter.lines)], _LABELS)
    return AcceptedRisk(
        risk=read_title(chapter.title),
        accepter=read_person(values["Accepted by"]),
        reason=values["Because"],
        until=date.fromisoformat(values["Until"]),
        item_id=int(values["Instead of item"] or 0) or None,
        renewals=int(values["Renewed"] or 0),
        ended_on=read_day(values["Ended"]),
    )
