"""The meta-review of a quarter as its channel reads it: trend, patterns, fixes, items (rule 21)."""

from blocks.action_items import ADD_ITEM
from blocks.card_risks import risks_blocks
from blocks.card_sections import item_section
from blocks.charts import SERIES_MAX, Series, bar_chart, labels, table
from blocks.limits import MESSAGE_WEIGHT, weight_of
from blocks.meta_patterns import (
    NAME_MAX,
    Known,
    MetaView,
    counts_of,
    fix_lines,
    incident_line,
    number_of,
    pattern_button,
    pattern_line,
    propose_buttons,
    rest_lines,
)
from blocks.parts import Block, Message, actions, button, context, header, section
from blocks.room import Room
from blocks.text import bold, day, escape, mention, moment, one_line, shown
from domain.action_items import MAX_ITEMS
from domain.meta_reviews import Trend, above_all, unanswered

ALL_PATTERNS = "meta_patterns"
CLOSE_META = "meta_close"

#: So many patterns and incidents behind each stand in the message; all of them in its windows.
PATTERNS_SHOWN, INCIDENTS_SHOWN = 5, 3
#: How much each part shows; `prose` is for a fix, of which a pattern's window shows all.
_ROOMY = Room(prose=1000)
#: The same where all of it together would be too heavy for Slack.
_TIGHT = Room(risks=2, line=70, prose=165, reason=70, what=110, done_when=100, address=0)
#: What a chart may weigh, which `limits.weight_of` does not count, and what Slack asks first.
_UNWEIGHED = 1500
OTHERS = "other classes"
_CONFIRM_MAX = 300


def meta_message(view: MetaView, *, with_chart: bool = True) -> Message:
    """The message in the review channel; without the chart a table says the same."""
    top = [
        header(view.meta.name),
        section(_headline(view, marked=True)),
        *_trend(view, with_chart=with_chart),
    ]
    whole = _spelled_out(view) if with_chart else []
    blocks = [*top, *whole, *_body(view, _ROOMY)]
    if weight_of(blocks) > MESSAGE_WEIGHT - _UNWEIGHED:
        blocks = [*top, *_body(view, _TIGHT)]
    return {"text": f"{view.meta.name}: {_headline(view, marked=False)}", "blocks": blocks}


def _body(view: MetaView, room: Room) -> list[Block]:
    return [*_patterns(view, room), *_items(view, room), context(_footer(view))]


def _headline(view: MetaView, *, marked: bool) -> str:
    tagged, untagged = view.incidents.tagged, view.incidents.untagged
    over = view.meta.over.name
    without = f"; {untagged} without one {'is' if untagged == 1 else 'are'} not counted"
    has = "has" if tagged == 1 else "have"
    said = f"{number_of(tagged, 'incident')} of {over} {has} a causal class"
    return f"{said}{without if untagged else ''}. {_repeats(view, marked=marked)}"


def _repeats(view: MetaView, *, marked: bool) -> str:
    found = view.patterns
    if not found:
        return "No class has come up twice within the four quarters."
    which = "1 class repeats" if len(found) == 1 else f"{len(found)} classes repeat"
    said, first = f"{which} within the four quarters", above_all(found)
    if first is None:
        return f"{said}."
    name = shown(one_line(first.name), NAME_MAX)
    named = f"{bold(name) if marked else name}{' above all' if len(found) > 1 else ''}"
    return f"{said}, {named}: {counts_of(first, view)}."


def _trend(view: MetaView, *, with_chart: bool) -> list[Block]:
    series = _series(view)
    if not series:
        return []
    names = [each.name for each in view.quarters]
    if not with_chart:
        rows: list[list[str | int]] = [[each.name, *each.numbers] for each in series]
        return [table(("Causal class", *names), rows)]
    title = "Incidents by causal class"
    return [bar_chart(title, names, series, x="Quarter", y="Incidents")]


def _spelled_out(view: MetaView) -> list[Block]:
    """The whole names of those that the chart can show only in part."""
    names = [each.name for each in _series(view)]
    cut = [
        f"{escape(label)}: {shown(one_line(name), NAME_MAX)}"
        for label, name in zip(labels(names), names, strict=True)
        if label != one_line(name)
    ]
    return [context(f"In the chart, {'; '.join(cut)}.")] if cut else []


