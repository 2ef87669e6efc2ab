"""Who is who in the trackers: the owners of open items and their accounts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from blocks.parts import Block, View, actions, button, context, modal, section, turning
from blocks.text import mention, one_line, shown
from domain.tickets import TrackerKind
from domain.tracker_settings import ACCOUNT_MAX

#: `CHOOSE_ACCOUNT`'s value is the tracker, a colon and the person.
CHOOSE_ACCOUNT, BACK_TO_TRACKERS = "choose_tracker_account", "back_to_trackers"
#: Opens the form in which anybody's account is chosen.
ADD_ACCOUNT = "add_tracker_account"
NEXT_PEOPLE, BACK_PEOPLE = "next_tracker_people", "back_tracker_people"

PAGE = 40
_SHOWN = 5 * ACCOUNT_MAX
_INTRO = (
    "Tickets are assigned to the account of their item's owner. I find it by the e-mail address "
    "that Slack has of them; what somebody chooses here stands instead. Whoever may be given a "
    "ticket in the tracker is chosen with Somebody else: I put back one that a stranger is given."
)
#: So many are named at the top whose account nobody knows.
_NAMED = 10


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """What is known of the account that a person called `name` has in a tracker.

    `typed` is what `chosen_by` wrote of it. `account` is empty where none was found at `looked_at`.
    """

    person: str
    name: str
    kind: TrackerKind
    account: str = ""
    called: str = ""
    typed: str = ""
    chosen_by: str = ""
    looked_at: datetime | None = None

    @property
    def is_missing(self) -> bool:
        """Whether it was looked for in vain."""
        return self.looked_at is not None and not self.account


def people_window(people: Sequence[Somebody], page: int = 0) -> View:
    """The window: a line for each person and tracker, in an order that no choice changes."""
    ordered = sorted(people, key=lambda each: (each.name.casefold(), each.person, each.kind))
    pages = max(1, -(-len(ordered) // PAGE))
    page = min(max(page, 0), pages - 1)
    begins = page * PAGE
    lines = [_line(each) for each in ordered[begins : begins + PAGE]]
    return modal(
        "People in trackers",
        [
            context(_INTRO),
            actions(list(_buttons())),
            *_missing(ordered),
            *(lines or [section("_Nobody owns an open item._")]),
            *turning(0, page, pages, ("Earlier", BACK_PEOPLE), ("Later", NEXT_PEOPLE)),
        ],
        close="Close",
        metadata=str(page),
    )


def _buttons() -> Iterator[Block]:
    yield button("Back to the trackers", BACK_TO_TRACKERS, "back")
    spoken = "Choose the account of somebody else"
    yield button("Somebody else", ADD_ACCOUNT, "add", spoken=spoken)


def _missing(people: Sequence[Somebody]) -> list[Block]:
    """Whose account is not known, wherever in the list they are."""
    lost = list(dict.fromkeys(each.person for each in people if each.is_missing))
    if not lost:
        return []
    named = ", ".join(mention(each) for each in lost[:_NAMED])
    more = f" and {len(lost) - _NAMED:,} more" if len(lost) > _NAMED else ""
    return [context(f":warning: I know no account of {named}{more}: press Choose beside them.")]


def _line(somebody: Somebody) -> Block:
    value = f"{somebody.kind}:{somebody.person}"
    spoken = f"Choose the account of {one_line(somebody.name)} in {somebody.kind.called}"
    choose = button("Choose", CHOOSE_ACCOUNT, value, spoken=spoken)
    words = " · ".join([mention(somebody.person), somebody.kind.called, *_known(somebody)])
    return section(words, choose) | {"block_id": f"account.{somebody.kind}.{somebody.person}"}


def _known(somebody: Somebody) -> Iterator[str]:
    by_hand = f"“{shown(somebody.typed, _SHOWN)}”"
    if somebody.account and somebody.typed and not somebody.looked_at:
        yield shown(one_line(somebody.called or somebody.account), _SHOWN)
        yield f"{by_hand} is looked for; if it stays so, press Choose and save it again"
    elif somebody.account:
        yield shown(one_line(somebody.called or somebody.account), _SHOWN)
        yield _how(somebody, by_hand)
    elif not somebody.looked_at:
        yield f"{by_hand} is looked for" if somebody.typed else "not looked for yet"
    elif somebody.typed:
        yield f":warning: I find no account {by_hand} that tickets can be assigned to"
    else:
        yield ":warning: I find none by their e-mail address: press Choose"


def _how(somebody: Somebody, by_hand: str) -> str:
    if somebody.typed:
        return f"{by_hand}, as {mention(somebody.chosen_by)} wrote"
    return "found by their e-mail address"


def account_in(value: str) -> tuple[str, str]:
    """Of which tracker and whose account a button is."""
    kind, _, person = value.partition(":")
    return kind, person
