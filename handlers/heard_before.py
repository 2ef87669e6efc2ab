"""What a digest shows in full, and what its reader has heard of before and it only names."""

from datetime import UTC, date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.digests import Wanting
from domain.workdays import WorkingTime
from handlers.hearers import hearers
from storage import heard_before
from storage.deliveries import Delivery


def heard_at(delivery: Delivery) -> datetime:
    """When it was posted, which its ts says; while it was not, since when it is owed."""
    posted = float(delivery.message_ts or 0)
    return max(delivery.created_at, datetime.fromtimestamp(posted, UTC))


async def split(
    session: AsyncSession, delivery: Delivery, found: list[Wanting], hours: WorkingTime, day: date
) -> tuple[list[Wanting], list[Wanting]]:
    """What came by the rules until that day since the reader's digest before, and what did not.

    Whatever a digest is owed for (`handlers.hearings`) has come. Of `day`, the one on which it was
    posted, the same has come whenever it is asked. Where there was none before, everything has.
    """
    team = delivery.workspace_id
    before = await heard_before.newest(session, team, delivery.kind, delivery.subject)
    if before is None:
        return found, []
    who = await hearers(session, team, {each.kept.owner for each in found})
    has_come, also = list[Wanting](), list[Wanting]()
    for each in found:
        at = who.next(each.kept.promise, heard_at(before))
        (has_come if at and hours.today(at) <= day else also).append(each)
    return has_come, also
