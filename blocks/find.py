"""The window that finds postmortems: what to look for, and one page of what was found."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from blocks.forms import values
from blocks.inputs import checkboxes_element, field_input, option, select_element, text_element
from blocks.parts import Block, View, actions, button, context, divider, modal, section
from blocks.text import bold, escape, moment, one_line, shown
from domain.causal_classes import CausalClass
from domain.search import PAGE, QUERY_MAX, Found, Page, Wanted, excerpt, terms

FIND = "find_postmortems"
TURN_PAGE = "turn_page"
OPEN_FOUND = "open_found"
_ONLY_OPEN = "only_open"
#: Slack's most for one list of options.
_CHOICES_MAX = 100
_EXCERPT_MAX = 160


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a list can be narrowed by."""

    services: Sequence[str]
    classes: Sequence[CausalClass]


def find_modal(wanted: Wanted, page: Page, choices: Choices, remark: str = "") -> View:
    """The window; `remark` says what could not be looked through."""
    blocks = [
        *_inputs(wanted, choices),
        divider(),
        context(escape(_count(wanted, len(page.found), page.total, remark))),
        *(_hit(each, terms(wanted.words)) for each in page.found),
        *_pages(wanted, page.total),
    ]
    return modal(
        "Postmortems",
        blocks,
        callback_id=FIND,
        submit="Search",
        close="Close",
        metadata=json.dumps(asdict(wanted), ensure_ascii=False),
    )


def _inputs(wanted: Wanted, choices: Choices) -> list[Block]:
    words = text_element(wanted.words, most=QUERY_MAX, placeholder="connection pool")
    return [
        field_input("words", "Words", words, hint="All of them, in any part.", optional=True),
        *_service_input(wanted, choices.services),
        *_class_input(wanted, choices.classes),
        field_input(
            "which",
            "Only those",
            checkboxes_element(
                [option(_ONLY_OPEN, "with open action items")],
                [_ONLY_OPEN] if wanted.only_open else [],
            ),
            optional=True,
        ),
    ]


def _service_input(wanted: Wanted, services: Sequence[str]) -> list[Block]:
    offered = [option(each, each) for each in services[:_CHOICES_MAX]]
    if not offered:
        return []
    chosen = next((each for each in services if each.lower() == wanted.service.lower()), None)
    element = select_element(offered, chosen, "Every service")
    return [field_input("service", "Service", element, optional=True)]


def _class_input(wanted: Wanted, classes: Sequence[CausalClass]) -> list[Block]:
    offered = [option(str(each.id), each.name) for each in classes[:_CHOICES_MAX]]
    if not offered:
        return []
    chosen = None if wanted.class_id is None else str(wanted.class_id)
    element = select_element(offered, chosen, "Every causal class")
    return [field_input("class", "Causal class", element, optional=True)]


def _count(wanted: Wanted, here: int, total: int, remark: str) -> str:
    if not total:
        said = "Nothing was found. Take a word or a filter away and press Search"
    elif total == here:
        said = f"{total} postmortem{'' if total == 1 else 's'}, the newest first"
    else:
        said = f"{wanted.offset + 1} to {wanted.offset + here} of {total}, the newest first"
    return f"{said}. {remark}" if remark else said


def _hit(hit: Found, looked_for: list[str]) -> Block:
    title = bold(f"PM-{hit.number} · {shown(one_line(hit.title), 300)}")
    facts = [
        moment(hit.started_at, "date"),
        shown(one_line(hit.service), 120),
        f"{hit.severity}, tier {hit.tier}",
        *(["private"] if hit.is_private else []),
        *([f"{hit.open_items} open"] if hit.open_items else []),
    ]
    found = excerpt(_further(hit), looked_for, _EXCERPT_MAX)
    lines = [title, " · ".join(facts), *([f">{escape(found)}"] if found else [])]
    open_it = button("Open", OPEN_FOUND, str(hit.id), spoken=f"Open PM-{hit.number}")
    return section("\n".join(lines), open_it)


def _further(hit: Found) -> str:
    """The words of a hit without those that its first two lines say already."""
    words = hit.words
    for said in (f"PM-{hit.number}", hit.title, hit.service):
        words = words.removeprefix(f"{said}\n")
    return words


def _pages(wanted: Wanted, total: int) -> list[Block]:
    back = [button("Newer", f"{TURN_PAGE}.-1", "-1")] if wanted.page else []
    more = [button("Older", f"{TURN_PAGE}.1", "1")] if wanted.offset + PAGE < total else []
    return [actions([*back, *more])] if back or more else []


def wanted_in(view: View) -> Wanted:
    """What the window shows."""
    kept: dict[str, Any] = json.loads(view["private_metadata"])
    return Wanted(**kept)


def read_find(view: View) -> Wanted:
    """What somebody looks for next; its first page."""
    typed = values(view)
    chosen = typed.get("class")
    return Wanted(
        words=typed.get("words", "").strip(),
        service=typed.get("service") or "",
        class_id=int(chosen) if chosen else None,
        only_open=_ONLY_OPEN in (typed.get("which") or []),
    )
