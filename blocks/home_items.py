"""The action items of a Home: what needs its reader, with the ways to decide it, and the rest."""

from collections.abc import Sequence

from blocks.digest_lines import as_told, has_left, on_its_way, title
from blocks.digests import head_of, needs
from blocks.item_buttons import open_button
from blocks.parts import Block, context, header, section
from blocks.text import day
from blocks.tickets import TROUBLE_SHORT, ticket_words
from domain.action_items import ItemState
from domain.digests import Digest, KeptItem
from domain.home import Home

#: However much room there is, nobody reads more than so many.
NEEDS_MOST = 25
LATER_MOST = 24
#: Where much needs somebody, so much of what comes later is named all the same.
LATER_LEAST = 4
#: The title, what is said at once, how many more there are of either, and the heading of the later.
_FRAME = 5
#: What needs somebody has a line and a row of buttons.
_BLOCKS_OF_A_NEED = 2

_NOTHING = (
    "You own no open action item. Once you do, it stands here until you decide it. "
    "`/postmortem items` shows everybody's."
)


def item_blocks(said: Home, room: int) -> list[Block]:
    """As much of what the reader owns as so many blocks hold, the most pressing first."""
    mine, later = said.mine, said.later
    blocks = [header("Your action items")]
    if not mine.wanting and not later:
        return [*blocks, section(_NOTHING)]
    most_needs, most_later = _shares(mine, later, room)
    head = head_of(mine) if mine.wanting else "Nothing needs you today."
    more = len(later) - most_later
    return [
        *blocks,
        section(f"*{head}*"),
        *needs(mine, most_needs),
        *([section(":calendar: *Later*")] if later else []),
        *(_later(mine, each) for each in later[:most_later]),
        *([context(f"… and {more} more: `/postmortem items` shows them all.")] if more > 0 else []),
    ]


def _shares(mine: Digest, later: Sequence[KeptItem], room: int) -> tuple[int, int]:
    """How many of what needs somebody are shown, and how many of what comes later."""
    free = room - _FRAME
    left = free - min(len(later), LATER_LEAST)
    most = range(min(len(mine.wanting), NEEDS_MOST), -1, -1)
    needing = next((each for each in most if _weight(mine, each) <= left), 0)
    return needing, min(LATER_MOST, free - _weight(mine, needing))


def _weight(mine: Digest, needing: int) -> int:
    """How many blocks the first so many take, with the headings above them."""
    headings = {each.need for each in mine.wanting[:needing]}
    return _BLOCKS_OF_A_NEED * needing + len(headings)


def _later(said: Digest, kept: KeptItem) -> Block:
    item = kept.item
    if item.state is ItemState.IMPLEMENTED and item.soaks_until:
        when = f"implemented; I ask for the evidence on {day(item.soaks_until)}"
    else:
        when = f"due {day(item.due_on)}"
    known = as_told(kept, said).item
    its_ticket = ticket_words(known, TROUBLE_SHORT)
    facts = [*has_left(kept, said), when, *on_its_way(known), *its_ticket]
    words = f"{title(kept, said)}\n{' · '.join(facts)}"
    return section(words, open_button(item.id or 0, kept.key))
