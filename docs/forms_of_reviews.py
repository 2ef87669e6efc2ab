"""The forms of monthly reviews and meta-reviews, filled with something."""

from collections.abc import Iterator

from blocks import (
    inherited_forms,
    meta_beginning,
    meta_windows,
    review_calls,
    review_closing,
    review_window,
)
from blocks.meta_patterns import MetaView
from blocks.parts import View
from domain.inherited import Inheritance, InheritedLine, Origin
from domain.meta_reviews import Incidents, MetaReview, Trend
from domain.postmortems import Tier
from domain.quarters import Quarter
from domain.reviews import Counts, Review
from tests.blocks.samples import FACTOR, POSTMORTEM, PROGRAMME, STARTED, TODAY

_REVIEW = Review(
    workspace="T1",
    facilitator="U2BEN",
    called_by="",
    called_at=STARTED,
    due_at=STARTED,
    due_on=TODAY,
    channel="C1",
    id=1,
)
_LINES = Inheritance(
    line=InheritedLine(text="Add a canary.", id=1),
    ids=(1,),
    home=1,
    origins=(
        Origin(
            postmortem_id=1,
            number=7,
            tier=Tier.STANDARD,
            started_at=STARTED,
            channel="C1",
            is_private=False,
            items=0,
            risks=0,
        ),
    ),
)
_META = MetaReview(
    postmortem_id=1,
    workspace_id="T1",
    quarter="2026-Q3",
    facilitator="U2BEN",
    channel="C1",
    called_at=STARTED,
)
_TREND = Trend(class_id=1, name="capacity", counts=(1, 0, 2, 3))


def forms() -> Iterator[View]:
    """Every one of them, in the order in which a person meets them."""
    yield review_window.idle_window(
        review_window.Idle(held=None, cadence="", counts={}, channel="C1", suggested="U2BEN")
    )
    yield review_calls.pass_review_on_modal(_REVIEW, "U1ADA")
    draft = inherited_forms.LineDraft(
        entry_id=1,
        lines=_LINES,
        home=POSTMORTEM,
        programme=PROGRAMME,
        today=TODAY,
        factors=[FACTOR],
    )
    yield inherited_forms.adopt_modal(draft)
    yield inherited_forms.accept_modal(draft)
    yield inherited_forms.drop_modal(draft)
    yield review_closing.closing_modal(_REVIEW, Counts(by_why={}, settled=0, shown=0, owed=0))
    quarters = (Quarter(2025, 4), Quarter(2026, 1), Quarter(2026, 2), Quarter(2026, 3))
    looked_at = MetaView(
        meta=_META,
        postmortem=POSTMORTEM,
        quarters=quarters,
        trends=[_TREND],
        incidents=Incidents(tagged=3, untagged=0),
        fixes={},
        items=[],
        counted_at=STARTED,
        today=TODAY,
    )
    yield meta_beginning.begin_form(quarters[-1], "C1", "U2BEN")
    yield meta_windows.fix_form(looked_at, _TREND)
