"""The timeline's form: one entry a line."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from blocks.forms import Opened, opened, values
from blocks.long_text import check_fits, fits, long_inputs
from blocks.notices import sorry_modal
from blocks.parts import Block, View, context, modal, section
from blocks.text import escape, moment
from domain.postmortems import Postmortem
from domain.timeline import TimelineEntry, write_timeline

TIMELINE = "edit_timeline"
OPEN_TIMELINE = "open_timeline"

_EXAMPLES = "14:03 failover started\n14:07 first alert: checkout p99 above 8 s\n15:20 all clear"


def timeline_modal(
    postmortem: Postmortem, entries: Sequence[TimelineEntry], zone_name: str, seen: int
) -> View:
    """The form that holds the whole timeline as text, in the person's own zone."""
    lines = write_timeline(entries, ZoneInfo(zone_name), postmortem.facts.started_at)
    if not fits(lines):
        return sorry_modal(
            "Timeline",
            f"This timeline has {len(entries)} entries, more than a form can show. "
            "All of them are kept.",
        )
    inputs = long_inputs(
        "entries",
        "Timeline",
        lines,
        hint="For lines that do not fit above.",
        placeholder=_EXAMPLES,
        room_to_paste=True,
    )
    return modal(
        f"{postmortem.key} · Timeline",
        [*_guidance(postmortem, zone_name), *inputs],
        callback_id=TIMELINE,
        submit="Save",
        metadata=Opened(postmortem_id=postmortem.id, seen=seen, zone=zone_name).metadata(),
    )


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
            "that would be more than 12 hours earlier. Write the date where that is not meant."
        ),
    ]


def read_timeline_form(view: View) -> tuple[Opened, str]:
    """What the form was opened for, and the text as typed; `opened.zone` says how to read it.

    Raises RuleBroken on `entries` when it is more than the form could show again.
    """
    return opened(view), check_fits(values(view).get("entries", ""), "entries")
