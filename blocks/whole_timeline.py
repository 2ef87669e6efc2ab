"""The window in which a whole timeline is read: a page at a time, each day under its date."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from blocks.agreements import Seen, agree_button, you_agreed
from blocks.parts import Block, View, actions, button, context, header, modal, section, turning
from blocks.text import channel_link, escape, link, moment, shown
from domain.postmortems import Postmortem
from domain.timeline import ENTRY_MAX, Source, SourceState, TimelineEntry

#: The button that leads here; its value is the postmortem's id.
READ_TIMELINE = "read_timeline"
#: The buttons that turn the pages; their value is the postmortem's id and the page to show.
NEXT_ENTRIES, BACK_ENTRIES = "next_entries", "back_entries"

#: How whoever reads the timeline adds to it, wherever they are.
LOG_IT = "`/postmortem log 14:03 what happened`"
#: The block of the button with which whoever is waited for agrees.
_AGREEING = "agreeing"

#: An entry is a block, and every day has one of its own: of the 100 of a view few are left.
PAGE = 40
#: Well below what a view may weigh as JSON, where an emoji takes twelve bytes.
PAGE_BYTES = 150_000

_SOURCES = {
    Source.TYPED: "",
    Source.LOGGED: "logged",
    Source.SHORTCUT: "message",
    Source.REACTION: "message",
    Source.PIN: "pinned message",
    Source.ALERT: "alert",
    Source.DEPLOY: "deploy",
    Source.APP: "message of an app",
    Source.IMPORTED: "imported",
}
_STATES = {
    SourceState.SAME: "",
    SourceState.EDITED: ", edited since",
    SourceState.DELETED: ", deleted since",
}


def read_button(postmortem_id: int) -> Block:
    """The button that shows all of the timeline."""
    return button(
        "Read it all", READ_TIMELINE, str(postmortem_id), spoken="Read the whole timeline"
    )


def timeline_window(
    postmortem: Postmortem,
    entries: Sequence[TimelineEntry],
    zone: ZoneInfo,
    page: int = 0,
    waits: Seen | None = None,
) -> View:
    """One page of the timeline, days and times as they are in this zone.

    Whoever is waited for agrees here to what they have seen.
    """
    pages = [*_pages(entries)] or [[]]
    page = min(max(page, 0), len(pages) - 1)
    shown_entries = [block for each in _days(pages[page], zone) for block in each]
    return modal(
        f"{postmortem.key} · Timeline",
        [
            *(shown_entries or [section("_Nothing yet._")]),
            *turning(
                postmortem.id, page, len(pages), ("Back", BACK_ENTRIES), ("Next page", NEXT_ENTRIES)
            ),
            *(_agreeing(postmortem, waits) if waits else []),
        ],
        close="Close",
    )


def _agreeing(postmortem: Postmortem, waits: Seen) -> list[Block]:
    where = f" in {channel_link(postmortem.channel)}" if postmortem.channel else ""
    missing = [context(f"{LOG_IT}{where} adds what is missing.")] if where else []
    return [*missing, actions([agree_button(waits)]) | {"block_id": _AGREEING}]


def agreed_window(view: dict[str, Any], at: datetime) -> View | None:
    """The window in which somebody has just agreed, saying so; None where it is another."""
    blocks = [
        context(f":white_check_mark: {you_agreed(at)}") if one["block_id"] == _AGREEING else one
        for one in view["blocks"]
    ]
    if blocks == view["blocks"]:
        return None
    return modal(view["title"]["text"], blocks, close="Close")


def _pages(entries: Sequence[TimelineEntry]) -> Iterator[list[TimelineEntry]]:
    page: list[TimelineEntry] = []
    weight = 0
    for entry in entries:
        weighs = len(json.dumps(_entry(entry)))
        if page and (len(page) == PAGE or weight + weighs > PAGE_BYTES):
            yield page
            page, weight = [], 0
        page.append(entry)
        weight += weighs
    if page:
        yield page


def _days(entries: Sequence[TimelineEntry], zone: ZoneInfo) -> Iterator[list[Block]]:
    """The blocks of each entry, the first of a day under its date."""
    before = None
    for entry in entries:
        local = entry.at.astimezone(zone)
        new_day = (
            [] if local.date() == before else [header(f"{local:%A}, {local.day} {local:%B %Y}")]
        )
        before = local.date()
        yield [*new_day, _entry(entry)]


def _entry(entry: TimelineEntry) -> Block:
    milestone = f"*{entry.milestone}* · " if entry.milestone else ""
    known = _SOURCES[entry.source]
    where = link(entry.permalink, known) if entry.permalink else escape(known)
    source = f"\n_{where}{_STATES[entry.source_state]}_" if known else ""
    words = shown(entry.text, 2 * ENTRY_MAX)
    return section(f"{moment(entry.at, 'time')}  {milestone}{words}{source}")
