"""All of a postmortem, as it was read to be shown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem
from domain.agreements import Agreement
from domain.causal_classes import CausalClass, Earlier
from domain.completeness import Filled
from domain.contributing_factors import ContributingFactor
from domain.inherited import InheritedLine
from domain.meetings import Meeting
from domain.passages import Passage
from domain.postmortems import Postmortem, Section, SectionEdit
from domain.publishing import Publication
from domain.timeline import TimelineEntry


@dataclass(frozen=True, kw_only=True)
class PostmortemView:
    """One postmortem and everything that hangs on it.

    `earlier` are public incidents of the same classes, `left` the responders who cannot agree to
    the timeline any more. `today` is the day on which it is shown, where that is known. `is_meta`
    says that it holds the items of a meta-review: it is of no incident.
    """

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
    left: Collection[str] = ()
    meeting: Meeting | None = None
    chair_has_left: bool = False
    publication: Publication | None = None
    today: date | None = None
    is_meta: bool = False
