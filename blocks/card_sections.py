"""The sections of a postmortem as its card and its window show them, each with its button."""

from collections.abc import Sequence
from datetime import UTC, timedelta

from blocks.action_items import EDIT_ITEM
from blocks.backfill import find_button
from blocks.capture import source_mark
from blocks.contributing_factors import OPEN_FACTORS
from blocks.milestones import remarks
from blocks.parts import Block, actions, button, context, section
from blocks.root_causes import OPEN_ROOT_CAUSE, root_cause_title
from blocks.text import bold, day, mention, moment, one_line, quoted, shown
from blocks.timeline import OPEN_TIMELINE
from blocks.whole import PostmortemView
from blocks.whole_timeline import read_button
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, ItemState
from domain.contributing_factors import ContributingFactor, FactorKind
from domain.postmortems import Postmortem
from domain.timeline import TimelineEntry

#: A card is read at a glance, and Slack refuses a message whose blocks hold about 13,000 characters
#: together (slackapi/bolt-js issue 2509), so each section shows its first lines only.
ENTRIES_SHOWN = 8
FACTORS_SHOWN = 9
RISKS_SHOWN = 4
LINE_MAX = 150
CAUSE_MAX = 900
_MARKS = {
    ItemState.IMPLEMENTED: ":hammer_and_wrench:",
    ItemState.VERIFIED: ":white_check_mark:",
    ItemState.CANCELLED: ":no_entry_sign:",
    ItemState.ACCEPTED: ":scales:",
    ItemState.PROMOTED: ":rocket:",
}


def edit_button(postmortem: Postmortem, action_id: str, name: str, *, empty: bool) -> Block:
    """The button beside a section."""
    verb = "Add" if empty else "Edit"
    return button(verb, action_id, str(postmortem.id), spoken=f"{verb} {name} of {postmortem.key}")


def timeline_blocks(view: PostmortemView) -> list[Block]:
    """The timeline's first entries, what looks odd in it, and the ways to read or fill it."""
    postmortem, entries = view.postmortem, view.entries
    odd = remarks(entries, postmortem.facts)
    more = [read_button(postmortem.id)] if len(entries) > ENTRIES_SHOWN else []
    find = [find_button(postmortem.id)] if postmortem.channel and not entries else []
    return [
        timeline_section(postmortem, entries),
        *([context("\n".join(odd))] if odd else []),
        *([actions([*more, *find])] if more or find else []),
    ]


def timeline_section(postmortem: Postmortem, entries: Sequence[TimelineEntry]) -> Block:
    """How many entries, from when to when, and the first of them."""
    accessory = edit_button(postmortem, OPEN_TIMELINE, "the timeline", empty=not entries)
    if not entries:
        empty = (
            "*Timeline*\n_Nothing yet. One line for each thing that happened: a time, then words._"
        )
        return section(empty, accessory)
    # The header has both days; each reader's midnight is another one, so a short night needs none.
    within_a_day = entries[-1].at - entries[0].at < timedelta(days=1)
    shown_entries = _entry_lines(entries[:ENTRIES_SHOWN], within_a_day=within_a_day)
    lines = [f"*Timeline* · {_span(entries)}", *shown_entries]
    return section("\n".join([*lines, *_rest(len(entries) - ENTRIES_SHOWN)]), accessory)


def _span(entries: Sequence[TimelineEntry]) -> str:
    first, last = entries[0].at.astimezone(UTC), entries[-1].at.astimezone(UTC)
    if len(entries) == 1:
        return f"1 entry · {moment(first)}"
    return f"{len(entries)} entries · {moment(first)} → {moment(last)}"


def _entry_lines(entries: Sequence[TimelineEntry], *, within_a_day: bool) -> list[str]:
    days = [None, *(entry.at.astimezone(UTC).date() for entry in entries)]
    return [
        _entry_line(entry, time_only=within_a_day or entry.at.astimezone(UTC).date() == before)
        for entry, before in zip(entries, days, strict=False)
    ]


def _entry_line(entry: TimelineEntry, *, time_only: bool) -> str:
    milestone = f"*{entry.milestone}* · " if entry.milestone else ""
    at = moment(entry.at, "time" if time_only else "date_time")
    words = shown(one_line(entry.text), LINE_MAX)
    return f"{at}  {milestone}{words}{source_mark(entry)}"


