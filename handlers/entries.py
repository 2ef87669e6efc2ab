"""The entries of a timeline as they are kept, whichever way they came."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.milestones import begun, filled_in
from domain.postmortems import Postmortem, Section
from domain.timeline import TimelineEntry
from handlers.agreements import withdraw
from handlers.sections import Made, keep
from storage import postmortems, timeline


async def put(
    session: AsyncSession,
    postmortem: Postmortem,
    old: Sequence[TimelineEntry],
    new: Sequence[TimelineEntry],
    made: Made,
) -> None:
    """Put these entries in place of the old ones; whoever agreed to those is asked again.

    What the facts leave open, the milestones say; and when it started, where the facts still begin
    with the first alert. The postmortem must be locked. Whoever calls this also keeps the section
    (`sections.keep`).
    """
    await timeline.replace(
        session, postmortem.workspace, postmortem.id, new, by=made.by, now=made.at
    )
    await withdraw(session, postmortem, old, new, made)
    facts = filled_in(begun(postmortem.facts, old, new), new)
    if facts != postmortem.facts:
        await postmortems.change_facts(session, postmortem.id, facts)
        await keep(session, postmortem, Section.FACTS, made)
