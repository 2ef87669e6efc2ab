"""The milestones of a timeline, each chosen from its entries, and what is odd about them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from blocks.forms import Opened, opened, values
from blocks.inputs import field_input, option, select_element
from blocks.notices import sorry_modal
from blocks.parts import Block, View, button, context, modal
from blocks.text import moment, one_line
from domain.milestones import (
    began_unnoticed,
    disagreements,
    gaps,
    impossible,
    reached,
    said_by,
    suggested,
)
from domain.postmortems import Facts, Postmortem
from domain.timeline import Milestone, TimelineEntry

#: The button that leads here; its value is the postmortem's id.
OPEN_MILESTONES = "open_milestones"
MILESTONES = "edit_milestones"

#: Slack's limit for one menu (docs.slack.dev/reference/block-kit/block-elements/
#: select-menu-element); with letters that take many bytes fewer fit into a view.
CHOICES = 100
_BYTES = 200_000
_NOT_KNOWN = "0"
#: A card and a form say so much of what is odd, and no more.
REMARKS_MAX = 3
_LATE = frozenset({Milestone.FIX_DEPLOYED, Milestone.RECOVERED, Milestone.ALL_CLEAR})
_HINTS: Mapping[Milestone, str] = {
    Milestone.STARTED: "When it began to hurt, whether or not anybody saw it.",
    Milestone.DETECTED: "The first alert, or the first person who noticed.",
    Milestone.RECOVERED: "When it no longer hurt anybody.",
}


def milestones_button(postmortem_id: int) -> Block:
    """The button that opens the milestones."""
    spoken = "Choose the entries that are milestones"
    return button("Milestones", OPEN_MILESTONES, str(postmortem_id), spoken=spoken)


def field_of(milestone: Milestone) -> str:
    """The name of a milestone's input."""
    return milestone.name.lower()


def milestones_modal(
    postmortem: Postmortem, entries: Sequence[TimelineEntry], zone_name: str, seen: int
) -> View:
    """One menu for each milestone; where nothing is chosen yet, what the words suggest is."""
    if not entries:
        return sorry_modal(
            "Milestones",
            "The timeline is still empty: write down what happened first, then say here which of "
            "it was the first alert, and when it was over.",
        )
    told = _told(entries, ZoneInfo(zone_name))
    most = CHOICES
    while len(json.dumps(menus := [_menu(told, each, most) for each in Milestone])) > _BYTES:
        most -= 20
    return modal(
        f"{postmortem.key} · Milestones",
        [context(_guidance(entries, most)), *menus],
        callback_id=MILESTONES,
        submit="Save",
        metadata=Opened(postmortem_id=postmortem.id, seen=seen, zone=zone_name).metadata(),
    )


def _guidance(entries: Sequence[TimelineEntry], most: int) -> str:
    words = (
        "Where no milestone was set, what an entry's words say is chosen beforehand: look whether "
        "it is right. Nothing is kept before you press Save. Detected and recovered also go into "
        "the facts, where nobody has filled them in, and started where they still begin with the "
        "first alert."
    )
    if len(entries) < most:
        return words
    return (
        f"{words} Each menu offers the {most - 1} likeliest of {len(entries)} entries; for "
        "any other write `[detected]` before its words in the timeline."
    )


@dataclass(frozen=True, kw_only=True)
class _Told:
    """The entries with their labels, what the words of each say, and what is chosen so far."""

    entries: Sequence[TimelineEntry]
    labels: Sequence[str]
    said: Sequence[Milestone | None]
    chosen: Mapping[Milestone, int]


def _told(entries: Sequence[TimelineEntry], zone: ZoneInfo) -> _Told:
    held = {milestone: entries.index(entry) for milestone, entry in reached(entries).items()}
    return _Told(
        entries=entries,
        labels=_labels(entries, zone),
        said=[said_by(entry) for entry in entries],
        chosen=suggested(entries) | held,
    )


def _menu(told: _Told, milestone: Milestone, most: int) -> Block:
    chosen = told.chosen.get(milestone)
    options = [
        option(_NOT_KNOWN, "not known"),
        *(
            option(str(told.entries[place].id), told.labels[place])
            for place in _likely(told, milestone, most - 1)
        ),
    ]
    initial = _NOT_KNOWN if chosen is None else str(told.entries[chosen].id)
    menu = select_element(options, initial, "Choose an entry")
    label, hint = milestone.capitalize(), _HINTS.get(milestone, "")
    return field_input(field_of(milestone), label, menu, hint=hint, optional=True)


def _labels(entries: Sequence[TimelineEntry], zone: ZoneInfo) -> list[str]:
    local = [entry.at.astimezone(zone) for entry in entries]
    one_day = len({at.date() for at in local}) == 1
    days = ["" if one_day else f"{at.day} {at:%b} " for at in local]
    return [
        f"{day}{at:%H:%M} {one_line(entry.text)}"
        for day, at, entry in zip(days, local, entries, strict=True)
    ]


def _likely(told: _Told, milestone: Milestone, most: int) -> list[int]:
    """The places of the entries to choose from, in their order; the chosen one is among them."""
    late = milestone in _LATE

    def unlikely(place: int) -> tuple[bool, bool, int]:
        is_chosen = place == told.chosen.get(milestone)
        return not is_chosen, told.said[place] is not milestone, -place if late else place

    return sorted(sorted(range(len(told.entries)), key=unlikely)[:most])


def read_milestones(view: View) -> tuple[Opened, dict[Milestone, int | None]]:
    """What the form was opened for, and the id of the entry chosen for each milestone."""
    typed = values(view)
    chosen = {milestone: typed.get(field_of(milestone)) for milestone in Milestone}
    return opened(view), {
        milestone: int(value) if value and value != _NOT_KNOWN else None
        for milestone, value in chosen.items()
    }


def in_words(entries: Sequence[TimelineEntry], zone: ZoneInfo) -> str:
    """The milestones as plain text, for somebody who was overtaken while choosing them."""
    labels = dict(zip(map(id, entries), _labels(entries, zone), strict=True))
    return "\n".join(
        f"{milestone}: {labels[id(entry)]}" for milestone, entry in reached(entries).items()
    )


def remarks(entries: Sequence[TimelineEntry], facts: Facts) -> list[str]:
    """What cannot be and what is worth a question, as mark-up; the first few of it."""
    if not entries:
        return []
    wrong = [*disagreements(facts, entries), *impossible(entries)]
    silent = [
        f"What happened between {moment(gap.start)} and {moment(gap.end)}?"
        for gap in gaps(entries, facts)
    ]
    questions = [*began_unnoticed(facts, entries), *silent]
    return [
        *(f":warning: {each}" for each in wrong),
        *(f":grey_question: {each}" for each in questions),
    ][:REMARKS_MAX]
