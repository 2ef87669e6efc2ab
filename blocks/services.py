"""`/postmortem settings services`: the services with their teams and their error budgets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from blocks.parts import Block, View, actions, button, context, modal, section, turning
from blocks.text import bold, channel_link, mention, moment, one_line, plain, shown
from domain.budgets import Source
from domain.postmortems import SERVICE_MAX
from domain.services import KNOWN_FOR, Service, percent

#: Opens the window, from the settings form.
SETTINGS_SERVICES = "settings_services"
#: `CHANGE_SERVICE`'s value is the service's name; those that turn pages tell the page.
ADD_SERVICE, CHANGE_SERVICE, NEW_TOKEN = "add_service", "change_service", "new_budget_token"
NEXT_SERVICES, BACK_SERVICES = "next_services", "back_services"

#: One block each; a view has a hundred at most.
PAGE = 40
_NAME_SHOWN, _TROUBLE_SHOWN = 5 * SERVICE_MAX, 600
_INTRO = (
    "A service that burns its error budget raises its open action items by one priority: it does "
    "from {threshold} % spent on. Its team's channel gets a list of them each week."
)
_OLD = "Nobody has told for more than a day how much is spent: this number stands meanwhile."
_OLD_BURNS = f" {KNOWN_FOR.days} days after it was told, what it raised goes back."
_SAID = {
    Source.API: "told through the API",
    Source.PROMETHEUS: "as Prometheus said",
    Source.BY_HAND: "as {by} wrote",
    Source.NOBODY: "",
}


@dataclass(frozen=True, kw_only=True)
class Services:
    """The services of a workspace `now`; each burns its budget from `threshold` percent on."""

    services: Sequence[Service]
    threshold: int
    has_token: bool
    now: datetime


def services_window(shown_: Services, page: int = 0) -> View:
    """The window: a line for each service with the way to its form."""
    pages = max(1, -(-len(shown_.services) // PAGE))
    page = min(max(page, 0), pages - 1)
    begins = page * PAGE
    lines = [
        _service(number, each, shown_.now)
        for number, each in enumerate(shown_.services[begins : begins + PAGE], begins)
    ]
    return modal(
        "Services",
        [
            context(_INTRO.format(threshold=shown_.threshold)),
            actions([button("Add a service", ADD_SERVICE, "add"), _token(shown_)]),
            *(lines or [section("_No incident has named a service yet._")]),
            *turning(0, page, pages, ("Earlier", BACK_SERVICES), ("Later", NEXT_SERVICES)),
        ],
        close="Close",
        metadata=str(page),
    )


def page_in(view: View) -> int:
    """Which page a window shows."""
    said = view.get("private_metadata") or "0"
    return int(said) if said.isdecimal() else 0


def _token(shown_: Services) -> Block:
    made = button("New token", NEW_TOKEN, "new", spoken="New token to tell how much is spent")
    if not shown_.has_token:
        return made
    texts = {
        "title": "Make a new token?",
        "text": "The one there is stops working at once: whatever shows it is refused.",
        "confirm": "Make a new one",
        "deny": "Back",
    }
    return made | {"confirm": {name: plain(text) for name, text in texts.items()}}


def service_name(service: Service) -> str:
    """The name of a service as mark-up."""
    return shown(one_line(service.name), _NAME_SHOWN)


def _service(number: int, service: Service, now: datetime) -> Block:
    name = service_name(service)
    change = button("Change", CHANGE_SERVICE, service.name, spoken=f"Change {service.name}")
    lines = [" · ".join([bold(name), *_facts(service)]), *_trouble(service, now)]
    return section("\n".join(lines), change) | {"block_id": f"service.{number}"}


def _facts(service: Service) -> Iterator[str]:
    if service.channel:
        yield channel_link(service.channel)
    if service.burned is not None:
        yield _spent(service)
    elif service.query:
        yield "Prometheus is asked"
    if service.burning_since is not None:
        yield f":fire: burns since {moment(service.burning_since)}"
    if not (service.channel or service.query or service.burned is not None):
        yield "nothing set yet"


def _spent(service: Service) -> str:
    said = _SAID[service.source].format(by=mention(service.told_by))
    when = f" {moment(service.burned_at)}" if service.burned_at else ""
    return f"{percent(service.burned or 0)} of its error budget is spent, {said}{when}"


def _trouble(service: Service, now: datetime) -> Iterator[str]:
    if service.is_old(now):
        yield f":warning: {_OLD}{_OLD_BURNS if service.is_burning else ''}"
    if service.trouble:
        yield f":warning: {shown(one_line(service.trouble), _TROUBLE_SHOWN)}"
