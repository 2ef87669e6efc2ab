"""A postmortem that has something of everything, in texts that are not easy to quote."""

from dataclasses import replace
from datetime import date, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.accepted_risks import AcceptedRisk
from domain.action_items import ItemState
from domain.contributing_factors import ContributingFactor, FactorKind
from domain.inherited import InheritedLine, LineState
from domain.meetings import Meeting
from domain.passages import Passage
from domain.people import Person
from domain.postmortems import Postmortem, Section
from domain.publishing import Publication
from domain.timeline import Milestone, Source, TimelineEntry
from storage import (
    accepted_risks,
    action_items,
    agreements,
    causal_classes,
    contributing_factors,
    inherited,
    meetings,
    passages,
    people,
    publishing,
    sections,
    timeline,
    workspaces,
)
from tests.storage.samples import ITEM, NOW, started

AWKWARD = '"quoted" \\ back\'slash\n\ttab \u2028 \N{PILE OF POO} שלום \x01 {}[], null'
MOMENT = NOW.replace(microsecond=120)
ENTRIES = (
    TimelineEntry(at=NOW + timedelta(hours=1), text="later", milestone=Milestone.RECOVERED),
    TimelineEntry(at=MOMENT, text=AWKWARD, source=Source.REACTION, message_ts="1.1"),
    *(TimelineEntry(at=NOW, text=f"in the same minute, {number}") for number in range(11)),
)
FACTORS = tuple(
    ContributingFactor(kind=kind, text=f"{kind} {AWKWARD}") for kind in reversed(FactorKind)
)
RISK = AcceptedRisk(risk=AWKWARD, accepter="U9", reason="Rare", until=date(2027, 5, 1))
LINES = (
    InheritedLine(text="Look into it"),
    InheritedLine(
        text="Again", state=LineState.DROPPED, reason="Old", decided_by="U1", decided_at=NOW
    ),
)
MEETING = Meeting(facilitator="U7", called_by="U1", called_at=NOW, started_at=MOMENT, passed_on=2)
PUBLICATION = Publication(published_by="U7", published_at=NOW + timedelta(days=3), amendments=2)
PEOPLE = (
    Person(id="U1", name="Ann", zone="Asia/Kolkata", is_deactivated=True),
    Person(id="U7", name=AWKWARD),
    Person(id="U8", name="somebody else"),
)


async def full(session: AsyncSession, channel: str = "C1") -> Postmortem:
    """Start one that has all of it."""
    made = await started(session, channel=channel)
    where = (session, "T1", made.id)
    await timeline.replace(*where, ENTRIES, by="U1", now=NOW)
    await contributing_factors.replace(*where, FACTORS, by="U1", now=NOW)
    for position, state in ((2, ItemState.OPEN), (1, ItemState.IMPLEMENTED)):
        item = replace(ITEM, position=position, state=state, reschedules=position)
        await action_items.add(*where, item, by="U1", now=NOW, submission="")
    for submission in ("one", "two"):
        await accepted_risks.add(*where, RISK, by="U1", now=NOW, submission=submission)
    await passages.write(*where, {Passage.NOTES: AWKWARD, Passage.WHYS: "Why?\nBecause"})
    await inherited.add(*where, LINES)
    await _looked_at(session, made)
    return made


async def _looked_at(session: AsyncSession, made: Postmortem) -> None:
    where = (session, "T1", made.id)
    await workspaces.ensure(session, "T1")
    taxonomy = await causal_classes.taxonomy(session, "T1")
    await causal_classes.tag(*where, [each.id for each in taxonomy[:2]], by="U1", now=NOW)
    for person, at in (("U1", MOMENT), ("U2", NOW)):
        await agreements.agree(*where, person, at)
    await people.remember(session, "T1", PEOPLE, NOW)
    await meetings.call(*where, MEETING)
    await publishing.publish(*where, PUBLICATION)
    for section in (Section.TIMELINE, Section.FACTS, Section.TIMELINE):
        await sections.mark(session, made.id, section, by="U1", now=MOMENT, submission="")
