from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from blocks.postmortems import ADD_ITEM, OPEN_FACTS
from bot.demo import EMPTY, Beginning, opened
from bot.demo_files import NotADemoError, ShelfRefused, begin_anew, is_kept, shelf_of
from bot.process import Bot
from sandbox import Clock, Shelf, Workspace, company
from storage import workspaces
from storage.engine import open_database
from storage.migrate import migrate
from tests.scenarios.stage import CHANNEL, NOW, Stage, unhurried

DEMO, COMPANY = "T0SANDBOX01", "T0COMPANY"
#: Quicker than fourteen months.
COMPANY_OF_TODAY = Beginning(seed=company)
FILES = ["demo.sqlite3", "demo.sqlite3.workspace"]
TICKETS = "demo.sqlite3.tickets"


@asynccontextmanager
async def demo(folder: Path, *, keep: bool, empty: bool = False) -> AsyncIterator[Stage]:
    """What `closedloop demo` runs, with a clock that stands still."""
    database, beginning = folder / "demo.sqlite3", EMPTY if empty else COMPANY_OF_TODAY
    clock = Clock(NOW)
    opening = opened(port=0, database=database, keep=keep, beginning=beginning, clock=clock)
    async with opening as it, unhurried(it.slack):
        stage = Stage(sandbox=it.slack, bot=it.bot, clock=it.clock)
        with it.bot.clock.held():
            yield stage
        await stage.settled()
        stage.check()


async def state(stage: Stage, http: aiohttp.ClientSession, name: str) -> dict[str, Any]:
    """Everything the page shows to one person."""
    url = f"{stage.sandbox.url}page/state"
    async with http.get(url, params={"as": stage.id_of(name)}) as answer:
        shown: dict[str, Any] = await answer.json()
        return shown


async def test_a_postmortem_goes_on_after_a_restart(tmp_path: Path) -> None:
    async with demo(tmp_path, keep=False) as stage:
        await stage.started()
        await stage.promised()
        before = stage.card().ts
    async with demo(tmp_path, keep=True) as stage:
        form = await stage.opened("bob", OPEN_FACTS)
        assert form.values["title"]["value"]["value"] == "Checkout latency"
        assert (await form.fill(title="Checkout was slow").submit()).closed
        await stage.settled()
        card = stage.card()
        assert card.ts == before
        assert "Checkout was slow" in card.words()
        assert "Drain connections first" in card.words()


async def test_a_form_stays_open_over_a_restart_and_can_be_submitted(tmp_path: Path) -> None:
    async with demo(tmp_path, keep=False) as stage:
        await stage.started()
        (await stage.opened("mei", ADD_ITEM)).fill(**stage.promise(owner="mei"))
    async with demo(tmp_path, keep=True) as stage:
        form = await stage.person("mei").modal()
        assert form.values["what"]["value"]["value"] == "Drain connections first"
        assert (await form.submit()).closed
        await stage.settled()
        assert [item.owner for item in await stage.items()] == [stage.id_of("mei")]
        assert "Drain connections first" in stage.card().words()


async def test_the_page_shows_the_same_before_and_after_a_restart(
    tmp_path: Path, http: aiohttp.ClientSession
) -> None:
    async with demo(tmp_path, keep=False) as stage:
        await stage.started()
        await stage.person("ana").open_dm("closed_loop")
        await stage.opened("ana", ADD_ITEM)
        await stage.sandbox.workspace.diary.turn(timedelta(days=2, hours=1))
        await stage.settled()
        before = {name: await state(stage, http, name) for name in ("ana", "bob", "lena")}
    async with demo(tmp_path, keep=True) as stage:
        assert stage.clock.now() == NOW + timedelta(days=2, hours=1)
        for name, shown in before.items():
            assert await state(stage, http, name) == shown


async def test_without_keep_everything_begins_anew(tmp_path: Path) -> None:
    async with demo(tmp_path, keep=False) as stage:
        await stage.started()
    async with demo(tmp_path, keep=False) as stage:
        assert stage.cards() == []
        assert await stage.count("postmortem") == 0


@pytest.mark.parametrize("lost", FILES)
async def test_half_of_what_was_kept_is_worth_nothing(tmp_path: Path, lost: str) -> None:
    async with demo(tmp_path, keep=False) as stage:
        await stage.started()
    (tmp_path / lost).unlink()
    async with demo(tmp_path, keep=True) as stage:
        assert stage.cards() == []
        assert await stage.count("postmortem") == 0


async def test_an_empty_demo_has_people_and_silent_channels(tmp_path: Path) -> None:
    async with demo(tmp_path, keep=True, empty=True) as stage:
        channels = stage.sandbox.workspace.channels.values()
        assert {one.name for one in channels} >= {"general", CHANNEL.removeprefix("#")}
        assert not any(one.messages for one in channels)
        await stage.started()
    async with demo(tmp_path, keep=True, empty=True) as stage:
        assert stage.card()


async def test_a_running_demo_is_not_pulled_away_by_another(tmp_path: Path) -> None:
    async with demo(tmp_path, keep=False):
        with pytest.raises(ShelfRefused, match="in use"):
            await anew(tmp_path / FILES[0])
        assert set(FILES) <= set(left(tmp_path))


async def test_nor_is_one_that_is_still_being_told(tmp_path: Path) -> None:
    database = tmp_path / FILES[0]

    async def another(_workspace: Workspace, _bot: Bot) -> None:
        with pytest.raises(ShelfRefused, match="in use"):
            await anew(database)
        assert database.exists()

    beginning = Beginning(seed=company, tell=another)
    async with opened(port=0, database=database, keep=False, beginning=beginning):
        assert set(FILES) <= set(left(tmp_path))


async def stored(file: Path, workspace: str) -> None:
    """A database as the app leaves it behind, of one workspace."""
    database = open_database(f"sqlite:///{file}")
    await migrate(database)
    async with database.sessions.begin() as session:
        await workspaces.ensure(session, workspace)
    await database.close()


def left(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


async def anew(database: Path) -> None:
    """Begin anew, and let the shelf go."""
    shelf = Shelf(shelf_of(database))
    try:
        begin_anew(database, DEMO, shelf)
    finally:
        await shelf.close()


async def test_what_an_earlier_demo_stored_is_removed(tmp_path: Path) -> None:
    async with demo(tmp_path, keep=False):
        pass
    assert sorted(left(tmp_path)) == sorted([*FILES, TICKETS])
    await anew(tmp_path / FILES[0])

    assert sorted(left(tmp_path)) == sorted([*FILES[1:], TICKETS])
    assert not is_kept(tmp_path / FILES[0])


async def test_a_companys_database_is_left_alone(tmp_path: Path) -> None:
    await stored(tmp_path / "closedloop.sqlite3", COMPANY)
    with pytest.raises(NotADemoError, match=r"left alone\. Name another file with --database"):
        await anew(tmp_path / "closedloop.sqlite3")

    assert "closedloop.sqlite3" in left(tmp_path)


async def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Buy milk")
    with pytest.raises(NotADemoError):
        await anew(tmp_path / "notes.txt")

    assert (tmp_path / "notes.txt").read_text() == "Buy milk"


async def test_a_stranger_beside_the_database_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILES[1]).write_text("Buy milk")
    with pytest.raises(ShelfRefused, match=r"left alone\. Name another file with --database"):
        await anew(tmp_path / FILES[0])

    assert (tmp_path / FILES[1]).read_text() == "Buy milk"
