"""The form of `/postmortem settings`: who leads, who chairs, where it is published, the numbers."""

import json
from dataclasses import asdict, replace
from hashlib import blake2s
from typing import Any

from blocks.forms import remembered, values
from blocks.parts import View, actions, button, context, modal
from blocks.services import SETTINGS_SERVICES
from blocks.settings_inputs import (
    CHANNELS,
    DUE_DAYS,
    FOLLOW_UP_DAYS,
    MONTHLY,
    channel_inputs,
    day_inputs,
    hour_inputs,
    measure_inputs,
    people_inputs,
)
from blocks.settings_reviews import read_reviews, review_inputs, shown_group
from blocks.taxonomy import SETTINGS_CLASSES
from blocks.text import channel_link, mention
from blocks.trackers import SETTINGS_TRACKERS
from domain.programme import Programme
from domain.settings import (
    Settings,
    read_burning,
    read_days,
    read_holidays,
    read_hours,
    read_reaction,
    read_working_days,
)

SETTINGS = "settings"


def settings_modal(settings: Settings, by: str, handle: str = "") -> View:
    """The form, filled with what is set now; `by` opens it.

    `handle` is that of the facilitators' group, where Slack has said it.
    """
    programme = settings.programme
    group = shown_group(programme, handle)
    return modal(
        "Programme settings",
        [
            context(_who_may(programme.lead, by)),
            actions(
                [
                    button("Causal classes", SETTINGS_CLASSES, "open"),
                    button("Services and budgets", SETTINGS_SERVICES, "open"),
                    button("Trackers", SETTINGS_TRACKERS, "open"),
                ]
            ),
            *people_inputs(settings),
            *channel_inputs(programme),
            *review_inputs(programme, group),
            *day_inputs(programme),
            *hour_inputs(programme),
            *measure_inputs(programme),
        ],
        callback_id=SETTINGS,
        submit="Save",
        metadata=json.dumps({"seen": stamp(settings), "group": group}),
    )


def _who_may(lead: str, by: str) -> str:
    if not lead:
        return "Nobody leads the programme yet, so anybody may change this."
    if lead == by:
        return "You may change this because you lead the programme."
    return f"{mention(lead)}, who led the programme, has left: anybody may change this."


def stamp(settings: Settings) -> str:
    """What tells these settings from others: two forms of the same settings have the same."""
    people = sorted(set(settings.facilitators))
    whole = json.dumps([asdict(settings.programme), people], sort_keys=True, default=str)
    return blake2s(whole.encode(errors="replace"), digest_size=8).hexdigest()


def read_settings(view: View, now: Programme) -> tuple[str, Settings]:
    """The stamp of what the form was opened with, and what is wanted in place of `now`.

    The facilitators' group stays what it is now, unless nobody is wanted: see `read_new_group`.
    Raises RuleBroken on a field that cannot be read.
    """
    typed = values(view)
    changed: dict[str, Any] = {
        "lead": typed.get("lead") or "",
        "reaction": read_reaction(typed.get("reaction", "")),
        **{field: typed.get(field) or "" for field in CHANNELS},
        **{field: read_days(field, typed.get(field) or "") for field in DUE_DAYS | FOLLOW_UP_DAYS},
        **_working_time(typed),
        "burning_percent": read_burning(typed.get("burning_percent") or ""),
        "report_monthly": MONTHLY in (typed.get("report_monthly") or ()),
        **read_reviews(typed),
    }
    if not (typed.get("facilitator_group") or "").strip():
        changed["facilitator_group"] = ""
    wanted = replace(now, **changed)
    people = tuple(typed.get("facilitators") or ())
    return remembered(view)["seen"], Settings(programme=wanted, facilitators=people)


def read_new_group(view: View) -> str:
    """The handle of a facilitators' group other than the form was opened with; empty for none."""
    typed: str = values(view).get("facilitator_group") or ""
    return "" if typed.strip() == remembered(view)["group"] else typed.strip()


def _working_time(typed: dict[str, Any]) -> dict[str, Any]:
    begins, ends = read_hours(typed.get("work_begins"), typed.get("work_ends"))
    return {
        "working_days": read_working_days(typed.get("working_days") or ()),
        "work_begins": begins,
        "work_ends": ends,
        "holidays": read_holidays(typed.get("holidays") or ""),
    }


def uninvited_text(channels: list[str]) -> str:
    """Say that the settings are kept, and where the app still has to be invited."""
    *others, last = map(channel_link, channels)
    where = f"{', '.join(others)} and {last}" if others else last
    return (
        f"The settings are saved. I am not in {where} yet: type `/invite @Closed Loop` there, or "
        "I can post nothing there."
    )
