"""Every form of the app, filled with something, so that all its inputs are there."""

from collections.abc import Iterator
from dataclasses import replace

from blocks import (
    accepted_risks,
    action_items,
    backfill,
    capture,
    contributing_factors,
    facilitators,
    find,
    lessons,
    meetings,
    milestones,
    notes,
    postmortems,
    publishing,
    root_causes,
    settings,
    timeline,
)
from blocks.causal_classes import Choice
from blocks.forms import Opened
from blocks.parts import View
from domain.candidates import Candidate
from domain.causal_classes import CausalClass
from domain.meetings import Meeting
from domain.postmortems import Severity
from domain.prefill import guess
from domain.proposals import Proposal
from domain.search import Page, Wanted
from domain.settings import Settings
from domain.timeline import Source
from tests.blocks.samples import (
    ENTRY,
    FACTOR,
    FACTS,
    ITEM,
    POSTMORTEM,
    PROGRAMME,
    STARTED,
    TODAY,
)

_FULL = replace(POSTMORTEM, facts=replace(FACTS, severity=Severity.P1))
_CLASS = CausalClass(id=1, name="capacity")
_MEETING = Meeting(facilitator="U1ADA", called_by="U2BEN", called_at=STARTED)


def forms() -> Iterator[View]:
    """Every form, in the order in which a person meets them."""
    yield postmortems.start_modal(
        channel="C1", channel_name="c", is_private=False, guess=guess("inc-c")
    )
    yield postmortems.facts_modal(POSTMORTEM, 0)
    yield from _timeline()
    yield contributing_factors.factors_modal(POSTMORTEM, [FACTOR], 0)
    yield root_causes.root_cause_modal(_FULL, 0, (), Choice(taxonomy=[_CLASS]))
    yield lessons.lessons_modal(POSTMORTEM, {}, 0)
    yield notes.notes_modal(POSTMORTEM, "From the old document.", 0)
    yield action_items.item_modal(POSTMORTEM, [FACTOR], PROGRAMME, TODAY, ITEM)
    yield accepted_risks.risk_modal(POSTMORTEM, PROGRAMME, TODAY)
    yield facilitators.call_modal(POSTMORTEM, None, [], [])
    yield facilitators.pass_on_modal(POSTMORTEM, _MEETING, None)
    yield meetings.start_modal(POSTMORTEM, ["U2BEN"])
    yield publishing.closing_modal(POSTMORTEM, {}, [ITEM], "C1")
    choices = find.Choices(services=["checkout"], classes=[_CLASS])
    yield find.find_modal(Wanted(), Page(found=[], total=0), choices)
    yield settings.settings_modal(Settings(programme=PROGRAMME), "U1ADA")


def _timeline() -> Iterator[View]:
    yield timeline.timeline_modal(POSTMORTEM, [], "UTC", 0)
    candidate = Candidate(
        at=STARTED, text="p99 above 8 s", source=Source.ALERT, message_ts="1.2", is_sure=True
    )
    yield backfill.proposal_form(
        Opened(postmortem_id=1), "PM-7", 1, Proposal(candidates=[candidate]), []
    )
    yield milestones.milestones_modal(POSTMORTEM, [ENTRY], "UTC", 0)
    entry = replace(ENTRY, source=Source.SHORTCUT, message_ts="1.2")
    yield capture.message_modal(entry, capture.Target(channel="C1", is_private=False))
