"""What became of the items of a postmortem, weeks later: a line each, and what to do now."""

from collections.abc import Sequence

from blocks.item_buttons import open_button
from blocks.item_words import due_words, key_of, linked, progress_words, state_words, times
from blocks.parts import Block, Message, context, header, section
from blocks.text import day, escape, mention, one_line, shown
from blocks.tickets import TROUBLE_SHORT, ticket_words
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ItemState
from domain.follow_ups import LookBack, LookedAt, Standing

_TITLE_MAX, _WHAT_MAX, _WHY_MAX, _NOTE_MAX = 300, 150, 300, 120
_RISKS_SHOWN = 5
_KEYS_SHOWN = 5

#: In the order in which they are counted in the first sentence.
_COUNTED = {
    Standing.DONE: "verified",
    Standing.UNPROVEN: "implemented",
    Standing.LET_GO: "decided otherwise",
    Standing.OPEN: "open",
    Standing.OVERDUE: "overdue",
    Standing.IN_VAIN: "ineffective",
}
_ASKED = (
    "*What to do now:* press Open and say how far it is, move it with a reason, or decide that it "
    "is not done. An item that nobody will do is better cancelled or accepted as a risk than left."
)
_WAITING = "*What to do now:* nothing. Its owner is asked for the evidence once it has soaked."
_OVER = "*What to do now:* nothing. Everything that was promised here is decided."
_AGAIN = (
    "*What to do now:* it came back, so look at what was done about it: does it answer the cause? "
    "If not, press Open and reopen it, or add an item where it happened last."
)


def follow_up_message(look: LookBack) -> Message:
    """What became of each item, the risks, whether it happened again, and what to do."""
    title = shown(one_line(look.postmortem.facts.title), _TITLE_MAX)
    key = look.postmortem.key
    if look.is_empty:
        return _nothing(look, title)
    return {
        "text": f"Looking back at {key}, {title}: {_counted(look)}.",
        "blocks": [
            header(f"Looking back at {key} · {one_line(look.postmortem.facts.title)}"),
            section(f"What became of it: {_counted(look)}."),
            *(_item(look, each) for each in look.items),
            *_risks(look),
            section("\n".join([_repeats(look), _what_to_do(look)])),
            context(
                f"Published {day(look.published_on)}, looked back at {day(look.today)}. This "
                "message stays as it is: Open shows how an item stands now."
            ),
        ],
    }


def _nothing(look: LookBack, title: str) -> Message:
    words = (
        f"*Looking back at {look.postmortem.key}:* {title}\nIt was published on "
        f"{day(look.published_on)}; it has no action item, and no accepted risk stands. Is that "
        f"still right? If not, run `/postmortem` here and add one.\n{_repeats(look)}"
    )
    text = f"Looking back at {look.postmortem.key}: it has no items. Is that still right?"
    return {"text": text, "blocks": [section(words)]}


def _counted(look: LookBack) -> str:
    """`1 of 3 items is verified, 2 are overdue`; of no items that there are none."""
    if not look.items:
        return "no action item was written"
    parts = [
        f"{look.number(each)} {words}" for each, words in _COUNTED.items() if look.number(each)
    ]
    number = len(look.items)
    return f"{number} action item{'' if number == 1 else 's'}: {', '.join(parts)}"


def _item(look: LookBack, looked_at: LookedAt) -> Block:
    item, key = looked_at.item, key_of(look.postmortem, looked_at.item)
    words = [
        f"*{key}* {shown(one_line(item.what), _WHAT_MAX)}",
        _owner(look, looked_at),
        *_became(look, looked_at),
        *ticket_words(item, TROUBLE_SHORT),
    ]
    return section(f"•  {' · '.join(words)}", open_button(item.id or 0, key))


def _owner(look: LookBack, looked_at: LookedAt) -> str:
    """Its owner, called where they have something to do, and only named where they have not."""
    owner = looked_at.item.owner
    return mention(owner) if looked_at.wants_somebody(look.today) else _named(look, owner)


def _named(look: LookBack, person: str) -> str:
    return escape(look.names[person]) if look.names.get(person) else mention(person)


def _became(look: LookBack, looked_at: LookedAt) -> list[str]:
    item = looked_at.item
    match item.state:
        case ItemState.OPEN:
            begun = progress_words(item, _NOTE_MAX) or ["not started"]
            return [*state_words(item), *due_words(item, look.today), *begun]
        case ItemState.IMPLEMENTED:
            said = [_because(state_words(item)[0], item.shipped), _soak(look, looked_at)]
        case ItemState.VERIFIED:
            said = [_because(state_words(item)[0], item.evidence)]
        case ItemState.ACCEPTED:
            said = [_because(_accepted(look, looked_at), looked_at.why)]
        case _:
            said = [_because(state_words(item)[0], looked_at.why)]
    seen = [linked(item.link)] if item.link else []
    moved = [f"moved {times(item.reschedules)}"] if item.reschedules else []
    return [*said, *moved, *seen]


def _because(state: str, words: str) -> str:
    return f"{state}: {shown(one_line(words), _WHY_MAX)}" if words.strip() else state


def _soak(look: LookBack, looked_at: LookedAt) -> str:
    until = looked_at.item.soaks_until
    if until is None or looked_at.wants_somebody(look.today):
        return "what shows that it works?"
    return f"soaks until {day(until)}"


def _accepted(look: LookBack, looked_at: LookedAt) -> str:
    [state] = state_words(looked_at.item)
    return f"{state} {_until(look, looked_at.risk)}" if looked_at.risk else state


def _until(look: LookBack, risk: AcceptedRisk) -> str:
    if risk.ended_on is not None:
        by = _named(look, risk.accepter)
        return f"by {by}, no risk any more since {day(risk.ended_on)}"
    if risk.until > look.today:
        return f"by {_named(look, risk.accepter)} until {day(risk.until)}"
    return f"by {mention(risk.accepter)} until {day(risk.until)}, *which has come*"


def _risks(look: LookBack) -> list[Block]:
    if not look.risks:
        return []
    lines = [
        f"•  {shown(one_line(each.risk), _WHAT_MAX)} · accepted {_until(look, each)}"
        for each in look.risks[:_RISKS_SHOWN]
    ]
    more = len(look.risks) - _RISKS_SHOWN
    rest = [f"_… and {more} more on the card_"] if more > 0 else []
    return [section("\n".join(["*Accepted risks*", *lines, *rest]))]


def _repeats(look: LookBack) -> str:
    """Whether it happened again, as far as anybody can tell."""
    if not look.has_classes:
        return (
            "Whether it has happened again nobody can tell: it has no causal class. Press Edit "
            "beside the root cause on the card and choose one."
        )
    number = len(look.since)
    if not number:
        return "No incident of the same class has happened since."
    some = "One incident" if number == 1 else f"{number} incidents"
    return f":repeat: *{some} of the same class since:* {_keys(look.since)}."


def _keys(keys: Sequence[str]) -> str:
    more = len(keys) - _KEYS_SHOWN
    return ", ".join(keys[:_KEYS_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _what_to_do(look: LookBack) -> str:
    if any(each.wants_somebody(look.today) for each in look.items):
        return _ASKED
    if look.since:
        return _AGAIN
    return _WAITING if look.number(Standing.UNPROVEN) else _OVER
