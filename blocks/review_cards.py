"""The cards of a monthly review: one for everything on its table, with what decides it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date

from blocks.item_buttons import decision_button, open_button
from blocks.item_outcome import outcome_lines
from blocks.item_words import (
    asked_words,
    due_words,
    key_of,
    moved_words,
    priority_words,
    progress_words,
    state_words,
)
from blocks.parts import Block, actions, button, section
from blocks.review_buttons import OWNER_ABSENT
from blocks.review_lines import item_title
from blocks.review_parent import close_button, next_button
from blocks.risk_buttons import risk_buttons
from blocks.text import bold, channel_link, day, mention, one_line, shown
from blocks.tickets import ticket_lines
from domain.accepted_risks import REASON_MAX, RISK_MAX, AcceptedRisk
from domain.action_items import DONE_WHEN_MAX, NOTE_MAX, WHAT_MAX, ActionItem, ItemState
from domain.decisions import Decision
from domain.postmortems import Postmortem
from domain.reviews import Entry, Review, Stage, Why
from domain.roles import Role, possible

#: Escaped, a letter may be five; few are.
_LONGER = 2
#: What a card offers, where it is possible, in the order of its buttons.
_OFFERED = (
    *(Decision.VERIFY, Decision.IMPLEMENT, Decision.RESCHEDULE, Decision.REOPEN),
    *(Decision.RESCOPE, Decision.PROMOTE, Decision.ACCEPT, Decision.CANCEL, Decision.REASSIGN),
)
_EXPIRED = (
    ":hourglass: *{reviews} monthly reviews have seen it open: it has expired.* That is why its "
    "date cannot be moved any more, nor can it be made smaller. It is done now, promoted to a "
    "planned project, accepted as a risk, or cancelled."
)
_EXPIRES_NEXT = ":hourglass_flowing_sand: {seen}: still open after this one, it expires.*"
_INEFFECTIVE = (
    ":warning: *An incident of the same causal class happened after this was verified.* Reopen it, "
    "promote it to a planned project, or accept the risk."
)
#: What a notification says of why something is on the table, after what that is.
_TOLD = {Why.RISK: "the time it was accepted for is over", Why.LINE: "what becomes of it?"}
_EVIDENCE = ":mag: *It is implemented and has soaked.* What shows that it works?"


@dataclass(frozen=True, kw_only=True)
class Laid:
    """Something on the table, and who answers for it now; `today` is the date where it is held.

    `has_left` says that they have; `lead` leads the programme, and is empty where nobody does who
    is here. With `is_walked` the review goes on, and the chair can say that the owner is absent;
    without, it is closed, and a card only says how things stand.
    """

    entry: Entry
    owner: str
    today: date
    has_left: bool = False
    lead: str = ""
    is_walked: bool = True


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What the newest card says of what comes next: more, or what is owed at the table's end.

    `owed` are what must still be decided, each with who owns it; `more` is how many others.
    """

    has_more: bool
    owed: Sequence[str] = ()
    more: int = 0


def item_card(postmortem: Postmortem, item: ActionItem, laid: Laid) -> list[Block]:
    """An item that is undecided; of a private one no word, but the way to its window."""
    key, item_id = key_of(postmortem, item), item.id or 0
    opening = open_button(item_id, key)
    if not laid.is_walked:
        which = f"*{key}* {item_title(postmortem, item)}"
        said = f"{which} · {_left(item)} · owner {mention(laid.owner)}"
        return [section(said), actions([opening])]
    if postmortem.is_private:
        said = f"*{key}* private item · {_owner(laid)}"
        return [section(said), actions([opening])]
    buttons = [decision_button(each, item_id, key) for each in offered(item)]
    return [
        section("\n".join(_item_words(postmortem, item))),
        section("\n".join([_standing(item, laid), *_progress(item), *ticket_lines(item)])),
        *_meaning(item),
        actions([*buttons, opening]),
    ]


def told_words(title: str, entry: Entry) -> str:
    """What a notification says of a card."""
    return f"{title}: {_TOLD.get(entry.why, str(entry.why))}"


def offered(item: ActionItem) -> list[Decision]:
    """The decisions that a card offers about an item as it stands."""
    may = set(possible(item, [Role.LEAD]))
    if item.state is ItemState.INEFFECTIVE:
        may.discard(Decision.VERIFY)
    return [each for each in _OFFERED if each in may]


def _item_words(postmortem: Postmortem, item: ActionItem) -> list[str]:
    where = f" · {channel_link(postmortem.channel)}" if postmortem.channel else ""
    what = bold(shown(one_line(item.what), WHAT_MAX * _LONGER))
    done_when = shown(one_line(item.done_when), DONE_WHEN_MAX * _LONGER)
    return [f"*{key_of(postmortem, item)}* · {what}{where}", f"_Done when:_ {done_when}"]


def _standing(item: ActionItem, laid: Laid) -> str:
    due = due_words(item, laid.today) or [f"was due {day(item.due_on)}{moved_words(item)}"]
    asked = f"asked: {mention(item.proposed_owner)}" if item.proposed_owner else ""
    state = [] if _meaning(item) else state_words(item)
    words = [*state, *due, priority_words(item), _owner(laid), asked]
    return " · ".join(each for each in words if each)


