"""What is behind a number: which incidents, or which items, it was counted from."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.action_items import ItemState
from domain.postmortems import Severity
from domain.windows import EVERYTHING, Scope, Window

#: So many are shown at a time.
PAGE = 20


class Which(StrEnum):
    """Of which number, each with how it is stored."""

    INCIDENTS = "incidents"
    TAGGED = "tagged"
    UNTAGGED = "untagged"
    REPEATS = "repeats"
    #: Older than six months at the window's end, with a class; those of them that recurred; and
    #: those of that age without a class.
    OLD = "old"
    RECURRED = "recurred"
    OLD_UNTAGGED = "old_untagged"
    DETECTED = "detected"
    NOT_DETECTED = "not_detected"
    RECOVERED = "recovered"
    NOT_RECOVERED = "not_recovered"
    P1 = "p1"
    P2 = "p2"
    P3 = "p3"
    #: Items whose original due date lies in the window, and what became of them.
    DUE = "due"
    BY_DATE = "by_date"
    LATER = "later"
    CANCELLED = "cancelled"
    ACCEPTED = "accepted"
    PROMOTED = "promoted"
    WAITS = "waits"
    #: Items that are open now; `Asked.age` and `Asked.moves` name some of them.
    OPEN = "open"
    #: Items of which something was decided in the window; `Asked.event` says what.
    DECIDED = "decided"


#: Of these only the window's end counts.
OF_OLD = frozenset({Which.OLD, Which.RECURRED, Which.OLD_UNTAGGED})
#: Those that are lists of action items; the others are lists of incidents.
OF_ITEMS = frozenset(
    {
        *(Which.DUE, Which.BY_DATE, Which.LATER, Which.CANCELLED, Which.ACCEPTED),
        *(Which.PROMOTED, Which.WAITS, Which.OPEN, Which.DECIDED),
    }
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A number that somebody wants to see behind; `age` and `moves` are places (`OpenItems`)."""

    which: Which
    window: Window
    scope: Scope = EVERYTHING
    age: int | None = None
    moves: int | None = None
    event: str = ""


@dataclass(frozen=True, kw_only=True)
class IncidentBehind:
    """An incident behind a number; `classes` are the names of its classes.

    `detected_at` and `recovered_at` are for the numbers about times. `because` is the number of an
    nearest incident with a class of this one (of a repeat: before it; of one that recurred: after
    it), 0 where there is none or it is private.
    """

    id: int
    number: int
    title: str
    service: str
    severity: Severity
    started_at: datetime
    detected_at: datetime | None
    recovered_at: datetime | None
    classes: tuple[str, ...] = ()
    because: int = 0


@dataclass(frozen=True, kw_only=True)
class ItemBehind:
    """An item behind a number, with the key it goes by."""

    id: int
    key: str
    what: str
    owner: str
    state: ItemState
    due_on: date
    original_due_on: date
    implemented_on: date | None
    reschedules: int


@dataclass(frozen=True, kw_only=True)
class Behind:
    """A page of what is behind a number: how many there are in public channels, and in private.

    Those of private channels count and are not named. One of the two lists is empty.
    """

    public: int
    private: int
    incidents: tuple[IncidentBehind, ...] = ()
    items: tuple[ItemBehind, ...] = ()
