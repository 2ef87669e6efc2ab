"""The agreement to a written postmortem and its review, as far as it has come."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.story.dates import Dates
from bot.story.pen import Pen
from bot.story.read import Incident, Stage
from domain.agreements import ASKED, naming
from domain.meetings import Meeting, check_facilitator
from domain.postmortems import Postmortem
from domain.record import Event, RecordEntry
from handlers.asking import ask
from handlers.meetings import owe_facilitator
from storage import agreements, meetings, record


@dataclass(frozen=True)
class Review(Pen):
    """Lets people agree and meet; all of it is written at once, since nobody looks in between."""

    async def ask(self, postmortem: Postmortem, incident: Incident) -> None:
        """Ask the responders for their agreement; by message where some are still waited for."""
        by, now = postmortem.created_by, self.workspace.clock.now()
        others = [each for each in postmortem.facts.responders if each != by]
        async with self.sessions.begin() as session:
            if incident.stage is Stage.AGREEING:
                await ask(session, postmortem.workspace, postmortem.id, by, now)
                return
            entry = RecordEntry(
                actor=by, at=now, event=Event.AGREEMENT_ASKED, changes=naming(ASKED, others)
            )
            await record.append(session, postmortem.workspace, postmortem.id, entry)

    async def agree(
        self, session: AsyncSession, postmortem: Postmortem, incident: Incident, dates: Dates
    ) -> None:
        """Let the responders agree; while they are still waited for, only the author has."""
        author = incident.responders[:1]
        agreed = author if incident.stage is Stage.AGREEING else incident.responders
        for who in sorted(agreed, key=lambda each: dates.agreed[each]):
            person, at = self.id_of(who), dates.agreed[who]
            await agreements.agree(session, postmortem.workspace, postmortem.id, person, at)
            await note(session, postmortem, Event.AGREED, person, at)

    async def meet(
        self, session: AsyncSession, postmortem: Postmortem, incident: Incident, dates: Dates
    ) -> Meeting:
        """Call the review, and hold it where it was held; who chairs one to come is told so."""
        chair = check_facilitator(self.person(incident.facilitator), postmortem.facts.responders).id
        where, by = (postmortem.workspace, postmortem.id), postmortem.created_by
        held = incident.stage is Stage.PUBLISHED
        meeting = Meeting(
            facilitator=chair,
            called_by=by,
            called_at=dates.called,
            started_at=dates.started if held else None,
            signed_off_at=dates.closed if held else None,
        )
        await meetings.call(session, *where, meeting)
        await note(session, postmortem, Event.CALLED, by, dates.called, ("", chair))
        if held:
            await note(session, postmortem, Event.REVIEW_STARTED, chair, dates.started)
            await note(session, postmortem, Event.SIGNED_OFF, chair, dates.closed)
        else:
            await owe_facilitator(session, postmortem, chair, by=by, now=dates.called)
        return meeting


async def note(
    session: AsyncSession,
    postmortem: Postmortem,
    event: Event,
    actor: str,
    at: datetime,
    chair: tuple[str, str] | None = None,
) -> None:
    """Put on record what somebody did to a postmortem, and who chaired before and after."""
    changes = {"facilitator": chair} if chair else {}
    entry = RecordEntry(actor=actor, at=at, event=event, changes=changes)
    await record.append(session, postmortem.workspace, postmortem.id, entry)
