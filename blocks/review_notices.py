"""What an owner is told ahead of a monthly review, with ways to decide it early (rule 19)."""

from collections.abc import Sequence
from itertools import groupby

from blocks.digest_lines import facts, title
from blocks.item_buttons import decision_button, open_button
from blocks.parts import Block, Message, actions, context, section
from blocks.review_calls import expire_words, lower
from blocks.risk_buttons import risk_buttons
from blocks.text import channel_link, mention, moment
from domain.decisions import Decision
from domain.digests import Digest, KeptRisk, Wanting
from domain.hearing import Need
from domain.review_notices import Coming, Notice
from domain.reviews import Review, Stage, Why

#: So many fit with all of their words and buttons into what Slack takes as one message.
SHOWN_MOST = 15
NAMED_MOST = 20

_HEADINGS = {
    Why.EXPIRED: ":hourglass: *Expired*",
    Why.OVERDUE: ":red_circle: *Overdue by then*",
    Why.INEFFECTIVE: ":repeat: *Ineffective: it happened again*",
    Why.EVIDENCE: ":mag: *Waiting for evidence*",
    Why.OPEN: ":large_blue_circle: *Open*",
    Why.RISK: ":scales: *Accepted risks that run out by then*",
}
#: By which of a digest's words it is told how each stands.
_TOLD_AS = {
    Why.EXPIRED: Need.EXPIRED,
    Why.OVERDUE: Need.OVERDUE,
    Why.INEFFECTIVE: Need.INEFFECTIVE,
    Why.EVIDENCE: Need.EVIDENCE,
    Why.OPEN: Need.DUE_SOON,
    Why.RISK: Need.RAN_OUT,
}
#: The decisions that fit, most likely first; everything else is behind Open.
_DECISIONS = {
    Why.EXPIRED: (Decision.IMPLEMENT, Decision.PROMOTE),
    Why.OVERDUE: (Decision.IMPLEMENT, Decision.RESCHEDULE),
    Why.INEFFECTIVE: (Decision.REOPEN, Decision.PROMOTE),
    Why.EVIDENCE: (Decision.VERIFY, Decision.REOPEN),
    Why.OPEN: (Decision.IMPLEMENT, Decision.RESCHEDULE),
}


def notice_message(notice: Notice) -> Message:
    """What the review will walk of the reader's, as things stand; nothing that is decided."""
    head = _head(notice)
    blocks = [
        section("\n".join([f"*{head}*", _where(notice.review), *_last(notice)])),
        *_shown(notice),
        *_named(notice),
        *_decided(notice),
    ]
    return {"text": f"{head}.", "blocks": blocks}


def _where(review: Review) -> str:
    where = f"in {channel_link(review.channel)}, {moment(review.due_at)}"
    chair = mention(review.facilitator)
    if review.stage is Stage.CLOSED:
        return f"It was held {where}. {chair} chaired it."
    return f"It is held {where}. {chair} chairs it."


def _last(notice: Notice) -> list[str]:
    """For how many of these it is the last review."""
    if notice.review.stage is Stage.CLOSED or not notice.expiring:
        return []
    return [expire_words(notice.expiring, len(notice.coming))]


def _head(notice: Notice) -> str:
    number, review = len(notice.coming), lower(notice.review.name)
    things = "item or risk" if number == 1 else "items and risks"
    if not any(each.why is Why.RISK for each in notice.coming):
        things = "item" if number == 1 else "items"
    if notice.review.stage is Stage.CLOSED:
        return f"The {review} is closed"
    if not number:
        return f"Nothing of yours is left for the {review}"
    verb = "comes" if number == 1 else "come"
    return f"{number} {things} of yours {verb} to the {review}"


def _shown(notice: Notice) -> list[Block]:
    if notice.review.stage is Stage.CLOSED or not notice.coming:
        return []
    why = context(
        "Decide now what you can: in the review it is then read out, and not asked about. "
        "What is expired or overdue has to be decided there at the latest."
    )
    groups = groupby(notice.coming[:SHOWN_MOST], key=lambda each: each.why)
    shown = [block for sort, group in groups for block in _group(notice, sort, list(group))]
    return [why, *shown]


def _group(notice: Notice, why: Why, group: list[Coming]) -> list[Block]:
    parts = [block for each in group for block in _one(notice, each)]
    return [section(_HEADINGS[why]), *parts]


def _one(notice: Notice, coming: Coming) -> list[Block]:
    said = Digest(reader=notice.reader, today=notice.today, wanting=())
    told = facts(Wanting(need=_TOLD_AS[coming.why], kept=coming.kept), said)
    words = f"{title(coming.kept, said)}\n{told}"
    return [section(words), actions(_buttons(notice, coming))]


def _buttons(notice: Notice, coming: Coming) -> list[Block]:
    kept = coming.kept
    if isinstance(kept, KeptRisk):
        return risk_buttons(kept.risk, kept.key)
    which, is_theirs = kept.item.id or 0, kept.owner == notice.reader
    fit = _DECISIONS[coming.why] if is_theirs else (Decision.REASSIGN,)
    return [*(decision_button(each, which, kept.key) for each in fit), open_button(which, kept.key)]


def _named(notice: Notice) -> list[Block]:
    """What does not fit with its words: by name, and beyond that by number."""
    rest = [each.kept.key for each in notice.coming[SHOWN_MOST:]]
    if not rest or notice.review.stage is Stage.CLOSED:
        return []
    words = f"Also: {_listed(rest)}. `/postmortem items` shows them all."
    return [context(words)]


def _decided(notice: Notice) -> list[Block]:
    if not notice.decided:
        return []
    return [section(f":white_check_mark: Decided: {_listed(notice.decided)}.")]


def _listed(keys: Sequence[str]) -> str:
    more = len(keys) - NAMED_MOST
    return f"{', '.join(keys[:NAMED_MOST])}{f' and {more} more' if more > 0 else ''}"
