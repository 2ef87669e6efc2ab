"""What an owner is asked whose ticket somebody closed, and what the lead hears of a tracker."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from blocks.history_of_tickets import by_person
from blocks.history_words import deed_words, unstopped
from blocks.item_buttons import decision_button, open_button
from blocks.item_words import key_of
from blocks.parts import Block, Message, actions, button, context, section
from blocks.text import escape, mention, moment, one_line, shown
from blocks.tickets import question_of, reopen_button, ticket_link
from blocks.trackers import SETTINGS_TRACKERS
from domain.action_items import ActionItem, HistoryEntry
from domain.decisions import Decision
from domain.kept_tickets import FROM_TRACKER
from domain.postmortems import Postmortem
from domain.tickets import Place

_WHAT_SHOWN, _DONE_WHEN_SHOWN, _REASON_SHOWN = 300, 500, 300
_NAME_SHOWN, _TROUBLE_SHOWN = 200, 1500
_HOW = (
    "A closed ticket does not end its item. Say what was done and where it can be seen: I ask "
    "whether it works once it has soaked. If there is more to do, reopen the ticket."
)
_AGAIN = (
    "I try again every hour. Once it is mended, press “Trackers”, and there “Try all”: then I try "
    "at once. Until then the items go on as they are."
)


@dataclass(frozen=True, kw_only=True)
class Closed:
    """A ticket that somebody closed while its item is open, as one reader is asked about it.

    `entry` is that of the item's history, `settled` the one since by which there is nothing to ask
    any more. Of a private incident somebody else's item is not told in words: `is_told`. `answers`
    is who answers for the item now, nobody where they have left and nobody leads the programme.
    """

    postmortem: Postmortem
    item: ActionItem
    entry: HistoryEntry
    reader: str
    answers: str
    settled: HistoryEntry | None = None

    @property
    def key(self) -> str:
        """What people call the item."""
        return key_of(self.postmortem, self.item)

    @property
    def is_told(self) -> bool:
        """Whether the reader may read the item's words."""
        return self.reader == self.item.owner or not self.postmortem.is_private


def evidence_message(told: Closed) -> Message:
    """Ask what was done, and where it can be seen; once that is settled, say how."""
    if told.settled is not None or told.answers != told.reader:
        return _over(told)
    said = f"{_closed(told)}, and {told.key} is open: {question_of(told.item)}"
    words = "\n".join([f":ticket: *{said}*", *_which(told)])
    return {
        "text": said,
        "blocks": [section(words), actions([*_answers(told)]), context(_HOW)],
    }


def _closed(told: Closed) -> str:
    """Which ticket was closed, and by whom, as the history says."""
    if not told.is_told:
        return "A ticket was closed"
    key, reason = one_line(told.item.ticket), unstopped(one_line(told.entry.reason))
    which = ticket_link(told.item) if key else "its ticket"
    if told.entry.actor == told.reader:
        return f"You closed {which}"
    if key and reason.startswith(f"{key} "):
        rest = by_person(reason.removeprefix(key), told.entry.actor, _REASON_SHOWN)
        return f"{which}{rest or shown(reason.removeprefix(key), _REASON_SHOWN)}"
    who = f" by {mention(told.entry.actor)}" if told.entry.actor else ""
    return f"{which if key else 'Its ticket'} was closed{who}"


def _which(told: Closed) -> Iterator[str]:
    """What was promised, and why somebody is asked about what is not theirs."""
    item = told.item
    if told.is_told:
        yield f">{shown(one_line(item.what), _WHAT_SHOWN)}"
        yield f">_Done when:_ {shown(one_line(item.done_when), _DONE_WHEN_SHOWN)}"
    else:
        yield "It is a private item: Open shows it to whoever may see it."
    if told.reader != item.owner:
        yield f"{mention(item.owner)}, who owns it, has left: answer for them, or hand it over."


def _answers(told: Closed) -> Iterator[Block]:
    item_id = told.item.id or 0
    done = Decision.IMPLEMENT if told.item.is_open else Decision.VERIFY
    yield decision_button(done, item_id, told.key, style="primary")
    yield reopen_button(item_id, told.key)
    if told.reader != told.item.owner:
        yield decision_button(Decision.REASSIGN, item_id, told.key)
    yield open_button(item_id, told.key)


def _over(told: Closed) -> Message:
    said = f"{_closed(told)} while {told.key} was open."
    since = f"{said} {_since(told)}"
    ways = actions([open_button(told.item.id or 0, told.key)])
    return {"text": since, "blocks": [section(since), ways]}


def _since(told: Closed) -> str:
    if told.settled is None:
        whose = f"{mention(told.answers)} answers" if told.answers else "Nobody answers"
        return f"{whose} for it now."
    entry = told.settled
    if not told.is_told and entry.event in FROM_TRACKER:
        return "That is settled."
    if not told.is_told:
        said = {name: both for name, both in entry.changes.items() if name not in {"link", "risk"}}
        entry = replace(entry, reason="", changes=said)
    words = deed_words(entry, told.item.owner)
    return words if words.endswith((".", "…", "?")) else f"{words}."


@dataclass(frozen=True, kw_only=True)
class Troubled:
    """A place where tickets cannot be made or kept `since` then; `is_over` once they can again.

    `unmade` items wait for a ticket and `behind` tickets do not follow their item, `at` that time.
    """

    place: Place
    since: datetime
    is_over: bool
    unmade: int
    behind: int
    at: datetime


def trouble_message(told: Troubled) -> Message:
    """Tell the programme lead what is wrong, since when, what waits, and where it is mended."""
    if told.is_over:
        said = (
            f":white_check_mark: Tickets in {_where(told.place)} work again. What waited since "
            f"{moment(told.since)} is done now, by itself."
        )
        return {"text": said, "blocks": [section(said)]}
    said = f"Tickets in {_where(told.place)} cannot be made or kept"
    trouble = shown(one_line(told.place.trouble), _TROUBLE_SHOWN)
    words = f":warning: *{said}* since {moment(told.since)}.\n>{trouble}\n{_waiting(told)}"
    way = button("Trackers", SETTINGS_TRACKERS, "open", spoken="Where tickets are made")
    return {
        "text": f"{said}: {trouble}",
        "blocks": [section(words), actions([way]), context(_AGAIN)],
    }


def _where(place: Place) -> str:
    whose = f", for {escape(one_line(place.service))}" if place.service else ""
    return f"{place.kind.called} {shown(one_line(place.project), _NAME_SHOWN)}{whose}"


def _waiting(told: Troubled) -> str:
    items = f"{_number(told.unmade, 'item')} {'waits' if told.unmade == 1 else 'wait'} for a ticket"
    follow = "does not follow its item" if told.behind == 1 else "do not follow their items"
    said = [
        *([items] if told.unmade else []),
        *([f"{_number(told.behind, 'ticket')} {follow}"] if told.behind else []),
    ]
    return f"As of {moment(told.at)}: {' and '.join(said) or 'no item waits'}."


def _number(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
