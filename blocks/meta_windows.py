"""The windows of a meta-review: all patterns, the incidents behind one, the fix for one."""

import json
from dataclasses import dataclass

from blocks.conflicts import as_typed, shown_again
from blocks.forms import remembered, values
from blocks.inputs import field_input, text_element
from blocks.meta_patterns import (
    Known,
    MetaView,
    fix_lines,
    incident_line,
    pattern_button,
    pattern_line,
    private_words,
    propose_buttons,
)
from blocks.parts import Block, View, actions, context, divider, modal, section, turning
from blocks.text import mention, moment, quoted
from domain.meta_reviews import FIX_MAX, Fix, Trend

META_FIX = "meta_fix"
BACK_PATTERNS, NEXT_PATTERNS = "meta_patterns_back", "meta_patterns_next"
BACK_INCIDENTS, NEXT_INCIDENTS = "meta_incidents_back", "meta_incidents_next"

#: On one page of a window.
PATTERNS_PAGE, INCIDENTS_PAGE = 10, 15
_SHORT_FIX, _LONG_FIX = 300, 2600
_WARNING = "changed_meanwhile"


def patterns_window(view: MetaView, page: int) -> View:
    """One page of all patterns; a page that is gone shows the last."""
    found = view.patterns
    pages = pages_of(len(found), PATTERNS_PAGE)
    page = min(page, pages - 1)
    shown = found[page * PATTERNS_PAGE : (page + 1) * PATTERNS_PAGE]
    turns = turning(
        view.postmortem.id,
        page,
        pages,
        ("Heavier", BACK_PATTERNS),
        ("Lighter", NEXT_PATTERNS),
    )
    listed = [_listed(view, each) for each in shown]
    none = [] if found else [section("_No class has come up twice within the four quarters._")]
    return modal("Patterns", [*none, *listed, *turns], close="Close")


def _listed(view: MetaView, trend: Trend) -> Block:
    lines = [pattern_line(view, trend), *fix_lines(view, trend, _SHORT_FIX)]
    return section("\n".join(lines), pattern_button(view, trend))


def pattern_window(view: MetaView, trend: Trend, known: Known, page: int) -> View:
    """One page of the incidents behind a pattern, with the whole of its fix."""
    pages = pages_of(known.public, INCIDENTS_PAGE)
    lines = [*map(incident_line, known.shown)] or ["_None that can be named._"]
    private = private_words(known)
    turns = turning(
        trend.class_id, page, pages, ("Newer", BACK_INCIDENTS), ("Older", NEXT_INCIDENTS)
    )
    propose = propose_buttons(view, trend)
    blocks = [
        section(pattern_line(view, trend)),
        section("\n".join(fix_lines(view, trend, _LONG_FIX) or ["_No fix was proposed._"])),
        *([actions(propose)] if propose else []),
        divider(),
        section("\n".join(lines)),
        *([context(f"And {private[0]}.")] if private else []),
        *turns,
    ]
    kept = json.dumps({"postmortem": view.postmortem.id})
    return modal("Pattern", blocks, close="Close", metadata=kept)


def pages_of(number: int, page: int) -> int:
    """How many pages so many lines fill; one where there are none."""
    return max(1, -(-number // page))


def fix_form(view: MetaView, trend: Trend) -> View:
    """The form that proposes a fix for a pattern, or changes the one that is proposed."""
    fix = view.fixes.get(trend.class_id)
    kept = {
        "postmortem": view.postmortem.id,
        "class": trend.class_id,
        "seen": _version(fix),
    }
    element = text_element(
        fix.fix if fix else "",
        most=FIX_MAX,
        multiline=True,
        placeholder="Every credential is renewed by a job, which pages when it cannot",
    )
    hint = (
        "One change of the system that would end this class of failure, not the next incident of "
        "it. What somebody is to do for it, promise as an action item of the meta-review."
    )
    blocks = [
        section(pattern_line(view, trend)),
        field_input("fix", "Systemic fix", element, hint=hint),
    ]
    return modal(
        "Systemic fix", blocks, callback_id=META_FIX, submit="Propose", metadata=json.dumps(kept)
    )


def _version(fix: Fix | None) -> str:
    return fix.proposed_at.isoformat() if fix else ""


@dataclass(frozen=True, kw_only=True)
class FixRequest:
    """What somebody proposes, for which class, and which proposal they saw."""

    postmortem_id: int
    class_id: int
    fix: str
    seen: str

    def is_overtaken_by(self, fix: Fix | None) -> bool:
        """Whether another proposal stands there meanwhile."""
        return _version(fix) != self.seen and fix is not None and fix.fix != self.fix.strip()


def read_fix(view: View) -> FixRequest:
    """What was typed into the form."""
    kept = remembered(view)
    return FixRequest(
        postmortem_id=kept["postmortem"],
        class_id=kept["class"],
        fix=values(view)["fix"],
        seen=kept["seen"],
    )


def overtaken_form(mine: View, fix: Fix) -> View:
    """The form again as it was typed, under the fix that somebody else proposed meanwhile."""
    own = [
        as_typed(block, mine)
        for block in mine["blocks"]
        if not str(block.get("block_id", "")).startswith(_WARNING)
    ]
    words = (
        f":warning: *{mention(fix.proposed_by)} proposed another fix "
        f"{moment(fix.proposed_at)}, while you had this open:*\n{quoted(fix.fix, _LONG_FIX)}"
    )
    advice = "What you typed is below, untouched. Take over what you want to keep, then propose it."
    warning = [
        section(words) | {"block_id": f"{_WARNING}.1"},
        section(advice) | {"block_id": f"{_WARNING}.2"},
    ]
    kept = json.dumps(remembered(mine) | {"seen": _version(fix)})
    return shown_again(mine, [*warning, *own]) | {"private_metadata": kept}
