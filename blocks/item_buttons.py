"""The buttons with which an item is decided, wherever it is shown: one set of names for all."""

from blocks.parts import Block, button
from domain.decisions import Decision

#: Opens the item's own window, with everything that can be decided; its value is the item's id.
OPEN_ITEM = "open_item"
#: Shows what happened to the item; its value is the item's id.
ITEM_HISTORY = "item_history"
#: `decide.` and the decision's name; its value is the item's id.
DECIDE = "decide"

_LABELS = {
    Decision.START: "In progress",
    Decision.BLOCK: "Blocked",
    Decision.IMPLEMENT: "It is implemented",
    Decision.VERIFY: "It works",
    Decision.REOPEN: "Reopen",
    Decision.RESCHEDULE: "Move the date",
    Decision.RESCOPE: "Re-scope",
    Decision.CANCEL: "Cancel it",
    Decision.ACCEPT: "Accept the risk",
    Decision.PROMOTE: "Promote to a project",
    Decision.REASSIGN: "Hand it over",
    Decision.TAKE: "I take it on",
    Decision.DECLINE: "I cannot",
}


def action_of(decision: Decision) -> str:
    """The action id of a decision's button."""
    return f"{DECIDE}.{decision.name.lower()}"


def decision_in(action_id: str) -> Decision:
    """The decision that a button's action id names."""
    return Decision[action_id.partition(".")[2].upper()]


def decision_button(
    decision: Decision, item_id: int, key: str, *, label: str = "", style: str = ""
) -> Block:
    """The button of a decision about the item that people call `key`."""
    words = label or _LABELS[decision]
    made = button(words, action_of(decision), str(item_id), spoken=f"{words}: {key}")
    return made | ({"style": style} if style else {})


def open_button(item_id: int, key: str, label: str = "Open") -> Block:
    """The button that opens an item's window."""
    return button(label, OPEN_ITEM, str(item_id), spoken=f"{label} {key}")
