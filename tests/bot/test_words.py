"""The language check of the command line."""

import io
import json
from pathlib import Path

import pytest

from bot.words import PIPED, as_json, as_table, read, report

TEXT = """# Actions

- Improve monitoring.
- Alert at 90 %.
- We should have tested it; Bob forgot.
"""


def test_each_line_with_findings_is_told_with_its_number() -> None:
    lines = report([("notes.md", TEXT)])

    assert [(line["line"], line["text"]) for line in lines] == [
        (3, "- Improve monitoring."),
        (5, "- We should have tested it; Bob forgot."),
    ]
    kinds = [[found["kind"] for found in line["findings"]] for line in lines]
    assert kinds == [["vague"], ["counterfactual", "person"]]


def test_of_one_file_the_json_has_exactly_the_promised_keys() -> None:
    (line,) = json.loads(as_json(report([("notes.md", "Look into the leak")])))

    assert set(line) == {"line", "text", "findings"}
    assert [set(found) for found in line["findings"]] == [{"kind", "phrase", "why", "ask"}]


def test_of_several_files_each_line_tells_its_own() -> None:
    lines = report(
        [("a.md", "Human error"), ("b.md", "The pool had no limit"), ("c.md", "\nHuman error")]
    )

    assert [(line["file"], line["line"]) for line in lines] == [("a.md", 1), ("c.md", 2)]
    assert as_table(lines).splitlines()[1].startswith("c.md:2: person: “Human error”: ")


def test_the_table_has_a_row_for_each_finding() -> None:
    rows = as_table(report([("notes.md", TEXT)]), "notes.md").splitlines()

    assert [row[: row.index(": ")] for row in rows] == ["notes.md:3", "notes.md:5", "notes.md:5"]
    assert rows[0].startswith("notes.md:3: vague: “Improve monitoring”: Nobody could tell")
    assert rows[0].endswith("?")


def test_a_text_in_which_nothing_is_found_prints_nothing() -> None:
    assert report([("notes.md", "The pool was sized for one region.")]) == []
    assert as_table([]) == ""
    assert json.loads(as_json([])) == []


def test_a_terminal_obeys_nothing_of_a_phrase() -> None:
    lines = report([("a", "the engineer on \x1b[2J shift deleted it")])

    assert "\x1b" not in as_table(lines)
    assert "\x1b" in lines[0]["findings"][0]["phrase"]


def test_files_and_what_is_piped_in_are_read_alike(tmp_path: Path) -> None:
    file = tmp_path / "old.md"
    file.write_bytes("\ufeffHuman error\r\n\u05d8\u05e7\u05e1\u05d8 \U0001f525\r\n".encode())

    texts = read([str(file), PIPED], io.BytesIO(b"Human error"))

    assert [(line["line"], line["text"]) for line in report(texts)] == [
        (1, "Human error"),
        (1, "Human error"),
    ]


def test_a_file_that_is_not_there_is_the_callers_to_explain(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read([str(tmp_path / "none.md")], io.BytesIO())


def test_what_is_no_text_is_the_callers_to_explain_too() -> None:
    with pytest.raises(UnicodeDecodeError):
        read([PIPED], io.BytesIO(b"\xff\xfe"))
