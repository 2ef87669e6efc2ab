"""The sprint list as a message: what to take into the next sprint first, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from blocks.item_buttons import open_button
from blocks.item_words import linked
from blocks.limits import MESSAGE_WEIGHT, weight_of
from blocks.parts import Block, Message, context, header, section
from blocks.text import bold, day, escape, mention, one_line, shown
from blocks.tickets import TROUBLE_SHORT, ticket_words
from domain.action_items import Progress
from domain.headlines import amount
from domain.sprint import Candidate, SprintList, risk, why

_WHAT_MAX = 200
_NAME_MAX = 80
_WHY_MAX = 400
_SERVICES_SHOWN = 20
#: What the counts and the last line weigh at most, which are said when it is known what fits.
_LAST_WEIGHT = 900

HOW = (
    "Risk adds up: 4 for each other incident of its class within a year (five count at most), 1 "
    "for each month since it was written (three at most), 2 for each move of its date (three at "
    "most), 3, 2 or 1 for P1, P2 or P3, and up to 4 for the error budget of its service."
)


@dataclass(frozen=True, kw_only=True)
class SprintPage:
    """A list, of which services (of all where none is named), read on which day.

    `names` are what owners are called: the list of a whole channel calls nobody to it. `remark`
    says what could not be looked through.
    """

    found: SprintList
    today: date
    services: Sequence[str] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""


def sprint_message(page: SprintPage) -> Message:
    """The riskiest first, each with why it stands where it does; as many as Slack takes."""
    if not page.found.items:
        return _nothing(page)
    top = [header(_title(page)), context(_counts(page))]
    lines = _fitting(page, MESSAGE_WEIGHT - weight_of(top) - _LAST_WEIGHT)
    more = page.found.total - len(lines)
    first = page.found.items[0].key
    return {
        "text": f"{escape(_title(page))}: {_number(page)}, {first} first.",
        "blocks": [*top, *lines, *_more(page, more), *_rest(page), context(HOW)],
    }


def _title(page: SprintPage) -> str:
    return f"Sprint list of {_named(page)}" if page.services else "Sprint list"


def _named(page: SprintPage) -> str:
    """The services, as many as a title has room for."""
    names = [one_line(each) for each in page.services]
    while len(", ".join(names)) > _NAME_MAX and len(names) > 1:
        names.pop()
    rest = len(page.services) - len(names)
    return ", ".join(names) + (f" and {rest} more" if rest else "")


def _number(page: SprintPage) -> str:
    total = page.found.total
    return f"{total} open item{'' if total == 1 else 's'}"


def _counts(page: SprintPage) -> str:
    said = [f"{_number(page)} written in the last 90 days, the one first whose incident is most "]
    return "".join([*said, "likely to come again.", *([f" {page.remark}"] if page.remark else [])])


def _fitting(page: SprintPage, room: int) -> list[Block]:
    """The first items, as many as there is room for."""
    found: list[Block] = []
    for place, item in enumerate(page.found.items, 1):
        block = section("\n".join(_lines(place, item, page)), open_button(item.id, item.key))
        room -= weight_of([block])
        if room < 0:
            break
        found.append(block)
    return found


def _lines(place: int, item: Candidate, page: SprintPage) -> Iterator[str]:
    yield f"{place}. {bold(item.key)} {shown(one_line(item.what), _WHAT_MAX)}"
    yield " · ".join(_facts(item, page))
    reasons = shown(one_line(", ".join(why(item, page.today))), _WHY_MAX)
    yield f"*Risk {risk(item, page.today).total}:* {reasons}"


def _facts(item: Candidate, page: SprintPage) -> Iterator[str]:
    yield _owner(item, page)
    yield _due(item, page.today)
    if item.progress is not Progress.NOT_STARTED:
        yield str(item.progress)
    if item.service:
        yield shown(one_line(item.service), _NAME_MAX)
    yield from ticket_words(item, TROUBLE_SHORT)
    if item.link and item.link != item.ticket_url:
        yield linked(item.link)


def _owner(item: Candidate, page: SprintPage) -> str:
    name = page.names.get(item.owner, "")
    return shown(one_line(name), _NAME_MAX) if name else mention(item.owner)


def _due(item: Candidate, today: date) -> str:
    if item.has_expired:
        return f":hourglass: *expired*, was due {day(item.due_on)}"
    late = (today - item.due_on).days
    if late > 0:
        return f"was due {day(item.due_on)}, *overdue by {late} day{'' if late == 1 else 's'}*"
    return "*due today*" if not late else f"due {day(item.due_on)}"


def _more(page: SprintPage, number: int) -> list[Block]:
    if number <= 0:
        return []
    one = f" {one_line(page.services[0])}" if len(page.services) == 1 else ""
    command = escape(f"/postmortem items{one or ' all'}")
    return [context(f"… and {number} more: `{command}` lists every item.")]


def _rest(page: SprintPage) -> list[Block]:
    """What is open and not listed: of private channels, and written before."""
    private, older = page.found.private, page.found.older
    said = [
        *([f"And {private} of private channels, {_not_named(private)}."] if private else []),
        *([f"{_older(older)}: `/postmortem items overdue` lists what is late."] if older else []),
    ]
    return [context(" ".join(said))] if said else []


def _older(number: int) -> str:
    are = "is" if number == 1 else "are"
    return f"{amount(number, 'older item')} {are} open and not in this list"


def _nothing(page: SprintPage) -> Message:
    of = f" for {escape(_named(page))}" if page.services else ""
    words = (
        f"Nothing that was written in the last 90 days is open{of}{_but(page.found.private)}. "
        f"{_older(page.found.older) + '. ' if page.found.older else ''}What is older is walked "
        "through by the monthly review."
    )
    said = " ".join([words, *([page.remark] if page.remark else [])])
    return {"text": said, "blocks": [section(said)]}


def _but(number: int) -> str:
    """How many are open that are not named."""
    if not number:
        return ""
    return f" but {amount(number, 'item')} of private channels, {_not_named(number)}"


def _not_named(number: int) -> str:
    return f"which {'is' if number == 1 else 'are'} not named"


def unknown_service(name: str, known: Sequence[str], command: str = "sprint") -> str:
    """That no postmortem is of this service, and what to write after the command instead."""
    said = f"No postmortem is of a service called “{shown(one_line(name), _NAME_MAX)}”."
    if not known:
        return f"{said} None is of any service yet: start one in its incident's channel."
    names = [shown(one_line(each), _NAME_MAX) for each in known[:_SERVICES_SHOWN]]
    rest = len(known) - len(names)
    more = f" and {rest} more" if rest else ""
    return (
        f"{said} There are {', '.join(names)}{more}. Write one of these, or "
        f"`/postmortem {command}` alone for all of them."
    )
