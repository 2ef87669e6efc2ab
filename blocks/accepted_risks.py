"""The form that accepts a risk instead of promising a change (rule 3)."""

from dataclasses import dataclass
from datetime import date

from blocks.forms import Opened, opened, values
from blocks.inputs import day_element, field_input, person_element, text_element
from blocks.parts import Block, View, modal, section
from blocks.text import day
from domain.accepted_risks import REASON_MAX, RISK_MAX, AcceptedRisk, default_until
from domain.postmortems import Postmortem
from domain.programme import Programme

RISK = "risk"
ACCEPT_RISK = "accept_risk"


@dataclass(frozen=True, kw_only=True)
class RiskRequest:
    """What somebody asks to be accepted. `until` is None for the programme's default."""

    postmortem_id: int
    risk: str
    accepter: str
    reason: str
    until: date | None

    def accepted(self, programme: Programme, today: date) -> AcceptedRisk:
        """The risk, accepted for as long as the programme says unless somebody chose a day."""
        return AcceptedRisk(
            risk=self.risk,
            accepter=self.accepter,
            reason=self.reason,
            until=self.until or default_until(programme, today),
        )


def risk_modal(postmortem: Postmortem, programme: Programme, today: date, change: str = "") -> View:
    """The form; `change` is the one that nobody owns, where it was opened from an item's form."""
    guidance = section("Not every risk is worth a fix. Write down who decided so and until when.")
    return modal(
        f"{postmortem.key} · Accept a risk",
        [guidance, *_words(change), *_answer(programme, today)],
        callback_id=RISK,
        submit="Accept",
        metadata=Opened(postmortem_id=postmortem.id).metadata(),
    )


def _words(change: str) -> list[Block]:
    risk = text_element(
        most=RISK_MAX,
        multiline=True,
        placeholder="A second region failing while the first one recovers",
    )
    reason = text_element(
        f"Nobody owns this change: {change}" if change else "",
        most=REASON_MAX,
        multiline=True,
        placeholder="Twice in ten years, and a fix would take a quarter",
    )
    return [
        field_input("risk", "What may happen again?", risk),
        field_input("reason", "Why is it right not to act now?", reason),
    ]


def _answer(programme: Programme, today: date) -> list[Block]:
    return [
        field_input(
            "accepter",
            "Who accepts it?",
            person_element("", "Choose one person"),
            hint="The person who answers for it if it happens again.",
            told_at_once=True,
        ),
        field_input(
            "until",
            "Until",
            day_element(default_until(programme, today)),
            hint=f"Left empty: {day(default_until(programme, today))}. At most a year from today.",
            optional=True,
        ),
    ]


def read_risk(view: View) -> RiskRequest:
    """What the form asks for, its texts trimmed."""
    typed = values(view)
    return RiskRequest(
        postmortem_id=opened(view).postmortem_id,
        risk=typed.get("risk", "").strip(),
        accepter=typed.get("accepter") or "",
        reason=typed.get("reason", "").strip(),
        until=typed.get("until"),
    )
