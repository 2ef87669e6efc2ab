"""That a channel is owed the report: by whom it was asked for, over what, and once."""

from datetime import datetime
from hashlib import sha256

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.report import Wanted
from domain.windows import Scope
from storage import deliveries
from storage.reports import HAND, REPORT

#: The reply with the open items, under the same subject.
REPORT_ITEMS = "report_items"
#: So many letters of a posting's fingerprint stand in a subject, which has room for 128.
_FINGERPRINT = 16


async def owe(
    session: AsyncSession,
    workspace_id: str,
    *,
    channel: str,
    subject: str,
    months: int,
    service: str,
    now: datetime,
    asked_by: str = "",
) -> None:
    """Owe a channel the report over so many months, of one service or all, and its reply.

    `subject` is the month of which it is the report (`2026-12`), or HAND and what tells this
    posting from others; the same one twice is one report. `asked_by` hears where it cannot be
    posted.
    """
    which = f"{_short(subject)}:{months}:{service}" if subject.startswith(HAND) else subject
    for kind, hears in ((REPORT, asked_by), (REPORT_ITEMS, "")):
        await deliveries.enqueue(
            session, workspace_id, kind, which, channel=channel, due_at=now, asked_by=hears
        )


def _short(subject: str) -> str:
    posting = subject.removeprefix(HAND).encode()
    return f"{HAND}{sha256(posting).hexdigest()[:_FINGERPRINT]}"


def wanted_in(subject: str) -> Wanted:
    """Which report a subject is of; a month's is of everything, over the usual months."""
    if not subject.startswith(HAND):
        return Wanted()
    _, months, service = subject.removeprefix(HAND).split(":", 2)
    return Wanted(months=int(months), scope=Scope(service=service))
