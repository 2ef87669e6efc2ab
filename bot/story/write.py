"""Writing a postmortem of the story where its forms would put it, with the rules asked."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.story.items import Item, Risk
from bot.story.pen import Pen
from bot.story.read import Incident, Line
from domain.accepted_risks import AcceptedRisk, check_risk
from domain.action_items import (
    ActionItem,
    check_item,
    default_due,
    free_position,
)
from domain.contributing_factors import ContributingFactor
from domain.postmortems import Facts, Postmortem, Section, check_facts
from domain.programme import Programme
from domain.timeline import TimelineEntry
from domain.whys import check_past_a_person
from handlers import kept_items, kept_risks
from handlers.kept_items import ADDED, Deed
from handlers.root_causes import tag
from handlers.sections import Made, keep
from sandbox.channels import Channel
from storage import (
    action_items,
    causal_classes,
    contributing_factors,
    passages,
    postmortems,
    sections,
    timeline,
)


class Writer(Pen):
    """Writes whole postmortems."""

    async def write(self, incident: Incident, channel: Channel, start: datetime) -> Postmortem:
        """Write a postmortem, and owe its channel the card."""
        made = self.made(incident.responders[0])
        async with self.sessions.begin() as session:
            postmortem = await postmortems.start(
                session,
                self.workspace.team_id,
                channel=channel.id,
                channel_name=channel.name,
                is_private=False,
                facts=check_facts(self._facts(incident, start), made.at),
                created_by=made.by,
                submission="",
                now=made.at,
            )
            await self._analysis(session, postmortem, incident, made)
            await self._decisions(session, postmortem, incident, made)
            for section in _filled(incident):
                await sections.mark(
                    session, postmortem.id, section, by=made.by, now=made.at, submission=""
                )
            # Once is enough for the card and the search.
            await keep(session, postmortem, Section.FACTS, made)
        return postmortem

    def _facts(self, incident: Incident, start: datetime) -> Facts:
        return Facts(
            title=incident.title,
            service=incident.service,
            severity=incident.severity,
            started_at=start,
            detected_at=start + timedelta(minutes=incident.detected),
            recovered_at=start + timedelta(minutes=incident.recovered),
            impact=incident.impact,
            responders=tuple(map(self.id_of, incident.responders)),
            is_novel=incident.novel,
            hurt_customers=incident.customers,
            users_affected=incident.users,
            revenue_lost=incident.revenue,
            budget_burned=incident.budget,
        )

    async def _analysis(
        self, session: AsyncSession, postmortem: Postmortem, incident: Incident, made: Made
    ) -> None:
        where = postmortem.workspace, postmortem.id
        entries = [_entry(line, postmortem.facts.started_at) for line in incident.timeline]
        await timeline.replace(session, *where, entries, by=made.by, now=made.at)
        factors = [ContributingFactor(kind=one.kind, text=one.words) for one in incident.factors]
        await contributing_factors.replace(session, *where, factors, by=made.by, now=made.at)
        await postmortems.change_root_cause(session, postmortem.id, incident.cause.strip())
        check_past_a_person(incident.whys)
        await passages.write(session, *where, incident.analysis)
        classes = await causal_classes.by_name(session, postmortem.workspace, incident.classes)
        await tag(session, postmortem, [each.id for each in classes.values()], made)

    async def _decisions(
        self, session: AsyncSession, postmortem: Postmortem, incident: Incident, made: Made
    ) -> None:
        stored = await contributing_factors.factors(session, postmortem.id)
        for item in incident.items:
            answered = stored[item.answers - 1].id if item.answers else None
            await self._add(session, postmortem, item, answered, made)
        for risk in incident.risks:
            await self._accept(session, postmortem, risk, made)

    async def _add(
        self,
        session: AsyncSession,
        postmortem: Postmortem,
        item: Item,
        answered: int | None,
        made: Made,
    ) -> None:
        there = await action_items.items(session, postmortem.id)
        new = ActionItem(
            what=item.what,
            done_when=item.done_when,
            owner=self.id_of(item.owner),
            priority=item.priority,
            due_on=default_due(item.priority, Programme(), made.at.date()),
            kind=item.kind,
            factor_id=answered,
            position=free_position(postmortem.facts.tier, [one.position or 0 for one in there]),
        )
        check_item(new, self.person(item.owner), made.at.date())
        deed = Deed(by=made.by, at=made.at, event=ADDED)
        await kept_items.add(session, postmortem.workspace, postmortem.id, new, deed)

    async def _accept(
        self, session: AsyncSession, postmortem: Postmortem, risk: Risk, made: Made
    ) -> None:
        accepted = AcceptedRisk(
            risk=risk.risk,
            accepter=self.id_of(risk.accepter),
            reason=risk.reason,
            until=made.at.date() + timedelta(days=risk.days),
        )
        check_risk(accepted, self.person(risk.accepter), made.at.date())
        where = postmortem.workspace, postmortem.id
        await kept_risks.add(session, *where, accepted, by=made.by, now=made.at)


def _filled(incident: Incident) -> Iterator[Section]:
    """What was filled in beside the facts."""
    if incident.timeline:
        yield Section.TIMELINE
    if incident.factors:
        yield Section.FACTORS
    yield Section.ROOT_CAUSE
    if incident.items:
        yield Section.ACTION_ITEMS
    if incident.lessons:
        yield Section.LESSONS


def _entry(line: Line, start: datetime) -> TimelineEntry:
    at = start + timedelta(minutes=line.minutes)
    return TimelineEntry(at=at, text=line.words, milestone=line.milestone)
