"""The numbers of a report and the open items as files, for whoever asks."""

from asyncio import to_thread
from collections.abc import Callable
from datetime import date, datetime

from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from documents.report_csv import numbers_csv, open_items_csv
from domain.open_rows import OpenRow
from domain.report import Report, Wanted
from handlers.report_numbers import gather
from storage import open_list, people
from storage.engine import Sessions

#: More items than this nobody reads in a spreadsheet that came by message.
ITEMS_MOST = 2_000

SENT = "Sent to you as a direct message: {names}."
NOT_ALL = (
    " Of {total} open items the file has the first {shown}: `closedloop export items` has all."
)


async def send_files(
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    wanted: Wanted,
    now: Callable[[], datetime],
) -> str:
    """Send somebody the numbers as they are now and the open items, as two files by message.

    Returns what to say where it was asked for.
    """
    at = now()
    async with sessions() as session:
        report = await gather(session, team_id, wanted, at)
        rows, total = await _rows(session, team_id, report)
        names = await names_of(session, team_id, rows)
    files = await to_thread(_files, report, rows, names, report.window.end_day)
    answer = await client.conversations_open(users=user_id)
    await client.files_upload_v2(channel=answer["channel"]["id"], file_uploads=files)
    said = SENT.format(names=" and ".join(each["filename"] for each in files))
    more = NOT_ALL.format(total=total, shown=len(rows)) if total > len(rows) else ""
    return f"{said}{more}"


async def _rows(session: AsyncSession, team_id: str, report: Report) -> tuple[list[OpenRow], int]:
    window = report.window
    return await open_list.open_list(
        session, team_id, window.end_day, report.scope, ITEMS_MOST, zone=window.zone
    )


async def names_of(session: AsyncSession, team_id: str, rows: list[OpenRow]) -> dict[str, str]:
    """What the owners of these items are called."""
    met = await people.known(session, team_id, {each.owner for each in rows})
    return {person: met[person].name for person in met}


def _files(
    report: Report, rows: list[OpenRow], names: dict[str, str], on: date
) -> list[dict[str, str]]:
    written = {
        "postmortem-report": ("Postmortem report", numbers_csv(report)),
        "open-action-items": ("Open action items", open_items_csv(rows, names)),
    }
    return [
        {"filename": f"{name}-{on.isoformat()}.csv", "title": title, "content": content}
        for name, (title, content) in written.items()
    ]
