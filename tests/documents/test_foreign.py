"""Old postmortems of other tools: each part finds its place, whatever it is called."""

from datetime import UTC, datetime

import pytest

from documents.importing import read
from domain.contributing_factors import FactorKind
from domain.passages import Passage
from domain.postmortems import Severity
from domain.timeline import Milestone, Source
from tests.documents.samples import FULL, NAME, imported, notes


def test_each_part_finds_its_place() -> None:
    found = imported(FULL)
    assert found.facts.title == "Checkout refused cards"
    assert (found.facts.severity, found.facts.service) == (Severity.P1, "checkout")
    assert (found.facts.users_affected, found.facts.impact) == (1200, "Every fourth order failed.")
    assert found.root_cause == "The certificate of the card gateway had expired."
    assert [each.text for each in found.inherited] == [
        "Watch certificates",
        "Write a runbook (done)",
    ]
    assert len(found.factors) == len(found.entries) == 2
    assert (found.time_to_detect, found.time_to_recover) == (12, 80)
    assert found.passages[Passage.WENT_WELL] == "- Quick roll-back"
    assert found.passages[Passage.LESSONS] == "Certificates end."


def test_what_has_no_place_is_kept_as_notes_under_its_heading() -> None:
    kept = notes(imported(FULL))
    assert "### Summary\n\nCards were refused." in kept
    assert "### Metrics\n\n- Pages sent: 4" in kept
    assert "tags: [payments]" in kept
    assert "**Status:** final" in kept
    assert "14:03" not in kept
    assert "Time to detect" not in kept


def test_the_start_is_the_first_entry_on_the_day_that_the_document_names() -> None:
    found = imported(FULL)
    assert found.facts.started_at == datetime(2024, 5, 1, 14, 3, tzinfo=UTC)
    assert found.facts.detected_at == datetime(2024, 5, 1, 14, 15, tzinfo=UTC)
    assert found.facts.recovered_at == datetime(2024, 5, 1, 15, 23, tzinfo=UTC)


def test_entries_are_marked_as_imported_and_bear_their_milestones() -> None:
    first, last = imported(FULL).entries
    assert (first.source, first.text) == (
        Source.IMPORTED,
        "First alert: 5 % of orders fail (Who: Ana)",
    )
    assert (first.milestone, last.milestone) == (Milestone.DETECTED, Milestone.RECOVERED)


@pytest.mark.parametrize(
    ("line", "private"),
    [("private: true", True), ("visibility: confidential", True), ("visibility: public", False)],
)
def test_a_document_that_says_it_is_private_stays_so(line: str, private: bool) -> None:  # noqa: FBT001 - a parameter
    assert imported(f"---\n{line}\n---\n# A\n").is_private is private


def test_a_list_of_root_causes_is_what_contributed() -> None:
    found = imported("# A\n\n## Root causes\n\n- No watch\n- No test\n")
    assert [each.text for each in found.factors] == ["No watch", "No test"]
    assert found.root_cause == ""


def test_a_root_cause_in_prose_stays_prose_beside_the_factors() -> None:
    found = imported("# A\n\n## Root cause\n\nIt ended.\n\n## Contributing factors\n\n- No watch\n")
    assert (found.root_cause, len(found.factors)) == ("It ended.", 1)


def test_factors_that_slowed_detection_are_told_apart() -> None:
    found = imported(
        "# A\n\n## Slowed detection\n\n- No alert\n\n## Contributing factors\n\n- Old\n"
    )
    assert {each.text: each.kind for each in found.factors} == {
        "No alert": FactorKind.SLOWED_DETECTION,
        "Old": FactorKind.MADE_POSSIBLE,
    }


@pytest.mark.parametrize(
    ("heading", "passage"),
    [
        ("What did not go well?", Passage.WENT_WRONG),
        ("What Didn't Go So Well?", Passage.WENT_WRONG),
        ("What was difficult?", Passage.WENT_WRONG),
        ("Did it go well", Passage.WENT_WELL),
        ("Where we got lucky[^1]", Passage.LESSONS),
    ],
)
def test_what_went_well_and_what_did_not_have_many_names(heading: str, passage: Passage) -> None:
    assert [*imported(f"# A\n\n## {heading}\n\nWords.\n").passages] == [passage]


@pytest.mark.parametrize("said", ["SEV-2", "~severity::2", "2 (high)", "`P2`", "Major"])
def test_a_severity_is_read_as_people_write_it(said: str) -> None:
    found = imported(f"# A\n\n## Incident summary\n\n- Severity: {said}\n- Service(s): cart\n")
    assert (found.facts.severity, found.facts.service) == (Severity.P2, "cart")


