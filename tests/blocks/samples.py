"""Postmortems to draw, and what Slack sends when a form is submitted as it was opened."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from blocks.cards import PostmortemView
from blocks.inputs import PLACES
from blocks.parts import View
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, ItemKind
from domain.completeness import MILESTONES_WANTED, Filled
from domain.contributing_factors import ContributingFactor, FactorKind
from domain.passages import Passage
from domain.postmortems import Facts, Postmortem, Section, SectionEdit, Severity
from domain.programme import Priority, Programme
from domain.timeline import TimelineEntry

STARTED = datetime(2026, 11, 21, 14, 3, tzinfo=UTC)
TODAY = date(2026, 11, 21)
PROGRAMME = Programme()

FACTS = Facts(
    title="Checkout latency above 8 s",
    service="checkout",
    severity=Severity.P2,
    started_at=STARTED,
    detected_at=STARTED + timedelta(minutes=4),
    recovered_at=STARTED + timedelta(minutes=72),
    impact="One checkout in five failed.",
    responders=("U1ADA", "U2BEN"),
)
POSTMORTEM = Postmortem(
    id=41,
    workspace="T1",
    number=7,
    channel="C1INC",
    channel_name="inc-checkout-latency",
    is_private=False,
    facts=FACTS,
    root_cause="The pool was sized for one region.",
    created_by="U1ADA",
    created_at=STARTED,
)
ITEM = ActionItem(
    what="Drain connections before a failover",
    done_when="A failover in staging loses no request",
    owner="U2BEN",
    priority=Priority.P1,
    due_on=date(2026, 12, 5),
    kind=ItemKind.GUARDRAIL,
    factor_id=3,
    position=1,
    id=90,
)
#: A ticket with a name, an address and a trouble at their longest, as an item's fields.
A_LONG_TICKET: dict[str, Any] = {
    "ticket": f"an-organisation/{'a-repository' * 8}#123456",
    "ticket_url": f"https://tracker.a-large-company.example/{'a' * 80}",
    "ticket_trouble": "<&>" * 300,
}
#: The same with the longest address that is led to among many items.
AMONG_MANY = {**A_LONG_TICKET, "ticket_url": f"https://tracker.example/{'a' * 36}"}
FACTOR = ContributingFactor(kind=FactorKind.MADE_POSSIBLE, text="Retries had no limit", id=3)
ENTRY = TimelineEntry(at=STARTED, text="failover started", id=1)
RISK = AcceptedRisk(
    risk="Two regions fail at once", accepter="U1ADA", reason="Rare", until=date(2027, 5, 20)
)
EDIT = SectionEdit(section=Section.TIMELINE, version=3, edited_by="U2BEN", edited_at=STARTED)
FULL = Filled(
    timeline_entries=1,
    factors=1,
    root_cause=True,
    decisions=2,
    detected=True,
    recovered=True,
    impact=True,
    milestones=frozenset(MILESTONES_WANTED),
    whys=5,
    past_a_person=True,
    classes=1,
    passages=frozenset({Passage.WENT_WELL, Passage.WENT_WRONG, Passage.LESSONS}),
)
EMPTY = Filled(
    timeline_entries=0,
    factors=0,
    root_cause=False,
    decisions=0,
    detected=False,
    recovered=False,
    impact=False,
)


def titled(**changed: Any) -> Postmortem:
    """The sample with some facts changed."""
    return replace(POSTMORTEM, facts=replace(FACTS, **changed))


def whole(text: str = "", times: int = 1) -> PostmortemView:
    """A postmortem with something in each section, all of it `text` where that is given."""
    facts = {"title": text[:150], "service": text[:60], "impact": text[:3000]} if text else {}
    item = replace(ITEM, what=text[:200], done_when=text[:500]) if text else ITEM
    risk = replace(RISK, risk=text[:500], reason=text[:500]) if text else RISK
    factor = replace(FACTOR, text=text[:500] or FACTOR.text)
    entry = replace(ENTRY, text=text[:1000] or ENTRY.text)
    return PostmortemView(
        postmortem=replace(titled(**facts), root_cause=text[:3000] or POSTMORTEM.root_cause),
        filled=FULL,
        edits={Section.TIMELINE: EDIT},
        entries=[replace(entry, at=STARTED + timedelta(hours=n)) for n in range(min(times, 500))],
        factors=[replace(factor, id=n + 3) for n in range(min(times, 30))],
        items=[replace(item, position=n + 1) for n in range(min(times, 3))],
        risks=[risk] * min(times, 10),
    )


def submitted(view: View, typed: Mapping[str, str] | None = None) -> View:
    """The view as Slack sends it back: each input holds its preset, or what was `typed` there."""
    state = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            place, initial = PLACES[element["type"]]
            value = (typed or {}).get(block["block_id"], element.get(initial))
            state[block["block_id"]] = {"value": {"type": element["type"], place: value}}
    return view | {"id": "V1", "hash": "1.a", "state": {"values": state}}


def marked_up(payload: object) -> list[str]:
    """Every text in there that Slack reads as mark-up."""
    if isinstance(payload, dict):
        own = [payload["text"]] if payload.get("type") == "mrkdwn" else []
        return own + [text for part in payload.values() for text in marked_up(part)]
    if isinstance(payload, list):
        return [text for part in payload for text in marked_up(part)]
    return []
