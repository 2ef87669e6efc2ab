"""Whether a document says only what a postmortem can hold; forms ask the same of their fields."""

from collections.abc import Iterator
from datetime import datetime

from documents.document import Document
from domain.accepted_risks import REASON_MAX, RISK_MAX
from domain.action_items import ActionItem
from domain.contributing_factors import FACTOR_MAX, check_factors
from domain.errors import RuleBroken
from domain.inherited import LINE_MAX
from domain.passages import Passage, check_passages
from domain.postmortems import TEXT_MAX, check_facts, check_length
from domain.timeline import ENTRY_MAX, check_timeline

#: Slack's ids are shorter, and no database here keeps longer ones.
ID_MAX = 32
#: Nothing is moved or reviewed so often.
COUNTED_MAX = 10_000


def check(document: Document, now: datetime) -> None:
    """Raise RuleBroken where a document says what no postmortem can."""
    check_facts(document.facts, now)
    check_timeline(document.entries, now)
    check_factors([*document.factors], "factors")
    check_length("root_cause", document.root_cause, TEXT_MAX)
    check_passages(document.passages, dict.fromkeys(Passage, "passages"))
    for what, text, most in _texts(document):
        check_length(what, text, most)
        if not text.strip():
            raise RuleBroken(what, f"{what} has no words. Write them there, or take it out.")
    for each in _ids(document):
        _check_id(each)
    messages = [(each.message_channel, each.message_ts) for each in document.entries]
    if any(ts and messages.count((channel, ts)) > 1 for channel, ts in messages):
        raise RuleBroken("entries", "Two entries are of the same message. Take one of them out.")
    for item in document.items:
        _check_counts(item)


def _texts(document: Document) -> Iterator[tuple[str, str, int]]:
    yield from (("An entry of its timeline", each.text, ENTRY_MAX) for each in document.entries)
    yield from (("A contributing factor", each.text, FACTOR_MAX) for each in document.factors)
    yield from (("An inherited line", each.text, LINE_MAX) for each in document.inherited)
    for risk in document.risks:
        yield "An accepted risk", risk.risk, RISK_MAX
        yield "The reason for an accepted risk", risk.reason, REASON_MAX


def _ids(document: Document) -> Iterator[str]:
    yield from document.facts.responders
    yield from (line.decided_by for line in document.inherited if line.decided_by)
    for entry in document.entries:
        yield from filter(None, (entry.message_channel, entry.message_ts))


def _check_counts(item: ActionItem) -> None:
    for count in (item.reschedules, item.reviews_seen):
        if not 0 <= count <= COUNTED_MAX:
            raise RuleBroken("items", f"{count} is no count of an action item. Mend it there.")


def _check_id(said: str) -> None:
    if not said.strip() or len(said) > ID_MAX or not said.isprintable():
        raise RuleBroken(
            "people", f"“{said[:ID_MAX]}” is no id of Slack. Write people like Ana (U012ABC)."
        )
