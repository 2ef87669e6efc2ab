"""What stands in a workspace survives the process, to the letter."""

import sqlite3
import sys
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import Clock, Sandbox, Shelf, ShelfRefused, Workspace
from sandbox.keeping.file import ShelfFile
from sandbox.keeping.packing import pack
from sandbox.keeping.shelf import difference
from sandbox.keeping.shelving import PARTS, kept, rows
from sandbox.posting import delete, post
from tests.sandbox.filled import fresh, full

ROOT = Path(__file__).parent.parent.parent
#: Says something again and again, and prints each word once it is said.
TALKER = """
import asyncio, sys
from pathlib import Path
from sandbox import Sandbox, Shelf
from sandbox.posting import post

async def main():
    async with Sandbox.open(Path(sys.argv[1]), shelf=Shelf(Path(sys.argv[2]))) as slack:
        general, ana = slack.workspace.channel("general"), slack.person("ana").id
        for number in range(1000):
            post(slack.workspace, general, ana, str(number))
            print(number, flush=True)
            await asyncio.sleep(0.002)

asyncio.run(main())
"""


def written(workspace: Workspace) -> dict[str, list[tuple[str, str]]]:
    """Everything that is kept, in its order, as JSON."""
    found = rows(workspace)
    return {kind: [(key, pack(one)) for key, one in of.items()] for kind, of in found.items()}


async def kept_in(path: Path, workspace: Workspace) -> None:
    shelf = Shelf(path)
    shelf.keep(workspace)
    await shelf.close()


async def restored(path: Path) -> Workspace:
    workspace, shelf = fresh(), Shelf(path)
    assert shelf.restore(workspace)
    await shelf.close()
    return workspace


async def test_a_restored_workspace_is_the_same(tmp_path: Path) -> None:
    before = full()
    await kept_in(tmp_path / "kept", before)
    after = await restored(tmp_path / "kept")

    assert written(after) == written(before)
    assert after.clock.now() == before.clock.now()
    assert after.channels["A"].messages == before.channels["A"].messages
    assert after.next_ts() == before.next_ts()
    assert after.views.new_hash() == before.views.new_hash()


def test_every_attribute_is_filled_in_the_sample_or_left_for_a_reason() -> None:
    """Fails for a new attribute: fill it in `full`, or say in LEFT why it is not kept."""
    new, sample = rows(fresh()), rows(full())

    assert [kind for kind, _, _ in kept(full()) if sample[kind] == new[kind]] == []


def test_every_part_with_values_of_its_own_is_looked_into() -> None:
    """Fails for a new attribute that is no value: name it in PARTS or in LEFT."""
    assert all(pack(vars(owner)[name]) for _, owner, name in kept_values(full()))
    assert set(PARTS[1:]) <= vars(full()).keys()


def kept_values(workspace: Workspace) -> list[tuple[str, Any, str]]:
    return [one for one in kept(workspace) if one[2] != "_numbers"]


async def test_a_new_attribute_is_kept_unasked(tmp_path: Path) -> None:
    before = full()
    vars(before)["stickers"] = {"S1": {"members": ("U1",)}}
    await kept_in(tmp_path / "kept", before)
    after, shelf = fresh(), Shelf(tmp_path / "kept")
    vars(after)["stickers"] = {}
    assert shelf.restore(after)
    await shelf.close()

    assert vars(after)["stickers"] == {"S1": {"members": ("U1",)}}


TABLES = st.dictionaries(
    st.sampled_from(["people", "channels"]),
    st.dictionaries(st.sampled_from("abcde"), st.integers(0, 2)),
)


@given(st.lists(TABLES, max_size=5))
def test_the_file_follows_every_change_and_its_order(states: list[dict[str, Any]]) -> None:
    stored: dict[str, Any] = {}
    with closing(ShelfFile(Path(":memory:"))) as file:
        for state in states:
            file.write(list(difference(stored, state)))
            read = {kind: list(found.items()) for kind, found in file.read().items()}
            wanted = {kind: [(k, str(v)) for k, v in of.items()] for kind, of in state.items()}
            assert read == {kind: found for kind, found in wanted.items() if found}


