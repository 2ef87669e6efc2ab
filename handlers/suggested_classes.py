"""Which causal classes an incident's own words suggest, and which of its words are read for it."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.causal_classes import CausalClass
from domain.class_suggestions import Suggestion, suggest
from domain.passages import Passage
from domain.postmortems import Postmortem
from storage import (
    action_items,
    causal_classes,
    contributing_factors,
    inherited,
    passages,
    timeline,
)

#: What went well is left out: it tells of alerts that fired and of standbys that took over.
_READ = (Passage.WHYS, Passage.WENT_WRONG, Passage.LESSONS)
#: An imported document has its summary at the beginning of the notes, and pages of others below.
_NOTES_READ = 5_000


async def suggested(
    session: AsyncSession, postmortem: Postmortem, taxonomy: Sequence[CausalClass]
) -> list[Suggestion]:
    """The classes that the incident's words speak for, wherever a form asks for classes."""
    names = await causal_classes.known_as(session, postmortem.workspace)
    return suggest(await told(session, postmortem), taxonomy, names)


async def told(session: AsyncSession, postmortem: Postmortem) -> list[str]:
    """Every text that tells why it happened, each by itself; what says most of it comes first."""
    written = await passages.written(session, postmortem.id)
    return [
        postmortem.facts.title,
        postmortem.facts.impact,
        postmortem.root_cause,
        *(written.get(each, "") for each in _READ),
        *(each.text for each in await contributing_factors.factors(session, postmortem.id)),
        *(each.what for each in await action_items.items(session, postmortem.id)),
        *(each.text for each in await inherited.lines(session, postmortem.id)),
        written.get(Passage.NOTES, "")[:_NOTES_READ],
        *(each.text for each in await timeline.entries(session, postmortem.id)),
    ]
