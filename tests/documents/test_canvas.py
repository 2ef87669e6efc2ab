"""What Slack's canvas is given: the same words, in the Markdown that it takes."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings

from documents.canvas import to_canvas
from documents.document import Document
from domain.action_items import ActionItem, ItemKind, ItemState, Progress
from domain.contributing_factors import ContributingFactor, FactorKind
from domain.postmortems import Facts, Severity
from domain.programme import Priority
from domain.timeline import Milestone, Source, SourceState, TimelineEntry
from sandbox.canvases import unsupported
from tests.documents.strategies import documents

STARTED = datetime(2026, 11, 20, 23, 50, tzinfo=UTC)
FACTS = Facts(title="Latency", service="checkout", severity=Severity.P2, started_at=STARTED)
ENTRY = TimelineEntry(at=STARTED, text="pool * full", milestone=Milestone.STARTED)
MARKED = TimelineEntry(
    at=STARTED + timedelta(minutes=20),
    text="recovered\nat last",
    source=Source.REACTION,
    permalink="https://acme.slack.com/archives/C1/p1",
    source_state=SourceState.EDITED,
)

ITEM = ActionItem(
    what="Drain\nfirst",
    done_when="The drill\nshows it",
    owner="U1",
    priority=Priority.P1,
    due_on=date(2026, 12, 5),
    kind=ItemKind.GUARDRAIL,
    factor_id=1,
    position=1,
    reschedules=2,
    reviews_seen=2,
)


def test_a_canvas_begins_with_the_title_and_the_facts() -> None:
    document = Document(facts=replace(FACTS, responders=("U1",)), key="PM-3", names={"U1": "Ana"})

    lines = to_canvas(document).splitlines()

    assert lines[0] == "# PM-3 · Latency"
    assert "- **Severity:** P2, tier 2" in lines
    assert "- **Started:** 2026-11-20 23:50 UTC" in lines
    assert "- **Responders:** Ana" in lines
    assert not any(line.startswith("---") for line in lines)


def test_how_long_it_took_stands_behind_the_times() -> None:
    detected = STARTED + timedelta(minutes=4)
    facts = replace(FACTS, detected_at=detected, recovered_at=MARKED.at)
    said = to_canvas(Document(facts=facts, facilitator="U2", names={"U2": "Bo"}))

    assert "- **Detected:** 2026-11-20 23:54 UTC (after 4 min)\n" in said
    assert "- **Recovered:** 2026-11-21 00:10 UTC (after 20 min)\n" in said
    assert "- **Chair:** Bo\n" in said


def test_an_item_is_a_short_paragraph() -> None:
    factor = ContributingFactor(kind=FactorKind.MADE_POSSIBLE, text="The pool\nis small")
    said = to_canvas(Document(facts=FACTS, items=(ITEM,), factors=(factor,), names={"U1": "Ana"}))

    assert (
        "### 1. Drain first\n\n"
        "**Done when:** The drill shows it\n"
        "**Owner:** Ana · due 2026-12-05 · P1 guardrail · expired · moved twice · "
        "seen open by 2 reviews\n"
        "**Answers:** factor 1, The pool is small\n"
    ) in said


def test_it_says_what_an_item_waits_for() -> None:
    asked = replace(ITEM, reviews_seen=0, progress=Progress.BLOCKED)
    soaking = replace(ITEM, state=ItemState.IMPLEMENTED, soaks_until=date(2026, 12, 19))
    again = replace(ITEM, state=ItemState.INEFFECTIVE)
    said = to_canvas(Document(facts=FACTS, items=(asked, soaking, again)))

    assert " · P1 guardrail · open · blocked · moved twice\n" in said
    assert " · implemented · soaks until 2026-12-19 · moved twice" in said
    assert " · ineffective · moved twice" in said


def test_its_timeline_is_a_list_by_day_with_sources() -> None:
    said = to_canvas(Document(facts=FACTS, entries=(ENTRY, MARKED)))

    assert "### 2026-11-20\n\n- **23:50 UTC** pool * full *(started)*\n" in said
    assert (
        "### 2026-11-21\n\n- **00:10 UTC** recovered at last "
        "([message](https://acme.slack.com/archives/C1/p1), edited since)\n"
    ) in said


def test_a_list_in_a_quotation_does_not_lose_the_whole() -> None:
    said = to_canvas(Document(facts=FACTS, root_cause="> - one\n> 2. two\n>> * three"))

    assert unsupported(said) is None
    assert "> \\- one" in said


@settings(max_examples=150)
@given(documents)
def test_slack_takes_every_canvas(document: Document) -> None:
    said = to_canvas(document)

    assert unsupported(said) is None
    assert not any(re.match(r"#{4,6}[ \t]", line) for line in said.splitlines())
