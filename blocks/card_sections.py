"""The sections of a postmortem as its card and its window show them, each with its button."""

from collections.abc import Sequence
from datetime import UTC, date, timedelta

from blocks.backfill import find_button
from blocks.capture import source_mark
from blocks.contributing_factors import OPEN_FACTORS
from blocks.item_buttons import open_button
from blocks.item_words import (
    asked_words,
    due_words,
    key_of,
    linked,
    priority_words,
    progress_words,
    state_words,
)
from blocks.milestones import milestones_button, remarks
from blocks.parts import Block, actions, button, context, section
from blocks.room import ROOMY, Room
from blocks.text import bold, mention, moment, one_line, shown
from blocks.tickets import MAKE_AGAIN, ticket_lines
from blocks.timeline import OPEN_TIMELINE
from blocks.whole import PostmortemView
from blocks.whole_timeline import read_button
from domain.action_items import ActionItem, ItemState
from domain.completeness import unmarked
from domain.contributing_factors import ContributingFactor, FactorKind
from domain.milestones import reached
from domain.postmortems import Postmortem
from domain.signs import APPS
from domain.timeline import TimelineEntry

#: A timeline is not cut for fewer lines than these.
FEWEST_HIDDEN = 3


def edit_button(postmortem: Postmortem, action_id: str, name: str, *, empty: bool) -> Block:
    """The button beside a section."""
    verb = "Add" if empty else "Edit"
    return button(verb, action_id, str(postmortem.id), spoken=f"{verb} {name} of {postmortem.key}")


def timeline_blocks(view: PostmortemView, room: Room = ROOMY) -> list[Block]:
    """Some of the timeline, what looks odd in it, and the ways to read or fill it."""
    postmortem, entries = view.postmortem, view.entries
    odd = remarks(entries, postmortem.facts)
    more = [read_button(postmortem.id)] if len(entries) > len(_seen(entries, room.entries)) else []
    unread = postmortem.channel and not any(entry.source in APPS for entry in entries)
    find = [find_button(postmortem.id)] if unread else []
    mark = (
        [milestones_button(postmortem.id)] if unmarked(postmortem.facts.tier, view.filled) else []
    )
    ways = [*more, *find, *mark]
    return [
        timeline_section(postmortem, entries, room),
        *([context("\n".join(odd))] if odd else []),
        *([actions(ways)] if ways else []),
    ]


def timeline_section(
    postmortem: Postmortem, entries: Sequence[TimelineEntry], room: Room = ROOMY
) -> Block:
    """How many entries, from when to when, and its milestones and first lines."""
    accessory = edit_button(postmortem, OPEN_TIMELINE, "the timeline", empty=not entries)
    if not entries:
        empty = (
            "*Timeline*\n_Nothing yet. One line for each thing that happened: a time, then words._"
        )
        return section(empty, accessory)
    # The header has both days; each reader's midnight is another one, so a short night needs none.
    within_a_day = entries[-1].at - entries[0].at < timedelta(days=1)
    seen = _seen(entries, room.entries)
    lines = _entry_lines(seen, room.line, within_a_day=within_a_day)
    rest = _rest(len(entries) - len(seen))
    return section("\n".join([f"*Timeline* · {_span(entries)}", *lines, *rest]), accessory)


def _seen(entries: Sequence[TimelineEntry], most: int) -> Sequence[TimelineEntry]:
    """The entries that are shown, in their order: every milestone, then the first of the others.

    All of them where few would be hidden: saying that there are more takes a line as well.
    """
    carriers = {id(entry) for entry in reached(entries).values()}
    most = max(most, len(carriers))
    if len(entries) < most + FEWEST_HIDDEN:
        return entries
    others = [entry for entry in entries if id(entry) not in carriers][: most - len(carriers)]
    chosen = carriers | {id(entry) for entry in others}
    return [entry for entry in entries if id(entry) in chosen]


def _span(entries: Sequence[TimelineEntry]) -> str:
    first, last = entries[0].at.astimezone(UTC), entries[-1].at.astimezone(UTC)
    if len(entries) == 1:
        return f"1 entry · {moment(first)}"
    return f"{len(entries)} entries · {moment(first)} → {moment(last)}"


def _entry_lines(entries: Sequence[TimelineEntry], most: int, *, within_a_day: bool) -> list[str]:
    days = [None, *(entry.at.astimezone(UTC).date() for entry in entries)]
    return [
        _entry_line(
            entry, most, time_only=within_a_day or entry.at.astimezone(UTC).date() == before
        )
        for entry, before in zip(entries, days, strict=False)
    ]


def _entry_line(entry: TimelineEntry, most: int, *, time_only: bool) -> str:
    milestone = f"*{entry.milestone}* · " if entry.milestone else ""
    at = moment(entry.at, "time" if time_only else "date_time")
    words = shown(one_line(entry.text), most)
    return f"{at}  {milestone}{words}{source_mark(entry)}"


def _rest(hidden: int, where: str = "") -> list[str]:
    return [f"_… and {hidden} more{where}_"] if hidden > 0 else []


def factors_section(
    postmortem: Postmortem, factors: Sequence[ContributingFactor], room: Room = ROOMY
) -> Block:
    """The contributing factors by kind."""
    name = "the contributing factors"
    accessory = edit_button(postmortem, OPEN_FACTORS, name, empty=not factors)
    if not factors:
        empty = "*Contributing factors*\n_None yet. What made it possible, what slowed you down?_"
        return section(empty, accessory)
    ordered = sorted(factors, key=lambda factor: list(FactorKind).index(factor.kind))
    lines = ["*Contributing factors*", *_factor_lines(ordered[: room.factors], room.line)]
    return section(
        "\n".join([*lines, *_rest(len(factors) - room.factors, " under Edit")]), accessory
    )


def _factor_lines(ordered: Sequence[ContributingFactor], most: int) -> list[str]:
    lines = []
    for kind in FactorKind:
        texts = [factor.text for factor in ordered if factor.kind is kind]
        lines += [f"_{kind.capitalize()}_"] if texts else []
        lines += [f"•  {shown(one_line(text), most)}" for text in texts]
    return lines


def item_section(
    postmortem: Postmortem,
    item: ActionItem,
    factors: Sequence[ContributingFactor],
    room: Room = ROOMY,
    today: date | None = None,
    again: str = MAKE_AGAIN,
) -> Block:
    """One action item: what, done when, who, how soon, how far, and what it answers.

    With `today` it says how long it is overdue; where it went on as a project, where that is.
    `again` is what the button is called that makes a ticket again.
    """
    answered = [factor.text for factor in factors if factor.id == item.factor_id is not None]
    who = [mention(item.owner), *asked_words(item)]
    facts = [
        *state_words(item),
        *who,
        priority_words(item, postmortem.facts.service),
        *due_words(item, today),
        str(item.kind),
    ]
    project = item.link if item.state is ItemState.PROMOTED else ""
    lines = [
        bold(f"{item.position}. {shown(one_line(item.what), room.what)}"),
        f"_Done when:_ {shown(one_line(item.done_when), room.done_when)}",
        " · ".join(facts),
        *progress_words(item, room.line),
        *ticket_lines(item, room.line, room.address, again),
        *([f"_Project:_ {linked(project)}"] if project else []),
        *(f"_Answers:_ {shown(one_line(text), room.line)}" for text in answered),
    ]
    return section("\n".join(lines), open_button(item.id or 0, key_of(postmortem, item)))
