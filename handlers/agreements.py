"""The timeline is agreed in writing before the review; a change of it asks again (rule 7)."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.postmortems import Postmortem
from domain.record import Event, RecordEntry
from domain.timeline import TimelineEntry
from handlers.sections import Made
from storage import agreements, record


async def withdraw(
    session: AsyncSession,
    postmortem: Postmortem,
    old: Sequence[TimelineEntry],
    new: Sequence[TimelineEntry],
    made: Made,
) -> None:
    """Take away every agreement to the old entries, for nobody has agreed to the new ones."""
    if list(old) == list(new):
        return
    gone = await agreements.withdraw_all(session, postmortem.id)
    if gone:
        people = ", ".join(each.person for each in gone)
        entry = RecordEntry(actor=made.by, at=made.at, event=Event.WITHDRAWN, reason=people)
        await record.append(session, postmortem.workspace, postmortem.id, entry)
