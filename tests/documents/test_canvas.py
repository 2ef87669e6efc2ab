"""What Slack's canvas is given: the same words, in the Markdown that it takes."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings

from documents.canvas import to_canvas
from documents.document import Document
from domain.postmortems import Facts, Severity
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


def test_a_canvas_begins_with_the_title_and_the_facts() -> None:
    document = Document(facts=replace(FACTS, responders=("U1",)), key="PM-3", names={"U1": "Ana"})

    lines = to_canvas(document).splitlines()

    assert lines[0] == "# PM-3 · Latency"
    assert "- **Severity:** P2, tier 2" in lines
    assert "- **Started:** 2026-11-20 23:50 UTC" in lines
    assert "- **Responders:** Ana" in lines
    assert not any(line.startswith("---") for line in lines)


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
