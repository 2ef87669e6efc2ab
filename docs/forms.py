"""Every form of the app, filled with something, so that all its inputs are there."""

from collections.abc import Iterator
from dataclasses import replace

from blocks import (
    accepted_risks,
    action_items,
    backfill,
    capture,
    contributing_factors,
    decision_forms,
    facilitators,
    find,
    items_list,
    lessons,
    meetings,
    milestones,
    notes,
    postmortems,
    publishing,
    risk_forms,
    root_causes,
    timeline,
)
from blocks.causal_classes import Choice
from blocks.decision_inputs import FORMS, Draft
from blocks.forms import Opened
from blocks.parts import View
from docs import forms_of_reviews, forms_of_settings
from domain.candidates import Candidate
from domain.causal_classes import CausalClass
from domain.coming import OpenItems
from domain.item_search import ItemsPage, ItemsWanted
from domain.meetings import Meeting
from domain.postmortems import Severity
from domain.prefill import guess
from domain.proposals import Proposal
from domain.search import Page, Wanted
from domain.timeline import Source
from tests.blocks.samples import (
    ENTRY,
    FACTOR,
    FACTS,
    ITEM,
    POSTMORTEM,
    PROGRAMME,
    RISK,
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
    yield from _decisions()
    yield from _risks()
    yield facilitators.call_modal(POSTMORTEM, None, [], [])
    yield facilitators.pass_on_modal(POSTMORTEM, _MEETING, None)
    yield meetings.start_modal(POSTMORTEM, ["U2BEN"])
    yield publishing.closing_modal(POSTMORTEM, {}, [ITEM], "C1")
    choices = find.Choices(services=["checkout"], classes=[_CLASS])
    yield find.find_modal(Wanted(), Page(found=[], total=0), choices)
    yield _items()
    yield from forms_of_reviews.forms()
    yield from forms_of_settings.forms()


def _items() -> View:
    standing = OpenItems(open=0, overdue=0, expired=0)
    choices = items_list.Choices(asker="U1ADA", today=TODAY, services=["checkout"])
    page = ItemsPage(found=[], total=0, standing=standing)
    return items_list.items_modal(ItemsWanted(), page, choices)


def _decisions() -> Iterator[View]:
    draft = Draft(
        postmortem=POSTMORTEM,
        item=ITEM,
        programme=PROGRAMME,
        seen=1,
        person="U2BEN",
        today=TODAY,
    )
    for decision in FORMS:
        yield decision_forms.decision_modal(decision, draft)


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


def _risks() -> Iterator[View]:
    yield accepted_risks.risk_modal(POSTMORTEM, PROGRAMME, TODAY)
    draft = risk_forms.RiskDraft(
        postmortem=POSTMORTEM, risk=RISK, programme=PROGRAMME, today=TODAY, by="U1ADA"
    )
    yield risk_forms.renew_modal(draft)
    yield risk_forms.end_modal(draft)
