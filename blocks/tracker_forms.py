"""The form that says where the tickets of a service are made."""

import json
from dataclasses import dataclass
from hashlib import blake2s

from blocks.forms import remembered, values
from blocks.inputs import field_input, option, select_element, text_element
from blocks.parts import Block, View, modal, section
from blocks.text import bold, one_line, shown
from domain.postmortems import SERVICE_MAX
from domain.services import check_name
from domain.tickets import LABEL, Place, TrackerKind
from domain.tracker_fields import written_fields
from domain.tracker_settings import ISSUE_TYPE_MAX, PROJECT_MAX, read_kind, read_place

PLACE = "ticket_place"
#: What is chosen where no tickets are wanted there.
NONE = "none"
_NEEDED = " It is needed wherever tickets are made."
_TEXTS = ("project", "board", "labels", "issue_type", "fields")


@dataclass(frozen=True, kw_only=True)
class PlaceWanted:
    """Where somebody wants the tickets of a service; without a `place` nowhere of its own.

    `service` is empty for all services, `seen` the stamp of what the form was opened with.
    """

    service: str
    place: Place | None
    seen: str


def stamp(place: Place | None) -> str:
    """What tells what is set for a place from what was: two forms of the same have the same."""
    said = place and [
        *(place.kind, place.project, place.board, place.labels),
        *(place.issue_type, list(place.fields.items())),
    ]
    whole = json.dumps(said)
    return blake2s(whole.encode(errors="replace"), digest_size=8).hexdigest()


def place_form(service: str, place: Place | None) -> View:
    """The form of a service's place; of all services where `service` is empty."""
    name = shown(one_line(service), 5 * SERVICE_MAX) if service else "All services"
    return _form([section(bold(name))], service, place)


def another_form() -> View:
    """The form of a service that has no place of its own yet."""
    name = field_input(
        "service",
        "Which service?",
        text_element(most=SERVICE_MAX, placeholder="checkout"),
        hint="As it stands in its incidents; capital letters or small ones are the same.",
    )
    return _form([name], "", None, is_new=True)


def _form(head: list[Block], service: str, place: Place | None, *, is_new: bool = False) -> View:
    kept = {"service": service, "is_new": is_new, "seen": stamp(place)}
    return modal(
        "Where tickets are made",
        [*head, _kind(service, place), *_project(place), *_words(place), *_of_jira(place)],
        callback_id=PLACE,
        submit="Save",
        metadata=json.dumps(kept),
    )


def _kind(service: str, place: Place | None) -> Block:
    nothing = "None of its own: as all services" if service else "No tickets"
    options = [option(each.value, each.called) for each in TrackerKind]
    if place is not None:
        options.append(option(NONE, nothing))
    return field_input(
        "kind",
        "Which tracker?",
        select_element(options, place.kind.value if place else None, "Choose a tracker"),
        hint="Tickets that are in another one, or in another project, stay there and are followed.",
    )


def _project(place: Place | None) -> list[Block]:
    return [
        field_input(
            "project",
            "Which project?",
            text_element(place.project if place else "", most=PROJECT_MAX, placeholder="SHOP"),
            hint="A GitHub repository like acme/shop, or the key of a Jira project or Linear team "
            f"like SHOP. Its address will do too.{_NEEDED if place else ''}",
            # Whoever chooses that no tickets are made any more may have emptied it.
            optional=place is not None,
        ),
        field_input(
            "board",
            "Where is the next sprint?",
            text_element(place.board if place else "", most=PROJECT_MAX),
            hint="Jira: the board's number, like 12. GitHub: milestones, or a project with "
            "iterations, like project 7. Linear: cycles. Left empty: tickets are placed in none.",
            optional=True,
        ),
    ]


def _words(place: Place | None) -> list[Block]:
    return [
        field_input(
            "labels",
            "Which labels?",
            text_element(", ".join(place.labels) if place else "", placeholder="reliability"),
            hint=f"With commas between them. Every ticket has the label {LABEL} as well.",
            optional=True,
        )
    ]


def _of_jira(place: Place | None) -> list[Block]:
    return [
        field_input(
            "issue_type",
            "Jira only: which issue type?",
            text_element(place.issue_type if place else "", most=ISSUE_TYPE_MAX),
            hint="As Jira calls it. Left empty: Task.",
            optional=True,
        ),
        field_input(
            "fields",
            "Jira only: which fields does the project require?",
            text_element(
                written_fields(place) if place else "",
                multiline=True,
                placeholder="customfield_10010 = Team A",
            ),
            hint="A field and its value in each line. I name those that are missing when you save.",
            optional=True,
        ),
    ]


def read_place_form(view: View) -> PlaceWanted:
    """What is wanted of a place; RuleBroken on a field that cannot be read."""
    typed, kept = values(view), remembered(view)
    service = kept["service"]
    if kept["is_new"]:
        service = check_name(typed.get("service") or "", "service")
    if typed.get("kind") == NONE:
        return PlaceWanted(service=service, place=None, seen=kept["seen"])
    texts = {name: typed.get(name) or "" for name in _TEXTS}
    place = read_place(read_kind(typed.get("kind") or ""), service, texts)
    return PlaceWanted(service=service, place=place, seen=kept["seen"])
