"""The action item's form (rules 1 to 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from blocks.forms import Opened, opened, remembered, values
from blocks.inputs import (
    day_element,
    field_input,
    option,
    person_element,
    select_element,
    text_element,
)
from blocks.parts import Block, View, actions, button, context, modal
from blocks.text import day, one_line
from domain.action_items import DONE_WHEN_MAX, WHAT_MAX, ActionItem, ItemKind, default_due
from domain.contributing_factors import ContributingFactor
from domain.errors import RuleBroken
from domain.postmortems import Postmortem
from domain.programme import Priority, Programme

ITEM = "action_item"
ADD_ITEM = "add_item"
EDIT_ITEM = "edit_item"
ACCEPT_INSTEAD = "accept_instead"

_KINDS = {
    ItemKind.GUARDRAIL: "makes it impossible, or harmless",
    ItemKind.DETECTION: "shows it sooner",
    ItemKind.RECOVERY: "ends it sooner",
    ItemKind.PROCESS: "changes how we work",
    ItemKind.TRAINING: "teaches people",
}


_OWNER_HINT = "The one person who agreed to do it."
_NOBODY_HINT = "Nobody yet? Then it is not an action item: accept the risk instead, above."


@dataclass(frozen=True, kw_only=True)
class ItemRequest:
    """What somebody asks for: `item_id` is None for a new item, `due_on` for the default date."""

    postmortem_id: int
    seen: int = 0
    item_id: int | None = None
    what: str = ""
    done_when: str = ""
    owner: str = ""
    priority: Priority = Priority.P2
    due_on: date | None = None
    kind: ItemKind | None = None
    factor_id: int | None = None

    def item(self, programme: Programme, today: date) -> ActionItem:
        """The item, due when its priority says unless somebody chose a day (rule 2).

        Raises RuleBroken on `kind` when none was chosen.
        """
        if self.kind is None:
            raise RuleBroken("kind", "Choose what sort of change this is.")
        return ActionItem(
            what=self.what,
            done_when=self.done_when,
            owner=self.owner,
            priority=self.priority,
            due_on=self.due_on or default_due(self.priority, programme, today),
            kind=self.kind,
            factor_id=self.factor_id,
            id=self.item_id,
        )


def request_of(postmortem: Postmortem, item: ActionItem, seen: int = 0) -> ItemRequest:
    """The request that would leave a stored item as it is."""
    return ItemRequest(
        postmortem_id=postmortem.id,
        seen=seen,
        item_id=item.id,
        what=item.what,
        done_when=item.done_when,
        owner=item.owner,
        priority=item.priority,
        due_on=item.due_on,
        kind=item.kind,
        factor_id=item.factor_id,
    )


def item_modal(
    postmortem: Postmortem,
    factors: Sequence[ContributingFactor],
    programme: Programme,
    today: date,
    item: ActionItem | None = None,
    *,
    draft: ItemRequest | None = None,
    seen: int = 0,
    has_factors: bool = True,
) -> View:
    """The form of a new item, or of `item`; `draft` is what somebody typed into it already.

    A meta-review has no factors of its own: it is not asked to find some first.
    """
    stored = request_of(postmortem, item, seen) if item else None
    shown = draft or stored or ItemRequest(postmortem_id=postmortem.id)
    instead = [] if item else [_accept_instead(postmortem)]
    promise = _promise_inputs(shown, programme, today)
    answered = [_factor_input(shown, factors)] if factors or has_factors else []
    blocks = [*_change_inputs(shown), *instead, *promise, *answered]
    about = Opened(postmortem_id=postmortem.id, seen=seen)
    return modal(
        f"{postmortem.key} · Action item",
        blocks,
        callback_id=ITEM,
        submit="Save" if item else "Add",
        metadata=about.metadata(item=item and item.id),
    )


def _change_inputs(shown: ItemRequest) -> list[Block]:
    what = text_element(
        shown.what, most=WHAT_MAX, placeholder="Drain connections before a failover"
    )
    done_when = text_element(
        shown.done_when,
        most=DONE_WHEN_MAX,
        multiline=True,
        placeholder="A failover under load in staging loses no request",
    )
    return [
        field_input("what", "What will change?", what, hint="Start with a verb."),
        field_input("done_when", "Done when", done_when, hint="A test that a stranger could make."),
    ]


def _accept_instead(postmortem: Postmortem) -> Block:
    return actions(
        [button("No owner? Accept the risk instead", ACCEPT_INSTEAD, str(postmortem.id))]
    )


def _promise_inputs(shown: ItemRequest, programme: Programme, today: date) -> list[Block]:
    priorities = [option(choice, choice) for choice in Priority]
    kinds = [option(kind, kind.capitalize(), words) for kind, words in _KINDS.items()]
    return [
        field_input(
            "owner",
            "Owner",
            person_element(shown.owner, "Choose one person"),
            hint=_OWNER_HINT if shown.item_id else f"{_OWNER_HINT} {_NOBODY_HINT}",
            told_at_once=True,
        ),
        field_input("kind", "Kind", select_element(kinds, shown.kind, "Choose what it does")),
        field_input("priority", "Priority", select_element(priorities, shown.priority, "Choose")),
        field_input(
            "due_on",
            "Due",
            day_element(shown.due_on),
            hint=_due_hint(programme, today),
            optional=True,
        ),
    ]


def _due_hint(programme: Programme, today: date) -> str:
    dates = [
        f"{priority} on {day(default_due(priority, programme, today))}" for priority in Priority
    ]
    return f"Left empty, it is due by its priority: {', '.join(dates)}."


def _factor_input(shown: ItemRequest, factors: Sequence[ContributingFactor]) -> Block:
    stored = [factor for factor in factors if factor.id is not None]
    if not stored:
        return context(
            "No contributing factor is written down yet. Once there are some, "
            "say here which one this answers."
        )
    choices = [
        option(str(factor.id), one_line(factor.text), factor.kind.capitalize()) for factor in stored
    ]
    answered = None if shown.factor_id is None else str(shown.factor_id)
    element = select_element(choices, answered, "Choose a contributing factor")
    return field_input("factor", "Which contributing factor does it answer?", element)


def read_item(view: View) -> ItemRequest:
    """What the form asks for, its texts trimmed."""
    typed, opened_for = values(view), opened(view)
    priority, kind, factor = typed.get("priority"), typed.get("kind"), typed.get("factor")
    return ItemRequest(
        postmortem_id=opened_for.postmortem_id,
        seen=opened_for.seen,
        item_id=remembered(view)["item"],
        what=typed.get("what", "").strip(),
        done_when=typed.get("done_when", "").strip(),
        owner=typed.get("owner") or "",
        priority=Priority(priority) if priority else Priority.P2,
        due_on=typed.get("due_on"),
        kind=ItemKind(kind) if kind else None,
        factor_id=int(factor) if factor else None,
    )


def item_in_words(item: ActionItem, owner: str, factor: str) -> str:
    """All of the item as plain text, for somebody who was overtaken while changing it."""
    lines = [
        item.what,
        f"Done when: {item.done_when}",
        f"Owner: {owner}",
        f"{item.priority}, due {day(item.due_on)}, {item.kind}",
    ]
    return "\n".join([*lines, f"Answers: {factor}"] if factor else lines)
