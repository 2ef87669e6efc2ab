"""The inputs of a postmortem's facts: one set for the form that starts it and that mends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from blocks.forms import values
from blocks.impact import figures_in_words, impact_input, read_figures
from blocks.inputs import (
    checkboxes_element,
    field_input,
    moment_element,
    option,
    people_element,
    select_element,
    text_element,
)
from blocks.parts import Block, View
from blocks.tiers import BY_RULE, TIER_NAMES, read_tier
from domain.errors import RuleBroken
from domain.postmortems import RESPONDERS_MAX, SERVICE_MAX, TITLE_MAX, Facts, Severity

__all__ = [
    "BY_RULE",
    "HURT_CUSTOMERS",
    "NOVEL",
    "TIER_NAMES",
    "Draft",
    "draft_of",
    "facts_in_words",
    "facts_inputs",
    "not_asked",
    "read_facts_fields",
]

NOVEL = "novel"
HURT_CUSTOMERS = "hurt_customers"
#: What only the form that mends the facts asks for.
ASKED_LATER = ("users_affected", "revenue_lost", "budget_burned", "tier_override", "tier_reason")

_SEVERITIES = {
    Severity.P1: "customers could not work",
    Severity.P2: "customers noticed",
    Severity.P3: "small, or seen by us alone",
}


_STARTED = "In your own time zone. A good guess is fine: it can be changed later."
_AT_THE_ALERT = (
    "The first alert, which is when it was noticed. Mostly it began earlier: set the time back as "
    "far as you know, or it counts as detected at once."
)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Facts as far as they are known before anybody has filled in the form."""

    title: str = ""
    service: str = ""
    severity: Severity | None = None
    started_at: datetime | None = None
    detected_at: datetime | None = None
    recovered_at: datetime | None = None
    impact: str = ""
    responders: Sequence[str] = ()
    ticked: Sequence[str] = field(default=())


def draft_of(facts: Facts) -> Draft:
    """The draft that would leave the facts as they are."""
    ticks = ((NOVEL, facts.is_novel), (HURT_CUSTOMERS, facts.hurt_customers))
    return Draft(
        title=facts.title,
        service=facts.service,
        severity=facts.severity,
        started_at=facts.started_at,
        detected_at=facts.detected_at,
        recovered_at=facts.recovered_at,
        impact=facts.impact,
        responders=facts.responders,
        ticked=[name for name, ticked in ticks if ticked],
    )


def facts_inputs(draft: Draft, suffix: str = "") -> list[Block]:
    """The inputs, filled with the draft; `suffix` sets apart those that were guessed."""
    what, *how_bad = _names(draft, suffix)
    return [
        what,
        impact_input(draft.impact),
        *how_bad,
        *_times(draft, suffix),
        *_consequences(draft, suffix),
    ]


def _names(draft: Draft, suffix: str) -> list[Block]:
    title = text_element(draft.title, most=TITLE_MAX, placeholder="Checkout latency above 8 s")
    service = text_element(draft.service, most=SERVICE_MAX, placeholder="checkout")
    severities = [option(severity, severity, words) for severity, words in _SEVERITIES.items()]
    severity = select_element(severities, draft.severity, "Choose")
    return [
        field_input(f"title{suffix}", "What happened, in a few words?", title),
        field_input(f"service{suffix}", "Which service failed?", service),
        field_input(f"severity{suffix}", "Severity", severity),
    ]


def _times(draft: Draft, suffix: str) -> list[Block]:
    is_alert = draft.started_at is not None and draft.started_at == draft.detected_at
    return [
        field_input(
            f"started_at{suffix}",
            "Started",
            moment_element(draft.started_at),
            hint=_AT_THE_ALERT if is_alert else _STARTED,
        ),
        field_input(
            f"detected_at{suffix}",
            "Detected",
            moment_element(draft.detected_at),
            hint="The first alert, or the first person who noticed.",
            optional=True,
        ),
        field_input(
            f"recovered_at{suffix}",
            "Recovered",
            moment_element(draft.recovered_at),
            hint="Leave it empty while it lasts.",
            optional=True,
        ),
    ]


def _consequences(draft: Draft, suffix: str) -> list[Block]:
    boxes = [
        option(NOVEL, "A failure we had not seen before"),
        option(HURT_CUSTOMERS, "Many customers were affected"),
    ]
    people = people_element(draft.responders, "Choose people", RESPONDERS_MAX)
    return [
        field_input("novelty", "It was", checkboxes_element(boxes, draft.ticked), optional=True),
        field_input(f"responders{suffix}", "Responders", people, optional=True),
    ]


def read_facts_fields(view: View) -> Facts:
    """The facts as typed, texts trimmed; RuleBroken on the field that needs an answer."""
    typed = values(view)
    severity = typed.get("severity")
    if not severity:
        raise RuleBroken("severity", "Choose how bad it was: P1, P2 or P3.")
    if typed.get("started_at") is None:
        raise RuleBroken("started_at", "Say when it started. A good guess is fine.")
    ticked = typed.get("novelty", [])
    return Facts(
        title=typed.get("title", "").strip(),
        service=typed.get("service", "").strip(),
        severity=Severity(severity),
        started_at=typed["started_at"],
        detected_at=typed.get("detected_at"),
        recovered_at=typed.get("recovered_at"),
        impact=typed.get("impact", "").strip(),
        responders=tuple(typed.get("responders") or ()),
        is_novel=NOVEL in ticked,
        hurt_customers=HURT_CUSTOMERS in ticked,
        **read_figures(typed),
        **read_tier(typed),
    )


def not_asked(view: View, facts: Facts, stored: Facts) -> Facts:
    """The facts with what this form does not ask for left as it is stored.

    The form that starts a postmortem mends one when somebody else was quicker.
    """
    asked = {str(block.get("block_id", "")).partition(".")[0] for block in view["blocks"]}
    kept = {name: getattr(stored, name) for name in ASKED_LATER if name not in asked}
    return replace(facts, **kept)


def facts_in_words(facts: Facts, names: Mapping[str, str]) -> str:
    """All of the facts as plain text, for somebody who was overtaken while changing them.

    `names` says what the responders are called, by id.
    """
    times = (
        ("started", facts.started_at),
        ("detected", facts.detected_at),
        ("recovered", facts.recovered_at),
    )
    ticks = (("a new kind of failure", facts.is_novel), ("many customers", facts.hurt_customers))
    lines = [
        facts.title,
        f"{facts.service}, {facts.severity}, tier {facts.tier:d}",
        facts.tier_reason,
        ", ".join(f"{name} {at:%Y-%m-%d %H:%M} UTC" for name, at in times if at is not None),
        ", ".join(words for words, ticked in ticks if ticked),
        facts.impact,
        figures_in_words(facts),
        "Responders: " + ", ".join(names.get(each, each) for each in facts.responders),
    ]
    return "\n".join(line for line in lines if line)