def _rest(hidden: int, where: str = "") -> list[str]:
    return [f"_… and {hidden} more{where}_"] if hidden > 0 else []


def factors_section(postmortem: Postmortem, factors: Sequence[ContributingFactor]) -> Block:
    """The contributing factors by kind."""
    name = "the contributing factors"
    accessory = edit_button(postmortem, OPEN_FACTORS, name, empty=not factors)
    if not factors:
        empty = "*Contributing factors*\n_None yet. What made it possible, what slowed you down?_"
        return section(empty, accessory)
    ordered = sorted(factors, key=lambda factor: list(FactorKind).index(factor.kind))
    lines = ["*Contributing factors*", *_factor_lines(ordered[:FACTORS_SHOWN])]
    return section(
        "\n".join([*lines, *_rest(len(factors) - FACTORS_SHOWN, " under Edit")]), accessory
    )


def _factor_lines(ordered: Sequence[ContributingFactor]) -> list[str]:
    lines = []
    for kind in FactorKind:
        texts = [factor.text for factor in ordered if factor.kind is kind]
        lines += [f"_{kind.capitalize()}_"] if texts else []
        lines += [f"•  {shown(one_line(text), LINE_MAX)}" for text in texts]
    return lines


def root_cause_section(postmortem: Postmortem) -> Block:
    """The root cause, or the paragraph that a tier 3 postmortem is."""
    cause, title = postmortem.root_cause, root_cause_title(postmortem.facts.tier)
    name = f"the {title.lower()} section" if title != "Root cause" else "the root cause"
    accessory = edit_button(postmortem, OPEN_ROOT_CAUSE, name, empty=not cause)
    said = quoted(cause, CAUSE_MAX)
    return section(f"*{title}*\n{said or '_Nothing yet. A short paragraph will do._'}", accessory)


def item_section(
    postmortem: Postmortem, item: ActionItem, factors: Sequence[ContributingFactor]
) -> Block:
    """One action item: what, done when, who, how soon, of what kind, and what it answers."""
    answered = [factor.text for factor in factors if factor.id == item.factor_id is not None]
    facts = [*_standing(item), mention(item.owner), str(item.priority), *_due(item), str(item.kind)]
    lines = [
        bold(f"{item.position}. {shown(one_line(item.what), 400)}"),
        f"_Done when:_ {shown(one_line(item.done_when), 500)}",
        " · ".join(facts),
        *(f"_Answers:_ {shown(one_line(text), LINE_MAX)}" for text in answered),
    ]
    spoken = f"Edit action item {postmortem.key}/{item.position}"
    accessory = button("Edit", EDIT_ITEM, str(item.id), spoken=spoken) if item.is_open else None
    return section("\n".join(lines), accessory)


def _standing(item: ActionItem) -> list[str]:
    """How it ended, or why it cannot go on as it is; nothing about an item like any other."""
    if item.has_expired:
        return [f":hourglass: *expired* (open at {item.reviews_seen} monthly reviews)"]
    return [] if item.is_open else [f"{_MARKS[item.state]} *{item.state}*"]


def _due(item: ActionItem) -> list[str]:
    """When it is due, and how often that was moved (rule 12); past is past for one that ended."""
    moved = {0: "", 1: ", moved once", 2: ", moved twice"}
    times = moved.get(item.reschedules, f", moved {item.reschedules} times")
    return [f"due {day(item.due_on)}{times}"] if item.is_open else []


def risks_section(risks: Sequence[AcceptedRisk]) -> Block:
    """The risks that were accepted, by whom and until when."""
    lines = ["*Accepted risks*", *map(_risk_line, risks[:RISKS_SHOWN])]
    hidden = len(risks) - RISKS_SHOWN
    return section("\n".join([*lines, *([f"_… and {hidden} more_"] if hidden > 0 else [])]))


def _risk_line(risk: AcceptedRisk) -> str:
    return (
        f"•  {shown(one_line(risk.risk), LINE_MAX)} · accepted by {mention(risk.accepter)} "
        f"until {day(risk.until)} · {shown(one_line(risk.reason), LINE_MAX)}"
    )
