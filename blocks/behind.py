"""What is behind a number: a page of incidents or of action items, each with its button."""

import json
from dataclasses import dataclass
from typing import Any

from blocks.behind_words import heading
from blocks.find import OPEN_FOUND
from blocks.item_buttons import open_button
from blocks.parts import Block, View, actions, button, context, modal, section, turning
from blocks.text import (
    bold,
    day,
    duration,
    mention,
    one_line,
    shown,
)
from blocks.traces import read_trace, trace_value
from domain.behind import OF_ITEMS, PAGE, Asked, Behind, IncidentBehind, ItemBehind, Which
from domain.headlines import amount

#: The window's own name.
BEHIND_WINDOW = "behind_window"
BACK_BEHIND, NEXT_BEHIND = "behind_back", "behind_next"
TO_REPORT = "behind_report"
_TITLE_MAX, _WHAT_MAX, _NAME_MAX = 200, 300, 120
_ANEW = "Counted anew just now; the message keeps the numbers of when it was posted."


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What somebody looks at: which number, which page, and the report they came from, if one.

    `report` is what the report's window remembers; or the number stands in a message, as it was.
    """

    asked: Asked
    page: int = 0
    report: str = ""
    is_of_message: bool = False


def behind_window(looked: Looked, behind: Behind, class_name: str = "") -> View:
    """The window; `class_name` is the name of the class where one is asked for."""
    asked = looked.asked
    listed = [
        *(_incident(each, asked) for each in behind.incidents),
        *(_item(each) for each in behind.items),
    ]
    back = button("Back to the report", TO_REPORT, TO_REPORT)
    blocks = [
        section(heading(asked, behind, class_name)),
        *([context(_ANEW)] if looked.is_of_message else []),
        *([actions([back])] if looked.report else []),
        *listed,
        *_private(asked, behind),
        *turning(
            None,
            looked.page,
            pages_of(behind.public),
            ("Earlier in the list", BACK_BEHIND),
            ("Later in the list", NEXT_BEHIND),
        ),
    ]
    kept = {
        "asked": trace_value(asked),
        "page": looked.page,
        "report": looked.report,
        "is_of_message": looked.is_of_message,
    }
    return modal(
        "Behind the number",
        blocks,
        callback_id=BEHIND_WINDOW,
        close="Close",
        metadata=json.dumps(kept, ensure_ascii=False),
    )


def pages_of(number: int) -> int:
    """How many pages so many fill; one where there are none."""
    return max(1, -(-number // PAGE))


def looked_in(view: View) -> Looked:
    """What the window shows."""
    kept: dict[str, Any] = json.loads(view["private_metadata"])
    return Looked(
        asked=read_trace(kept["asked"]),
        page=kept["page"],
        report=kept["report"],
        is_of_message=kept.get("is_of_message", False),  # windows of older versions say nothing
    )


def _private(asked: Asked, behind: Behind) -> list[Block]:
    if not behind.private:
        return [] if behind.public else [context("Nothing is behind this number any more.")]
    if behind.public:
        return [context(f"And {behind.private} of private channels, which {_are(behind)} named.")]
    what = amount(behind.private, "action item" if asked.which in OF_ITEMS else "incident")
    return [context(f"{what} of private channels, which {_are(behind)} named.")]


def _are(behind: Behind) -> str:
    return "is not" if behind.private == 1 else "are not"


def _incident(found: IncidentBehind, asked: Asked) -> Block:
    key = f"PM-{found.number}"
    facts = [
        day(found.started_at.astimezone(asked.window.zone).date()),  # as it was counted
        shown(one_line(found.service), _NAME_MAX),
        str(found.severity),
        *(shown(one_line(each), _NAME_MAX) for each in found.classes),
    ]
    why = _why(found, asked.which)
    title = bold(f"{key} · {shown(one_line(found.title), _TITLE_MAX)}")
    lines = [title, " · ".join(each for each in facts if each), *([why] if why else [])]
    opens = button("Open", OPEN_FOUND, str(found.id), spoken=f"Open {key}")
    return section("\n".join(lines), opens)


def _why(found: IncidentBehind, which: Which) -> str:
    """Why it is counted, where its facts do not say so."""
    if which is Which.DETECTED and found.detected_at:
        return f"Detected after {duration(found.detected_at - found.started_at)}."
    if which is Which.RECOVERED and found.recovered_at:
        return f"All was well after {duration(found.recovered_at - found.started_at)}."
    if which is Which.REPEATS:
        return f"Seen before in PM-{found.because}." if found.because else ""
    if which is Which.RECURRED:
        return f"Came again in PM-{found.because}." if found.because else ""
    return ""


def _item(found: ItemBehind) -> Block:
    title = bold(f"{found.key} · {shown(one_line(found.what), _WHAT_MAX)}")
    facts = [mention(found.owner), str(found.state), _due(found), *_moved(found)]
    if found.implemented_on:
        facts.append(f"implemented {day(found.implemented_on)}")
    return section("\n".join([title, " · ".join(facts)]), open_button(found.id, found.key))


def _due(found: ItemBehind) -> str:
    if found.due_on == found.original_due_on:
        return f"due {day(found.due_on)}"
    return f"due {day(found.due_on)}, at first {day(found.original_due_on)}"


def _moved(found: ItemBehind) -> list[str]:
    return [f"moved {amount(found.reschedules, 'time')}"] if found.reschedules else []
