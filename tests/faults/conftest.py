"""The seed of a run, and the table it ends with."""

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import pytest

ROWS = pytest.StashKey[list[tuple[str, dict[str, object]]]]()
Report = Callable[..., None]


@pytest.fixture
def seed() -> int:
    """What chance begins with; the table prints it, FAULTS_SEED chooses another."""
    return int(os.environ.get("FAULTS_SEED", "20261124"))


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Report:
    """Add a line to the table at the end of the run."""
    variant = request.node.callspec.id

    def add(name: str, **numbers: object) -> None:
        request.config.stash.setdefault(ROWS, []).append((f"{name} [{variant}]", numbers))

    return add


async def on_server(socket: str, statement: str) -> None:
    """Say something to the PostgreSQL server itself, as its administrator would."""
    connection = await asyncpg.connect(host=socket, user="postgres", database="postgres")
    await connection.execute(statement)
    await connection.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without a table, on each of the two in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    else:
        socket = request.getfixturevalue("postgres")
        asyncio.run(on_server(socket, "CREATE DATABASE empty"))
        yield f"postgresql://postgres@/empty?host={socket}"
        asyncio.run(on_server(socket, "DROP DATABASE empty WITH (FORCE)"))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the table."""
    rows = config.stash.get(ROWS, [])
    if rows:
        terminalreporter.section("fault runs")
    for name, numbers in rows:
        told = "  ".join(f"{key} {value}" for key, value in numbers.items())
        terminalreporter.write_line(f"{name:<38}{told}")
