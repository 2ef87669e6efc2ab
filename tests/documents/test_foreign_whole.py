"""Nothing of an old postmortem is lost, and no file stops the reader."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.importing import Imported, read
from domain.contributing_factors import FACTOR_MAX, FACTORS_MAX
from domain.inherited import LINE_MAX
from domain.postmortems import TITLE_MAX
from domain.timeline import ENTRIES_MAX, ENTRY_MAX
from tests.documents.samples import FULL, NAME, imported, notes


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_bom_and_line_ends_make_no_difference(end: str) -> None:
    assert imported("\ufeff" + FULL.replace("\n", end)) == imported(FULL)


def test_what_is_too_long_goes_on_in_the_notes_and_is_said() -> None:
    words = "long " * 1000
    parts = f"## Timeline\n\n- 14:03 {words}\n\n## Factors\n\n- {words}\n\n## Tasks\n\n- {words}\n"
    told = read(f"# {words}\n\n{parts}\n## Impact\n\n{words}\n", NAME)
    found = told.document
    assert found is not None
    assert (len(found.facts.title), len(found.entries[0].text)) == (TITLE_MAX, ENTRY_MAX)
    assert (len(found.factors[0].text), len(found.inherited[0].text)) == (FACTOR_MAX, LINE_MAX)
    assert notes(found).count("long") == 5000
    assert sum("is longer than" in warning for warning in told.warnings) == 5


def test_more_lines_than_a_timeline_holds_go_on_in_the_notes() -> None:
    lines = "\n".join(f"- 2024-05-01 14:03 line {number}" for number in range(ENTRIES_MAX + 3))
    factors = "\n".join(f"- factor {number}" for number in range(FACTORS_MAX + 1))
    found = imported(f"# A\n\n## Timeline\n\n{lines}\n\n## Contributing factors\n\n{factors}\n")
    assert (len(found.entries), len(found.factors)) == (ENTRIES_MAX, FACTORS_MAX)
    assert notes(found).count("line 50") == 3
    assert f"factor {FACTORS_MAX}" in notes(found)


@pytest.mark.parametrize("text", ["", " \n", "\ufeff", "\ufeff\r\n"])
def test_an_empty_file_is_refused(text: str) -> None:
    assert read(text, NAME) == Imported(refusal="There is nothing in it.")


def test_a_file_that_is_no_text_is_refused() -> None:
    assert "not a text" in read("PK\x03\x04\0\0", NAME).refusal


def test_a_megabyte_is_read_or_refused_in_a_sentence() -> None:
    told = read("# A\n\n" + "- some words of a list\n\n> > quoted\n\n" * 25_000, NAME)
    assert "more text than a postmortem can keep" in told.refusal


def test_comments_quotes_and_references_are_kept() -> None:
    text = "# A\n\n<!-- a hint -->\n\n> > said\n\nSee [x].\n\n[x]: https://t.example/x\n"
    kept = notes(imported(text))
    assert all(each in kept for each in ("<!-- a hint -->", "> > said", "[x]: https://t.example/x"))


PIECES = st.sampled_from(
    [
        *("# Alpha", "## Timeline", "## Action items", "## Lessons", "### Gamma delta", "## Stats"),
        *("## Impact", "## Root cause", "## Contributing factors", "**Trigger:** omega psi"),
        *("- 14:03 alert fired", "- bullet words", "  - nested words", "1. numbered words"),
        *("| Time | Event |\n|--|--|\n| 14:03 | cell |\n| ??:?? | open |", "| a | b |", "> quoted"),
        *(
            "prose words\nmore prose",
            "TTD: 12 min",
            "- Time to recover: N/A",
            "```\n14:03 code\n```",
        ),
        *("Severity: SEV1 because", "Service: cart", "[link](https://t.example)", "    indented"),
        *("2024-05-02", "- [x] ticked words", "<!-- hidden -->", "---", "2024-05-03 10:00 later"),
    ]
)
#: Names of parts and of facts, which become fields.
NAMES = {
    *("timeline", "action", "items", "lessons", "stats", "impact", "root", "cause", "time", "min"),
    *("contributing", "factors", "event", "trigger", "ttd", "severity", "sev1", "service", "to"),
    *("recover", "x", "a", "b", "1", "12", "2024", "05", "01", "02", "03", "10", "00", "14"),
}


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=14))
def test_no_word_of_a_document_is_lost(pieces: list[str]) -> None:
    text = "\n\n".join(pieces)
    told = read(text, NAME)
    if told.document is None:
        assert told.refusal
    else:
        assert not words(text) - NAMES - words(repr(told.document).replace("\\n", " "))


@settings(max_examples=300, deadline=None)
@given(st.text() | st.lists(PIECES | st.text(max_size=20)).map("\n".join), st.text(max_size=30))
def test_reading_never_fails(text: str, name: str) -> None:
    told = read(text, name)
    assert (told.document is None) is bool(told.refusal)