def _series(view: MetaView) -> list[Series]:
    """The weightiest classes, and all others as one where there are more than Slack draws."""
    weighty = sorted(view.trends, key=lambda each: (-each.total, -each.now, each.name.lower()))
    own = len(weighty) if len(weighty) <= SERIES_MAX else SERIES_MAX - 1
    found = [Series(name=each.name, numbers=each.counts) for each in weighty[:own]]
    rest = [each.counts for each in weighty[own:]]
    if rest:
        found.append(Series(name=OTHERS, numbers=[sum(each) for each in zip(*rest, strict=True)]))
    return found


def _patterns(view: MetaView, room: Room) -> list[Block]:
    found = view.patterns
    blocks = [each for trend in found[:PATTERNS_SHOWN] for each in _pattern(view, trend, room)]
    if len(found) > PATTERNS_SHOWN:
        value = str(view.postmortem.id)
        blocks.append(actions([button(f"All {len(found)} patterns", ALL_PATTERNS, value)]))
    return blocks


def _pattern(view: MetaView, trend: Trend, room: Room) -> list[Block]:
    known = view.behind.get(trend.class_id, Known())
    lines = [pattern_line(view, trend), *map(incident_line, known.shown), *rest_lines(known)]
    buttons = [*propose_buttons(view, trend), pattern_button(view, trend)]
    return [
        section("\n".join([*lines, *fix_lines(view, trend, room.prose)])),
        actions(buttons),
    ]


def _items(view: MetaView, room: Room) -> list[Block]:
    none = "_None yet. What will be different, for all services?_"
    heading = f"*Action items* of {view.postmortem.key}"
    items = [item_section(view.postmortem, each, (), room, view.today) for each in view.items]
    risks = risks_blocks(view.risks, view.postmortem.key, view.today, room)
    return [section(heading if items else f"{heading}\n{none}"), *items, *risks, *_ways(view)]


def _ways(view: MetaView) -> list[Block]:
    if view.meta.closed_at is not None:
        return []
    value, key = str(view.postmortem.id), view.postmortem.key
    add = button("Add an action item", ADD_ITEM, value, spoken=f"Add an action item to {key}")
    close = button("Close the meta-review", CLOSE_META, value) | {"confirm": _confirm(view)}
    return [actions([add, close] if len(view.items) < MAX_ITEMS else [close])]


def _confirm(view: MetaView) -> Block:
    """What Slack asks before the button counts; no other form is needed."""
    said = f"{_outcome(view)} Afterwards no fix can be proposed here."
    texts = {"title": "Close the meta-review?", "text": said, "confirm": "Close it", "deny": "Back"}
    return {
        name: {"type": "plain_text", "text": shown(text, _CONFIRM_MAX)}
        for name, text in texts.items()
    }


def _outcome(view: MetaView) -> str:
    """How many of the patterns have a fix, and how many items are promised, in sentences."""
    items = len(view.items)
    promised = f"{number_of(items, 'action item')} {'is' if items == 1 else 'are'}"
    return f"{_mended(view)} {promised if items else 'No action item is'} written down."


def _mended(view: MetaView) -> str:
    every, left = len(view.patterns), len(unanswered(view.patterns, view.fixes))
    patterns, has = number_of(every, "pattern"), _have(every - left)
    if not every:
        return "No class repeats, so no fix was asked for."
    if left == every:
        return f"No fix is proposed for the {patterns}."
    if not left:
        return f"{'The' if every == 1 else 'All'} {patterns} {has} a proposed fix."
    return f"{every - left} of {patterns} {has} a proposed fix, {left} {_have(left)} none."


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _footer(view: MetaView) -> str:
    meta = view.meta
    counted = f"Counted {moment(view.counted_at)}."
    if meta.closed_at is None:
        return (
            f"Chaired by {mention(meta.facilitator)}: propose for each pattern what would end it, "
            f"and promise up to {MAX_ITEMS} items. {counted}"
        )
    on = day(meta.closed_at.date())
    return f"Closed by {mention(meta.closed_by)} on {on}. {_outcome(view)} {counted}"
