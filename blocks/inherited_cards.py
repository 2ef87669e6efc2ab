"""An inherited line on the table of a monthly review: its card, and the line it shrinks to."""

from dataclasses import replace

from blocks.inherited import became
from blocks.parts import Block, actions, button, context, section
from blocks.text import channel_link, one_line, quoted, shown
from domain.accepted_risks import REASON_MAX
from domain.inherited import LINE_MAX, Inheritance, LineState, Origin, listed

#: What a button about a line does; its value is the id of the line's entry on the table.
ADOPT_LINE, ACCEPT_LINE, DROP_LINE = "line.adopt", "line.accept", "line.drop"

_LABELS = {ADOPT_LINE: "Adopt", ACCEPT_LINE: "Accept as a risk", DROP_LINE: "Drop"}
_MARKS = {
    LineState.ADOPTED: ":inbox_tray:",
    LineState.ACCEPTED: ":scales:",
    LineState.DROPPED: ":wastebasket:",
}
#: Escaped, a letter may be five; few are.
_LONGER = 2
_OUTCOME_TEXT = 150
_WHAT_IT_IS = (
    "An imported document asked for this before action items were kept here, and nobody has "
    "decided about it yet."
)


def line_card(lines: Inheritance, entry_id: int) -> list[Block]:
    """The line, of which postmortems it is, and the three buttons that decide about it.

    One of a private postmortem shows no words.
    """
    said = [section("\n".join([f":scroll: *Inherited line* of {_origins(lines)}", _words(lines)]))]
    buttons = [
        button(
            label,
            action_id,
            str(entry_id),
            spoken=f"{label}: inherited line of {lines.keys}",
            primary=action_id == ADOPT_LINE,
        )
        for action_id, label in _LABELS.items()
    ]
    return [*said, context(_WHAT_IT_IS), actions(buttons)]


def line_outcome(lines: Inheritance) -> str:
    """The one line that is left when it is decided: what, what became of it, who, and why.

    Of a private one only what and who.
    """
    mark = _MARKS.get(lines.line.state, ":scroll:")
    ended = became(replace(lines.line, reason=lines.told_reason()), REASON_MAX * _LONGER)
    if lines.is_private:
        return f"{mark} Private line of {lines.keys} {ended}"
    return f"{mark} “{shown(one_line(lines.line.text), _OUTCOME_TEXT)}” of {lines.keys} {ended}"


def _words(lines: Inheritance) -> str:
    return "Private line" if lines.is_private else quoted(lines.line.text, LINE_MAX * _LONGER)


def _origins(lines: Inheritance) -> str:
    """Which postmortems it is of, each with the way to its channel."""
    ordered = sorted(lines.origins, key=lambda each: each.number)
    return listed([_origin(each) for each in ordered])


def _origin(origin: Origin) -> str:
    if origin.channel is None or origin.is_private:
        return f"*{origin.key}*"
    return f"*{origin.key}* ({channel_link(origin.channel)})"
