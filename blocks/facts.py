"""The inputs of a postmortem's facts: one set for the form that starts it and that mends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from blocks.forms import values
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
from domain.errors import RuleBroken
from domain.postmortems import (
    REASON_MAX,
    RESPONDERS_MAX,
    SERVICE_MAX,
    TEXT_MAX,
    TITLE_MAX,
    Facts,
    Severity,
    Tier,
)

NOVEL = "novel"
HURT_CUSTOMERS = "hurt_customers"
BY_RULE = "by_rule"

TIER_NAMES = {Tier.FULL: "full", Tier.STANDARD: "standard", Tier.PARAGRAPH: "one paragraph"}

_SEVERITIES = {
    Severity.P1: "customers could not work",
    Severity.P2: "customers noticed",
    Severity.P3: "small, or seen by us alone",
}


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
    tier_override: Tier | None = None
    tier_reason: str = ""


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
        tier_override=facts.tier_override,
        tier_reason=facts.tier_reason,
    )


def facts_inputs(draft: Draft, suffix: str = "") -> list[Block]:
    """The inputs, filled with the draft; `suffix` sets apart those that were guessed."""
    return [
        *_names(draft, suffix),
        *_times(draft),
        *_consequences(draft, suffix),
        *_tier_inputs(draft),
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


def _times(draft: Draft) -> list[Block]:
    return [
        field_input(
            "started_at",
            "Started",
            moment_element(draft.started_at),
            hint="In your own time zone. A good guess is fine: it can be changed later.",
        ),
        field_input(
            "detected_at",
            "Detected",
            moment_element(draft.detected_at),
            hint="The first alert, or the first person who noticed.",
            optional=True,
        ),
        field_input(
            "recovered_at",
            "Recovered",
            moment_element(draft.recovered_at),
            hint="Leave it empty while it lasts.",
            optional=True,
        ),
    ]


def _consequences(draft: Draft, suffix: str) -> list[Block]:
    impact = text_element(
        draft.impact,
        most=TEXT_MAX,
        multiline=True,
        placeholder="One checkout in five failed for 40 minutes; nobody was charged twice",
    )
    boxes = [
        option(NOVEL, "A failure we had not seen before"),
        option(HURT_CUSTOMERS, "Many customers were affected"),
    ]
    people = people_element(draft.responders, "Choose people", RESPONDERS_MAX)
    return [
        field_input("impact", "Impact", impact, hint="Who felt it, and how?", optional=True),
        field_input("novelty", "It was", checkboxes_element(boxes, draft.ticked), optional=True),
        field_input(f"responders{suffix}", "Responders", people, optional=True),
    ]


def _tier_inputs(draft: Draft) -> list[Block]:
    chosen = str(int(draft.tier_override)) if draft.tier_override else BY_RULE
    tiers = [
        option(BY_RULE, "As the rule says"),
        *(option(str(int(tier)), f"Tier {tier:d}, {TIER_NAMES[tier]}") for tier in Tier),
    ]
    reason = text_element(draft.tier_reason, most=REASON_MAX)
    return [
        field_input(
            "tier_override",
            "How deep should the postmortem go?",
            select_element(tiers, chosen, "Choose"),
            hint="Tier 1: P1, a new kind of failure, or many customers. Tier 2: P2. Tier 3: P3.",
            optional=True,
        ),
        field_input(
            "tier_reason",
            "Why another tier?",
            reason,
            hint="Only if you chose one yourself.",
            optional=True,
        ),
    ]


def read_facts_fields(view: View) -> Facts:
    """The facts as typed, texts trimmed; RuleBroken on the field that needs an answer."""
    typed = values(view)
    severity, override = typed.get("severity"), typed.get("tier_override")
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
        tier_override=None if override in (None, BY_RULE) else Tier(int(override)),
        tier_reason=typed.get("tier_reason", "").strip(),
    )


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
        "Responders: " + ", ".join(names.get(each, each) for each in facts.responders),
    ]
    return "\n".join(line for line in lines if line)
