"""`closedloop report`: the same numbers in words, as JSON and for spreadsheets."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.report import Asked, CannotReport, taken
from storage import causal_classes, workspaces
from storage.engine import Sessions
from tests.bot.test_cli import ran
from tests.storage.samples import NOW, started

AT = datetime(2026, 11, 20, 15, tzinfo=UTC)
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def keep(sessions: Sessions, team: str = "T1", **other: Any) -> None:
    """Let two incidents of one class have happened."""
    async with sessions.begin() as session:
        await workspaces.ensure(session, team)
        known = await causal_classes.taxonomy(session, team)
        for channel in ("C1", "C2"):
            made = await started(session, team, channel, submission=channel, **other)
            await causal_classes.tag(session, team, made.id, [known[0].id], by="U1", now=NOW)


async def told(folder: Path, url: str, *words: str) -> tuple[int, str, list[str]]:
    return await ran(folder, "-m", "bot", "report", *words, DATABASE_URL=url)


async def test_the_numbers_are_those_of_the_workspace(
    sessions: Sessions, database_url: str
) -> None:
    await keep(sessions)
    which, report = await taken(database_url, Asked(months=3, at=AT))
    assert (which, report.months, report.taken_at) == ("T1", 3, AT)
    assert (report.repeats.repeats, report.repeats.tagged) == (1, 2)


async def test_a_service_is_found_in_any_case(sessions: Sessions, database_url: str) -> None:
    await keep(sessions, is_private=True)
    _, report = await taken(database_url, Asked(months=6, at=AT, service=" Checkout "))
    assert report.repeats.tagged == 2


async def test_a_service_that_no_incident_names_is_refused(
    sessions: Sessions, database_url: str
) -> None:
    await keep(sessions)
    with pytest.raises(CannotReport, match="names the service pay"):
        await taken(database_url, Asked(months=6, at=AT, service="pay"))


async def test_of_several_workspaces_one_has_to_be_named(
    sessions: Sessions, database_url: str
) -> None:
    with pytest.raises(CannotReport, match="There is nothing to report yet"):
        await taken(database_url, Asked(months=6, at=AT))
    await keep(sessions)
    await keep(sessions, "T2")
    with pytest.raises(CannotReport, match="Name one of the workspaces with --workspace: T1, T2"):
        await taken(database_url, Asked(months=6, at=AT))


@SQLITE
async def test_the_command_says_it_in_words_and_tables(
    sessions: Sessions, database_url: str, tmp_path: Path
) -> None:
    await keep(sessions)
    code, said, complaints = await told(tmp_path, database_url, "--at", "2026-11-20T15:00")
    assert (code, complaints) == (0, [])
    assert said.startswith("Report from 2026-05-20 to 2026-11-20 (UTC)\n\n1 of 2 tagged incidents")
    assert "\nrepeat rate  from        to          number  out of\n" in said


@SQLITE
async def test_programs_and_spreadsheets_read_the_same_numbers(
    sessions: Sessions, database_url: str, tmp_path: Path
) -> None:
    await keep(sessions)
    asked = ("--at", "2026-11-20T15:00", "--months", "12m", "--service", "checkout")
    _, as_json, _ = await told(tmp_path, database_url, *asked, "--format", "json")
    _, as_csv, _ = await told(tmp_path, database_url, *asked, "--format", "csv")
    numbers = json.loads(as_json)["numbers"]
    lines = list(csv.DictReader(io.StringIO(as_csv)))
    assert [str(each["number"] or 0) for each in numbers] == [
        each["number"] or "0" for each in lines
    ]


@SQLITE
@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--service", "pay"), 1, "No incident names the service pay. Choose one of: checkout."),
        (("--workspace", "T9"), 1, "Name one of the workspaces with --workspace: T1."),
        (("--months", "7"), 2, "A report is over 3, 6 or 12 months."),
        (("--at", "lunch"), 2, "Write it like 2026-12-01T09:30"),
        (("--format", "pie"), 2, "is not one of"),
    ],
)
async def test_what_cannot_be_is_refused_in_a_sentence(
    sessions: Sessions,
    database_url: str,
    tmp_path: Path,
    words: tuple[str, ...],
    code: int,
    sentence: str,
) -> None:
    await keep(sessions)
    became, _, complaints = await told(tmp_path, database_url, *words)
    assert became == code
    assert sentence in " ".join(complaints)
