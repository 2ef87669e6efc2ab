"""`closedloop export items`: which are written, in what order, and what is told."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.export import CannotExport
from bot.export_items import WantedItems, export_items
from domain.action_items import ActionItem, ItemState
from domain.people import Person
from storage import action_items, item_export, people
from storage.engine import Sessions
from tests.bot.test_cli import ran
from tests.storage.samples import ITEM, NOW, started
from tests.storage.test_item_search import many

DONE = replace(ITEM, state=ItemState.VERIFIED, position=2)


@contextmanager
def no_bar(_number: int) -> Iterator[Callable[[], None]]:
    yield lambda: None


async def keep(sessions: Sessions, *items: ActionItem, private: bool = False) -> None:
    async with sessions.begin() as session:
        channel = "G2" if private else "C1"
        made = await started(session, channel=channel, is_private=private)
        for each in items:
            await action_items.add(session, "T1", made.id, each, by="U1", now=NOW, submission="")


async def exported(url: str, wanted: WantedItems, form: str = "csv") -> tuple[str, str]:
    said: list[str] = []
    told = await export_items(url, wanted, form, said.append, no_bar)
    return "".join(said), told


def keys(text: str) -> list[str]:
    return [each["key"] for each in csv.DictReader(io.StringIO(text, newline=""))]


async def test_items_are_written_with_their_owners_names(
    sessions: Sessions, database_url: str
) -> None:
    await keep(sessions, ITEM, DONE)
    async with sessions.begin() as session:
        await people.remember(session, "T1", [Person(id="U1", name="=Ana")], NOW)

    text, told = await exported(database_url, WantedItems())

    assert (keys(text), told) == (["PM-1/1", "PM-1/2"], "")
    assert text.count(",U1,'=Ana,") == 2


async def test_items_of_private_channels_are_left_out_unless_asked_for(
    sessions: Sessions, database_url: str
) -> None:
    await keep(sessions, ITEM)
    await keep(sessions, ITEM, private=True)

    text, told = await exported(database_url, WantedItems())
    assert keys(text) == ["PM-1/1"]
    assert told == "Left out: 1 item of private channels. Add --private for these."
    text, told = await exported(database_url, WantedItems(private=True))
    assert (keys(text), told) == (["PM-1/1", "PM-2/1"], "")


async def test_only_items_in_the_states_that_were_named_are_written(
    sessions: Sessions, database_url: str
) -> None:
    await keep(sessions, ITEM, DONE)

    text, _ = await exported(database_url, WantedItems(states=[ItemState.VERIFIED]), "json")

    assert [each["state"] for each in json.loads(text)] == ["verified"]


async def test_many_items_come_in_batches_each_once(sessions: Sessions, database_url: str) -> None:
    async with sessions.begin() as session:
        await many(session, 1_200)

    texts: list[str] = []
    await export_items(database_url, WantedItems(), "csv", texts.append, no_bar)

    assert [text.count("\r\n") for text in texts] == [1, item_export.BATCH, 201, 0]
    places = [f"PM-{number}/{place}" for number in range(2, 402) for place in (1, 2, 3)]
    assert keys("".join(texts)) == ["PM-1/1", *places]


async def test_nothing_is_written_when_it_is_not_clear_of_which_workspace(
    sessions: Sessions, database_url: str
) -> None:
    with pytest.raises(CannotExport, match="There is nothing to export yet"):
        await exported(database_url, WantedItems())
    await keep(sessions, ITEM)
    with pytest.raises(CannotExport, match="Name one of the workspaces with --workspace: T1"):
        await exported(database_url, WantedItems(workspace="T9"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_command_writes_a_file_that_excel_reads(
    sessions: Sessions, database_url: str, tmp_path: Path
) -> None:
    await keep(sessions, replace(ITEM, what="Zażółć"))

    words = ("export", "items", "--output", "items.csv", "--bom", "--state", "open")
    code, said, told = await ran(tmp_path, "-m", "bot", *words, DATABASE_URL=database_url)

    assert (code, said, told) == (0, "", [])
    raw = (tmp_path / "items.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfkey,postmortem,")
    assert "Zażółć" in raw.decode("utf-8-sig")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_command_prints_and_says_what_it_refuses(
    sessions: Sessions, database_url: str, tmp_path: Path
) -> None:
    await keep(sessions, ITEM)
    (tmp_path / "kept.csv").write_text("kept")

    async def told(*words: str) -> tuple[int, str, list[str]]:
        return await ran(
            tmp_path, "-m", "bot", "export", "items", *words, DATABASE_URL=database_url
        )

    code, said, _ = await told("--format", "json")
    assert (code, [each["key"] for each in json.loads(said)]) == (0, ["PM-1/1"])
    code, _, complaints = await told("--workspace", "T9", "--output", "kept.csv")
    assert (code, complaints) == (1, ["Name one of the workspaces with --workspace: T1."])
    assert (tmp_path / "kept.csv").read_text() == "kept"
    assert (await told("--state", "lunch"))[0] == 2
    assert (await told("--output", "."))[0] == 1
