"""A pattern of a meta-review: a class that repeats, the incidents behind it, the fix for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from blocks.parts import Block, button
from blocks.text import bold, channel_link, mention, moment, one_line, quoted, shown
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem
from domain.meta_reviews import Behind, Fix, Incidents, MetaReview, Trend, patterns
from domain.postmortems import Postmortem
from domain.quarters import Quarter

PROPOSE_FIX = "meta_propose"
OPEN_PATTERN = "meta_pattern"
NAME_MAX = 90
_TITLE_MAX = 80


@dataclass(frozen=True, kw_only=True)
class Known:
    """The incidents behind a pattern: some public ones, and how many there are of either sort."""

    shown: Sequence[Behind] = ()
    public: int = 0
    private: int = 0


@dataclass(frozen=True, kw_only=True)
class MetaView:
    """All that a meta-review shows; `quarters` are those compared, the last is looked at.

    `incidents` are of that quarter, `behind` by class.
    """

    meta: MetaReview
    postmortem: Postmortem
    quarters: Sequence[Quarter]
    trends: Sequence[Trend]
    incidents: Incidents
    fixes: Mapping[int, Fix]
    items: Sequence[ActionItem]
    counted_at: datetime
    today: date
    risks: Sequence[AcceptedRisk] = ()
    behind: Mapping[int, Known] = field(default_factory=dict)

    @property
    def patterns(self) -> list[Trend]:
        """The classes that repeat, the weightiest first."""
        return patterns(self.trends)


def counts_of(trend: Trend, view: MetaView) -> str:
    """How often a class came up: in this quarter, in the one before, and in all four."""
    now, before = view.quarters[-1].name, view.quarters[-2].name
    return f"{trend.now} in {now}, {trend.before} in {before}, {trend.total} in four quarters"


def pattern_line(view: MetaView, trend: Trend) -> str:
    """A class, how often it came up, and what is still open of it."""
    items = number_of(trend.open_items, "open item")
    return f"{bold(shown(one_line(trend.name), NAME_MAX))} · {counts_of(trend, view)} · {items}"


def incident_line(incident: Behind) -> str:
    """An incident behind a pattern, with the way to it."""
    title = f"PM-{incident.number} {shown(one_line(incident.title), _TITLE_MAX)}"
    place = [channel_link(incident.channel)] if incident.channel else []
    return "•  " + " · ".join([title, moment(incident.started_at, "date"), *place])


def rest_lines(known: Known) -> list[str]:
    """How many more incidents there are than are named."""
    more = known.public - len(known.shown)
    said = [f"{more} more"] if more > 0 else []
    return [f"_… and {', '.join([*said, *private_words(known)])}_"] if said or known.private else []


def private_words(known: Known) -> list[str]:
    """How many incidents of private channels are behind a pattern, which nobody names."""
    return [f"{known.private} of private channels"] if known.private else []


def fix_lines(view: MetaView, trend: Trend, most: int) -> list[str]:
    """The fix that is proposed for a pattern, or that there is none."""
    fix = view.fixes.get(trend.class_id)
    if fix is None:
        return ["_No fix is proposed yet._"] if view.meta.closed_at is None else []
    return [f":wrench: *Proposed fix* by {mention(fix.proposed_by)}", quoted(fix.fix, most)]


def propose_buttons(view: MetaView, trend: Trend) -> list[Block]:
    """The button to propose a fix for a pattern, or to change it, while that can be done."""
    if view.meta.closed_at is not None:
        return []
    label = "Change the fix" if trend.class_id in view.fixes else "Propose a fix"
    spoken = f"{label}: {one_line(trend.name)}"
    return [button(label, PROPOSE_FIX, value_of(view, trend), spoken=spoken)]


def pattern_button(view: MetaView, trend: Trend) -> Block:
    """The button that opens a pattern with all incidents behind it."""
    spoken = f"Incidents: {one_line(trend.name)}"
    return button("Incidents", OPEN_PATTERN, value_of(view, trend), spoken=spoken)


def value_of(view: MetaView, trend: Trend) -> str:
    """What the button of a pattern carries: the meta-review and the class."""
    return f"{view.postmortem.id}:{trend.class_id}"


def number_of(number: int, thing: str) -> str:
    """So many things, in words."""
    return f"{number} {thing}{'' if number == 1 else 's'}"
