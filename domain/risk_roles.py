"""Who may look again at an accepted risk: its accepter, the lead, the chair of a monthly review."""

from domain.accepted_risks import AcceptedRisk
from domain.agreements import can_agree as is_here
from domain.errors import RuleBroken
from domain.people import Person
from domain.roles import Role


def check_may(
    by: str, risk: AcceptedRisk, accepter: Person, lead: Person | None, *, chairs: bool = False
) -> str:
    """As what somebody decides about a risk; empty for its accepter.

    Whoever `chairs` the monthly review that has it on its table may on the accepter's behalf, and
    anybody where the accepter has left and nobody leads the programme. RuleBroken says who may
    instead.
    """
    led = lead is not None and is_here(lead)
    if by == risk.accepter:
        return ""
    if lead is not None and led and by == lead.id:
        return Role.LEAD
    if chairs:
        return Role.FACILITATOR
    if not led and not is_here(accepter):
        return Role.STAND_IN
    raise RuleBroken("", _ask_somebody(accepter, lead if led else None))


def _ask_somebody(accepter: Person, lead: Person | None) -> str:
    who = accepter.name or accepter.id
    leads = f"{lead.name or lead.id}, who leads the programme" if lead else ""
    if not is_here(accepter):
        return f"{who} accepted this risk and has left. Ask {leads}."
    instead = f", or ask {leads}" if lead and lead.id != accepter.id else ""
    return f"{who} accepted this risk and decides about it. Ask them{instead}."
