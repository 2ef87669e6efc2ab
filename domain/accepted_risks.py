"""Accepted risks: a recorded decision not to act (rule 3)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.errors import RuleBroken
from domain.people import Person, accountable
from domain.postmortems import check_length
from domain.programme import Programme

RISK_MAX = 500
REASON_MAX = 500
FURTHEST_UNTIL = timedelta(days=366)
RISKS_MAX = 10


@dataclass(frozen=True, kw_only=True)
class AcceptedRisk:
    """Who accepted which risk, why, and until when.

    `item_id` is the action item that was accepted as a risk instead of done. `ended_on` is the day
    on which somebody said that it is none any more; `renewals` counts how often it was accepted
    again.
    """

    risk: str
    accepter: str
    reason: str
    until: date
    item_id: int | None = None
    renewals: int = 0
    ended_on: date | None = None
    id: int | None = None

    @property
    def stands(self) -> bool:
        """Whether it is accepted still."""
        return self.ended_on is None


def default_until(programme: Programme, today: date) -> date:
    """Return the date a risk is accepted until when nobody names one (rule 3)."""
    return today + timedelta(days=programme.accepted_risk_days)


def check_risk(risk: AcceptedRisk, accepter: Person | None, today: date) -> AcceptedRisk:
    """Return the risk if rule 3 holds, or raise RuleBroken on the field to mend."""
    check_length("risk", risk.risk, RISK_MAX)
    check_length("reason", risk.reason, REASON_MAX)
    if not risk.risk.strip():
        raise RuleBroken("risk", "Say what may happen again.")
    if not risk.reason.strip():
        raise RuleBroken("reason", "Say why it is right not to act now.")
    accountable(accepter, "accepter")
    if risk.until <= today:
        raise RuleBroken("until", "Choose a day after today: then it is looked at again.")
    if risk.until > today + FURTHEST_UNTIL:
        raise RuleBroken("until", "Choose a day within a year: then it is looked at again.")
    return risk


def renewed(
    risk: AcceptedRisk, accepter: Person | None, reason: str, until: date | None, today: date
) -> AcceptedRisk:
    """Return the risk accepted once more, by somebody and with a reason (rule 3)."""
    _check_stands(risk)
    by = accountable(accepter, "accepter").id
    again = replace(risk, accepter=by, reason=reason, until=until or today)
    return replace(check_risk(again, accepter, today), renewals=risk.renewals + 1)


def ended(risk: AcceptedRisk, reason: str, today: date) -> AcceptedRisk:
    """Return the risk as one that is none any more; why, must be said."""
    _check_stands(risk)
    check_length("reason", reason, REASON_MAX)
    if not reason.strip():
        raise RuleBroken("reason", "Say why it is no risk any more.")
    return replace(risk, ended_on=today)


def _check_stands(risk: AcceptedRisk) -> None:
    if not risk.stands:
        raise RuleBroken(
            "reason",
            "Somebody has said already that this is no risk any more. If it is one still, accept "
            "it anew on the card.",
        )


def check_room(risks: int) -> None:
    """Refuse more risks than anyone would read."""
    if risks >= RISKS_MAX:
        raise RuleBroken(
            "risk", f"{RISKS_MAX} accepted risks are recorded here. Add this to one of them."
        )
