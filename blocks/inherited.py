"""Inherited lines on a card: how many an old document left, and what became of them."""

from collections import Counter
from collections.abc import Sequence

from blocks.parts import Block, section
from blocks.room import ROOMY, Room
from blocks.text import one_line, shown
from domain.inherited import InheritedLine, LineState

_SHOWN = 3


def inherited_blocks(lines: Sequence[InheritedLine], room: Room = ROOMY) -> list[Block]:
    """The first undecided lines and the count of the others; nothing where none was inherited."""
    if not lines:
        return []
    waiting = [line for line in lines if line.state is LineState.UNDECIDED]
    decided = Counter(line.state for line in lines if line.state is not LineState.UNDECIDED)
    counts = [
        *([f"{len(waiting)} to be decided at the next monthly review"] if waiting else []),
        *(f"{number} {state}" for state, number in decided.items()),
    ]
    said = [f"*Inherited lines* · {', '.join(counts)}"]
    said += [f"•  {shown(one_line(line.text), room.line)}" for line in waiting[:_SHOWN]]
    hidden = len(waiting) - _SHOWN
    return [section("\n".join([*said, *([f"_… and {hidden} more_"] if hidden > 0 else [])]))]
