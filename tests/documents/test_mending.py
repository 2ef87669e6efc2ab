"""A file that was mended by hand is read as far as nothing in it is lost."""

import pytest

from documents.document import Document
from documents.reading import read_own
from documents.writing import to_markdown
from domain.passages import Passage
from tests.documents.incidents import STARTED, incident


def read(written: str) -> Document:
    found = read_own(written)
    assert found is not None
    return found


def test_a_row_added_by_hand_is_on_the_clock_of_its_table() -> None:
    written = to_markdown(incident(), "Asia/Kathmandu")
    row = "| 2026-11-21 19:25+05:45 | Deploy"
    mended = written.replace(row, row.replace("+05:45", ""))
    assert read(mended).entries[0].at == STARTED


@pytest.mark.parametrize("at", ["2026-11-21 13:40", "2026-11-21T13:40:00Z", "2026-11-21 13:40:00"])
def test_an_instant_without_an_offset_is_utc(at: str) -> None:
    written = to_markdown(incident()).replace("2026-11-21 13:40:00+00:00", at)
    assert read(written).facts.started_at == STARTED


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_another_systems_line_ends_change_nothing(ends: str) -> None:
    written = to_markdown(incident()).replace("\n", ends)
    assert read(f"\ufeff{written}") == incident()


def test_an_editor_that_trims_lines_changes_nothing() -> None:
    trimmed = "\n".join(line.rstrip() for line in to_markdown(incident()).split("\n"))
    assert read(trimmed) == incident()


def test_a_table_that_was_put_in_order_by_an_editor_is_read() -> None:
    written = to_markdown(incident()).replace("| --- | --- |", "|:------|   ---:|")
    assert read(written.replace("| Deploy", "|    Deploy")) == incident()


def test_a_title_mended_in_the_heading_counts() -> None:
    mended = to_markdown(incident()).replace(
        "# PM-12 · Checkout latency", "# PM-12 · Slow checkout"
    )
    assert read(mended).facts.title == "Slow checkout"


def test_what_was_added_by_hand_becomes_a_note() -> None:
    written = to_markdown(incident(passages={Passage.NOTES: "Ours"}))
    mended = written.replace("key: PM-12", "key: PM-12\nsidebar: 3") + "\n## Attendees\n\n- Ana\n"
    assert read(mended).passages[Passage.NOTES] == "Ours\n\nsidebar: 3\n\n### Attendees\n\n- Ana"


@pytest.mark.parametrize(
    "text", ["", "---", "---\n", "# PM-12 · Checkout latency\n", "---\ntitle: x\n---\n\n# x\n"]
)
def test_other_layouts_are_left_to_others(text: str) -> None:
    assert read_own(text) is None


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("closedloop: 1", "closedloop: 2"),
        ("closedloop: 1", "closedloop: 1\n- a"),
        ("severity: P2", "severity: SEV2"),
        ("started: 2026-11-21 13:40:00+00:00\n", ""),
        ("users_affected: 1200", "users_affected: many"),
        ("- Ana (U012ABC)\n", "- 12\n"),
        ("\n---\n", "\n"),
        ("# PM-12 · Checkout latency", "PM-12 · Checkout latency"),
        ("# PM-12 · Checkout latency", "# PM-12 · Checkout latency\n\nWords"),
        ("## Lessons", "## Root cause"),
        ("| Time (UTC) |", "| Time (Middle/Earth) |"),
        ("| Time (UTC) |", "| When |"),
        ("| 2026-11-21 13:40 |", "| 13:40 |"),
        ("| 2026-11-21 13:40 |", "Later: | 2026-11-21 13:40 |"),
        ("| started | typed |", "| started | from somebody |"),
        ("| --- | --- |", "| -a- | --- |"),
        ("### Made it possible", "### Human error"),
        ("- No limit for queries", "No limit for queries"),
        ("### Made it possible", "In short\n\n### Made it possible"),
        ("2. A query held it.", "A query held it."),
        ("### 1. Limit", "### Limit"),
        ("- **Due:** 2026-12-04", "- **Due:** soon"),
        ("- **Kind:** guardrail", "- **Sort:** guardrail"),
        ("factor 1, No limit for queries", "the first factor"),
        ("- Improve monitoring of pools\n", "  - **State:** dropped\n"),
        ("### Can a stranger verify each item?", "### Is it good?"),
    ],
)
def test_what_is_not_as_we_write_it_is_left_to_a_reader_who_expects_less(
    ours: str, theirs: str
) -> None:
    written = to_markdown(incident())
    assert ours in written
    assert read_own(written.replace(ours, theirs)) is None
