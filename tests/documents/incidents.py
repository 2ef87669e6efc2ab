"""An incident with something in every section, as somebody might write it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from documents.document import Document
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, ItemKind, ItemState, Progress
from domain.contributing_factors import ContributingFactor, FactorKind
from domain.inherited import InheritedLine, LineState
from domain.passages import Passage
from domain.postmortems import Facts, Severity, Tier
from domain.programme import Priority
from domain.timeline import Milestone, Source, SourceState, TimelineEntry

STARTED = datetime(2026, 11, 21, 13, 40, tzinfo=UTC)


def incident(**other: Any) -> Document:
    """Somebody's incident, with something in every section."""
    said: dict[str, Any] = {
        "key": "PM-12",
        "facts": Facts(
            title="Checkout latency",
            service="checkout",
            severity=Severity.P2,
            started_at=STARTED,
            detected_at=STARTED + timedelta(minutes=4),
            recovered_at=STARTED + timedelta(minutes=40),
            impact="One in five payments failed.\nNobody was told.",
            responders=("U012ABC", "U2"),
            hurt_customers=True,
            tier_override=Tier.STANDARD,
            tier_reason="Seen before",
            users_affected=1200,
            revenue_lost="12,000 EUR",
            budget_burned=35.0,
        ),
        "names": {"U012ABC": "Ana", "U2": "Ben (on call)", "U3": "Chi"},
        "root_cause": "A pool of 10 connections, and nobody watched it.",
        "passages": {
            Passage.WHYS: "The pool was full.\nA query held it.\nNothing limits queries.",
            Passage.WENT_WELL: "- The runbook was right",
            Passage.WENT_WRONG: "The alert came late",
            Passage.LESSONS: "Pools are capacity.",
            Passage.HAD_TO_BE_TRUE: "A limit for queries",
            Passage.VERIFIABLE: "Yes",
            Passage.MORE_LIKELY: "The same in search",
            Passage.NOTES: "#### Query\n\n```sql\n# seen <here>\nSELECT 1;\n```",
        },
        "classes": ("dependency exhaustion", "missing alert"),
        "entries": (
            TimelineEntry(at=STARTED, text="Deploy 42 | canary", milestone=Milestone.STARTED),
            TimelineEntry(
                at=STARTED + timedelta(minutes=4),
                text="p99 > 2 s\n<!channel> look",
                milestone=Milestone.DETECTED,
                source=Source.ALERT,
                permalink="https://acme.slack.com/archives/C1/p1795268640000100",
                message_channel="C1",
                message_ts="1795268640.000100",
                source_state=SourceState.EDITED,
            ),
            TimelineEntry(
                at=STARTED + timedelta(minutes=40, seconds=5),
                text="Back to normal",
                milestone=Milestone.RECOVERED,
            ),
        ),
        "factors": (
            ContributingFactor(kind=FactorKind.MADE_POSSIBLE, text="No limit for queries"),
            ContributingFactor(kind=FactorKind.SLOWED_DETECTION, text="No alert on the pool"),
        ),
        "items": (
            ActionItem(
                what="Limit queries to 2 s",
                done_when="A query of 3 s is cancelled in staging",
                owner="U012ABC",
                priority=Priority.P1,
                due_on=date(2026, 12, 4),
                kind=ItemKind.GUARDRAIL,
                factor_id=1,
                reschedules=1,
                reviews_seen=1,
                original_due_on=date(2026, 11, 27),
                progress=Progress.BLOCKED,
                note="The driver has no limit:\nasked its makers",
                position=1,
            ),
            ActionItem(
                what="Alert on a full pool",
                done_when="A full pool in staging pages somebody",
                owner="U2",
                priority=Priority.P2,
                due_on=date(2026, 11, 27),
                original_due_on=date(2026, 11, 27),
                kind=ItemKind.DETECTION,
                factor_id=2,
                state=ItemState.VERIFIED,
                implemented_on=date(2026, 11, 22),
                soaks_until=date(2026, 12, 22),
                shipped="An alert at 9 of 10 connections",
                verified_at=datetime(2026, 11, 21, 14, 0, 30, tzinfo=UTC),
                evidence="The drill paged Ben",
                link="https://alerts.example/pool?at=9",
                position=2,
            ),
        ),
        "risks": (
            AcceptedRisk(
                risk="Search has the same pool",
                accepter="U3",
                reason="It is replaced in March",
                until=date(2027, 3, 31),
                renewals=2,
                ended_on=date(2027, 3, 1),
            ),
        ),
        "inherited": (
            InheritedLine(text="Improve monitoring of pools"),
            InheritedLine(
                text="Look into queries",
                state=LineState.DROPPED,
                reason="Done by item 1",
                decided_by="U3",
                decided_at=STARTED + timedelta(days=3),
            ),
        ),
        "facilitator": "U3",
        "published": "2026-11-24 09:00 UTC",
    }
    return Document(**(said | other))
