"""How much of a postmortem is there, and what its tier still asks for (rule 5)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from domain.action_items import ActionItem
from domain.passages import Passage, Passages
from domain.postmortems import Postmortem, Section, Tier
from domain.timeline import Milestone, TimelineEntry
from domain.whys import WHYS_ASKED, goes_past_a_person, read_whys

#: How many decisions (action items or accepted risks) each tier asks for (rule 5).
DECISIONS_WANTED: Mapping[Tier, int] = {Tier.FULL: 2, Tier.STANDARD: 2, Tier.PARAGRAPH: 1}
#: What the timeline of a full postmortem shows: without these nothing can be measured.
MILESTONES_WANTED = (Milestone.STARTED, Milestone.DETECTED, Milestone.RECOVERED)

_LESS = frozenset({Section.FACTS, Section.ROOT_CAUSE, Section.ACTION_ITEMS})
#: The sections that are asked of everybody; the others are offered, and shown once they are filled.
ASKED_SECTIONS: Mapping[Tier, frozenset[Section]] = {
    Tier.FULL: _LESS | {Section.TIMELINE, Section.FACTORS, Section.LESSONS},
    Tier.STANDARD: _LESS | {Section.TIMELINE},
    Tier.PARAGRAPH: _LESS,
}


@dataclass(frozen=True, kw_only=True)
class Filled:
    """How much of a postmortem is there; enough to say what is missing."""

    timeline_entries: int
    factors: int
    root_cause: bool
    decisions: int
    detected: bool
    recovered: bool
    impact: bool
    milestones: frozenset[Milestone] = frozenset()
    whys: int = 0
    past_a_person: bool = False
    classes: int = 0
    passages: frozenset[Passage] = frozenset()
    without_factor: tuple[int, ...] = ()


def filled(
    postmortem: Postmortem,
    *,
    entries: Sequence[TimelineEntry],
    factors: int,
    decisions: int,
    written: Passages,
    classes: int,
    items: Sequence[ActionItem] = (),
) -> Filled:
    """How much of it is there, given what was written and how much was chosen and decided.

    Of the `items`, those that have ended cannot be mended any more: nothing is asked of them.
    """
    whys = read_whys(written.get(Passage.WHYS, ""))
    return Filled(
        timeline_entries=len(entries),
        factors=factors,
        root_cause=bool(postmortem.root_cause.strip()),
        decisions=decisions,
        detected=postmortem.facts.detected_at is not None,
        recovered=postmortem.facts.recovered_at is not None,
        impact=bool(postmortem.facts.impact.strip()),
        milestones=frozenset(entry.milestone for entry in entries if entry.milestone),
        whys=len(whys),
        past_a_person=goes_past_a_person(whys),
        classes=classes,
        passages=frozenset(passage for passage, text in written.items() if text.strip()),
        without_factor=tuple(
            each.position or place
            for place, each in enumerate(items, start=1)
            if each.is_open and each.factor_id is None
        ),
    )


def _unless(is_there: Callable[[Filled], object], phrase: str) -> Callable[[Filled], str]:
    return lambda filled: "" if is_there(filled) else phrase


def _a_passage(passage: Passage) -> Callable[[Filled], str]:
    return _unless(lambda filled: passage in filled.passages, str(passage))


def unmarked(tier: Tier, filled: Filled) -> list[Milestone]:
    """The milestones that this tier asks for and no entry carries; none without a timeline."""
    if tier is not Tier.FULL or not filled.timeline_entries:
        return []
    return [each for each in MILESTONES_WANTED if each not in filled.milestones]


def _milestones(filled: Filled) -> str:
    absent = unmarked(Tier.FULL, filled)
    if not absent:
        return ""
    names = " and ".join(filter(None, [", ".join(absent[:-1]), absent[-1]]))
    return f"timeline {'entry' if len(absent) == 1 else 'entries'} marked {names}"


def _whys(filled: Filled) -> str:
    short_by = WHYS_ASKED - filled.whys
    if short_by == WHYS_ASKED:
        return "five whys"
    if short_by > 0:
        return "one more why" if short_by == 1 else f"{short_by} more whys"
    return "" if filled.past_a_person else "a why that goes past a person"


_LONGER = frozenset({Tier.FULL, Tier.STANDARD})
_FULL = frozenset({Tier.FULL})
_PARAGRAPH = frozenset({Tier.PARAGRAPH})
#: What each tier asks for (rule 5), in the order a person would fill it. The agreement and the
#: review come after all of it.
_ASKED: tuple[tuple[frozenset[Tier], Callable[[Filled], str]], ...] = (
    (_LONGER, _unless(lambda filled: filled.impact, "impact")),
    (_FULL, _unless(lambda filled: filled.detected, "when it was detected")),
    (frozenset(Tier), _unless(lambda filled: filled.recovered, "when it was recovered")),
    (_LONGER, _unless(lambda filled: filled.timeline_entries, "timeline")),
    (_FULL, _milestones),
    (_FULL, _unless(lambda filled: filled.factors, "contributing factors")),
    (_FULL, _whys),
    (_LONGER, _unless(lambda filled: filled.root_cause, "root cause")),
    (_PARAGRAPH, _unless(lambda filled: filled.root_cause, "one paragraph on what happened")),
    (frozenset(Tier), _unless(lambda filled: filled.classes, "causal class")),
    *((_FULL, _a_passage(each)) for each in (Passage.WENT_WELL, Passage.WENT_WRONG)),
    (_FULL, _a_passage(Passage.LESSONS)),
)


def missing(tier: Tier, filled: Filled) -> list[str]:
    """Tell what this tier still asks for, as short phrases in the order a person would fill it."""
    gaps = [phrase for tiers, gap in _ASKED if tier in tiers and (phrase := gap(filled))]
    decisions = _missing_decisions(DECISIONS_WANTED[tier] - filled.decisions)
    return [*gaps, *decisions, *(_without_factor(filled) if tier is Tier.FULL else [])]


def _missing_decisions(short_by: int) -> list[str]:
    if short_by <= 0:
        return []
    return ["an action item" if short_by == 1 else f"{short_by} action items"]


def _without_factor(filled: Filled) -> list[str]:
    """The items of which nobody can tell what they are for; there must be factors to answer."""
    if not filled.factors or not filled.without_factor:
        return []
    *most, last = map(str, filled.without_factor)
    if not most:
        return [f"item {last} answers no factor"]
    return [f"items {', '.join(most)} and {last} answer no factor"]
