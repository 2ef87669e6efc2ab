"""The monthly reviews to come as a calendar file, for any calendar there is (RFC 5545)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from domain.review_calendar import Held

#: What the file is called where it is saved.
NAME = "monthly-reviews.ics"
#: So long a review is in a calendar.
LENGTH = timedelta(hours=1)

_PRODUCT = "-//Closed Loop//Monthly reviews//EN"
_SUMMARY = "Monthly review"
_WHAT = "A peer walks every open action item until each is decided."
#: Leads into a channel of Slack from anywhere
#: (docs.slack.dev/interactivity/deep-linking, "Open a channel within the Slack client").
_LEADS_TO = "https://slack.com/app_redirect?"


def calendar_file(
    held: Sequence[Held], workspace: str, zone: ZoneInfo, now: datetime, chair: str = ""
) -> str:
    """One event for each review, by the clock of the zone where it is held.

    An event's UID is that of its workspace and day: whoever imports a later file has it once.
    `chair` is the name of who chairs the first of them, where that is known.
    """
    calendar = Calendar.new(prodid=_PRODUCT, name="Monthly reviews")
    for number, each in enumerate(held):
        what = f"{_WHAT} {chair} chairs it." if chair and not number else _WHAT
        calendar.add_component(_event(each, workspace, zone, now, what))
    if held:
        first, last = held[0].due_on, held[-1].due_on
        # A zone is told from the change before the first of them on, not from 1970 on.
        calendar.add_missing_timezones(first - timedelta(days=366), last + timedelta(days=366))
    return str(calendar.to_ical(), encoding="utf-8")


def _event(held: Held, workspace: str, zone: ZoneInfo, now: datetime, what: str) -> Event:
    start = held.due_at.astimezone(zone)
    return Event.new(
        uid=f"monthly-review-{workspace}-{held.due_on.isoformat()}@closed-loop",
        stamp=now,
        start=start,
        end=start + LENGTH,
        summary=_SUMMARY,
        description=_description(held, workspace, what),
    )


def _description(held: Held, workspace: str, what: str) -> str:
    if not held.channel:
        return f"{what} In which channel is not said yet: /postmortem settings."
    where = urlencode({"team": workspace, "channel": held.channel})
    return f"{what}\n{_LEADS_TO}{where}"
