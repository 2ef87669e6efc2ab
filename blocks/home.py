"""App Home: what somebody answers for, with the ways to decide it."""

from collections.abc import Sequence

from blocks.digest_lines import has_left, title
from blocks.digests import head_of, needs
from blocks.item_buttons import open_button
from blocks.parts import Block, View, context, header, section
from blocks.text import day
from domain.action_items import ItemState
from domain.digests import Digest, KeptItem

#: Each takes two blocks and its group a heading; a Home has a hundred
#: (docs.slack.dev/surfaces/app-home).
NEEDS_MOST = 25
LATER_MOST = 30

_NOTHING = (
    "You own no open action item. Once you do, it stands here until you decide it. "
    "`/postmortem items` shows everybody's."
)


def home_view(said: Digest, later: Sequence[KeptItem]) -> View:
    """The tab as things stand: what needs the reader first, then what will."""
    return {"type": "home", "blocks": [header("Your action items"), *_body(said, later)]}


def _body(said: Digest, later: Sequence[KeptItem]) -> list[Block]:
    if not said.wanting and not later:
        return [section(_NOTHING)]
    head = head_of(said) if said.wanting else "Nothing needs you today."
    more = len(later) - LATER_MOST
    return [
        section(f"*{head}*"),
        *needs(said, NEEDS_MOST),
        *([section(":calendar: *Later*")] if later else []),
        *(_later(said, each) for each in later[:LATER_MOST]),
        *([context(f"… and {more} more: `/postmortem items` shows them all.")] if more > 0 else []),
    ]


def _later(said: Digest, kept: KeptItem) -> Block:
    item = kept.item
    if item.state is ItemState.IMPLEMENTED and item.soaks_until:
        when = f"implemented; I ask for the evidence on {day(item.soaks_until)}"
    else:
        when = f"due {day(item.due_on)}"
    words = f"{title(kept, said)}\n{' · '.join([*has_left(kept, said), when])}"
    return section(words, open_button(item.id or 0, kept.key))
