"""What is behind a number, in words: above the list of it."""

from blocks.text import bold, channel_link, day, escape, one_line, shown
from domain.behind import OF_ITEMS, OF_OLD, Asked, Behind, Which
from domain.headlines import age, amount, moves
from domain.report import last_day, last_whole_day

_NAME_MAX = 120

_INCIDENTS = {
    Which.INCIDENTS: "",
    Which.TAGGED: "with a causal class",
    Which.UNTAGGED: "without a causal class",
    Which.REPEATS: "that repeated a known class",
    Which.OLD: "with a causal class, older than six months",
    Which.RECURRED: "older than six months, with a class that came again within six months",
    Which.OLD_UNTAGGED: "without a causal class, older than six months",
    Which.DETECTED: "with a time to detect",
    Which.NOT_DETECTED: "without a time to detect",
    Which.RECOVERED: "with a time to recover",
    Which.NOT_RECOVERED: "without a time to recover",
    Which.P1: "of severity P1",
    Which.P2: "of severity P2",
    Which.P3: "of severity P3",
}
_ITEMS = {
    Which.DUE: "due",
    Which.BY_DATE: "due, and implemented by the original date",
    Which.LATER: "due, and implemented later",
    Which.CANCELLED: "due, and cancelled",
    Which.ACCEPTED: "due, and accepted as a risk",
    Which.PROMOTED: "due, and promoted to a project",
    Which.WAITS: "due, and still open",
}


def heading(asked: Asked, behind: Behind, class_name: str) -> str:
    """How many there are of what, when, and of which part of the programme."""
    count = bold(escape(_counted(asked, behind.public + behind.private)))
    scope = _scope(asked, class_name)
    return f"{count}\n{_when(asked)}{scope}."


def _counted(asked: Asked, number: int) -> str:
    if asked.which in OF_ITEMS:
        return _items_counted(asked, number)
    words = _INCIDENTS[asked.which]
    return f"{amount(number, 'incident')} {words}".rstrip()


def _items_counted(asked: Asked, number: int) -> str:
    if asked.which is Which.DECIDED:
        return f"{amount(number, 'decision')}: {asked.event}" if asked.event else f"{number} in all"
    if asked.which is not Which.OPEN:
        return f"{amount(number, 'action item')} {_ITEMS[asked.which]}"
    more = [
        *([age(asked.age)] if asked.age is not None else []),
        *([moves(asked.moves)] if asked.moves is not None else []),
    ]
    return ", ".join([f"{amount(number, 'open action item')}", *more])


def _when(asked: Asked) -> str:
    window = asked.window
    end = day(last_whole_day(window) if asked.which in _ITEMS else last_day(window))
    if asked.which is Which.OPEN:
        return "As things stand now"
    if asked.which in OF_OLD:
        return f"As of {end}"
    return f"From {day(window.first_day)} to {end}"


def _scope(asked: Asked, class_name: str) -> str:
    scope = asked.scope
    said = [
        *([f"of {shown(one_line(scope.service), _NAME_MAX)}"] if scope.service else []),
        *([f"of {shown(one_line(class_name), _NAME_MAX)}"] if class_name else []),
        *([f"of tier {scope.tier}"] if scope.tier else []),
        *([f"of the team in {channel_link(scope.channel)}"] if scope.channel else []),
    ]
    return "".join(f", {each}" for each in said)
