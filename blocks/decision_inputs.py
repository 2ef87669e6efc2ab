"""What each decision asks for: its inputs, with hints and what is chosen already."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from blocks.inputs import day_element, field_input, person_element, text_element
from blocks.item_words import times
from blocks.parts import Block, context
from blocks.text import day
from domain.accepted_risks import RISK_MAX, default_until
from domain.action_items import (
    DONE_WHEN_MAX,
    LINK_MAX,
    NOTE_MAX,
    WHAT_MAX,
    ActionItem,
    Progress,
    default_due,
)
from domain.decisions import Decision, expires_again
from domain.postmortems import Postmortem
from domain.programme import Programme

_ADDRESS = "https://"
_SOAKS = (
    "It then soaks: it has {days} to show that it works. After that its owner is asked for the "
    "evidence."
)

_EXPIRED = (
    "It had expired before: once reopened it has expired still. It stays due {due}, and cannot be "
    "moved."
)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a form is opened for: the item, how long its history was, who opens it and where.

    `today` is the date where they are. `window` is the item's own window that the form stands on,
    if any, and `hub` the postmortem's below that. Without `tells` it says nothing of what the item
    is, for whoever may not read it. `has_left` says that its owner has; `declines`, that whoever
    opens it was to accept its risk, and is not its owner.
    """

    postmortem: Postmortem
    item: ActionItem
    programme: Programme
    seen: int
    person: str
    today: date
    window: str = ""
    hub: str = ""
    tells: bool = True
    has_left: bool = False
    declines: bool = False

    @property
    def answers(self) -> str:
        """Who most likely answers for what comes of it: its owner, unless they have left."""
        return self.person if self.has_left else self.item.owner


def _words(label: str, hint: str = "", *, initial: str = "", optional: bool = False) -> Block:
    element = text_element(initial, most=NOTE_MAX, multiline=True)
    return field_input("words", label, element, hint=hint, optional=optional)


def _link(label: str, *, optional: bool = True) -> Block:
    element = text_element(most=LINK_MAX, placeholder=_ADDRESS)
    return field_input("link", label, element, optional=optional)


def _start(draft: Draft) -> list[Block]:
    return [_words("Where does it stand?", initial=_note(draft), optional=True)]


def _block(draft: Draft) -> list[Block]:
    hint = "Everybody who looks at the card reads it. It stays due as it is."
    return [_words("What does it wait for?", hint, initial=_note(draft))]


def _note(draft: Draft) -> str:
    is_begun = draft.item.progress is not Progress.NOT_STARTED
    return draft.item.note if is_begun and draft.tells else ""


def _implement(draft: Draft) -> list[Block]:
    days = draft.programme.soak_days
    return [
        _words("What was shipped?", "One line will do."),
        _link("Where can it be seen?"),
        context(_SOAKS.format(days=f"{days} day{'' if days == 1 else 's'}")),
    ]


def _verify(_draft: Draft) -> list[Block]:
    hint = "What shows that it works, not merely that it exists."
    return [_words("What shows that it works?", hint), _link("Where can that be seen?")]


def _reopen(draft: Draft) -> list[Block]:
    item = draft.item
    asked = "Why not?" if draft.declines else "What did not work, or why is it needed again?"
    if expires_again(item):
        return [_words(asked), context(_EXPIRED.format(due=day(item.due_on)))]
    due = default_due(item.priority, draft.programme, draft.today)
    return [_words(asked), field_input("day", "Due again on", day_element(due))]


def _reschedule(draft: Draft) -> list[Block]:
    moved = draft.item.reschedules
    counted = f" It was moved {times(moved)} so far." if moved else ""
    return [
        field_input("day", "The new day", day_element(None)),
        _words("Why does it move?", "The reason stands in its history, and the move is counted."),
        context(f"It is due {day(draft.item.due_on)}.{counted}"),
    ]


def _rescope(draft: Draft) -> list[Block]:
    item = draft.item
    what = text_element(item.what, most=WHAT_MAX)
    done_when = text_element(item.done_when, most=DONE_WHEN_MAX, multiline=True)
    return [
        field_input("what", "What will change?", what, hint="Start with a verb."),
        field_input("done_when", "Done when", done_when, hint="A test that a stranger could make."),
        _words("Why is it another thing now?", "The old text is kept beside the new one."),
    ]


def _cancel(_draft: Draft) -> list[Block]:
    hint = "Your peers read it in the incident's channel."
    return [_words("Why is it not done any more?", hint)]


def _accept(draft: Draft) -> list[Block]:
    until = default_until(draft.programme, draft.today)
    return [
        field_input("risk", "What may happen again?", text_element(most=RISK_MAX, multiline=True)),
        field_input(
            "person",
            "Who accepts it?",
            person_element(draft.answers, "Choose one person"),
            hint="The person who answers for it if it happens again.",
            told_at_once=True,
        ),
        _words("Why is it right not to act now?"),
        field_input("day", "Until", day_element(until), hint="At most a year from today."),
    ]


def _promote(draft: Draft) -> list[Block]:
    return [
        _words("Which planned project is it part of now?"),
        _link("Where is that project planned?", optional=False),
        field_input(
            "person",
            "Who owns that project?",
            person_element(draft.answers, "Choose one person"),
            hint="The person to ask how far it is. They are told.",
            told_at_once=True,
        ),
        context("I ask no more about it then. The project's link stays on the card."),
    ]


def _reassign(draft: Draft) -> list[Block]:
    hint = (
        "They are asked, and have two working days to answer. Until they take it on, nothing "
        "changes."
    )
    if draft.person != draft.item.owner:
        hint += " If you choose yourself, it is yours at once."
    chosen = person_element("", "Choose one person")
    label = "Who takes it on?"
    return [
        field_input("person", label, chosen, hint=hint, told_at_once=True),
        _words("What should they know?", optional=True),
    ]


#: Of each decision that says anything: the form's title, its button and its inputs.
FORMS: Mapping[Decision, tuple[str, str, Callable[[Draft], list[Block]]]] = {
    Decision.START: ("In progress", "Save", _start),
    Decision.BLOCK: ("Blocked", "Save", _block),
    Decision.IMPLEMENT: ("It is implemented", "Save", _implement),
    Decision.VERIFY: ("It works", "Save", _verify),
    Decision.REOPEN: ("Reopen it", "Reopen it", _reopen),
    Decision.RESCHEDULE: ("Move the date", "Move it", _reschedule),
    Decision.RESCOPE: ("Re-scope it", "Re-scope it", _rescope),
    Decision.CANCEL: ("Cancel it", "Cancel the item", _cancel),
    Decision.ACCEPT: ("Accept the risk", "Accept", _accept),
    Decision.PROMOTE: ("Promote to a project", "Promote it", _promote),
    Decision.REASSIGN: ("Hand it over", "Ask them", _reassign),
}
