"""Causal classes: the input that tags an incident with them, and what they did before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from blocks.inputs import choices_element, field_input, option
from blocks.parts import Block, section
from blocks.text import bold, one_line, shorten, shown
from domain.causal_classes import CLASSES_MAX, NAME_MAX, CausalClass, Earlier
from domain.class_suggestions import Suggestion
from domain.postmortems import Postmortem

CLASSES = "classes"
#: What Slack lets a list offer; a taxonomy of so many classes tells nobody anything.
_OFFERED_MAX = 100
_PHRASE_MAX = 60
_EARLIER_SHOWN = 4
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What the form offers: the taxonomy, what the incident has, else what its words suggest."""

    taxonomy: Sequence[CausalClass] = ()
    chosen: Sequence[CausalClass] = ()
    suggested: Sequence[Suggestion] = ()
    earlier: Sequence[Earlier] = ()


def classes_input(choice: Choice) -> list[Block]:
    """The list of classes, up to three of them chosen; nothing where there are none to choose.

    A retired class is offered where the incident has it.
    """
    gone = [each for each in choice.chosen if each not in choice.taxonomy]
    offered = [*gone, *choice.taxonomy][:_OFFERED_MAX]
    if not offered:
        return []
    found = _by_class(choice.earlier)
    options = [
        option(str(each.id), one_line(each.name), _before(found.get(each.id, ())))
        for each in offered
    ]
    preset = [each.id for each in choice.chosen] or [each.class_id for each in choice.suggested]
    element = choices_element(options, [*map(str, preset)], "Choose one to three", CLASSES_MAX)
    return [field_input(CLASSES, "Causal classes", element, hint=_hint(choice), optional=True)]


def _before(earlier: Sequence[Earlier]) -> str:
    """What a class did in the six months before, in a few words."""
    if not earlier:
        return ""
    incidents = "1 incident" if len(earlier) == 1 else f"{len(earlier)} incidents"
    return f"{incidents} in six months, {_open_items(earlier) or 'no items open'}"


def _open_items(earlier: Sequence[Earlier]) -> str:
    open_items = sum(each.open_items for each in earlier)
    if not open_items:
        return ""
    return "1 item open" if open_items == 1 else f"{open_items} items open"


def _hint(choice: Choice) -> str:
    if choice.chosen or not choice.suggested:
        return "What kind of failure was it? One to three, so that the next one finds this one."
    phrases = dict.fromkeys(shorten(each.phrase, _PHRASE_MAX) for each in choice.suggested)
    quotes = " and ".join(f"“{phrase}”" for phrase in phrases)
    return f"Suggested from {quotes}. Change it if it is wrong."


def read_classes(typed: Mapping[str, Any]) -> tuple[int, ...] | None:
    """The ids that were chosen; None where the form had nothing to choose from."""
    chosen = typed.get(CLASSES)
    return None if chosen is None else tuple(int(each) for each in chosen if each.isdecimal())


def classes_blocks(
    postmortem: Postmortem, classes: Sequence[CausalClass], earlier: Sequence[Earlier]
) -> list[Block]:
    """The classes on the card, each with the incidents of it in the six months before."""
    if not classes:
        return []
    found = _by_class(earlier, before=postmortem.facts.started_at)
    lines = [_line(each, found.get(each.id, ())) for each in classes[:CLASSES_MAX]]
    return [
        section("\n".join(["*Causal class*" if len(lines) == 1 else "*Causal classes*", *lines]))
    ]


def _by_class(
    earlier: Sequence[Earlier], before: datetime | None = None
) -> Mapping[int, list[Earlier]]:
    """The incidents of each class, oldest first."""
    found: dict[int, list[Earlier]] = {}
    for each in sorted(earlier, key=lambda each: (each.started_at, each.postmortem_id)):
        if before is None or each.started_at < before:
            found.setdefault(each.class_id, []).append(each)
    return found


def _line(causal_class: CausalClass, earlier: Sequence[Earlier]) -> str:
    name = bold(shown(one_line(causal_class.name), NAME_MAX * 5))
    said = [name, f"{_ordinal(len(earlier) + 1)} in six months{_which(earlier)}"]
    return " · ".join([*said, *filter(None, [_open_items(earlier)])])


def _ordinal(number: int) -> str:
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ends.get(number % 10, 'th')}"


def _which(earlier: Sequence[Earlier]) -> str:
    hidden = len(earlier) - _EARLIER_SHOWN
    newest = earlier[max(hidden, 0) :]
    named = [f"PM-{each.number} ({each.started_at.day} {each.started_at:%b})" for each in newest]
    more = [f"{hidden} before these"] if hidden > 0 else []
    return f": {', '.join([*named, *more])}" if named else ""
