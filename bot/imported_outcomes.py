"""Whether what a document says became of an item or a risk can be kept, and followed up."""

from datetime import UTC, date, datetime, timedelta

from bot.imported_checks import COUNTED_MAX
from domain.accepted_risks import AcceptedRisk
from domain.action_items import LINK_MAX, NOTE_MAX, ActionItem
from domain.errors import RuleBroken
from domain.postmortems import check_length

#: Who is told on the next working day after it, in whatever zone, must find that in a calendar.
LAST_DAY = date.max - timedelta(days=366)
#: Every zone has a date for an instant that is no older than this.
_FIRST_INSTANT = datetime.min.replace(tzinfo=UTC) + timedelta(days=2)
#: Clocks differ, and what was exported there can be imported here at once.
_CLOCKS_DIFFER = timedelta(days=1)


def check_outcome(item: ActionItem, now: datetime) -> None:
    """Raise RuleBroken where this cannot have become of an item."""
    for field in ("note", "shipped", "evidence"):
        check_length(field, getattr(item, field), NOTE_MAX)
    check_length("link", item.link, LINK_MAX)
    for day in (item.due_on, item.soaks_until):
        _check_day(day)
    at = item.verified_at
    if at is not None and not _FIRST_INSTANT <= at <= now + _CLOCKS_DIFFER:
        raise RuleBroken("verified_at", f"nobody can have verified it on {at.date()}.")


def check_standing(risk: AcceptedRisk) -> None:
    """Raise RuleBroken where a risk cannot stand, or have ended, like this."""
    _check_day(risk.until)
    if not 0 <= risk.renewals <= COUNTED_MAX:
        raise RuleBroken("renewals", f"nobody can have accepted it again {risk.renewals} times.")


def _check_day(day: date | None) -> None:
    if day is not None and day > LAST_DAY:
        raise RuleBroken("due_on", f"nobody can be reminded of it on {day}.")
