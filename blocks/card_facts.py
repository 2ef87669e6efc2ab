"""The facts of a postmortem on its card: what, how bad, when, whom it hurt, and who was there."""

from blocks.impact import after, figures_line
from blocks.parts import Block, button, section
from blocks.room import ROOMY, Room
from blocks.text import escape, mention, moment, one_line, quoted, shown
from blocks.tiers import TIER_DEPTHS
from domain.postmortems import Facts, Postmortem

OPEN_FACTS = "open_facts"

_PEOPLE_SHOWN = 12


def facts_section(postmortem: Postmortem, room: Room = ROOMY) -> Block:
    """All of it in one section, with the button that mends it."""
    facts = postmortem.facts
    tier = f"Tier {facts.tier:d}, {TIER_DEPTHS[facts.tier]}"
    lines = [
        f"*{facts.severity}* · *{tier}* · {shown(one_line(facts.service), 120)}",
        _times(facts),
        *_why_this_tier(facts, room.reason),
        *_people(facts),
        *figures_line(facts),
        *([quoted(facts.impact, room.prose)] if facts.impact.strip() else []),
    ]
    spoken = f"Edit the facts of {postmortem.key}"
    return section("\n".join(lines), button("Edit", OPEN_FACTS, str(postmortem.id), spoken=spoken))


def _times(facts: Facts) -> str:
    times = [f"Started {moment(facts.started_at)}"]
    if facts.detected_at:
        times.append(f"detected {after(facts.detected_at - facts.started_at)}")
    if facts.recovered_at:
        times.append(f"recovered {after(facts.recovered_at - facts.started_at)}")
    return " · ".join(times)


def _why_this_tier(facts: Facts, most: int) -> list[str]:
    if facts.tier is facts.rule_tier:
        return []
    reason = shown(one_line(facts.tier_reason), most)
    return [f"_Tier {facts.rule_tier:d} by the rule, tier {facts.tier:d} because:_ {reason}"]


def _people(facts: Facts) -> list[str]:
    people = facts.responders
    more = f" and {len(people) - _PEOPLE_SHOWN} more" if len(people) > _PEOPLE_SHOWN else ""
    named = " ".join(map(mention, people[:_PEOPLE_SHOWN]))
    return [f"Responders {named}{escape(more)}"] if people else []
