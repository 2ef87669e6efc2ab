"""Publishing the story's postmortems: three answers, and what is read of them where."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.story.dates import Dates
from bot.story.pen import Pen
from bot.story.read import Incident
from bot.story.review import note
from domain.meetings import Meeting
from domain.passages import CLOSING, check_closing
from domain.postmortems import Postmortem
from domain.publishing import Publication, audience, check_may_close
from domain.record import Event
from handlers.sections import CANVAS, SUMMARY
from storage import deliveries, indexing, passages, publishing, workspaces


@dataclass(frozen=True)
class Publisher(Pen):
    """Publishes postmortems, and owes what is read of them to those who look."""

    async def publish(
        self,
        session: AsyncSession,
        postmortem: Postmortem,
        incident: Incident,
        meeting: Meeting | None,
        dates: Dates,
    ) -> None:
        """Keep the answers, and that it is published: by its chair, or by its author."""
        by = meeting.facilitator if meeting else postmortem.created_by
        check_may_close(postmortem, meeting, by)
        check_closing(incident.answers, {each: each for each in CLOSING})
        where = postmortem.workspace, postmortem.id
        await passages.write(session, *where, incident.answers)
        publication = Publication(published_by=by, published_at=dates.closed)
        await publishing.publish(session, *where, publication)
        await note(session, postmortem, Event.PUBLISHED, by, dates.closed)
        await indexing.index(session, *where)

    async def announce(self, postmortem: Postmortem) -> None:
        """Owe the summary to the channel of its tier, if it has one."""
        async with self.sessions.begin() as session:
            programme = await workspaces.programme(session, postmortem.workspace)
            if channel := audience(postmortem, programme):
                await self._owe(session, SUMMARY, postmortem, channel)

    async def lay_out(self, published: Iterable[Postmortem]) -> None:
        """Owe a canvas to the channel of each of these, as it stands now."""
        async with self.sessions.begin() as session:
            for postmortem in published:
                if postmortem.channel is not None:
                    await self._owe(session, CANVAS, postmortem, postmortem.channel)

    async def _owe(
        self, session: AsyncSession, kind: str, postmortem: Postmortem, channel: str
    ) -> None:
        await deliveries.enqueue(
            session,
            postmortem.workspace,
            kind,
            str(postmortem.id),
            channel=channel,
            due_at=self.workspace.clock.now(),
            asked_by=postmortem.created_by,
        )
