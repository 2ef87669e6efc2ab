"""A postmortem as people see it: the card in its channel, and the window of `/postmortem`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from blocks.accepted_risks import ACCEPT_RISK
from blocks.action_items import ADD_ITEM
from blocks.card_sections import (
    edit_button,
    factors_section,
    impact_lines,
    item_section,
    people_line,
    risks_section,
    root_cause_section,
    timeline_section,
)
from blocks.facts import TIER_NAMES
from blocks.parts import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    divider,
    header,
    modal,
    section,
)
from blocks.text import duration, escape, mention, moment, one_line, shown
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem, max_items
from domain.agreements import Agreement
from domain.causal_classes import CausalClass, Earlier
from domain.completeness import Filled, missing
from domain.contributing_factors import ContributingFactor
from domain.inherited import InheritedLine
from domain.meetings import Meeting
from domain.passages import Passage
from domain.postmortems import Facts, Postmortem, Section, SectionEdit
from domain.publishing import Publication
from domain.timeline import TimelineEntry

OPEN_FACTS = "open_facts"


@dataclass(frozen=True, kw_only=True)
class PostmortemView:
    """All of a postmortem that its card shows."""

    postmortem: Postmortem
    filled: Filled
    edits: Mapping[Section, SectionEdit] = field(default_factory=dict)
    entries: Sequence[TimelineEntry] = ()
    factors: Sequence[ContributingFactor] = ()
    items: Sequence[ActionItem] = ()
    risks: Sequence[AcceptedRisk] = ()
    passages: Mapping[Passage, str] = field(default_factory=dict)
    classes: Sequence[CausalClass] = ()
    earlier: Sequence[Earlier] = ()
    inherited: Sequence[InheritedLine] = ()
    agreements: Sequence[Agreement] = ()
    meeting: Meeting | None = None
    publication: Publication | None = None


def card(view: PostmortemView) -> Message:
    """The one message in the channel that is always current."""
    postmortem = view.postmortem
    facts = postmortem.facts
    title = shown(one_line(facts.title), 400)
    gaps = missing(facts.tier, view.filled)
    state = f"Still missing: {', '.join(gaps)}." if gaps else "Nothing is missing."
    text = f"{postmortem.key} {title} ({facts.severity}, tier {facts.tier:d}). {state}"
    top = header(f"{postmortem.key} · {one_line(facts.title)}")
    return {"text": text, "blocks": [top, *_body(view)]}


def hub_modal(view: PostmortemView) -> View:
    """The card as a window for one person: what `/postmortem` opens where there is one already."""
    postmortem = view.postmortem
    top = header(one_line(postmortem.facts.title))
    return modal(f"Postmortem {postmortem.key}", [top, *_body(view)], close="Close")


def _body(view: PostmortemView) -> list[Block]:
    postmortem = view.postmortem
    return [
        _facts_section(postmortem),
        _missing_section(view),
        divider(),
        timeline_section(postmortem, view.entries),
        factors_section(postmortem, view.factors),
        root_cause_section(postmortem),
        divider(),
        _items_heading(view),
        *(item_section(postmortem, item, view.factors) for item in view.items),
        *([risks_section(view.risks)] if view.risks else []),
        _decisions(view),
        context(_last_change(view)),
    ]


def _facts_section(postmortem: Postmortem) -> Block:
    facts = postmortem.facts
    tier = f"Tier {facts.tier:d}, {TIER_NAMES[facts.tier]}"
    lines = [
        f"*{facts.severity}* · *{tier}* · {shown(one_line(facts.service), 120)}",
        _times(facts),
        *_why_this_tier(facts),
        *people_line(facts.responders),
        *impact_lines(facts.impact),
    ]
    accessory = edit_button(postmortem, OPEN_FACTS, "the facts", empty=False)
    return section("\n".join(lines), accessory)


def _times(facts: Facts) -> str:
    times = [f"Started {moment(facts.started_at)}"]
    if facts.detected_at:
        times.append(f"detected after {duration(facts.detected_at - facts.started_at)}")
    if facts.recovered_at:
        times.append(f"recovered after {duration(facts.recovered_at - facts.started_at)}")
    return " · ".join(times)


def _why_this_tier(facts: Facts) -> list[str]:
    if facts.tier is facts.rule_tier:
        return []
    reason = shown(one_line(facts.tier_reason), 300)
    return [f"_Tier {facts.rule_tier:d} by the rule, tier {facts.tier:d} because:_ {reason}"]


def _missing_section(view: PostmortemView) -> Block:
    tier = view.postmortem.facts.tier
    gaps = missing(tier, view.filled)
    if not gaps:
        return section(f":white_check_mark: *Everything that tier {tier:d} asks for is here.*")
    return section(f":pencil: *Still missing for tier {tier:d}:* {', '.join(gaps)}")


def _items_heading(view: PostmortemView) -> Block:
    room = max_items(view.postmortem.facts.tier)
    heading = f"*Action items* · {len(view.items)} of {room}"
    if not view.items:
        heading += "\n_None yet. What will be different, and who will see to it?_"
    return section(heading)


def _decisions(view: PostmortemView) -> Block:
    """The buttons that decide something; a full postmortem offers no further item (rule 1)."""
    value = str(view.postmortem.id)
    add = button("Add an action item", ADD_ITEM, value, primary=not view.items)
    accept = button("Accept a risk", ACCEPT_RISK, value)
    room = len(view.items) < max_items(view.postmortem.facts.tier)
    return actions([add, accept] if room else [accept])


def _last_change(view: PostmortemView) -> str:
    postmortem = view.postmortem
    began = f"{postmortem.key} · begun by {mention(postmortem.created_by)}"
    edits = sorted(view.edits.values(), key=lambda edit: edit.edited_at)
    if not edits:
        return f"{began} {moment(postmortem.created_at)} · `/postmortem` opens it"
    last = edits[-1]
    return (
        f"{began} · last change: {escape(last.section)} by {mention(last.edited_by)}, "
        f"{moment(last.edited_at)} · `/postmortem` opens it"
    )
