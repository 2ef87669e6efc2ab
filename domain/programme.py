"""The programme's own numbers: one set per workspace, these are the defaults (PRODUCT rules)."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class Priority(StrEnum):
    """How soon an action item is due unless someone says otherwise (rule 2)."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


#: Reacting with this adds a message to the timeline.
REACTION = "stopwatch"
#: Whose public holidays count: everybody's own country's, by their time zone. Else a country's two
#: letters (ISO 3166), or nothing for nobody's.
OWN_HOLIDAYS = "own"
#: When the monthly review is held: which weekday of the month, or which day (`domain.cadence`).
REVIEW_DAY = "first tuesday"
#: A service burns its error budget when this much of it is spent, in percent (rule 17).
BURNING_PERCENT = 75
#: An item that this many monthly reviews have seen open has expired (rule 15).
REVIEWS_TO_LIVE = 2


@dataclass(frozen=True, kw_only=True)
class Programme:
    """What a workspace may set for itself; every number is in days but where it says otherwise.

    `organisation_channel` and `engineering_channel` are where tier 1 and tier 2 are published
    (rule 5), `lead` is the programme lead's user id; empty where nobody has said. `working_days`
    are digits from Monday, 1, to Sunday, 7; `work_begins` and `work_ends` are by everybody's own
    clock, and owners hear from the app when work begins (rule 11).

    The monthly review (rules 18 to 20) is held in `review_channel`, and nowhere while that is
    empty, on `review_day` at `review_time` of `review_zone`, an IANA name; empty means the lead's.
    A day on which nobody works there is put off to the next. `cards_at_once` of its items come at a
    time. `facilitator_group` is a Slack user group whose members take turns at chairing, beside
    whoever is named. The chair and the owners are told `told_days` working days ahead; those who
    owe a decision are reminded after `reminded_days` working days, the lead after `escalated_days`.
    `reviews_to_live` is a number of reviews.

    A service burns its error budget from `burning_percent` on (rule 17). With `report_monthly` the
    numbers are posted where the reviews are held, once a month.
    """

    p1_due_days: int = 14
    p2_due_days: int = 30
    p3_due_days: int = 60
    accepted_risk_days: int = 180
    organisation_channel: str = ""
    engineering_channel: str = ""
    lead: str = ""
    reaction: str = REACTION
    soak_days: int = 30
    remind_before_days: int = 7
    remind_every_days: int = 7
    working_days: str = "12345"
    work_begins: time = time(9, 30)
    work_ends: time = time(17)
    holidays: str = OWN_HOLIDAYS
    review_channel: str = ""
    review_day: str = REVIEW_DAY
    review_time: time = time(10)
    review_zone: str = ""
    cards_at_once: int = 1
    facilitator_group: str = ""
    told_days: int = 3
    reminded_days: int = 2
    escalated_days: int = 5
    reviews_to_live: int = REVIEWS_TO_LIVE
    burning_percent: int = BURNING_PERCENT
    report_monthly: bool = True

    def due_days(self, priority: Priority) -> int:
        """How many days an item of this priority is given."""
        return {
            Priority.P1: self.p1_due_days,
            Priority.P2: self.p2_due_days,
            Priority.P3: self.p3_due_days,
        }[priority]
