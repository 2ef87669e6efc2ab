"""The report as messages: posted by hand or by the clock, with the open items in its thread.

Both are put together when they are sent, and stay as they were: a report says how things stood.
"""

from datetime import timedelta

from slack_bolt.async_app import AsyncApp
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.open_tables import OpenTable
from blocks.report_messages import REPORT_CSV, items_message, read_csv, report_message
from domain.report import Report, Wanted
from domain.windows import Scope
from handlers import report_clock
from handlers.clicks import Click, pressed
from handlers.outgoing import Compose, Later, Outgoing
from handlers.report_files import names_of, send_files
from handlers.report_numbers import gather
from handlers.report_owing import REPORT_ITEMS, owe, wanted_in
from storage import deliveries, open_list, people
from storage.deliveries import Delivery
from storage.reports import HAND, REPORT

__all__ = ["DELIVERIES", "SCHEDULE", "owe", "register"]

A_MINUTE = timedelta(minutes=1)


def register(app: AsyncApp) -> None:
    """Register the button that sends the files."""
    app.action(REPORT_CSV)(hand_over)


async def _taken(session: AsyncSession, delivery: Delivery) -> Report:
    wanted = wanted_in(delivery.subject)
    return await gather(session, delivery.workspace_id, wanted, delivery.claimed_at)


async def posted(session: AsyncSession, delivery: Delivery) -> Outgoing:
    """The numbers as they are when they are sent; tables where Slack draws no charts."""
    report = await _taken(session, delivery)
    by = await _poster(session, delivery)
    return Outgoing(
        message=report_message(report, by=by),
        fallback=report_message(report, by=by, with_charts=False),
    )


async def _poster(session: AsyncSession, delivery: Delivery) -> str:
    """The name of who posted it by hand; empty of the monthly one, and where it is not known."""
    if not delivery.subject.startswith(HAND):
        return ""
    met = await people.known(session, delivery.workspace_id, [delivery.asked_by])
    return next((each.name for each in met.values()), "")


async def replied(session: AsyncSession, delivery: Delivery) -> Outgoing | Later | None:
    """The open items in the report's thread, once it is there; nothing where it never comes."""
    team, subject = delivery.workspace_id, delivery.subject
    place = await deliveries.place(session, team, REPORT, subject)
    if place is None:
        is_lost = await deliveries.given_up(session, team, REPORT, subject)
        return None if is_lost else Later(at=delivery.claimed_at + A_MINUTE)
    report = await _taken(session, delivery)
    window = report.window
    rows, total = await open_list.open_list(
        session, team, window.end_day, report.scope, zone=window.zone
    )
    table = OpenTable(rows=rows, total=total, names=await names_of(session, team, rows))
    return Outgoing(
        message=items_message(report, table),
        fallback=items_message(report, table, as_data=False),
        thread_ts=place[1],
    )


@pressed
async def hand_over(click: Click) -> None:
    """Send whoever presses the numbers and the open items as files, by direct message."""
    asked = read_csv(click.action["value"])
    wanted = Wanted(months=asked.months, scope=Scope(service=asked.service))
    said = await send_files(
        click.client, click.sessions, click.team_id, click.user_id, wanted, click.now
    )
    await click.tell(said)


DELIVERIES: dict[str, Compose] = {REPORT: posted, REPORT_ITEMS: replied}
SCHEDULE = report_clock.SCHEDULE
