"""The form of a service, and the token with which it is told how much of a budget is spent."""

import json
from dataclasses import dataclass
from hashlib import blake2s

from blocks.forms import remembered, values
from blocks.inputs import channel_element, field_input, text_element
from blocks.parts import Block, View, context, modal, section
from blocks.services import service_name
from blocks.text import bold
from domain.budgets import QUERY_MAX
from domain.postmortems import SERVICE_MAX
from domain.services import Service, check_name, check_query, percent, read_burned

SERVICE = "service"
_ENDPOINT = (
    "Whoever shows it tells how much of a budget is spent: `PUT /api/budgets/checkout`, at the "
    "address where this app answers `/healthz`, with the header `Authorization: Bearer` and this "
    'token, and the JSON `{"burned": 82.5}`, in percent.'
)


@dataclass(frozen=True, kw_only=True)
class ServiceWanted:
    """What somebody wants of a service; `burned` where they wrote how much is spent.

    `seen` is the stamp of what the form was opened with.
    """

    service: Service
    burned: float | None
    seen: str


def stamp(service: Service) -> str:
    """What tells what is set for a service from what was: two forms of the same have the same."""
    whole = json.dumps([service.channel, service.query])
    return blake2s(whole.encode(errors="replace"), digest_size=8).hexdigest()


def service_form(service: Service | None = None) -> View:
    """The form of a service; without one that of another service."""
    now = service or Service(name="")
    return modal(
        "Add a service" if service is None else "Service",
        [
            *([_name()] if service is None else [section(bold(service_name(now)))]),
            field_input(
                "channel",
                "Where is its team?",
                channel_element(now.channel, "Choose a public channel"),
                hint="It gets the open items of its services once a week. Closed Loop must be in "
                "it: type /invite @Closed Loop there. Left empty: nowhere.",
                optional=True,
            ),
            *_budget(now),
        ],
        callback_id=SERVICE,
        submit="Save",
        metadata=json.dumps({"name": now.name, "seen": stamp(now)}),
    )


def _name() -> Block:
    return field_input(
        "name",
        "What is it called?",
        text_element(most=SERVICE_MAX, placeholder="checkout"),
        hint="As it stands in its incidents; capital letters or small ones are the same.",
    )


def _budget(now: Service) -> list[Block]:
    last = "" if now.burned is None else f" Now: {percent(now.burned)}."
    return [
        field_input(
            "query",
            "What is Prometheus asked?",
            text_element(now.query, most=QUERY_MAX, multiline=True),
            hint="A query that yields one number: how many percent of the error budget are spent. "
            "It is asked every five minutes. Left empty: not asked.",
            optional=True,
        ),
        field_input(
            "burned",
            "How many percent of its error budget are spent?",
            text_element(most=20, placeholder="82.5"),
            hint=f"Only where nothing else tells.{last} Left empty: that stands.",
            optional=True,
        ),
    ]


def read_service(view: View) -> ServiceWanted:
    """What is wanted of a service; RuleBroken on a field that cannot be read."""
    typed, kept = values(view), remembered(view)
    return ServiceWanted(
        service=Service(
            name=kept["name"] or check_name(typed.get("name") or ""),
            channel=typed.get("channel") or "",
            query=check_query(typed.get("query") or ""),
        ),
        burned=read_burned(typed.get("burned") or ""),
        seen=kept["seen"],
    )


def token_window(token: str) -> View:
    """A token, shown this once."""
    return modal(
        "New token",
        [
            section(f"`{token}`"),
            section(_ENDPOINT),
            context(
                ":warning: Keep it now: it is not shown again, and I know only its fingerprint."
            ),
        ],
        close="I have it",
    )
