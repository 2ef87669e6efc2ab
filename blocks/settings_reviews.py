"""The monthly review in the settings form: where, when, by whom, and who hears when of it."""

from typing import Any

from blocks.inputs import (
    channel_element,
    field_input,
    grouped_element,
    hour_element,
    number_element,
    option,
    select_element,
    text_element,
)
from blocks.parts import Block, header
from domain.cadence import OnWeekday, choices, parse
from domain.programme import Programme
from domain.reviews import PAGE
from domain.settings import read_number
from domain.settings_reviews import (
    HANDLE_MAX,
    NOTICE_MAX,
    REVIEWS_MAX,
    ZONE_MAX,
    check_asked_in_order,
    read_at_once,
    read_review_day,
    read_review_time,
    read_review_zone,
)

#: What is asked for in working days: field → (label, hint).
NOTICE_DAYS = {
    "told_days": (
        "Working days before it on which people are told",
        "The chair, and everybody whose items come up: they can decide them before it begins.",
    ),
    "reminded_days": (
        "Working days until those who owe a decision are reminded",
        "While the review is not closed.",
    ),
    "escalated_days": (
        "Working days until the programme lead is told",
        "While it is still not closed.",
    ),
}
_AT_ONCE = {
    "1": "One by one: the chair's Next brings up the next item",
    str(PAGE): f"{PAGE} at a time",
}


def shown_group(programme: Programme, handle: str) -> str:
    """How the facilitators' group is written in the form: by its id where the handle is unknown."""
    return f"@{handle}" if handle else programme.facilitator_group


def review_inputs(programme: Programme, group: str) -> list[Block]:
    """Where and when the monthly review is held, who chairs it, and how it is walked."""
    return [
        header("Monthly review"),
        *_occasion(programme),
        field_input(
            "facilitator_group",
            "Which group's members take turns at chairing it?",
            text_element(group, most=HANDLE_MAX, placeholder="@facilitators"),
            hint="The handle of a user group, like @facilitators. Whoever takes turns at chairing "
            "reviews chairs monthly reviews too.",
            optional=True,
        ),
        field_input(
            "cards_at_once",
            "How do its items come up?",
            select_element(
                [option(value, label) for value, label in _AT_ONCE.items()],
                str(programme.cards_at_once),
                "Choose one",
            ),
        ),
        *_numbers(programme),
    ]


def _occasion(programme: Programme) -> list[Block]:
    return [
        field_input(
            "review_channel",
            "Where is it held?",
            channel_element(programme.review_channel, "Choose a public channel"),
            hint="Closed Loop must be in it: type /invite @Closed Loop there. Left empty: none is "
            "held by itself, and /postmortem review begins one where it is typed.",
            optional=True,
        ),
        field_input(
            "review_day",
            "On which day of the month?",
            _days(programme.review_day),
            hint="If nobody works on it, it is the next working day. A review that was called "
            "already keeps its day, its time and its channel.",
        ),
        field_input("review_time", "When does it begin?", hour_element(programme.review_time)),
        field_input(
            "review_zone",
            "In which time zone?",
            text_element(programme.review_zone, most=ZONE_MAX, placeholder="Europe/Berlin"),
            hint="Its IANA name, like Europe/Berlin. Left empty: the programme lead's.",
            optional=True,
        ),
    ]


def _days(chosen: str) -> Block:
    groups: dict[str, list[Block]] = {"A weekday of the month": [], "A day of the month": []}
    on_weekdays, on_days = groups.values()
    for value, label in choices().items():
        is_weekday = isinstance(parse(value), OnWeekday)
        (on_weekdays if is_weekday else on_days).append(option(value, label))
    return grouped_element(groups, chosen, "Choose a day")


def _numbers(programme: Programme) -> list[Block]:
    days = [
        field_input(
            field, label, number_element(getattr(programme, field), 1, NOTICE_MAX), hint=hint
        )
        for field, (label, hint) in NOTICE_DAYS.items()
    ]
    lives = field_input(
        "reviews_to_live",
        "Monthly reviews after which an open item has expired",
        number_element(programme.reviews_to_live, 1, REVIEWS_MAX),
        hint="From then on it cannot be moved: it is done, promoted, accepted as a risk or "
        "cancelled. Items there are already follow.",
    )
    return [*days, lives]


def read_reviews(typed: dict[str, Any]) -> dict[str, Any]:
    """What is wanted of monthly reviews, by field; RuleBroken on one that cannot be read."""
    days = {
        field: read_number(field, typed.get(field) or "", NOTICE_MAX, "days", like=3)
        for field in NOTICE_DAYS
    }
    check_asked_in_order(days["reminded_days"], days["escalated_days"])
    lives = typed.get("reviews_to_live") or ""
    return {
        "review_channel": typed.get("review_channel") or "",
        "review_day": read_review_day(typed.get("review_day") or ""),
        "review_time": read_review_time(typed.get("review_time")),
        "review_zone": read_review_zone(typed.get("review_zone") or ""),
        "cards_at_once": read_at_once(typed.get("cards_at_once") or ""),
        "reviews_to_live": read_number("reviews_to_live", lives, REVIEWS_MAX, "reviews", like=2),
        **days,
    }
