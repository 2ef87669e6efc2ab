"""The timeline's form: one entry a line."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from blocks.backfill import find_button
from blocks.forms import Opened, opened, values
from blocks.inputs import PLACES, VALUE
from blocks.long_text import check_fits, long_inputs
from blocks.milestones import milestones_button, remarks
from blocks.notices import sorry_modal
from blocks.parts import Block, View, actions, button, context, modal, section
from blocks.text import escape, moment
from blocks.timeline_parts import Part, parts
from domain.postmortems import Postmortem
from domain.timeline import TimelineEntry

TIMELINE = "edit_timeline"
OPEN_TIMELINE = "open_timeline"
#: The buttons of a timeline in parts; their value is the postmortem's id and the part to show.
EARLIER_PART, LATER_PART = "earlier_timeline_part", "later_timeline_part"

#: A view holds 100 blocks, so no part has more inputs.
INPUTS_MAX = 100

_EXAMPLES = "14:03 failover started\n14:07 first alert: checkout p99 above 8 s\n15:20 all clear"
_UNSAVED = (
    "You have typed something into the timeline that is not saved yet. "
    "Close this window, save the timeline, then come back: nothing you typed is lost."
)


def timeline_modal(
    postmortem: Postmortem,
    entries: Sequence[TimelineEntry],
    zone_name: str,
    seen: int,
    part: int = 0,
) -> View:
    """The form that holds the timeline as text, in the person's own zone; a long one in parts."""
    found = parts(entries, ZoneInfo(zone_name), postmortem.facts.started_at)
    part = min(max(part, 0), len(found) - 1)
    if not found[part].fits:
        return sorry_modal(
            "Timeline",
            f"This timeline has {len(entries)} entries, too many of them within one second for a "
            "form to show. All of them are kept; “Read it all” on the card shows them.",
        )
    inputs = long_inputs(
        "entries",
        "Timeline",
        found[part].lines,
        hint="For lines that do not fit above.",
        placeholder=_EXAMPLES,
        room_to_paste=True,
    )
    own = [_of_part(block, part) for block in inputs]
    blocks = [*_ways(postmortem, entries), *_guidance(postmortem, zone_name), *own]
    about = Opened(postmortem_id=postmortem.id, seen=seen, zone=zone_name)
    return modal(
        f"{postmortem.key} · Timeline",
        [*blocks, *_turning(postmortem, part, found), *_remarks(postmortem, entries)],
        callback_id=TIMELINE,
        submit="Save",
        metadata=about.metadata(**found[part].metadata()),
    )


def _of_part(block: Block, part: int) -> Block:
    """An input under an id of its part's own: Slack keeps what stands in one that keeps its id."""
    if part == 0:
        return block
    field, _, number = block["block_id"].partition(".")
    return block | {"block_id": f"{field}.{part * INPUTS_MAX + int(number or 1)}"}


def _turning(postmortem: Postmortem, part: int, found: Sequence[Part]) -> list[Block]:
    """The way to the other parts; nothing where there is only one."""
    if len(found) == 1:
        return []
    ways = (("Earlier part", EARLIER_PART, part - 1), ("Later part", LATER_PART, part + 1))
    turns = [
        button(label, action_id, f"{postmortem.id}:{to}")
        for label, action_id, to in ways
        if 0 <= to < len(found)
    ]
    words = (
        f"This timeline is too long for one form: this is part {part + 1} of {len(found)}. "
        "Save replaces this part and leaves the others as they are."
    )
    return [context(words), actions(turns)]


def _remarks(postmortem: Postmortem, entries: Sequence[TimelineEntry]) -> list[Block]:
    return [context(each) for each in remarks(entries, postmortem.facts)]


def _ways(postmortem: Postmortem, entries: Sequence[TimelineEntry]) -> list[Block]:
    """The ways to a timeline that need no typing."""
    found = [find_button(postmortem.id)] if postmortem.channel else []
    chosen = [milestones_button(postmortem.id)] if entries else []
    return [actions([*found, *chosen])] if found or chosen else []


def _guidance(postmortem: Postmortem, zone_name: str) -> list[Block]:
    return [
        section(
            "*One line for each thing that happened: the time, then what it was.*\n"
            "`14:03 failover started`\n"
            "`2:05pm UTC first alert`\n"
            "`yesterday 23:50 deploy of checkout 4.2`\n"
            "`2026-11-20 09:15 certificate renewed by hand`"
        ),
        context(
            f"Times are read in *{escape(zone_name)}*, unless you add UTC or an offset. "
            f"The incident started {moment(postmortem.facts.started_at)}. A line without a date "
            "takes the day of the line above it (the first: of the start), or the next day where "
            "that would be more than 12 hours earlier. Write the date where that is not meant. "
            "A milestone stands in brackets: 14:07 [detected] first alert."
        ),
    ]


def read_timeline_form(view: View) -> tuple[Opened, str]:
    """What the form was opened for, and the text as typed; `opened.zone` says how to read it.

    Raises RuleBroken on `entries` when it is more than the form could show again.
    """
    return opened(view), check_fits(values(view).get("entries", ""), "entries")


def save_first(view: View) -> View | None:
    """What to show instead of a window that would lose what was typed into this form, if any."""
    if view.get("callback_id") != TIMELINE:
        return None
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    return (
        sorry_modal("Save first", _UNSAVED) if any(_is_typed(view, one) for one in inputs) else None
    )


def _is_typed(view: View, block: Block) -> bool:
    """Whether an input holds something else than it was opened with."""
    place, initial = PLACES[block["element"]["type"]]
    typed = view["state"]["values"].get(block["block_id"], {}).get(VALUE, {}).get(place)
    return (typed or "").split() != (block["element"].get(initial) or "").split()
