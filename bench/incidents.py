"""The postmortems our app finds when it is measured, as full as a busy month leaves them."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bench.workspace import TEAM, WITH_POSTMORTEM, members
from domain.action_items import ActionItem, ItemKind
from domain.contributing_factors import ContributingFactor, FactorKind
from domain.meetings import Meeting
from domain.passages import Passage
from domain.postmortems import Facts, Postmortem, Severity
from domain.programme import Priority
from domain.timeline import TimelineEntry
from storage import (
    action_items,
    agreements,
    causal_classes,
    contributing_factors,
    meetings,
    passages,
    postmortems,
    timeline,
    workspaces,
)
from storage.engine import open_database

_AT = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


async def write_postmortems(database_url: str) -> None:
    """Give every second channel a full postmortem, straight into our app's database."""
    database = open_database(database_url)
    try:
        for channel in WITH_POSTMORTEM:
            async with database.sessions.begin() as session:
                await _write(session, channel)
    finally:
        await database.close()


async def _write(session: AsyncSession, channel: str) -> None:
    postmortem = await postmortems.start(
        session,
        TEAM,
        channel=channel,
        channel_name="inc-checkout-latency",
        is_private=False,
        facts=_facts(channel),
        created_by=members(channel)[0],
        submission=f"V{channel}",
        now=_AT,
    )
    await _write_sections(session, postmortem, postmortem.created_by)


def _facts(channel: str) -> Facts:
    return Facts(
        title="Checkout took eight seconds after the certificate was renewed",
        service="checkout",
        severity=Severity.P1,
        started_at=_AT - timedelta(hours=1),
        detected_at=_AT - timedelta(minutes=50),
        recovered_at=_AT - timedelta(minutes=10),
        impact="One checkout in five failed for 40 minutes; nobody was charged twice.",
        responders=tuple(members(channel)[:-1]),
    )


async def _write_sections(session: AsyncSession, postmortem: Postmortem, by: str) -> None:
    where = (session, TEAM, postmortem.id)
    entries = [
        TimelineEntry(at=_AT - timedelta(minutes=60 - 5 * step), text=f"Step {step} of the search")
        for step in range(10)
    ]
    factors = [
        ContributingFactor(
            kind=FactorKind.MADE_POSSIBLE, text=f"Nobody had written down fact {step}"
        )
        for step in range(5)
    ]
    await timeline.replace(*where, entries, by=by, now=_AT)
    await contributing_factors.replace(*where, factors, by=by, now=_AT)
    for position in (1, 2, 3):
        await action_items.add(
            *where, _item(position, by), by=by, now=_AT, submission=f"{position}"
        )
    await _write_analysis(session, postmortem, by)


async def _write_analysis(session: AsyncSession, postmortem: Postmortem, by: str) -> None:
    where = (session, TEAM, postmortem.id)
    text = "Three sentences of what was found out when everybody sat together. " * 3
    await passages.write(*where, dict.fromkeys(Passage, text))
    await workspaces.ensure(session, TEAM)
    taxonomy = await causal_classes.taxonomy(session, TEAM)
    chosen = [taxonomy[(postmortem.number + step) % len(taxonomy)].id for step in range(2)]
    await causal_classes.tag(*where, chosen, by=by, now=_AT)
    for person in postmortem.facts.responders:
        await agreements.agree(*where, person, _AT)
    meeting = Meeting(
        facilitator=members(postmortem.channel or "")[-1], called_by=by, called_at=_AT
    )
    await meetings.call(*where, meeting)


def _item(position: int, owner: str) -> ActionItem:
    return ActionItem(
        what=f"Renew certificate {position} by a job",
        done_when="The job has renewed one, and the dashboard shows it",
        owner=owner,
        priority=Priority.P1,
        due_on=date(2026, 12, 4),
        kind=ItemKind.GUARDRAIL,
        position=position,
    )
