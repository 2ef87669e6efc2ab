"""`/postmortem settings trackers`: where the tickets of each service are made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from blocks.parts import Block, View, actions, button, context, modal, section, turning
from blocks.text import bold, escape, moment, one_line, shown
from domain.postmortems import SERVICE_MAX
from domain.tickets import LABEL, Place, TrackerKind
from domain.tracker_settings import MILESTONES

#: Opens the window, from the settings form and from a message.
SETTINGS_TRACKERS = "settings_trackers"
#: `CHANGE_PLACE`'s value is `WHOSE` and the service's name, empty for all services.
ADD_PLACE, CHANGE_PLACE, TRY_PLACES = "add_ticket_place", "change_ticket_place", "try_ticket_places"
MAKE_TICKETS, TRACKER_PEOPLE = "make_tickets", "tracker_people"
NEXT_PLACES, BACK_PLACES = "next_ticket_places", "back_ticket_places"
WHOSE = "service:"

#: One block each; a view has a hundred at most.
PAGE = 40
#: Up to so many items without a ticket are named.
NAMED = 3
_NAME_SHOWN, _FACT_SHOWN, _TROUBLE_SHOWN = 5 * SERVICE_MAX, 300, 1200
_INTRO = (
    "Each action item gets a ticket where its team's other work is, in the next sprint, linked "
    "both ways. Here you say in which project. The address and the token of a tracker are settings "
    "of the server: ask whoever runs Closed Loop for them."
)
#: What a window says of a place while it is tried, and when nothing is wrong.
TRYING = ":hourglass_flowing_sand: I am trying it …"
FINE = ":white_check_mark: I have tried it: tickets can be made there."


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where tickets are made; `missing` open items have a place, and no ticket.

    `named` are the first of these: the numbers of their postmortems, and theirs in those.
    `notes` are what is to be said of places just now, by their ids, as mark-up.
    """

    places: Sequence[Place]
    missing: int = 0
    named: Sequence[tuple[int, int]] = ()
    notes: Mapping[int, str] = field(default_factory=dict)


