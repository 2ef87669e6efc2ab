"""Inherited lines on a card: how many an old document left, and what became of them."""

from collections import Counter
from collections.abc import Sequence

from blocks.parts import Block, section
from blocks.room import ROOMY, Room
from blocks.text import mention, one_line, shown
from domain.inherited import InheritedLine, LineState

_SHOWN = 3


def inherited_blocks(lines: Sequence[InheritedLine], room: Room = ROOMY) -> list[Block]:
    """The first lines, undecided ones before others, and how many there are of each.

    Nothing where none was inherited.
    """
    if not lines:
        return []
    waiting = [line for line in lines if line.state is LineState.UNDECIDED]
    decided = [line for line in lines if line.state is not LineState.UNDECIDED]
    number_of = Counter(line.state for line in decided)
    counts = [
        *([f"{len(waiting)} to be decided at the next monthly review"] if waiting else []),
        *(f"{number} {state}" for state, number in number_of.items()),
    ]
    said = [f"*Inherited lines* · {', '.join(counts)}"]
    said += [f"•  {_in_words(line, room)}" for line in [*waiting, *decided][:_SHOWN]]
    hidden = len(lines) - _SHOWN
    return [section("\n".join([*said, *([f"_… and {hidden} more_"] if hidden > 0 else [])]))]


def _in_words(line: InheritedLine, room: Room) -> str:
    text = shown(one_line(line.text), room.line)
    if line.state is LineState.UNDECIDED:
        return text
    return f"{text} · {became(line, room.reason // 2)}"


def became(line: InheritedLine, most: int) -> str:
    """What became of a line: as which item it was adopted, or why not, and who decided so."""
    reason = shown(one_line(line.reason), most)
    who = f" by {mention(line.decided_by)}" if line.decided_by else ""
    if line.state is LineState.ADOPTED:
        return f"{line.state}{f' as *{reason}*' if reason else ''}{who}"
    return f"{line.state}{who}{f': {reason}' if reason else ''}"
