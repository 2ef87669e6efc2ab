"""`closedloop import` brings old documents in, each whole or not at all, and none twice."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.import_reports import Outcome, as_json, as_table
from bot.importing import WhichWorkspace, import_files, look
from domain.postmortems import Severity
from domain.record import Event
from storage import (
    action_items,
    causal_classes,
    contributing_factors,
    inherited,
    postmortems,
    record,
    timeline,
    workspaces,
)
from storage.engine import Sessions

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
KEYS = ["file", "title", "started_at", "timeline", "factors", "action_items"]
KEYS += ["time_to_detect_minutes", "time_to_recover_minutes", "warnings"]
TEXT = """\
# Checkout refused cards

- Severity: SEV1
- Service: checkout
- Causal class: expired credential, comet

## Timeline

- 2024-05-01 14:03 UTC First alert
- 14:40 Resolved: new certificate

## Contributing factors

- Nothing watched the certificate

## Action items

- Watch certificates
- Write a runbook
- Rehearse the change
- Tell the bank
"""


def now() -> datetime:
    return NOW


async def ran(url: str, *files: Path, workspace: str = "T1") -> list[Outcome]:
    """What the command makes of these files."""
    return await import_files(
        url, [str(file) for file in files], workspace=workspace, now=now, told=lambda: None
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "checkout.md"
    path.write_text(TEXT)
    return path


def changed(file: Path) -> None:
    file.write_text(TEXT.replace("bank", "banks"))


async def test_a_document_becomes_a_postmortem_without_a_channel(
    database_url: str, sessions: Sessions, file: Path
) -> None:
    (outcome,) = await ran(database_url, file)
    assert (outcome.key, outcome.refusal) == ("PM-1", "")
    async with sessions() as session:
        found = await postmortems.find(session, "T1", 1)
        assert found is not None
        assert (found.channel, found.created_by) == (None, "import")
        assert (found.facts.service, found.facts.severity) == ("checkout", Severity.P1)
        assert len(await timeline.entries(session, 1)) == 2
        assert len(await contributing_factors.factors(session, 1)) == 1
        assert [each.event for each in await record.of_postmortem(session, 1)] == [Event.IMPORTED]


async def test_all_its_items_are_inherited_and_none_is_an_action_item(
    database_url: str, sessions: Sessions, file: Path
) -> None:
    await ran(database_url, file)
    async with sessions() as session:
        assert len(await inherited.lines(session, 1)) == 4
        assert await action_items.items(session, 1) == []


async def test_classes_are_those_the_workspace_has_and_others_are_said(
    database_url: str, sessions: Sessions, file: Path
) -> None:
    (outcome,) = await ran(database_url, file)
    async with sessions() as session:
        tagged = await causal_classes.of_postmortem(session, 1)
    assert [each.name for each in tagged] == ["expired credential"]
    assert any("“comet”" in warning for warning in outcome.warnings)


async def test_the_same_file_again_does_nothing(database_url: str, file: Path) -> None:
    await ran(database_url, file)
    (again,) = await ran(database_url, file)
    assert (again.key, again.warnings, again.refusal) == ("PM-1", ("already imported as PM-1",), "")


async def test_a_file_that_changed_since_does_nothing_and_says_so(
    database_url: str, sessions: Sessions, file: Path
) -> None:
    await ran(database_url, file)
    changed(file)
    (again,) = await ran(database_url, file)
    assert "has changed since" in again.warnings[0]
    async with sessions() as session:
        assert await postmortems.find(session, "T1", 2) is None


async def test_one_bad_file_does_not_stop_the_rest(
    database_url: str, file: Path, tmp_path: Path
) -> None:
    bad, empty = tmp_path / "bad.md", tmp_path / "empty.md"
    bad.write_bytes(b"\xff\xfe\x00binary")
    empty.touch()
    told = await ran(database_url, bad, tmp_path / "none.md", tmp_path, empty, file)
    assert [bool(each.refusal) for each in told] == [True, True, True, True, False]
    assert told[-1].key == "PM-1"


async def test_a_document_of_the_future_is_refused_and_takes_no_number(
    database_url: str, file: Path, tmp_path: Path
) -> None:
    late = tmp_path / "late.md"
    late.write_text(TEXT.replace("2024", "2096"))
    first, second = await ran(database_url, late, file)
    assert "lies in the future" in first.refusal
    assert second.key == "PM-1"


async def test_without_a_name_the_only_workspace_is_meant(
    database_url: str, sessions: Sessions, file: Path
) -> None:
    with pytest.raises(WhichWorkspace, match="No workspace is known"):
        await ran(database_url, file, workspace="")
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T2")
    (outcome,) = await ran(database_url, file, workspace="")
    assert outcome.key == "PM-1"


async def test_of_several_workspaces_one_must_be_named(
    database_url: str, sessions: Sessions, file: Path
) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, "T2")
        await workspaces.ensure(session, "T3")
    with pytest.raises(WhichWorkspace, match="T2, T3"):
        await ran(database_url, file, workspace="")
    with pytest.raises(WhichWorkspace, match="no workspace's id"):
        await ran(database_url, file, workspace="mine")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_database_is_migrated_first(empty_url: str, file: Path) -> None:
    (outcome,) = await ran(empty_url, file)
    assert outcome.key == "PM-1"


def test_json_tells_each_file_with_exactly_these_keys(file: Path, tmp_path: Path) -> None:
    told = json.loads(as_json([look(str(file), NOW), look(str(tmp_path / "none"), NOW)]))
    assert [list(each) for each in told] == [KEYS, KEYS]
    assert told[0]["started_at"] == "2024-05-01T14:03:00Z"
    assert [told[0][key] for key in KEYS[3:8]] == [2, 1, 4, 0, 37]
    assert [told[1][key] for key in KEYS[1:8]] == [None] * 7
    assert told[1]["warnings"] == ["It cannot be read: No such file or directory."]


def test_the_table_has_a_row_for_each_file_and_obeys_no_terminal_codes(tmp_path: Path) -> None:
    path = tmp_path / "evil\x1b[2J.md"
    path.write_text(TEXT)
    table = as_table([look(str(path), NOW)])
    assert "\x1b" not in table
    heading, row, *_ = table.splitlines()
    assert heading.split() == "file started timeline factors items detect recover became".split()  # noqa: SIM905 - as it reads
    assert row.endswith("2         1        4      0 min   37 min   not stored")


def test_a_file_too_large_to_be_a_postmortem_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.md"
    path.write_bytes(b"a" * (4 * 1024 * 1024 + 1))
    assert look(str(path), NOW).refusal.startswith("It is larger than 4 MB.")
