"""The tier as people choose it: by the rule, or another one with a reason (rule 5)."""

from typing import Any

from blocks.inputs import field_input, option, select_element, text_element
from blocks.parts import Block
from domain.postmortems import REASON_MAX, Facts, Tier

BY_RULE = "by_rule"

TIER_NAMES = {Tier.FULL: "full", Tier.STANDARD: "standard", Tier.PARAGRAPH: "one paragraph"}
#: The same where nothing around it says what a tier is the depth of.
TIER_DEPTHS = TIER_NAMES | {Tier.FULL: "full postmortem", Tier.STANDARD: "standard postmortem"}


def tier_inputs(facts: Facts) -> list[Block]:
    """The inputs of the tier; only the form that mends the facts has them."""
    chosen = str(int(facts.tier_override)) if facts.tier_override else BY_RULE
    tiers = [
        option(BY_RULE, "As the rule says"),
        *(option(str(int(tier)), f"Tier {tier:d}, {TIER_NAMES[tier]}") for tier in Tier),
    ]
    reason = text_element(facts.tier_reason, most=REASON_MAX)
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


def read_tier(typed: dict[str, Any]) -> dict[str, Any]:
    """The facts about the tier, as typed."""
    override = typed.get("tier_override")
    return {
        "tier_override": None if override in (None, BY_RULE) else Tier(int(override)),
        "tier_reason": typed.get("tier_reason", "").strip(),
    }