def trackers_window(shown_: Places, page: int = 0) -> View:
    """The window: a line for all services, and one for each that has a place of its own."""
    everybodys, own = _apart(shown_.places)
    pages = max(1, -(-len(own) // PAGE))
    page = min(max(page, 0), pages - 1)
    begins = page * PAGE
    lines = [
        _place(number, each, shown_.notes)
        for number, each in enumerate(own[begins : begins + PAGE], begins)
    ]
    return modal(
        "Trackers",
        [
            context(_INTRO),
            actions(list(_buttons(shown_.places))),
            _all_services(everybodys, shown_.notes),
            *lines,
            *_missing(shown_),
            *turning(0, page, pages, ("Earlier", BACK_PLACES), ("Later", NEXT_PLACES)),
        ],
        close="Close",
        metadata=str(page),
    )


def _apart(places: Sequence[Place]) -> tuple[Place | None, list[Place]]:
    own = [each for each in places if each.service]
    return next((each for each in places if not each.service), None), own


def _buttons(places: Sequence[Place]) -> Iterator[Block]:
    yield button("Add one for a service", ADD_PLACE, "add", spoken="Add a tracker for one service")
    if places:
        yield button("People", TRACKER_PEOPLE, "0:0", spoken="People and their accounts")
        yield button("Try all", TRY_PLACES, "try", spoken="Try whether tickets can be made")


def _all_services(place: Place | None, notes: Mapping[int, str]) -> Block:
    if place is not None:
        return _line("all", "All services", place, notes)
    words = "*All services* · no tickets are made"
    change = button("Choose", CHANGE_PLACE, WHOSE, spoken="Choose the tracker of all services")
    return section(words, change) | {"block_id": "place.all"}


def _place(number: int, place: Place, notes: Mapping[int, str]) -> Block:
    return _line(str(number), shown(one_line(place.service), _NAME_SHOWN), place, notes)


def _line(which: str, whose: str, place: Place, notes: Mapping[int, str]) -> Block:
    spoken = f"Change where tickets are made for {place.service or 'all services'}"
    change = button("Change", CHANGE_PLACE, f"{WHOSE}{place.service}", spoken=spoken)
    lines = [" · ".join([bold(whose), *_facts(place)]), *_trouble(place)]
    if note := notes.get(place.id or 0):
        lines.append(note)
    return section("\n".join(lines), change) | {"block_id": f"place.{which}"}


def _facts(place: Place) -> Iterator[str]:
    yield f"{place.kind.called} {shown(place.project, _FACT_SHOWN)}"
    yield _sprint(place)
    if place.issue_type:
        yield f"as {shown(place.issue_type, _FACT_SHOWN)}"
    if place.labels:
        yield f"labels {shown(', '.join((LABEL, *place.labels)), _FACT_SHOWN)}"
    if place.fields:
        said = ", ".join(f"{name} = {value}" for name, value in place.fields.items())
        yield shown(one_line(said), _FACT_SHOWN)


def _sprint(place: Place) -> str:
    if not place.board:
        return "in no sprint"
    if place.kind is TrackerKind.JIRA:
        return f"in the next sprint of board {escape(place.board)}"
    if place.kind is TrackerKind.LINEAR:
        return "in the next cycle"
    is_milestone = place.board == MILESTONES
    return f"in the next {'milestone' if is_milestone else f'iteration of {escape(place.board)}'}"


def _trouble(place: Place) -> Iterator[str]:
    if place.trouble:
        since = f" Since {moment(place.trouble_since)}." if place.trouble_since else ""
        yield f":warning: {shown(one_line(place.trouble), _TROUBLE_SHOWN)}{since}"


def _missing(shown_: Places) -> list[Block]:
    number = shown_.missing
    if not number:
        return []
    make = button(f"Make {'its ticket' if number == 1 else 'their tickets'}", MAKE_TICKETS, "make")
    keys = ", ".join(f"PM-{postmortem}/{item}" for postmortem, item in shown_.named)
    which = f": {keys}" if number <= NAMED and keys else ""
    return [section(f"{items(number)} no ticket yet{which}.", make) | {"block_id": "missing"}]


def items(number: int) -> str:
    """So many open items, in words, and that they have."""
    return "1 open item has" if number == 1 else f"{number:,} open items have"


def service_in(value: str) -> str:
    """Whose place a button changes; empty for all services."""
    return value.removeprefix(WHOSE)


def wrong_text(place: Place, sentences: Sequence[str]) -> str:
    """Tell whoever set a place what keeps tickets from being made there."""
    said = "\n".join(f"• {shown(one_line(each), _TROUBLE_SHOWN)}" for each in sentences)
    return (
        f"I have tried {_called(place)}, where the tickets of {_of(place)} are made, and found:\n"
        f"{said}\nWhat is set is kept, and I go on trying. Press “Try all” in "
        "`/postmortem settings trackers` once it is mended."
    )


def silent_text(place: Place, sentence: str) -> str:
    """Tell whoever set a place that nobody answered there."""
    return (
        f"I could not try {_called(place)}: {shown(one_line(sentence), _TROUBLE_SHOWN)} What is "
        "set is kept. Press “Try all” in `/postmortem settings trackers` in a while."
    )


def asked_text(number: int, places: Sequence[Place] = ()) -> str:
    """Tell whoever wanted the tickets that are missing how many are made now, and which later.

    `places` are those where tickets are made.
    """
    if not number:
        return "Every open item that can have a ticket has one by now."
    which = "a ticket for 1 open item" if number == 1 else f"tickets for {number:,} open items"
    said = f"I am making {which}. Each item shows its own as soon as it is there."
    troubled = [_called(each) for each in places if each.trouble]
    if not troubled:
        return said
    named = ", ".join(troubled[:NAMED]) + (", and others" if len(troubled) > NAMED else "")
    return (
        f"{said} Something is wrong with {named}: what belongs there comes once that is mended. "
        "`/postmortem settings trackers` says what it is."
    )


def _called(place: Place) -> str:
    return f"{place.kind.called} {shown(place.project, _FACT_SHOWN)}"


def _of(place: Place) -> str:
    return shown(one_line(place.service), _NAME_SHOWN) if place.service else "all services"
