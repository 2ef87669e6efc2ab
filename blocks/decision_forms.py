"""The form of each decision about an action item, with exactly the inputs that it needs."""

from collections.abc import Sequence

from blocks.conflicts import as_typed, shown_again
from blocks.decision_inputs import FORMS, Draft
from blocks.forms import Opened, opened, remembered, values, with_seen
from blocks.item_words import key_of, moved_words
from blocks.parts import Block, View, modal, section
from blocks.text import bold, day, one_line, shown
from domain.action_items import WHAT_MAX
from domain.decisions import Decided, Decision

#: `decided.` and the decision's name: what each form answers to.
_FORM = "decided"
_OVERTAKEN = "decided_meanwhile"
_OVERTAKEN_SHOWN = 5
_ONCE_MORE = (
    "Nothing of yours is kept yet. Look at it again before you decide: what you typed is below, "
    "and pressing the button again keeps it."
)
_NO_MORE = "Nothing of yours is kept. {instead} What you typed is below, if you want to copy it."
#: What the button that decides nothing says, where “Cancel” could be taken for the decision.
_CLOSE = {Decision.CANCEL: "Keep it"}


def form_of(decision: Decision) -> str:
    """What the form of a decision is called."""
    return f"{_FORM}.{decision.name.lower()}"


def decision_modal(decision: Decision, draft: Draft) -> View:
    """The form of a decision about an item."""
    title, submit, inputs = FORMS[decision]
    about = Opened(postmortem_id=draft.postmortem.id, seen=draft.seen)
    return modal(
        title,
        [section(_about(draft)), *inputs(draft)],
        callback_id=form_of(decision),
        submit=submit,
        close=_CLOSE.get(decision, "Cancel"),
        metadata=about.metadata(
            item=draft.item.id, window=draft.window, hub=draft.hub, tells=draft.tells
        ),
    )


def _about(draft: Draft) -> str:
    item, key = draft.item, key_of(draft.postmortem, draft.item)
    if not draft.tells:
        return f"*{key}* · a private item"
    due = f", due {day(item.due_on)}{moved_words(item)}" if item.is_open else ""
    return f"*{key}* · {bold(shown(one_line(item.what), 2 * WHAT_MAX))}{due}"


def read_decision(view: View) -> tuple[int, int, Decided]:
    """Which item, how long its history was when the form was opened, and what was decided."""
    typed = values(view)

    def text(field: str) -> str:
        return (typed.get(field) or "").strip()

    said = Decided(
        decision=Decision[view["callback_id"].partition(".")[2].upper()],
        words=text("words"),
        day=typed.get("day"),
        link=text("link"),
        person=text("person"),
        risk=text("risk"),
        what=text("what"),
        done_when=text("done_when"),
    )
    return int(remembered(view)["item"]), opened(view).seen, said


def beneath(view: View) -> tuple[str, str]:
    """The item's window that a form stands on, and the postmortem's below that; empty for none."""
    kept = remembered(view)
    return str(kept["window"]), str(kept["hub"])


def tells(view: View) -> bool:
    """Whether whoever opened the form may read what the item is, and what is said of it."""
    return bool(remembered(view)["tells"])


def overtaken(view: View, happened: Sequence[str], seen: int, instead: str = "") -> View:
    """The form once more with everything as typed, under what somebody else decided meanwhile.

    It then rests on a history of `seen` entries: pressing again decides on top of that.
    Where nobody can decide so any more, `instead` says how it stands and what can be done.
    """
    own = [as_typed(block, view) for block in view["blocks"] if not _is_warning(block)]
    warning = [
        section(":warning: *Somebody decided about it while you had this open:*"),
        *(section(f"•  {line}") for line in happened[-_OVERTAKEN_SHOWN:]),
        section(_NO_MORE.format(instead=instead) if instead else _ONCE_MORE),
    ]
    marked = [
        block | {"block_id": f"{_OVERTAKEN}.{number}"} for number, block in enumerate(warning)
    ]
    return with_seen(shown_again(view, [*marked, *own]), seen)


def _is_warning(block: Block) -> bool:
    return str(block.get("block_id", "")).startswith(_OVERTAKEN)
