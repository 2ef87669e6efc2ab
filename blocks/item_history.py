"""The history of an action item as a readable thread: who did what to it, when, and why."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from blocks.history_words import before_words, deed_words
from blocks.item_words import key_of
from blocks.parts import Block, View, modal, section, turning
from blocks.text import day, moment
from domain.action_items import ActionItem, HistoryEntry
from domain.postmortems import Postmortem

#: The buttons that turn the pages; their value is the item's id and the page to show.
NEXT_HISTORY, BACK_HISTORY = "next_history", "back_history"

#: Well below the 100 blocks of a view, and what a view may weigh as JSON.
PAGE = 40
PAGE_BYTES = 150_000
#: Until then something happened a moment ago.
_A_MOMENT = timedelta(minutes=10)


def history_window(
    postmortem: Postmortem,
    item: ActionItem,
    entries: Sequence[HistoryEntry],
    zone: ZoneInfo,
    page: int | None = None,
) -> View:
    """One page of the history, oldest entry first, dated as in this zone; at first the last page.

    Nothing in it is ever changed (rule 24).
    """
    pages = [*_pages([section(line) for line in lines(entries, zone)])] or [[]]
    page = len(pages) - 1 if page is None else min(max(page, 0), len(pages) - 1)
    return modal(
        f"{key_of(postmortem, item)} · History",
        [
            *(pages[page] or [section("_Nothing yet._")]),
            *turning(item.id, page, len(pages), ("Earlier", BACK_HISTORY), ("Later", NEXT_HISTORY)),
        ],
        close="Close",
    )


def lines(entries: Sequence[HistoryEntry], zone: ZoneInfo) -> list[str]:
    """The entries in words: "2 Dec 2026 · @ana moved it to 15 Jan 2027: waiting for the vendor".

    What an item said before it was worded anew is quoted below.
    """
    return [
        "\n".join([f"{day(entry.at.astimezone(zone).date())} · {said}", *before_words(entry)])
        for entry, said in zip(entries, _deeds(entries), strict=True)
    ]


def overtaken_lines(
    entries: Sequence[HistoryEntry], seen: int, now: datetime, *, with_words: bool = True
) -> list[str]:
    """What was done to an item since somebody has seen so many entries of its history.

    Without its words for whoever may not read the item: who did what, and no reason.
    """
    entries = entries if with_words else [_wordless(each) for each in entries]
    return [
        f"{said} ({_when(entry.at, now)})"
        for entry, said in list(zip(entries, _deeds(entries), strict=True))[seen:]
    ]


def _wordless(entry: HistoryEntry) -> HistoryEntry:
    said = {field: both for field, both in entry.changes.items() if field not in {"link", "ticket"}}
    return replace(entry, reason="", changes=said)


def _when(at: datetime, now: datetime) -> str:
    return "a moment ago" if now - at < _A_MOMENT else moment(at.astimezone(UTC))


def _deeds(entries: Sequence[HistoryEntry]) -> Iterator[str]:
    """Each entry in words, where who owned the item then matters."""
    owner = ""
    for entry in entries:
        before, after = entry.changes.get("owner", ("", ""))
        yield deed_words(entry, before or owner)
        owner = after or owner


def _pages(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    page: list[Block] = []
    weight = 0
    for block in blocks:
        weighs = len(json.dumps(block))
        if page and (len(page) == PAGE or weight + weighs > PAGE_BYTES):
            yield page
            page, weight = [], 0
        page.append(block)
        weight += weighs
    if page:
        yield page
