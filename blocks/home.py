"""App Home: what somebody answers for, with the ways to decide it."""

from collections.abc import Sequence

from blocks.digest_lines import as_told, has_left, on_its_way, title
from blocks.digests import head_of, needs
from blocks.item_buttons import decision_button, open_button
from blocks.parts import Block, View, actions, context, header, section
from blocks.text import day, mention
from domain.action_items import ItemState
from domain.decisions import Decision
from domain.digests import Digest, KeptItem

#: What needs an answer or a decision takes two blocks, and each group a heading; a Home has a
#: hundred (docs.slack.dev/surfaces/app-home).
ASKED_MOST = 5
NEEDS_MOST = 25
LATER_MOST = 24

_NOTHING = (
    "You own no open action item. Once you do, it stands here until you decide it. "
    "`/postmortem items` shows everybody's."
)


def home_view(said: Digest, later: Sequence[KeptItem], asked: Sequence[KeptItem] = ()) -> View:
    """The tab as things stand: what the reader is asked first, what needs them, then what will."""
    blocks = [header("Your action items"), *_asked(said, asked), *_body(said, later)]
    return {"type": "home", "blocks": blocks}


def _asked(said: Digest, asked: Sequence[KeptItem]) -> list[Block]:
    if not asked:
        return []
    shown = [block for each in asked[:ASKED_MOST] for block in _question(said, each)]
    more = len(asked) - ASKED_MOST
    rest = f"… and {more} more: the messages that asked you have their buttons."
    heading = section(":raising_hand: *Waiting for your answer*")
    return [heading, *shown, *([context(rest)] if more > 0 else [])]


def _question(said: Digest, kept: KeptItem) -> list[Block]:
    """An item that somebody else answers for until the reader takes it on."""
    item, which = kept.item, kept.item.id or 0
    by = f"{mention(item.proposed_by)} asks you" if item.proposed_by else "you were asked"
    facts = f"{by} to take it on · due {day(item.due_on)} · {mention(item.owner)} owns it now"
    buttons = [
        decision_button(Decision.TAKE, which, kept.key),
        decision_button(Decision.DECLINE, which, kept.key),
        open_button(which, kept.key),
    ]
    return [section(f"{title(kept, said)}\n{facts}"), actions(buttons)]


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
    facts = [*has_left(kept, said), when, *on_its_way(as_told(kept, said).item)]
    words = f"{title(kept, said)}\n{' · '.join(facts)}"
    return section(words, open_button(item.id or 0, kept.key))