def test_only_what_changed_is_written() -> None:
    workspace = full()
    stored: dict[str, Any] = {}
    list(difference(stored, rows(workspace)))
    workspace.channels["A"].messages[0].pinned ^= True
    workspace.people["B"].title = "On call"

    changes = [change[:2] for change in difference(stored, rows(workspace))]
    assert sorted(changes) == [
        ("messages A", workspace.channels["A"].messages[0].ts),
        ("people", "B"),
    ]
    assert list(difference(stored, rows(workspace))) == []


async def test_a_workspace_opened_again_goes_on(manifest: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "kept"
    async with Sandbox.open(manifest=manifest, shelf=Shelf(shelf)) as slack:
        slack.faults.retry_waits = ()
        workspace, ana = slack.workspace, slack.person("ana").id
        general = workspace.channel("general")
        said = [post(workspace, general, ana, text) for text in ("one", "two", "three")]
        delete(workspace, general, said[1])
        slack.clock.turn(timedelta(days=1))
        before = written(workspace)
    async with Sandbox.open(manifest=manifest, clock=Clock(), shelf=Shelf(shelf)) as slack:
        assert written(slack.workspace) == before
        assert [one.text for one in slack.person("ana").messages("#general")] == ["one", "three"]


async def test_whoever_was_to_answer_a_form_is_gone(tmp_path: Path) -> None:
    before = full()
    before.views.homes["U1"].busy = True
    await kept_in(tmp_path / "kept", before)

    assert not (await restored(tmp_path / "kept")).views.homes["U1"].busy


async def test_a_process_killed_outright_loses_its_last_moment_only(
    manifest: Path, tmp_path: Path
) -> None:
    arguments = ("-c", TALKER, str(manifest), str(tmp_path / "kept"))
    talker = await create_subprocess_exec(sys.executable, *arguments, cwd=ROOT, stdout=PIPE)
    assert talker.stdout
    heard = [int(await talker.stdout.readline()) for _ in range(300)]
    talker.kill()
    heard += [int(line) for line in (await talker.communicate())[0].split()]

    workspace = await restored(tmp_path / "kept")
    said = [int(one.text) for one in workspace.channel("general").messages]
    assert said == heard[: len(said)]
    assert len(said) > 200


async def test_nothing_is_there_before_something_was_kept(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()

    for name in ("missing", "empty"):
        assert not Shelf(tmp_path / name).restore(fresh())
    assert not (tmp_path / "missing").exists()


async def test_a_file_in_use_is_refused(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "kept")
    shelf.keep(full())
    with pytest.raises(ShelfRefused, match="is in use: end the other demo, or name another"):
        Shelf(tmp_path / "kept").restore(fresh())
    await shelf.close()


def sql(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "PRAGMA user_version = 9999",
        "UPDATE kept SET json = '{\"$\":\"people.Nobody\"}' WHERE kind = 'people'",
        "UPDATE kept SET kind = 'something else' WHERE kind = 'people'",
    ],
)
async def test_another_versions_file_is_refused(tmp_path: Path, statement: str) -> None:
    await kept_in(tmp_path / "kept", full())
    sql(tmp_path / "kept", statement)
    shelf = Shelf(tmp_path / "kept")
    with pytest.raises(ShelfRefused, match="kept was written by another version: start without"):
        shelf.restore(fresh())
    await shelf.close()


def make_a_note(path: Path) -> None:
    path.write_text("Buy milk. " * 100)


def make_a_table(path: Path) -> None:
    sql(path, "CREATE TABLE milk (litres INTEGER)")


@pytest.mark.parametrize("make", [make_a_note, make_a_table])
def test_a_file_that_is_no_shelf_is_left_alone(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "milk")
    before = (tmp_path / "milk").read_bytes()
    with pytest.raises(ShelfRefused, match=r"left alone\. Name another file with --database"):
        Shelf(tmp_path / "milk").restore(fresh())

    assert (tmp_path / "milk").read_bytes() == before


def test_a_place_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ShelfRefused, match="cannot be used: unable to open"):
        Shelf(tmp_path / "no" / "folder").keep(full())
