"""What is said when somebody leaves who answers for something: to the lead, or to whoever is here.

Words of a private item are for its channel alone; elsewhere it goes by its key.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from blocks.item_buttons import decision_button, open_button
from blocks.item_words import asked_words, state_words
from blocks.parts import Block, Message, actions, context, section
from blocks.risk_buttons import risk_buttons
from blocks.text import day, mention, one_line, shown
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem
from domain.decisions import Decision

#: Two blocks each; a message has fifty at most (docs.slack.dev/reference/block-kit/blocks).
MOST_SHOWN = 20
WORDS_MAX = 200


@dataclass(frozen=True, kw_only=True)
class Held:
    """Something somebody answers for; `postmortem` is the key of where it stands."""

    postmortem: str
    is_private: bool
    what: ActionItem | AcceptedRisk

    @property
    def key(self) -> str:
        """What people call it."""
        if isinstance(self.what, ActionItem):
            return f"{self.postmortem}/{self.what.position}"
        return self.postmortem


@dataclass(frozen=True, kw_only=True)
class Orphans:
    """All that somebody who left answers for still; `is_back` where they came back."""

    person: str
    held: Sequence[Held]
    is_back: bool = False


def orphans_message(orphans: Orphans) -> Message:
    """Ask the programme lead who sees to what somebody left behind (rule 16)."""
    who = mention(orphans.person)
    if not orphans.held:
        said = f"Everything that {who} owned is handed over. Thank you."
        return {"text": said, "blocks": [section(f":white_check_mark: {said}")]}
    number = _number(orphans.held)
    if orphans.is_back:
        said = f"{who} is back and owns {number} as before. Nothing needs to be handed over."
        return {"text": said, "blocks": [section(said)]}
    said = f"{who} has left and answers for {number}. Who sees to them now?"
    rest = len(orphans.held) - MOST_SHOWN
    more = [context(f"… and {rest} more, once these are handed over.")] if rest > 0 else []
    shown_ = [block for each in orphans.held[:MOST_SHOWN] for block in _held(each)]
    return {"text": said, "blocks": [section(said), *shown_, *more]}


def _number(held: Sequence[Held]) -> str:
    items = sum(isinstance(each.what, ActionItem) for each in held)
    risks = len(held) - items
    counted = [
        f"{items} action item{'' if items == 1 else 's'}" if items else "",
        f"{risks} accepted risk{'' if risks == 1 else 's'}" if risks else "",
    ]
    return " and ".join(filter(None, counted))


def _held(held: Held) -> Iterator[Block]:
    what = held.what
    if isinstance(what, ActionItem):
        yield section(_item_line(held, what))
        hand = decision_button(Decision.REASSIGN, what.id or 0, held.key)
        yield actions([hand, open_button(what.id or 0, held.key)])
    else:
        words = "a private risk" if held.is_private else shown(one_line(what.risk), WORDS_MAX)
        yield section(f"*{held.key}* accepted risk: {words} · until {day(what.until)}")
        yield actions(risk_buttons(what, held.key))


def _item_line(held: Held, item: ActionItem) -> str:
    words = "a private item" if held.is_private else shown(one_line(item.what), WORDS_MAX)
    due = [f"due {day(item.due_on)}"] if item.is_open else []
    return " · ".join([f"*{held.key}* {words}", *state_words(item), *due, *asked_words(item)])


def passed_on_message(orphans: Orphans, lead: str) -> Message:
    """Say to whoever led the programme before that somebody else sees to it now."""
    it = "it" if len(orphans.held) == 1 else "them"
    said = (
        f"{mention(orphans.person)} has left and answers for {_number(orphans.held)}. "
        f"{mention(lead)} leads the programme now and sees to {it}."
    )
    return {"text": said, "blocks": [section(said)]}


def stand_in_message(orphans: Orphans, lead: str = "") -> Message:
    """Ask whoever is in the incident's channel to see to what somebody left behind there.

    Once there is a `lead`, they see to it.
    """
    who = mention(orphans.person)
    if not orphans.held or orphans.is_back:
        said = f"What {who} owned here is seen to again."
        return {"text": said, "blocks": [section(said)]}
    keys = ", ".join(dict.fromkeys(each.key for each in orphans.held))
    if lead:
        said = f"{who} has left and answers for {keys}. {mention(lead)} hands it over."
        return {"text": said, "blocks": [section(said)]}
    said = (
        f"{who} has left and answers for {keys}. Nobody leads the programme, so whoever is here "
        "may hand it to somebody else."
    )
    advice = "A programme lead hears of such things: name one under `/postmortem settings`."
    mine = [block for each in orphans.held for block in _held(each)]
    return {"text": said, "blocks": [section(said), *mine, context(advice)]}


def no_lead_message(left: str, waiting: int) -> Message:
    """Say that nobody leads the programme; `left` is who did, if anybody."""
    begins = f"{mention(left)}, who led the programme, has left." if left else ""
    number = f"{waiting} action item{' waits' if waiting == 1 else 's wait'}"
    waits = f" {number} for a new owner, and nobody is told." if waiting else ""
    said = (
        f"{begins or 'Nobody leads the programme.'}{waits} Name a programme lead under "
        "`/postmortem settings`: anybody may do so now."
    )
    return {"text": said, "blocks": [section(said)]}


def led_again_message(lead: str) -> Message:
    """Say who leads the programme now."""
    said = f"{mention(lead)} leads the programme now."
    return {"text": said, "blocks": [section(f":white_check_mark: {said}")]}
