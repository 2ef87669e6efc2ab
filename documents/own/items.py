"""Action items: a heading each, and what each promises as a short list."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from textwrap import shorten

from documents.own.chapters import Chapter, only_chapters, said, write_chapters
from documents.own.instants import read_day, write_day
from documents.own.labelled import read_labelled, write_labelled
from documents.own.outcomes import OUTCOME_LABELS, read_outcome, write_outcome
from documents.own.people import read_person, write_person
from documents.own.phrases import read_title, write_title
from documents.own.unreadable import Unreadable
from domain.action_items import ActionItem, ItemKind, ItemState
from domain.contributing_factors import ContributingFactor
from domain.programme import Priority

_LABELS = (
    *("Done when", "Owner", "Due", "Originally due", "Priority", "Kind", "Answers", "State"),
    *("Moved", "Reviews seen"),
)
#: Enough of a factor to know which it is.
_FACTOR_SHOWN = 120

_HEADING = re.compile(r"(?P<position>\d+)\.(?: (?P<what>.*))?")
_FACTOR = re.compile(r"factor (?P<place>\d+)(?:,.*)?")


def write_items(
    items: Sequence[ActionItem],
    names: Mapping[str, str],
    factors: Sequence[ContributingFactor],
) -> list[str]:
    """Write the items; the factor that one answers by its place in `factors`, from 1."""
    return write_chapters(
        3,
        [
            (f"{item.position}. {write_title(item.what)}", _promise(item, names, factors))
            for item in items
        ],
    )


def _promise(
    item: ActionItem, names: Mapping[str, str], factors: Sequence[ContributingFactor]
) -> list[str]:
    values = (
        item.done_when,
        write_person(item.owner, names),
        write_day(item.due_on),
        _original(item),
        item.priority,
        item.kind,
        _answers(item.factor_id, factors),
        item.state,
        str(item.reschedules or ""),
        str(item.reviews_seen or ""),
    )
    return write_labelled(dict(zip(_LABELS, values, strict=True)) | write_outcome(item))


def _original(item: ActionItem) -> str:
    """The day it was due first, where it is another one now."""
    return "" if item.original_due_on == item.due_on else write_day(item.original_due_on)


def _answers(place: int | None, factors: Sequence[ContributingFactor]) -> str:
    if place is None:
        return ""
    text = factors[place - 1].text if 0 < place <= len(factors) else ""
    return ", ".join(
        filter(None, (f"factor {place}", shorten(text, _FACTOR_SHOWN, placeholder=" …")))
    )


def read_items(lines: Sequence[str]) -> tuple[ActionItem, ...]:
    """Read the items; raises ValueError for what is none."""
    return tuple(map(_read_item, only_chapters(3, lines)))


def _read_item(chapter: Chapter) -> ActionItem:
    heading = _HEADING.fullmatch(chapter.title)
    if heading is None:
        raise Unreadable(f"{chapter.title!r} has no number")
    values = read_labelled([*said(chapter.lines)], (*_LABELS, *OUTCOME_LABELS))
    due_on = date.fromisoformat(values["Due"])
    return ActionItem(
        what=read_title(heading["what"] or ""),
        done_when=values["Done when"],
        owner=read_person(values["Owner"]),
        priority=Priority(values["Priority"]),
        due_on=due_on,
        original_due_on=read_day(values["Originally due"]) or due_on,
        kind=ItemKind(values["Kind"]),
        factor_id=_read_answers(values["Answers"]),
        state=ItemState(values["State"]),
        reschedules=int(values["Moved"] or 0),
        reviews_seen=int(values["Reviews seen"] or 0),
        position=int(heading["position"]),
        **read_outcome(values),
    )


def _read_answers(written: str) -> int | None:
    if not written:
        return None
    found = _FACTOR.fullmatch(written)
    if found is None:
        raise Unreadable(f"{written!r} names no factor")
    return int(found["place"])
