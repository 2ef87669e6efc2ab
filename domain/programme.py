"""The programme's own numbers: one set per workspace, these are the defaults (PRODUCT rules)."""

from dataclasses import dataclass
from enum import StrEnum


class Priority(StrEnum):
    """How soon an action item is due unless someone says otherwise (rule 2)."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


#: Reacting with this adds a message to the timeline.
REACTION = "stopwatch"


@dataclass(frozen=True, kw_only=True)
class Programme:
    """What a workspace may set for itself; every number is in days.

    `organisation_channel` and `engineering_channel` are where tier 1 and tier 2 are published
    (rule 5), `lead` is the programme lead's user id; empty where nobody has said.
    """

    p1_due_days: int = 14
    p2_due_days: int = 30
    p3_due_days: int = 60
    accepted_risk_days: int = 180
    organisation_channel: str = ""
    engineering_channel: str = ""
    lead: str = ""
    reaction: str = REACTION

    def due_days(self, priority: Priority) -> int:
        """How many days an item of this priority is given."""
        return {
            Priority.P1: self.p1_due_days,
            Priority.P2: self.p2_due_days,
            Priority.P3: self.p3_due_days,
        }[priority]
