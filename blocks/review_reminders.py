"""What is said of a monthly review that is not closed: to owners, the chair, the lead (rule 20)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from blocks.digest_lines import as_told, facts, title
from blocks.digests import needs
from blocks.item_buttons import open_button
from blocks.parts import Block, Message, actions, button, context, section
from blocks.review_buttons import CLOSE_REVIEW_OF_MONTH
from blocks.text import channel_link, day, mention
from domain.digests import Digest, KeptItem, Wanting
from domain.review_alerts import Decided, Owing, Stuck
from domain.reviews import Review

#: So many fit with all of their words and buttons into what Slack takes as one message.
SHOWN_MOST = 13
#: So many of what was decided are told.
DECIDED_MOST = 20
#: So many owners are named.
OWNERS_MOST = 10


def owing_message(said: Owing) -> Message:
    """What somebody still has to decide, or to close; a line for each that was decided since."""
    if said.review.closed_at is not None:
        head = f"The {_name(said.review)} is closed: nothing is asked of you any more."
        return _message(head, [*_decided(said)])
    digest = Digest(reader=said.reader, today=said.today, wanting=said.mine)
    return _message(
        _head(said),
        [context(_where(said.review)), *needs(digest, SHOWN_MOST), *_decided(said), *_chair(said)],
    )


def _message(head: str, blocks: Sequence[Block]) -> Message:
    return {"text": head, "blocks": [section(f"*{head}*"), *blocks]}


def _name(review: Review) -> str:
    return f"monthly review of {day(review.due_on)}"


def _head(said: Owing) -> str:
    name = _name(said.review)
    if number := len(said.mine):
        what = "1 item waits" if number == 1 else f"{number} items wait"
        return f"{what} for your decision: the {name} is not closed yet"
    if said.chairs:
        return f"The {name}, which you chair, is not closed yet"
    return f"Nothing of yours keeps the {name} open any more."


def _where(review: Review) -> str:
    since = f" since {day(review.started_at.date())}" if review.started_at else ""
    return (
        f"It has been under way in {channel_link(review.channel)}{since}, and cannot be closed "
        "while something expired or overdue is undecided."
    )


def _decided(said: Owing) -> list[Block]:
    lines = [_settled(each, said.reader) for each in said.decided]
    return [section("\n".join(lines))] if lines else []


def _settled(decided: Decided, reader: str) -> str:
    by = f" ({mention(decided.by)})" if decided.by not in {"", reader} else ""
    return f":white_check_mark: *{decided.key}* is decided{by}"


def _chair(said: Owing) -> list[Block]:
    """What whoever chairs it can do, beside deciding their own."""
    if not said.chairs:
        return []
    if said.others:
        return [
            section(
                f"You chair it. Others still have to decide: {_owners(said.others)}. Decide on "
                "their behalf, or press *Owner absent* on a card: then the programme lead must "
                "decide."
            )
        ]
    if said.mine:
        return []
    return [
        section("Nothing has to be decided any more: you can close it."),
        actions([_close(said.review)]),
    ]


def _owners(numbers: Mapping[str, int]) -> str:
    named = [f"{mention(who)} {count}" for who, count in [*numbers.items()][:OWNERS_MOST]]
    more = len(numbers) - OWNERS_MOST
    return ", ".join([*named, *([f"and {more} more people"] if more > 0 else [])])


def _close(review: Review) -> Block:
    spoken = f"Close the {_name(review)}"
    return button("Close the review", CLOSE_REVIEW_OF_MONTH, str(review.id), spoken=spoken)


def stuck_message(said: Stuck) -> Message:
    """What a review waits for that is not closed after so long, for the lead or the channel."""
    name = _name(said.review)
    if said.review.closed_at is not None:
        return _message(f"The {name} is closed.", [])
    waits = {0: "nothing has to be decided any more", 1: "1 item must still be decided"}
    what = waits.get(said.number, f"{said.number} items must still be decided")
    head = f"The {name} is not closed after {said.days} working days: {what}"
    return _message(head, [section(_answers(said)), *_items(said), actions([_close(said.review)])])


def _answers(said: Stuck) -> str:
    chair = f"{mention(said.review.facilitator)} chairs it in {channel_link(said.review.channel)}."
    if not said.lead:
        return (
            f"{chair} Nobody leads the programme: name a lead in `/postmortem settings`, who can "
            "decide on anybody's behalf."
        )
    if not said.number:
        return f"{chair} You can close it as well."
    return f"{chair} As programme lead you can decide on anybody's behalf, and close it."


def _items(said: Stuck) -> list[Block]:
    shown = [_item(said, each) for each in said.owed[:SHOWN_MOST]]
    hidden = said.number - len(shown)
    where = f"… and {hidden} more: the review's thread shows them all."
    return [*shown, *([context(where)] if hidden > 0 else [])]


def _item(said: Stuck, wanting: Wanting) -> Block:
    kept, reader = wanting.kept, Digest(reader=said.lead, today=said.today, wanting=())
    if not isinstance(kept, KeptItem):
        raise TypeError(kept)  # only items are expired or overdue
    told = replace(wanting, kept=as_told(kept, reader))
    # To its owner's own eyes, which is to say without words on why somebody else reads it.
    stands = facts(told, replace(reader, reader=kept.owner))
    words = f"{title(kept, reader)}\n{mention(kept.owner)} · {stands}"
    return section(words, open_button(kept.item.id or 0, kept.key))