def _left(item: ActionItem) -> str:
    """How an item stands that a review left; without what is true for a day only."""
    if item.has_expired:
        return f":hourglass: *expired now*: {item.reviews_seen} monthly reviews saw it open"
    state = state_words(item)
    words = f"left undecided, {state[0]}" if state else f"still open, {due_words(item)[0]}"
    return " · ".join([words, *asked_words(item)])


def _owner(laid: Laid) -> str:
    who = mention(laid.owner)
    if laid.has_left:
        if not laid.lead:
            return f"{who} has left: anybody here can hand it over"
        return f"{who} has left: {mention(laid.lead)}, who leads the programme, decides"
    if laid.entry.absent_at is None:
        return f"owner {who}"
    return f"owner {who}, who is not here: the programme lead is asked"


def calls(laid: Laid) -> str:
    """Whom a card calls: its owner, if it is the first of theirs; the lead for one who left."""
    if not laid.entry.mentions:
        return ""
    return laid.lead if laid.has_left else laid.owner


def _progress(item: ActionItem) -> list[str]:
    return progress_words(item, NOTE_MAX * _LONGER)


def _meaning(item: ActionItem) -> list[Block]:
    """What its state means for those at the table, and what is known of what was done."""
    if item.has_expired:
        return [section(_EXPIRED.format(reviews=item.reviews_seen))]
    if item.is_open and item.reviews_seen == item.reviews_to_live - 1:
        return [section(_EXPIRES_NEXT.format(seen=_seen(item.reviews_seen)))]
    means = {ItemState.INEFFECTIVE: _INEFFECTIVE, ItemState.IMPLEMENTED: _EVIDENCE}
    if item.state not in means:
        return []
    known = outcome_lines(item, UTC)
    return [section(means[item.state]), *([section("\n".join(known))] if known else [])]


def _seen(reviews: int) -> str:
    """How many reviews saw it open, as a sentence's beginning."""
    few = {0: "No monthly review has", 1: "One monthly review has"}
    return f"*{few.get(reviews, f'{reviews} monthly reviews have')} seen it open"


def risk_card(postmortem: Postmortem, risk: AcceptedRisk, laid: Laid) -> list[Block]:
    """An accepted risk that ran out; of a private one no word."""
    stands = _risk_stands(risk, laid) if laid.is_walked else _risk_left(risk, laid)
    if postmortem.is_private:
        said = [f"*{postmortem.key}* private risk · {stands}"]
    else:
        said = [
            f"*{postmortem.key}* · accepted risk: {shown(one_line(risk.risk), RISK_MAX * _LONGER)}",
            f"_Why not to act:_ {shown(one_line(risk.reason), REASON_MAX)}",
            stands,
        ]
    buttons = risk_buttons(risk, postmortem.key) if laid.is_walked else []
    return [section("\n".join(said)), *([actions(buttons)] if buttons else [])]


def _risk_stands(risk: AcceptedRisk, laid: Laid) -> str:
    late = (laid.today - risk.until).days
    ago = f", {late} day{'' if late == 1 else 's'} ago" if late > 0 else ""
    return f"accepted until {day(risk.until)}{ago} · {_owner(laid)}"


def _risk_left(risk: AcceptedRisk, laid: Laid) -> str:
    if not risk.stands:
        return "decided after the review: it is no risk any more"
    until = f"accepted until {day(risk.until)}"
    if risk.until > laid.today:
        return f"decided after the review: {until}"
    return f"left undecided, {until} · owner {mention(laid.owner)}"


def left_line(card: list[Block], laid: Laid) -> list[Block]:
    """The card of an inherited line; once its review is closed, only the next one decides."""
    if laid.is_walked:
        return card
    words = [each for each in card if each["type"] != "actions"]
    return [*words, section("_Left undecided: the next monthly review has it on its table again._")]


def absent_button(laid: Laid, title: str) -> list[Block]:
    """For the chair: the owner is not here; nothing where that is said, or there is no owner.

    Of an owner who has left the card itself says who decides.
    """
    entry, is_theirs = laid.entry, bool(laid.entry.owner) and not laid.has_left
    if entry.absent_at is not None or not is_theirs or not laid.is_walked:
        return []
    label = "Owner absent"
    return [button(label, OWNER_ABSENT, str(entry.id), spoken=f"{label}: {title}")]


def chair_blocks(review: Review, turn: Turn | None, absent: Sequence[Block] = ()) -> list[Block]:
    """What stands below a card for the chair; on the newest one the way on, or to the end."""
    if review.stage is not Stage.UNDER_WAY:
        return []
    if turn is None:
        return [actions(absent)] if absent else []
    if turn.has_more:
        return [actions([*absent, next_button(review)])]
    return [section(_end(turn)), actions([*absent, close_button(review)])]


def _end(turn: Turn) -> str:
    last = "*That was everything on the table.*"
    if not turn.owed:
        return f"{last} What must be decided is decided: the review can be closed."
    named = ", ".join(turn.owed)
    rest = f" and {turn.more} more" if turn.more else ""
    must = "must be decided before the review can be closed"
    return f"{last} Expired or overdue, so it {must}: {named}{rest}."
