"""What a workspace sets for its monthly review: where, when, who chairs, and who hears when."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time
from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from domain.cadence import parse, written
from domain.errors import RuleBroken
from domain.programme import Programme
from domain.reviews import PAGE

#: Nobody is told, or asked, more than a month of working days away from a monthly review.
NOTICE_MAX = 31
#: What a year of reviews has seen is no promise any more (rule 15).
REVIEWS_MAX = 12
#: The longest name of a time zone has about half as many characters.
ZONE_MAX = 64
#: The longest handle of a group that is read.
HANDLE_MAX = 80
#: How many of the cards come at a time: the chair's *Next* brings up each, or a page at once.
AT_ONCE = (1, PAGE)
#: A change of any of these makes it another review: where and when it is held.
OCCASION = ("review_channel", "review_day", "review_time", "review_zone")
_SUGGESTED_MOST = 3
#: Names that the system's list of zones holds, and that say nothing of where they are.
_NO_ZONES = {"localtime", "Factory"}


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group of people in Slack, who are mentioned together by its handle."""

    id: str
    handle: str


def read_review_day(value: str) -> str:
    """Read on which day of the month it is held; RuleBroken where that is none."""
    return written(parse(value))


def read_review_time(at: time | None) -> time:
    """Read when the review begins."""
    if at is None:
        raise RuleBroken("review_time", "Choose the time at which the review begins, like 10:00.")
    return at


def read_at_once(value: str) -> int:
    """Read how many cards come at a time."""
    if value not in map(str, AT_ONCE):
        raise RuleBroken("cards_at_once", "Choose how many items come at a time.")
    return int(value)


def read_review_zone(text: str) -> str:
    """Read a time zone by its IANA name, however its letters are cased; nothing is the lead's."""
    said = text.strip()[:ZONE_MAX]
    if not said:
        return ""
    known = _zones()
    folded = said.casefold().replace(" ", "_")
    if folded in known:
        return known[folded]
    raise RuleBroken(
        "review_zone",
        f"I know no time zone {said}. "
        f"{_did_you_mean(_near(folded, known))}"
        "Write its IANA name, like Europe/Berlin, or leave this empty for the lead's zone.",
    )


@cache
def _zones() -> dict[str, str]:
    """All zones this machine knows, by their name in small letters."""
    return {name.casefold(): name for name in sorted(available_timezones() - _NO_ZONES)}


def _near(said: str, known: Mapping[str, str]) -> list[str]:
    """The zones that may be meant: those of a city of this name first, then such as look alike."""
    city = said.rpartition("/")[2]
    places = [name for folded, name in known.items() if folded.rpartition("/")[2] == city]
    cities = {folded.rpartition("/")[2]: name for folded, name in known.items()}
    alike = [
        *(known[each] for each in get_close_matches(said, known, _SUGGESTED_MOST, 0.75)),
        *(cities[each] for each in get_close_matches(city, cities, _SUGGESTED_MOST, 0.75)),
    ]
    return list(dict.fromkeys([*places, *alike]))[:_SUGGESTED_MOST]


def check_asked_in_order(reminded_days: int, escalated_days: int) -> None:
    """Refuse to ask the lead before those who owe a decision (rule 20)."""
    if escalated_days < reminded_days:
        raise RuleBroken(
            "escalated_days",
            f"The lead is asked after those who owe a decision. Write {reminded_days} or more, or "
            "a smaller number above.",
        )


def find_group(text: str, groups: Collection[Group]) -> str:
    """The id of the group that somebody means by its handle, or by that id.

    Raises RuleBroken where there is none, naming such as look alike.
    """
    handle = text.strip().removeprefix("@")[:HANDLE_MAX]
    for group in groups:
        if handle.casefold() == group.handle.casefold() or handle == group.id:
            return group.id
    handles = [each.handle for each in groups]
    alike = get_close_matches(handle.casefold(), handles, _SUGGESTED_MOST)
    meant = [f"@{each}" for each in alike]
    raise RuleBroken(
        "facilitator_group",
        f"There is no user group @{handle} here. "
        f"{_did_you_mean(meant)}"
        "Write the handle by which the group is mentioned in Slack, like @facilitators, or leave "
        "this empty.",
    )


def _did_you_mean(names: list[str]) -> str:
    if not names:
        return ""
    *others, last = names
    return f"Did you mean {', '.join(others)} or {last}? " if others else f"Did you mean {last}? "


def is_another_occasion(before: Programme, after: Programme) -> bool:
    """Whether the review is held elsewhere or at another time from now on."""
    return any(getattr(before, name) != getattr(after, name) for name in OCCASION)
