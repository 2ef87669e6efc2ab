"""The forms that decide about an inherited line: adopt it, accept it as a risk, or drop it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from blocks import accepted_risks, action_items
from blocks.action_items import ItemRequest
from blocks.forms import Opened, remembered, values
from blocks.inherited_cards import ACCEPT_LINE
from blocks.inputs import field_input, text_element
from blocks.parts import Block, View, actions, button, modal, section
from blocks.text import one_line, quoted, shorten
from domain.accepted_risks import REASON_MAX
from domain.action_items import WHAT_MAX
from domain.contributing_factors import ContributingFactor
from domain.inherited import LINE_MAX, Inheritance
from domain.postmortems import Postmortem
from domain.programme import Programme

ADOPTING, ACCEPTING, DROPPING = "line_adopting", "line_accepting", "line_dropping"
#: Escaped, a letter may be five; few are.
_LONGER = 2
#: What of a line fits into a reason, beside the words that the form itself puts there.
_QUOTED_MAX = REASON_MAX - 100
#: What becomes of the line, by its form; nothing is kept of one that is dropped.
_KEPT = {
    ADOPTING: "\nThe action item will belong to *{}*.",
    ACCEPTING: "\nThe accepted risk will be recorded in *{}*.",
}


@dataclass(frozen=True, kw_only=True)
class LineDraft:
    """A line that somebody decides about, and the postmortem in which the answer is kept."""

    entry_id: int
    lines: Inheritance
    home: Postmortem
    programme: Programme
    today: date
    factors: Sequence[ContributingFactor] = ()


def adopt_modal(draft: LineDraft) -> View:
    """The form of an action item, holding the line's words; whoever finds no owner accepts it."""
    said = shorten(one_line(draft.lines.line.text), WHAT_MAX)
    form = action_items.item_modal(
        draft.home,
        draft.factors,
        draft.programme,
        draft.today,
        draft=ItemRequest(postmortem_id=draft.home.id, what=said),
    )
    instead = button("No owner? Accept the risk instead", ACCEPT_LINE, str(draft.entry_id))
    blocks = [actions([instead]) if each["type"] == "actions" else each for each in form["blocks"]]
    return _ours(form, ADOPTING, draft, blocks, submit="Adopt")


def accept_modal(draft: LineDraft) -> View:
    """The form of an accepted risk, which says what nobody is going to do."""
    said = shorten(one_line(draft.lines.line.text), _QUOTED_MAX)
    form = accepted_risks.risk_modal(draft.home, draft.programme, draft.today, said)
    inputs = [each for each in form["blocks"] if each["type"] == "input"]
    return _ours(form, ACCEPTING, draft, inputs, submit="Accept")


def drop_modal(draft: LineDraft) -> View:
    """Say why nobody needs it any more; of a private line no words are shown."""
    reason = text_element(
        most=REASON_MAX, multiline=True, placeholder="The service was shut down in spring"
    )
    form = modal("Inherited line", [], metadata=Opened(postmortem_id=draft.home.id).metadata())
    asked = field_input("reason", "Why does nobody need it any more?", reason)
    return _ours(form, DROPPING, draft, [asked], submit="Drop")


def _ours(
    form: View, callback_id: str, draft: LineDraft, blocks: Sequence[Block], *, submit: str
) -> View:
    """The form, under what is decided and where that is kept, as one of an inherited line."""
    told = callback_id != DROPPING
    about = f"Inherited line of *{draft.lines.keys}*:"
    kept = _KEPT.get(callback_id, "").format(draft.home.key)
    is_shown = told or not draft.lines.is_private
    words = quoted(draft.lines.line.text, LINE_MAX * _LONGER) if is_shown else "Private line"
    return modal(
        form["title"]["text"],
        [section(f"{about}\n{words}{kept}"), *blocks],
        callback_id=callback_id,
        submit=submit,
        metadata=json.dumps(remembered(form) | {"entry": draft.entry_id}),
    )


def entry_in(view: View) -> int:
    """Which entry on the table of a review a form decides."""
    return int(remembered(view)["entry"])


def read_reason(view: View) -> str:
    """Why a line is dropped, trimmed."""
    return str(values(view).get("reason") or "").strip()
