"""Behind each number: the buttons and lists that lead to what it was counted from.

What is asked stands in the value itself, for a number in a message is traced long after it was
counted. Slack takes fewer letters for the value of a choice in a list than for a button's: there
only that is said which differs from what all choices share, which stands in the list's block id.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from blocks.inputs import option, select_element
from blocks.parts import Block, actions, button
from domain.behind import Asked, Which
from domain.postmortems import Tier
from domain.windows import Scope, Window

#: `behind.` and what tells a button or list apart from the others; a button's value is what is
#: asked, and of a list the value of what was chosen, with its block id.
BEHIND = "behind"
#: docs.slack.dev/reference/block-kit/composition-objects/option-object, and of one list of them.
_VALUE_MAX, _CHOICES_MAX = 150, 100
_LABEL_MAX = 75
_MARK = ","


@dataclass(frozen=True, kw_only=True)
class Trace:
    """A number by the words it is chosen by, and what is asked to see behind it."""

    words: str
    asked: Asked


def trace_button(text: str, asked: Asked, action_id: str = "") -> Block:
    """The button that opens what is behind a number; `text` is the number, or names it.

    Without an `action_id` it goes by what is asked, which tells it apart from those for others.
    """
    value = trace_value(asked)
    spoken = f"What is behind: {text}"
    return button(text, action_id or f"{BEHIND}.{value}", value, spoken=spoken)


def trace_buttons(traces: Sequence[Trace]) -> list[Block]:
    """A row of them; none where there is nothing to trace."""
    return [actions([trace_button(each.words, each.asked) for each in traces])] if traces else []


def trace_list(name: str, placeholder: str, traces: Sequence[Trace]) -> list[Block]:
    """A list of numbers to choose one from; `name` tells it apart from others beside it."""
    if not traces:
        return []
    shared = _shared([_fields(each.asked) for each in traces])
    options = [
        option(value, each.words)
        for each in traces
        if len(value := _told(each.asked, shared)) <= _VALUE_MAX
    ]
    element = select_element(options[:_CHOICES_MAX], None, placeholder)
    row = actions([element | {"action_id": f"{BEHIND}.{name}"}])
    return [row | {"block_id": f"{name}{_MARK}{_MARK.join(shared)}"}]


def trace_value(asked: Asked) -> str:
    """What is asked, in few letters."""
    return _MARK.join(_fields(asked))


def read_trace(value: str) -> Asked:
    """What a button's value asks; ValueError where it asks nothing."""
    parts = value.split(_MARK, _FIELDS - 1)
    if len(parts) < _FIELDS:
        raise ValueError(value)
    which, since, until, zone, class_id, tier, channel, age, moves, event, service = parts
    return Asked(
        which=Which(which),
        window=Window(since=_instant(since), until=_instant(until), zone=_zone(zone)),
        scope=Scope(
            service=service,
            class_id=_number(class_id),
            tier=Tier(int(tier)) if tier else None,
            channel=channel,
        ),
        age=_number(age),
        moves=_number(moves),
        event=event,
    )


def read_choice(block_id: str, value: str) -> Asked:
    """What was chosen in a list with this block id; ValueError where it asks nothing."""
    shared = block_id.partition(_MARK)[2].split(_MARK, _FIELDS - 1)
    own = value.split(_MARK, _FIELDS - 1)
    if len(own) != len(shared):
        raise ValueError(value)
    return read_trace(_MARK.join(each or base for each, base in zip(own, shared, strict=True)))


#: So many parts a value has; the service is the last, for it may hold the mark itself.
_FIELDS = 11


def _fields(asked: Asked) -> list[str]:
    window, scope = asked.window, asked.scope
    return [
        asked.which.value,
        _micros(window.since),
        _micros(window.until),
        window.zone.key,
        _text(scope.class_id),
        _text(scope.tier and int(scope.tier)),
        scope.channel,
        _text(asked.age),
        _text(asked.moves),
        asked.event,
        scope.service,
    ]


def _shared(every: Sequence[Sequence[str]]) -> list[str]:
    """What the choices share: the first one's, of what each of them says something.

    An empty part of a choice stands for what is shared, so it cannot say that it has none.
    """
    return [parts[0] if all(parts) else "" for parts in zip(*every, strict=True)]


def _told(asked: Asked, base: Sequence[str]) -> str:
    """Only what differs from the base."""
    pairs = zip(_fields(asked), base, strict=True)
    return _MARK.join("" if own == shared else own for own, shared in pairs)


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _number(text: str) -> int | None:
    return int(text) if text else None


def _micros(at: datetime) -> str:
    """Whole microseconds: of two that began in one second, one may lie in the window."""
    return str(int(at.replace(microsecond=0).timestamp()) * 1_000_000 + at.microsecond)


def _zone(key: str) -> ZoneInfo:
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, OSError) as unknown:  # OSError: a folder of zones, as Europe
        raise ValueError(key) from unknown


def _instant(micros: str) -> datetime:
    seconds, rest = divmod(int(micros), 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)