def test_items_below_a_label_with_a_footnote_are_read() -> None:
    found = imported("# A\n\n**Action Items**:[^165]\n\n| Action Item |\n|--|\n| Watch it |\n")
    assert [each.text for each in found.inherited] == ["Watch it"]


def test_when_it_was_written_is_not_when_it_started() -> None:
    text = (
        "---\ndate: 2024-05-04 09:00:00 +0000\n---\n# A\n\n## Timeline\n\n- 2024-05-01 14:03 one\n"
    )
    assert imported(text).facts.started_at == datetime(2024, 5, 1, 14, 3, tzinfo=UTC)


def test_stated_minutes_that_the_times_deny_are_pointed_out() -> None:
    text = "# A\n\n- Started: 14:00\n- Detected: 14:07\n- TTD: 12 min\n"
    told = read(text, NAME)
    assert "It states 12 minutes to detect; by its times it took 7." in told.warnings


def test_kept_headings_stand_below_our_own() -> None:
    kept = notes(imported("# A\n\n## Else\n\nOne\n\nMore\n----\n\nTwo\n\n### Deep\n\nThree\n"))
    assert [line for line in kept.splitlines() if "#" in line] == [
        "### Else",
        "### More",
        "#### Deep",
    ]


def test_whys_are_a_line_each() -> None:
    found = imported("# A\n\n## 5 Whys\n\n1. Why did it fail? It ended.\n2. Why? Nobody knew.\n")
    assert found.passages[Passage.WHYS].splitlines() == [
        "Why did it fail? It ended.",
        "Why? Nobody knew.",
    ]


def test_parts_may_be_named_in_bold_instead_of_a_heading() -> None:
    found = imported("# A\n\n**Timeline**\n\n- 14:03 one\n\nNext steps:\n\n- Watch it\n")
    assert (len(found.entries), len(found.inherited)) == (1, 1)


def test_labels_in_a_table_or_in_bold_lines_are_facts() -> None:
    table = (
        "| Severity | P3 |\n|--|--|\n| Service | cart |\n| Start time | 2024-05-01 13:00 UTC |\n"
    )
    facts = imported(f"# A\n\n{table}\n**Impact:** Orders failed\nfor an hour.\n").facts
    assert (facts.severity, facts.service) == (Severity.P3, "cart")
    assert facts.started_at == datetime(2024, 5, 1, 13, tzinfo=UTC)
    assert facts.impact == "Orders failed\nfor an hour."


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        *(("88 minutes", 88), ("19 hours 43 minutes.", 1183), ("12 min", 12), ("1h 20m", 80)),
        *(("3 days", 4320), ("1:20", 80), ("1.5 hours", 90), ("1,415 minutes", 1415)),
        *(("?", None), ("N/A", None), ("soon", None), ("5 minutes, by luck", None)),
    ],
)
def test_times_to_detect_are_read_as_people_write_them(said: str, minutes: float | None) -> None:
    found = imported(f"# A\n\n## Stats\n\n- TTD: {said}\n")
    assert found.time_to_detect == minutes
    assert (f"TTD: {said}" in notes(found)) is (minutes is None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# A\n\nOn Wednesday 1 May 2024 it failed.\n", "a.md"),
        ("# A, May 1st, 2024\n\nIt failed.\n", "a.md"),
        ("# A\n\nIt failed.\n", "2024-05-01_a.md"),
        ("---\ndate: '2024-05-01'\n---\n# A\n", "a.md"),
    ],
)
def test_a_day_is_found_in_the_text_the_title_or_the_name_of_the_file(text: str, name: str) -> None:
    told = read(text, name)
    assert told.document is not None
    assert told.document.facts.started_at == datetime(2024, 5, 1, tzinfo=UTC)
    assert any("no time of day" in warning for warning in told.warnings)


def test_a_document_without_any_day_is_refused_with_what_to_add() -> None:
    told = read("# A\n\n## Timeline\n\n- 14:03 one\n", "a.md")
    assert told.document is None
    assert "`date: 2024-05-01`" in told.refusal


def test_what_is_assumed_is_said() -> None:
    told = read("# A\n", NAME)
    assert told.document is not None
    assert (told.document.facts.severity, told.document.facts.service) == (Severity.P2, "unknown")
    assert sum("It names no" in warning for warning in told.warnings) == 2
