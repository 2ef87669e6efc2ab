"""The form of `/postmortem settings`: who leads, who chairs, where it is published, the numbers."""

import json
from dataclasses import asdict, replace
from hashlib import blake2s
from typing import Any

from blocks.forms import remembered, values
from blocks.inputs import (
    channel_element,
    field_input,
    number_element,
    people_element,
    person_element,
    text_element,
)
from blocks.parts import Block, View, context, modal
from blocks.text import channel_link, mention
from domain.programme import Programme
from domain.settings import DAYS_MAX, FACILITATORS_MAX, Settings, read_days, read_reaction

SETTINGS = "settings"

_DAYS = {
    "p1_due_days": "Days until a P1 item is due",
    "p2_due_days": "Days until a P2 item is due",
    "p3_due_days": "Days until a P3 item is due",
    "accepted_risk_days": "Days for which a risk is accepted",
}
_CHANNELS = {
    "organisation_channel": "Where are tier 1 postmortems published?",
    "engineering_channel": "Where are tier 2 postmortems published?",
}
_INVITE = "Closed Loop must be in it: type /invite @Closed Loop there. Left empty: nowhere yet."


def settings_modal(settings: Settings, by: str) -> View:
    """The form, filled with what is set now; `by` opens it."""
    programme = settings.programme
    channels = [
        field_input(
            field,
            label,
            channel_element(getattr(programme, field), "Choose a public channel"),
            hint=_INVITE,
            optional=True,
        )
        for field, label in _CHANNELS.items()
    ]
    days = [
        field_input(field, label, number_element(getattr(programme, field), 1, DAYS_MAX))
        for field, label in _DAYS.items()
    ]
    return modal(
        "Programme settings",
        [*_people(settings, by), *channels, _reaction(programme), *days],
        callback_id=SETTINGS,
        submit="Save",
        metadata=json.dumps({"seen": stamp(settings)}),
    )


def _people(settings: Settings, by: str) -> list[Block]:
    lead = person_element(settings.programme.lead, "Choose one person")
    turns = people_element(settings.facilitators, "Choose people", FACILITATORS_MAX)
    return [
        context(_who_may(settings.programme.lead, by)),
        field_input(
            "lead",
            "Who leads the programme?",
            lead,
            hint="The person who answers for the loop. From then on only they change this.",
            optional=True,
            told_at_once=True,
        ),
        field_input(
            "facilitators",
            "Who takes turns at chairing reviews?",
            turns,
            hint="Left empty: everybody who ever responded to an incident.",
            optional=True,
        ),
    ]


def _who_may(lead: str, by: str) -> str:
    if not lead:
        return "Nobody leads the programme yet, so anybody may change this."
    if lead == by:
        return "You may change this because you lead the programme."
    return f"{mention(lead)}, who led the programme, has left: anybody may change this."


def _reaction(programme: Programme) -> Block:
    return field_input(
        "reaction",
        "Which reaction adds a message to the timeline?",
        text_element(programme.reaction, most=100, placeholder="stopwatch"),
        hint="The emoji's name, as Slack shows it between colons.",
    )


def stamp(settings: Settings) -> str:
    """What tells these settings from others: two forms of the same settings have the same."""
    people = sorted(set(settings.facilitators))
    whole = json.dumps([asdict(settings.programme), people], sort_keys=True)
    return blake2s(whole.encode(errors="replace"), digest_size=8).hexdigest()


def read_settings(view: View, now: Programme) -> tuple[str, Settings]:
    """The stamp of what the form was opened with, and what is wanted in place of `now`.

    Raises RuleBroken on a field that cannot be read.
    """
    typed = values(view)
    changed: dict[str, Any] = {
        "lead": typed.get("lead") or "",
        "reaction": read_reaction(typed.get("reaction", "")),
        **{field: typed.get(field) or "" for field in _CHANNELS},
        **{field: read_days(field, typed.get(field) or "") for field in _DAYS},
    }
    wanted = replace(now, **changed)
    people = tuple(typed.get("facilitators") or ())
    return remembered(view)["seen"], Settings(programme=wanted, facilitators=people)


def uninvited_text(channels: list[str]) -> str:
    """Say that the settings are kept, and where the app still has to be invited."""
    where = " and ".join(map(channel_link, channels))
    return (
        f"The settings are saved. I am not in {where} yet: type `/invite @Closed Loop` there, or "
        "nothing can be published in it."
    )
