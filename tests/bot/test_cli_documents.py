"""words, import and export as somebody runs them: files, pipes, exit codes, JSON."""

import json
import os
import sys
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE
from pathlib import Path
from typing import Any

import pytest

from tests.bot.conftest import ROOT

KEYS = ["file", "title", "started_at", "timeline", "factors", "action_items"]
KEYS += ["time_to_detect_minutes", "time_to_recover_minutes", "warnings"]
TEXT = """\
# Checkout refused cards

- Severity: SEV1
- Service: checkout

## Summary

Cards were refused.

## Timeline

- 2024-05-01 14:03 UTC First alert
- 14:40 Resolved: new certificate
- 2024-05-02: the bank was told

## Action items

- Watch certificates
"""


class Desk:
    """Somebody's folder, where they run `closedloop`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "old.md").write_text(TEXT)

    async def ran(
        self, *words: str, piped: bytes = b"", database: str = "a.sqlite3"
    ) -> tuple[int, str, str]:
        """Give the exit code of a command, what it printed, and its complaints."""
        process = await create_subprocess_exec(
            *(sys.executable, "-m", "bot", *words),
            cwd=self.folder,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "DATABASE_URL": f"sqlite:///{database}",
            },
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
        )
        said, complaints = await process.communicate(piped)
        return process.returncode or 0, said.decode(), complaints.decode()

    async def imported(self, *words: str, database: str = "a.sqlite3") -> list[dict[str, Any]]:
        """What an import into the only workspace tells of each file."""
        said = (await self.ran("import", "--format", "json", *words, database=database))[1]
        told: list[dict[str, Any]] = json.loads(said)
        return told


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


async def test_words_reads_what_is_piped_in(desk: Desk) -> None:
    code, said, complaints = await desk.ran(
        "words", "-", piped=b"The pool had no limit.\nImprove monitoring\n"
    )
    assert (code, complaints) == (0, "")
    assert said.startswith("-:2: vague: “Improve monitoring”: ")


async def test_words_has_exactly_the_promised_json(desk: Desk) -> None:
    code, said, _ = await desk.ran("words", "-", "--format", "json", piped=b"Human error\n")
    (line,) = json.loads(said)
    assert code == 0
    assert list(line) == ["line", "text", "findings"]
    assert [list(each) for each in line["findings"]] == [["kind", "phrase", "why", "ask"]]


@pytest.mark.parametrize(
    ("file", "piped", "complaint"),
    [
        ("none.md", b"", "Could not read none.md: No such file or directory. Look at its name."),
        ("-", b"\xff", "One of these files is no text in UTF-8. Save it as UTF-8 and try again."),
    ],
)
async def test_words_says_what_it_cannot_read(
    desk: Desk, file: str, piped: bytes, complaint: str
) -> None:
    assert await desk.ran("words", file, piped=piped) == (1, "", f"{complaint}\n")


async def test_a_dry_run_needs_no_database_and_makes_none(desk: Desk) -> None:
    code, said, complaints = await desk.ran("import", "--dry-run", "--format", "json", "old.md")
    (told,) = json.loads(said)
    assert (code, complaints, list(told)) == (0, "", KEYS)
    assert [told[key] for key in KEYS[1:8]] == [
        *("Checkout refused cards", "2024-05-01T14:03:00Z", 3, 0, 1, 0, 37),
    ]
    assert not (desk.folder / "a.sqlite3").exists()


async def test_times_without_a_zone_are_in_the_one_that_is_named(desk: Desk) -> None:
    (desk.folder / "old.md").write_text(TEXT.replace(" UTC", ""))
    words = ("--zone", "Europe/Berlin", "old.md")
    (looked,) = await desk.imported("--dry-run", *words)
    (kept,) = await desk.imported("--workspace", "T1", *words)
    assert looked["started_at"] == kept["started_at"] == "2024-05-01T12:03:00Z"


@pytest.mark.parametrize("name", ["Berlin", "Europe", "../etc", "", "CET+1"])
async def test_a_zone_that_is_none_is_refused(desk: Desk, name: str) -> None:
    code, said, complaints = await desk.ran("import", "--dry-run", "--zone", name, "old.md")
    assert (code, said) == (1, "")
    assert complaints.startswith(f"{name} is no time zone. Name one by its place, like")


async def test_a_file_is_imported_once_wherever_it_lies(desk: Desk) -> None:
    (first,) = await desk.imported("--workspace", "T1", "old.md")
    (desk.folder / "moved.md").write_text(TEXT)
    again, moved = await desk.imported("old.md", "moved.md")
    assert ["A day and no time" in each for each in first["warnings"]] == [True]
    assert again["warnings"] == moved["warnings"] == ["already imported as PM-1"]


async def test_files_of_one_name_in_two_folders_are_two(desk: Desk) -> None:
    for folder in ("one", "two"):
        (desk.folder / folder).mkdir()
        (desk.folder / folder / "README.md").write_text(TEXT.replace("Checkout", folder))
    await desk.imported("--workspace", "T1", "one/README.md", "two/README.md")
    code, said, _ = await desk.ran("export", "--all", "--format", "json")
    assert code == 0
    assert [each["facts"]["title"][:3] for each in json.loads(said)] == ["one", "two"]


async def test_one_bad_file_among_good_ones_is_said_and_stops_none(desk: Desk) -> None:
    (desk.folder / "bad.md").write_bytes(b"\xff\xfe\0")
    code, said, _ = await desk.ran("import", "--workspace", "T1", "bad.md", "old.md")
    rows = said.splitlines()
    assert code == 1
    assert [row.split()[-1] for row in rows[1:3]] == ["refused", "PM-1"]
    assert "bad.md: It is not a text. Export the document as Markdown, in UTF-8." in rows


async def test_export_prints_one_and_writes_several_into_a_folder(desk: Desk) -> None:
    await desk.imported("--workspace", "T1", "old.md")
    code, printed, complaints = await desk.ran("export", "PM-1")
    assert (code, complaints) == (0, "")
    assert "\n# PM-1 · Checkout refused cards\n" in printed
    assert "\n### Summary\n\nCards were refused.\n" in printed
    code, said, complaints = await desk.ran("export", "--all", "--out", "all")
    assert (code, said, complaints) == (0, "", "1 postmortem written to all.\n")
    assert (desk.folder / "all" / "PM-1.md").read_text(encoding="utf-8") == printed


async def test_what_cannot_be_exported_ends_with_one(desk: Desk) -> None:
    await desk.imported("--workspace", "T1", "old.md")
    code, said, complaints = await desk.ran("export", "PM-2")
    assert (code, said, complaints) == (1, "", "There is no PM-2. The last is PM-1.\n")
    code, _, complaints = await desk.ran("export", "PM-1", "--out", "old.md")
    assert code == 1
    assert complaints.startswith("Could not export: ")


async def test_what_was_exported_from_here_is_not_imported_again(desk: Desk) -> None:
    await desk.imported("--workspace", "T1", "old.md")
    await desk.ran("export", "PM-1", "--out", "out")
    (told,) = await desk.imported("out/PM-1.md")
    assert told["warnings"] == ["already imported as PM-1"]


async def test_export_and_import_into_a_second_database_give_the_same(desk: Desk) -> None:
    (first,) = await desk.imported("--workspace", "T1", "old.md")
    await desk.ran("export", "PM-1", "--out", "out")
    (second,) = await desk.imported("--workspace", "T2", "out/PM-1.md", database="b.sqlite3")
    assert [second[key] for key in KEYS[1:8]] == [first[key] for key in KEYS[1:8]]
    assert second["warnings"] == []
    _, printed, _ = await desk.ran("export", "PM-1", database="b.sqlite3")
    assert printed == (desk.folder / "out" / "PM-1.md").read_text(encoding="utf-8")
