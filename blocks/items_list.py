"""The window that lists action items: whose and which, and one page of them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from blocks.forms import values
from blocks.inputs import field_input, option, select_element
from blocks.item_buttons import open_button
from blocks.parts import Block, View, actions, button, context, divider, modal, section
from blocks.text import bold, day, escape, mention, one_line, shown
from blocks.tickets import TROUBLE_SHORT, ticket_words, try_button
from domain.action_items import ItemState, Progress
from domain.item_search import PAGE, STATES, ItemFound, ItemsPage, ItemsWanted, Which
from domain.people import Person

LIST_ITEMS = "list_items"
TURN_ITEMS = "turn_items"
_EVERYBODYS = "everybody"
#: Slack's most for one list of options.
_CHOICES_MAX = 100
_WHAT_MAX = 300

_LABELS = {
    Which.GOING_ON: "Not finished: open, or not verified yet",
    Which.OPEN: "Open",
    Which.OVERDUE: "Overdue",
    Which.EXPIRED: "Expired: two reviews saw it open",
    Which.EVIDENCE: "Implemented, waiting for evidence",
    Which.INEFFECTIVE: "Ineffective: it happened again",
    Which.ALL: "All, the ended ones too",
}


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Whoever looks at the list and on which day, and what it can be narrowed by.

    `other` is somebody else whose items it shows, if it does.
    """

    asker: str
    today: date
    services: Sequence[str] = ()
    other: Person | None = None


def items_modal(wanted: ItemsWanted, page: ItemsPage, choices: Choices, remark: str = "") -> View:
    """The window; `remark` says what could not be looked through."""
    blocks = [
        *_inputs(wanted, choices),
        divider(),
        context(escape(_counts(wanted, page, choices.asker, remark))),
        *(block for each in page.found for block in _item(each, choices.today)),
        *_pages(wanted, page.total),
    ]
    return modal(
        "Action items",
        blocks,
        callback_id=LIST_ITEMS,
        submit="Show",
        close="Close",
        metadata=json.dumps(asdict(wanted), ensure_ascii=False),
    )


def _inputs(wanted: ItemsWanted, choices: Choices) -> list[Block]:
    states = [option(each, _LABELS[each]) for each in Which]
    return [
        field_input("whose", "Whose", _whose(wanted, choices)),
        field_input("which", "Which", select_element(states, wanted.which, "Choose")),
        *_service_input(wanted, choices.services),
    ]


def _whose(wanted: ItemsWanted, choices: Choices) -> Block:
    offered = [option(choices.asker, "Mine"), option(_EVERYBODYS, "Everybody's")]
    if choices.other is not None:
        name = choices.other.name or choices.other.id
        offered.append(option(choices.other.id, f"Those of {name}"))
    return select_element(offered, wanted.owner or _EVERYBODYS, "Choose")


def _service_input(wanted: ItemsWanted, services: Sequence[str]) -> list[Block]:
    known = list(services[:_CHOICES_MAX])
    chosen = next((each for each in known if each.lower() == wanted.service.lower()), None)
    if wanted.service and chosen is None:
        known, chosen = [wanted.service, *known[: _CHOICES_MAX - 1]], wanted.service
    if not known:
        return []
    element = select_element([option(each, each) for each in known], chosen, "Every service")
    return [field_input("service", "Service", element, optional=True)]


def _counts(wanted: ItemsWanted, page: ItemsPage, asker: str, remark: str) -> str:
    here, first = len(page.found), wanted.offset + 1
    if not page.total and wanted == ItemsWanted(owner=asker):
        said = ["You own no open action items. For those of others choose Everybody's, press Show"]
    elif not page.total:
        said = ["Nothing to show here: choose others above and press Show"]
    else:
        said = [f"{page.total} item{'' if page.total == 1 else 's'}: {_stand(page)}"]
    if page.total > here:
        said.append(f"Shown are {first} to {wanted.offset + here} of {page.total}")
    return ". ".join([*said, remark] if remark else said)


def _stand(page: ItemsPage) -> str:
    """How many stand how, those that go on first."""
    order = dict.fromkeys([*STATES[Which.GOING_ON], *ItemState])
    counts = [(each, page.states[each]) for each in order if page.states.get(each)]
    return ", ".join(f"{number} {_state(each, page)}" for each, number in counts)


def _state(state: ItemState, page: ItemsPage) -> str:
    if state is ItemState.IMPLEMENTED:
        return Which.EVIDENCE
    if state is not ItemState.OPEN:
        return state
    late, expired = page.standing.overdue, page.standing.expired
    of_them = [f"{late} overdue"] * bool(late) + [f"{expired} expired"] * bool(expired)
    return f"open ({', '.join(of_them)})" if of_them else "open"


def _item(item: ItemFound, today: date) -> list[Block]:
    what = shown(one_line(item.what), _WHAT_MAX)
    facts = [
        f"{mention(item.owner)}{' (has left)' if item.has_left else ''}",
        *_when(item, today),
        *([f"moved {_times(item.reschedules)}"] if item.reschedules else []),
        *([str(item.progress)] if _is_told(item) else []),
        shown(one_line(item.service), 120),
        *(["private"] if item.is_private else []),
        *ticket_words(item, TROUBLE_SHORT),
    ]
    lines = [f"{bold(item.key)} {what}", " · ".join(facts)]
    again = [try_button(item.id, item.key, is_gone=item.has_lost_ticket)]
    return [
        section("\n".join(lines), open_button(item.id, item.key)),
        *([actions(again)] if item.ticket_trouble else []),
    ]


def _is_told(item: ItemFound) -> bool:
    return item.is_open and item.progress is not Progress.NOT_STARTED


def _when(item: ItemFound, today: date) -> list[str]:
    """How it stands, and since or until when."""
    if item.is_open:
        expired = [":hourglass: *expired*"] if item.has_expired else []
        late = (today - item.due_on).days
        if late > 0:
            days = f"{late} day{'' if late == 1 else 's'}"
            return [*expired, f"was due {day(item.due_on)}, *overdue by {days}*"]
        return [*expired, "*due today*" if not late else f"due {day(item.due_on)}"]
    if item.state is ItemState.IMPLEMENTED and item.soaks_until:
        until = day(item.soaks_until)
        soaks = item.soaks_until > today
        return [
            "implemented",
            f"soaks until {until}" if soaks else f"evidence wanted since {until}",
        ]
    return [f"*{item.state}*" if item.state is ItemState.INEFFECTIVE else str(item.state)]


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _pages(wanted: ItemsWanted, total: int) -> list[Block]:
    back = [button("Back", f"{TURN_ITEMS}.-1", "-1")] if wanted.page else []
    more = [button("More", f"{TURN_ITEMS}.1", "1")] if wanted.offset + PAGE < total else []
    return [actions([*back, *more])] if back or more else []


def wanted_in(view: View) -> ItemsWanted:
    """What the window shows."""
    kept: dict[str, Any] = json.loads(view["private_metadata"])
    return ItemsWanted(**kept | {"which": Which(kept["which"])})


def read_items(view: View) -> ItemsWanted:
    """What somebody wants to see next; its first page."""
    typed = values(view)
    whose = typed.get("whose") or _EVERYBODYS
    return ItemsWanted(
        owner="" if whose == _EVERYBODYS else whose,
        which=Which(typed.get("which") or Which.GOING_ON),
        service=typed.get("service") or "",
    )
