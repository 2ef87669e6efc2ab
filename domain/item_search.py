"""Action items in a list: whose, how they stand, of which service; one page at a time."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from domain.action_items import ItemState, Progress
from domain.coming import OpenItems
from domain.postmortems import SERVICE_MAX
from domain.programme import REVIEWS_TO_LIVE

PAGE = 15
#: A person as Slack writes one where it knows who is meant: `<@U123|bob>`.
_PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")


class Which(StrEnum):
    """How the items stand that somebody wants to see."""

    GOING_ON = "not finished"
    OPEN = "open"
    OVERDUE = "overdue"
    EXPIRED = "expired"
    EVIDENCE = "waiting for evidence"
    INEFFECTIVE = "ineffective"
    ALL = "all"


#: Which states each may be in; what else it takes depends on the day.
STATES: dict[Which, tuple[ItemState, ...]] = {
    Which.GOING_ON: (ItemState.OPEN, ItemState.IMPLEMENTED, ItemState.INEFFECTIVE),
    Which.OPEN: (ItemState.OPEN,),
    Which.OVERDUE: (ItemState.OPEN,),
    Which.EXPIRED: (ItemState.OPEN,),
    Which.EVIDENCE: (ItemState.IMPLEMENTED,),
    Which.INEFFECTIVE: (ItemState.INEFFECTIVE,),
    Which.ALL: tuple(ItemState),
}


@dataclass(frozen=True, kw_only=True)
class ItemsWanted:
    """What somebody wants to see; everything that is empty leaves nothing out.

    `owner` is a person's id. Pages count from 0.
    """

    owner: str = ""
    which: Which = Which.GOING_ON
    service: str = ""
    page: int = 0

    @property
    def offset(self) -> int:
        """How many are on the pages before."""
        return self.page * PAGE

    def turned(self, pages: int) -> "ItemsWanted":
        """The same, some pages further; the first page has none before it."""
        return replace(self, page=max(0, self.page + pages))

    def within(self, total: int) -> "ItemsWanted":
        """The same, on the last page of so many items where it would be beyond that."""
        return replace(self, page=min(self.page, max(0, total - 1) // PAGE))


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Whoever looks at a list: the private channels they are in, and whether they are the lead."""

    id: str
    channels: Collection[str] = ()
    is_lead: bool = False


@dataclass(frozen=True, kw_only=True)
class ItemFound:
    """One item in a list, with what is told of its postmortem, and whether its owner has left.

    `has_lost_ticket` says that its ticket was deleted where it was.
    """

    id: int
    number: int
    position: int
    what: str
    owner: str
    due_on: date
    state: ItemState
    reschedules: int
    reviews_seen: int
    progress: Progress
    soaks_until: date | None
    service: str
    is_private: bool
    has_left: bool = False
    reviews_to_live: int = REVIEWS_TO_LIVE
    ticket: str = ""
    ticket_url: str = ""
    ticket_closed: bool = False
    ticket_trouble: str = ""
    has_lost_ticket: bool = False

    @property
    def key(self) -> str:
        """How people name it."""
        return f"PM-{self.number}/{self.position}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.state is ItemState.OPEN

    @property
    def has_expired(self) -> bool:
        """Whether it can no longer be rescheduled (rule 15)."""
        return self.is_open and self.reviews_seen >= self.reviews_to_live


@dataclass(frozen=True, kw_only=True)
class ItemsPage:
    """One page of a list, and how many there are on all of them.

    `states` counts them by how they stand; `standing` those among them that are open.
    """

    found: Sequence[ItemFound]
    total: int
    standing: OpenItems
    states: Mapping[ItemState, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody typed: what they want, but for whom they named without an id (`bob`)."""

    wanted: ItemsWanted
    name: str = ""


def read_wanted(words: str, asker: str) -> Said:
    """Read `mine`, `overdue`, `expired`, `all` or a person, one after another, then a service.

    Nothing at all is the asker's own; what names nobody is everybody's.
    """
    rest = words.split()
    wanted = ItemsWanted() if rest else ItemsWanted(owner=asker)
    while rest and (meant := _meant(rest[0], asker)) is not None:
        wanted, rest = replace(wanted, **meant), rest[1:]
    left = " ".join(rest)
    if left.startswith("@"):
        return Said(wanted=wanted, name=left.removeprefix("@").strip())
    return Said(wanted=replace(wanted, service=left[:SERVICE_MAX].rstrip()))


def _meant(word: str, asker: str) -> dict[str, Any] | None:
    if person := _PERSON.fullmatch(word):
        return {"owner": person[1]}
    meanings: dict[str, dict[str, Any]] = {
        "mine": {"owner": asker},
        "all": {"owner": ""},
        "overdue": {"which": Which.OVERDUE},
        "expired": {"which": Which.EXPIRED},
    }
    return meanings.get(word.lower())
