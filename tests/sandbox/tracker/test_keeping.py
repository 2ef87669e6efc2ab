"""The tracker goes on where it was left."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from sandbox import Clock, ShelfRefused
from sandbox.keeping.file import ShelfFile
from sandbox.tracker import TicketShelf, Tracker
from sandbox.tracker.deeds import Deeds


def filled(tracker: Tracker) -> None:
    """Let there be one of everything."""
    home = tracker.backlog.repository("acme/shop")
    assert home
    deeds = Deeds(tracker.backlog, "ada")
    for title in ("Stays", "Goes", "Moves"):
        issue = deeds.open(home, title, "As agreed.")
        deeds.label(issue, ["closedloop"])
        deeds.opened(issue)
    deeds.plan(issue, home.milestones[1])
    tracker.hands.comment("acme/shop/1", "Well.", by="ben")
    tracker.hands.close("acme/shop/1", by="ben")
    deeds.schedule(tracker.hands.issue("acme/shop/1"), 2)


def copied(folder: Path) -> None:
    """Copy what a process that is killed now would leave."""
    for path in folder.glob("kept*"):
        shutil.copy(path, folder / path.name.replace("kept", "left"))


async def test_a_restart_loses_nothing(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "demo.tracker"
    async with Tracker.open(now=clock.now, shelf=TicketShelf(path)) as tracker:
        filled(tracker)
        tracker.hands.delete("acme/shop/2", by="dan")
        tracker.hands.move("acme/shop/3", by="dan")
        seen, project = tracker.hands.tickets(), tracker.backlog.project(7)

    async with Tracker.open(now=clock.now, shelf=TicketShelf(path)) as again:
        assert again.hands.tickets() == seen
        assert again.hands.issue("acme/shop/3").title == "Moves"
        assert again.backlog.issues == tracker.backlog.issues
        assert again.backlog.repositories == tracker.backlog.repositories
        assert again.backlog.project(7) == project
        assert again.backlog.next_id() == tracker.backlog.last_id + 1


async def test_a_process_killed_outright_loses_its_last_moment_only(
    tmp_path: Path, clock: Clock
) -> None:
    shelf = TicketShelf(tmp_path / "kept")
    async with Tracker.open(now=clock.now, shelf=shelf) as tracker:
        filled(tracker)
        await shelf.tried.until(lambda: not shelf.is_behind or None, 10, "Nothing was written.")
        copied(tmp_path)
        seen = tracker.hands.tickets()

    async with Tracker.open(now=clock.now, shelf=TicketShelf(tmp_path / "left")) as again:
        assert again.hands.tickets() == seen


async def test_a_file_of_something_else_is_refused(tmp_path: Path, clock: Clock) -> None:
    with closing(ShelfFile(tmp_path / "kept")) as file:
        file.write([("channels", "C1", "{}")], anew=True)
    with pytest.raises(ShelfRefused, match="another version"):
        async with Tracker.open(now=clock.now, shelf=TicketShelf(tmp_path / "kept")):
            pass


async def test_what_is_cleared_begins_anew(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "demo.tracker"
    async with Tracker.open(now=clock.now, shelf=TicketShelf(path)) as tracker:
        filled(tracker)
    shelf = TicketShelf(path)
    shelf.clear()

    async with Tracker.open(now=clock.now, shelf=shelf) as anew:
        assert anew.hands.tickets() == []


async def test_a_file_that_two_want_is_refused_the_second(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "demo.tracker"
    async with Tracker.open(now=clock.now, shelf=TicketShelf(path)):
        with pytest.raises(ShelfRefused, match="in use"):
            TicketShelf(path)
