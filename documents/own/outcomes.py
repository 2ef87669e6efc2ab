"""What became of an action item, as labelled values; there are none where nothing did yet."""

from collections.abc import Mapping
from typing import Any

from documents.own.instants import (
    read_day,
    read_labelled_instant,
    write_day,
    write_labelled_instant,
)
from domain.action_items import ActionItem, Progress

OUTCOME_LABELS = (
    *("Progress", "Note", "Implemented", "Soaks until", "Shipped", "Verified"),
    *("Evidence", "Link", "Ticket", "Ticket address"),
)


def write_outcome(item: ActionItem) -> dict[str, str]:
    """Write what became of an item by its labels, empty where there is nothing to say."""
    values = (
        "" if item.progress is Progress.NOT_STARTED else item.progress,
        item.note,
        write_day(item.implemented_on),
        write_day(item.soaks_until),
        item.shipped,
        write_labelled_instant(item.verified_at),
        item.evidence,
        item.link,
        item.ticket,
        item.ticket_url,
    )
    return dict(zip(OUTCOME_LABELS, values, strict=True))


def read_outcome(values: Mapping[str, str]) -> dict[str, Any]:
    """Read the fields of an item that say what became of it; raises ValueError."""
    return {
        "progress": Progress(values["Progress"] or Progress.NOT_STARTED),
        "note": values["Note"],
        "implemented_on": read_day(values["Implemented"]),
        "soaks_until": read_day(values["Soaks until"]),
        "shipped": values["Shipped"],
        "verified_at": read_labelled_instant(values["Verified"]),
        "evidence": values["Evidence"],
        "link": values["Link"],
        "ticket": values["Ticket"],
        "ticket_url": values["Ticket address"],
    }
