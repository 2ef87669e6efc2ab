"""The agenda of a review as it is posted when it starts: 10 / 30 / 10 minutes (rule 9)."""

from collections.abc import Iterator, Sequence
from datetime import date

from blocks.meetings import people
from blocks.parts import Block, Message, context, header, section
from blocks.text import bold, channel_link, day, mention, one_line, quoted, shown
from blocks.whole import PostmortemView
from blocks.whys import last_why
from domain.action_items import ItemState, Progress
from domain.agenda import (
    EARLIER_MINUTES,
    INCIDENT_MINUTES,
    ITEMS_SHOWN,
    PATTERN_MINUTES,
    EarlierItem,
    Pattern,
)
from domain.passages import Passage
from domain.whys import read_whys

#: A section holds 3,000 characters; lines are never broken over two.
_SECTION_MAX = 2800
_WHAT_MAX = 140
_WAITS_MAX = 80
_FACTORS_SHOWN = 6
_LINE_MAX = 120
_CAUSE_MAX = 600


def agenda_message(
    view: PostmortemView,
    items: Sequence[EarlierItem],
    patterns: Sequence[Pattern],
    *,
    waiting: Sequence[str],
    today: date,
) -> Message:
    """What is walked through; `items` and `patterns` are in the order in which they are.

    `waiting` are those who have not agreed to the timeline.
    """
    postmortem = view.postmortem
    title = shown(one_line(postmortem.facts.title), 400)
    return {
        "text": f"Review of {postmortem.key}, {title}: its agenda.",
        "blocks": [
            header(f"Review of {postmortem.key} · {one_line(postmortem.facts.title)}"),
            *_part("1 · What is still open from earlier", EARLIER_MINUTES, _items(items, today)),
            *_part("2 · This incident", INCIDENT_MINUTES, _incident(view, waiting)),
            *_part("3 · Patterns", PATTERN_MINUTES, _patterns(patterns)),
            context(_reminder(view)),
        ],
    }


def _part(heading: str, minutes: int, lines: Sequence[str]) -> list[Block]:
    """A heading and its lines, in as few sections as hold them."""
    return [section(text) for text in _packed([f"*{heading}* · {minutes} min", *lines])]


def _packed(lines: Sequence[str]) -> Iterator[str]:
    text = ""
    for line in lines:
        longer = f"{text}\n{line}" if text else line
        if len(longer) > _SECTION_MAX:
            yield text
            text = line
        else:
            text = longer
    yield text


def _items(items: Sequence[EarlierItem], today: date) -> list[str]:
    if not items:
        return ["_Nothing: no earlier incident of this service or class has left an item open._"]
    more = len(items) - ITEMS_SHOWN
    rest = [f"_… and {more} more_"] if more > 0 else []
    return [*(_item(each, today) for each in items[:ITEMS_SHOWN]), *rest]


def _item(item: EarlierItem, today: date) -> str:
    what = shown(one_line(item.what), _WHAT_MAX)
    place = [channel_link(item.channel)] if item.channel else []
    alike = [] if item.same_service else ["same class"]
    parts = [f"{bold(item.key)} {what}", mention(item.owner), _due(item, today), *alike, *place]
    return f"•  {_stands(item)} {' · '.join(parts)}"


def _stands(item: EarlierItem) -> str:
    """How far somebody has come with it, and what it waits for."""
    if item.is_done:
        return "`DONE`"
    if item.has_ended or item.state is ItemState.INEFFECTIVE:
        return f"`{item.state.upper()}`"
    if item.progress is Progress.BLOCKED:
        return f"`BLOCKED` on {shown(one_line(item.note), _WAITS_MAX)} ·"
    return f"`{item.progress.upper()}`"


def _due(item: EarlierItem, today: date) -> str:
    if item.has_ended:
        return "decided since this review began"
    if item.is_done:
        return "not verified yet"
    if item.state is ItemState.INEFFECTIVE:
        return "it happened again since this was verified"
    if item.has_expired:
        return f":hourglass: *expired*, was due {day(item.due_on)}"
    late = item.is_overdue(today)
    return f"*overdue* since {day(item.due_on)}" if late else f"due {day(item.due_on)}"


def _incident(view: PostmortemView, waiting: Sequence[str]) -> list[str]:
    return [
        _timeline(len(view.entries), waiting),
        *_factors(view),
        *_cause(view),
        *_own_items(view),
    ]


def _timeline(entries: int, waiting: Sequence[str]) -> str:
    if not entries:
        return "•  Timeline: _nothing yet_"
    agreed = f"not agreed to by {people(waiting)}" if waiting else "agreed by everybody"
    return f"•  Timeline: {entries} entr{'y' if entries == 1 else 'ies'}, {agreed}"


def _factors(view: PostmortemView) -> list[str]:
    if not view.factors:
        return ["•  Contributing factors: _none yet_"]
    lines = [
        f"     ◦  {shown(one_line(each.text), _LINE_MAX)}" for each in view.factors[:_FACTORS_SHOWN]
    ]
    more = len(view.factors) - _FACTORS_SHOWN
    rest = [f"     _… and {more} more on the card_"] if more > 0 else []
    return [f"•  Contributing factors: {len(view.factors)}", *lines, *rest]


def _cause(view: PostmortemView) -> list[str]:
    cause = view.postmortem.root_cause
    whys = last_why(read_whys(view.passages.get(Passage.WHYS, "")), _LINE_MAX)
    if not cause:
        return ["•  Root cause: _not yet_", *whys]
    return ["•  Root cause:", quoted(cause, _CAUSE_MAX), *whys]


def _own_items(view: PostmortemView) -> list[str]:
    if not view.items:
        return ["•  Action items: _none yet_"]
    lines = [
        f"     {each.position}.  {shown(one_line(each.what), _LINE_MAX)} · {mention(each.owner)}"
        for each in view.items
    ]
    return [f"•  Action items: {len(view.items)}", *lines]


def _patterns(patterns: Sequence[Pattern]) -> list[str]:
    if not patterns:
        return ["_No class of failure has come up twice within 12 months._"]
    return [_pattern(each) for each in patterns]


def _pattern(pattern: Pattern) -> str:
    incidents = f"{pattern.incidents} incident{'' if pattern.incidents == 1 else 's'}"
    items = f"{pattern.open_items} open item{'' if pattern.open_items == 1 else 's'}"
    return f"•  {bold(shown(one_line(pattern.name), 120))}: {incidents} in 12 months, {items}"


def _reminder(view: PostmortemView) -> str:
    asked = "Ask *what* and *how*, not *who*."
    return f"Chaired by {mention(view.meeting.facilitator)}. {asked}" if view.meeting else asked
