"""The digest: one message that says all that needs somebody, with ways to decide it (rule 11)."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from blocks.digest_lines import facts, outcome, title
from blocks.item_buttons import decision_button, open_button
from blocks.parts import Block, Message, actions, context, section
from blocks.risk_buttons import risk_buttons
from blocks.text import day, mention
from blocks.tickets import ADDRESS_MAX, ADDRESS_SHORT
from domain.decisions import Decision
from domain.digests import Decided, Digest, KeptRisk, LookedAt, Wanting
from domain.hearing import Need

#: So many fit with all of their words and buttons into what Slack takes as one message.
SHOWN_MOST = 13
SETTLED_MOST = 15
#: With no more items than these there is room for a ticket's address however long it is: Linear's
#: have the title in them.
FEW = 8
ALSO_MOST = 20

_HEADINGS = {
    Need.EXPIRED: ":hourglass: *Expired*",
    Need.OVERDUE: ":red_circle: *Overdue*",
    Need.DUE_TODAY: ":large_yellow_circle: *Due today*",
    Need.EVIDENCE: ":mag: *Waiting for evidence*",
    Need.RAN_OUT: ":scales: *Accepted risks that ran out*",
    Need.INEFFECTIVE: ":repeat: *Ineffective: it happened again*",
    Need.DUE_SOON: ":large_blue_circle: *Due soon*",
}
_COUNTED = {
    Need.EXPIRED: "expired",
    Need.OVERDUE: "overdue",
    Need.DUE_TODAY: "due today",
    Need.EVIDENCE: "waiting for evidence",
    Need.INEFFECTIVE: "ineffective",
    Need.DUE_SOON: "due soon",
}
#: The decisions that fit, most likely first; everything else is behind Open.
_DECISIONS = {
    Need.EXPIRED: (Decision.IMPLEMENT, Decision.PROMOTE),
    Need.OVERDUE: (Decision.IMPLEMENT, Decision.RESCHEDULE),
    Need.DUE_TODAY: (Decision.IMPLEMENT, Decision.RESCHEDULE),
    Need.EVIDENCE: (Decision.VERIFY, Decision.REOPEN),
    Need.INEFFECTIVE: (Decision.REOPEN, Decision.VERIFY, Decision.PROMOTE),
    Need.DUE_SOON: (Decision.IMPLEMENT, Decision.RESCHEDULE),
}
_HOW_TO_STOP = (
    "Each of these stays until you decide it: done, moved, handed over, or given up with a reason. "
    "Then I ask no more. Reminders come at most once a day, when your work begins."
)


def digest_message(said: Digest) -> Message:
    """The message as things stand; what was decided since it was posted is one line each."""
    head = head_of(said)
    blocks = [
        section(f"*{head}*"),
        *needs(said, SHOWN_MOST),
        *_decided(said),
        *([context(f"{_as_of(said)}{_HOW_TO_STOP}")] if said.wanting else []),
        *_also(said),
    ]
    return {"text": head, "blocks": blocks}


def _as_of(said: Digest) -> str:
    """Which day is today, where Slack shows the day on which the message was posted."""
    return "" if said.posted_on in {None, said.today} else f"As of {day(said.today)}. "


def needs(said: Digest, most: int) -> list[Block]:
    """What needs the reader by why it does, with ways to decide it; the rest is counted."""
    groups = groupby(said.wanting[:most], key=lambda each: each.need)
    shown = [block for why, group in groups for block in _group(said, why, list(group))]
    return [*shown, *_rest(len(said.wanting) - most)]


def head_of(said: Digest) -> str:
    """How much needs the reader, and why: what a notification shows."""
    numbers = Counter(each.need for each in said.wanting)
    risks = numbers.pop(Need.RAN_OUT, 0)
    items = sum(numbers.values())
    ran_out = f"{risks} accepted risk{'' if risks == 1 else 's'}"
    if items:
        counted = ", ".join(f"{numbers[why]} {_COUNTED[why]}" for why in Need if numbers[why])
        also = f"; {ran_out} ran out" if risks else ""
        return f"{items} {'item needs' if items == 1 else 'items need'} you: {counted}{also}"
    if risks:
        return f"{ran_out} that ran out {'needs' if risks == 1 else 'need'} you"
    return f"Nothing {'in this message ' if said.also else ''}needs you any more."


def _group(said: Digest, why: Need, group: Sequence[Wanting]) -> list[Block]:
    return [section(_HEADINGS[why]), *(block for each in group for block in _wanting(said, each))]


def _wanting(said: Digest, wanting: Wanting) -> list[Block]:
    address = ADDRESS_MAX if len(said.wanting) <= FEW else ADDRESS_SHORT
    words = f"{title(wanting.kept, said)}\n{facts(wanting, said, address)}"
    return [section(words), actions(_buttons(said, wanting))]


def _buttons(said: Digest, wanting: Wanting) -> list[Block]:
    kept = wanting.kept
    if isinstance(kept, KeptRisk):
        return risk_buttons(kept.risk, kept.key)
    which, is_theirs = kept.item.id or 0, kept.owner == said.reader
    fit = _DECISIONS[wanting.need] if is_theirs else (Decision.REASSIGN,)
    return [*(decision_button(each, which, kept.key) for each in fit), open_button(which, kept.key)]


def _rest(hidden: int) -> list[Block]:
    more = f"… and {hidden} more: `/postmortem items` shows them all."
    return [context(more)] if hidden > 0 else []


def _also(said: Digest) -> list[Block]:
    """What needs the reader besides, which they were told of before: by name alone."""
    keys = list(dict.fromkeys(each.kept.key for each in said.also))
    if not keys:
        return []
    named, more = ", ".join(keys[:ALSO_MOST]), len(keys) - ALSO_MOST
    rest = f" and {more} more" if more > 0 else ""
    stand = "It stands" if len(keys) == 1 else "They stand"
    where = f"{stand} in Home and in `/postmortem items`."
    return [context(f"Also waiting for you: {named}{rest}. {where}")]


def _decided(said: Digest) -> list[Block]:
    """What was decided since the message was posted: a line each, and no more buttons."""
    lines = [_settled(each, said.reader) for each in said.decided[:SETTLED_MOST]]
    hidden = len(said.decided) - len(lines)
    more = [f"_… and {hidden} more_"] if hidden else []
    return [section("\n".join([*lines, *more]))] if lines else []


def _settled(decided: Decided | LookedAt, reader: str) -> str:
    last = decided.last
    by = f" ({mention(last.actor)})" if last.actor not in {"", reader} else ""
    return f":white_check_mark: *{decided.kept.key}* {outcome(decided)}{by}"
